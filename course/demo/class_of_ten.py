"""Who hands in what in the demo: ten invented students and one damaged file."""

import copy
import json
from pathlib import Path
from typing import Any

from course.demo.answers import ANSWERS
from course.grading.release import ANSWER, ReleasedNotebook, cell_key

__all__ = ["CLASS", "write_submissions"]

NET, GAIN, SMALL, PICTURES, MAPS, MASKS, CARLO = ANSWERS

# Student -> exercise -> name of the answer; what is missing stays untouched.
CLASS: dict[str, dict[str, str]] = {
    "alma": dict.fromkeys(ANSWERS, "right"),
    "bruno": {**dict.fromkeys(ANSWERS, "right"), NET: "functional"},
    "chiara": {**dict.fromkeys(ANSWERS, "right"), NET: "activation_layers"},
    "deniz": {
        **dict.fromkeys(ANSWERS, "right"),
        NET: "rate_is_keep",
        MASKS: "four_heads",
    },
    "emeka": {NET: "only_one", GAIN: "in_percent", PICTURES: "rates_swapped"},
    "freya": {
        NET: "before",
        SMALL: "as_fractions",
        MAPS: "plain_dropout",
        CARLO: "at_inference",
    },
    "goran": {NET: "rate_is_keep", GAIN: "right", MAPS: "plain_dropout"},
    "hana": {NET: "right", MAPS: "right", SMALL: "right"},
    "ines": {NET: "misspelled", CARLO: "at_inference"},
    "jonas": {},
}
DAMAGED = "kofi"  # half an upload


def write_submissions(release: ReleasedNotebook, folder: Path) -> list[str]:
    """Write `<folder>/<student>/exercises.ipynb` for the whole class.

    Args:
        release: The released notebook of lesson 09_dropout.
        folder: An empty folder.

    Returns:
        The students, the one with the damaged file last.
    """
    for student, chosen in CLASS.items():
        _write(folder, student, json.dumps(_filled(release, chosen), indent=1))
    text = json.dumps(release.content, indent=1)
    _write(folder, DAMAGED, text[: len(text) // 2])
    return [*CLASS, DAMAGED]


def _filled(release: ReleasedNotebook, chosen: dict[str, str]) -> dict[str, Any]:
    """Return the released notebook with a student's answers in it."""
    content = copy.deepcopy(release.content)
    for cell in content["cells"]:
        exercise = cell_key(cell).removesuffix(ANSWER)
        if cell_key(cell).endswith(ANSWER) and exercise in chosen:
            cell["source"] = ANSWERS[exercise][chosen[exercise]].strip()
    return content


def _write(folder: Path, student: str, text: str) -> None:
    """Write one student's notebook."""
    path = folder / student / "exercises.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
