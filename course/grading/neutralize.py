"""Take everything that a browser could run out of a student's outputs.

Teachers open executed notebooks in formgrader and feedback pages in a browser. HTML,
JavaScript, SVG and widgets made by a student's code would run there with the teacher's
rights. Text and pictures stay.
"""

import base64
import binascii
from typing import Any

__all__ = ["neutralize"]

PICTURES = ("image/png", "image/jpeg")
MAX_TEXT = 20_000  # characters per output: more helps nobody and slows the page


def neutralize(cell: dict[str, Any]) -> None:
    """Replace the outputs of a code cell by harmless ones, in place."""
    if cell.get("cell_type") == "code":
        cell["outputs"] = [_harmless(output) for output in cell.get("outputs", [])]


def _harmless(output: dict[str, Any]) -> dict[str, Any]:
    """Return the output with text and pictures only."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        return {
            "output_type": kind,
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": [_text(line) for line in output.get("traceback") or []],
        }
    data = output.get("data") or {}
    kept: dict[str, Any] = {}
    if "text/plain" in data:
        kept["text/plain"] = _text(data["text/plain"])
    for mime in PICTURES:
        if _is_base64(data.get(mime)):
            kept[mime] = data[mime]
    if not kept:
        kept["text/plain"] = f"[{', '.join(map(str, data)) or 'empty output'}]"
    harmless = {"output_type": kind, "metadata": {}, "data": kept}
    if kind == "execute_result":
        harmless["execution_count"] = output.get("execution_count")
    return harmless


def _text(value: Any) -> str:
    """Return text of limited length, whatever form it came in."""
    text = "".join(map(str, value)) if isinstance(value, list) else str(value or "")
    if len(text) > MAX_TEXT:
        text = f"{text[:MAX_TEXT]}\n… {len(text) - MAX_TEXT:,} more characters left out"
    return text


def _is_base64(value: Any) -> bool:
    """Return True for text that is nothing but base64."""
    if not isinstance(value, str):
        return False
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
