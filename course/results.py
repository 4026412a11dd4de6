"""Report a figure that a notebook reached, beside the band it should reach.

A lesson notebook calls `report`; the learner reads one line, and `course run` collects
the same facts from the executed notebook. Bands live in `references.toml`. A figure
made from stand-in data, or by the shortened training of fast mode, is shown and marked
but never compared: it says nothing about the real data.
"""

from __future__ import annotations

import html
import json
import math
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol, SupportsFloat

from course.settings import is_fast

__all__ = [
    "MIME",
    "SCHEMA_VERSION",
    "Reference",
    "Result",
    "references",
    "report",
    "results_in",
]

MIME = "application/vnd.layerwise.result+json"
SCHEMA_VERSION = 1
STAND_IN_MARK = "STAND-IN DATA"


class DataSource(Protocol):
    """What `report` needs to know about the data: `course.datasets.Source` fits."""

    @property
    def is_stand_in(self) -> bool:
        """Whether the data were generated in place of the real ones."""
        ...


@dataclass(frozen=True)
class Reference:
    """The band that counts as "reproduced" for one figure."""

    name: str
    title: str
    lesson: str
    low: float
    high: float
    unit: str
    digits: int
    origin: str
    data: bool = True
    finite: bool = True
    explained: str = ""

    def judge(self, value: float | None) -> str:
        """Say where `value` lies: "inside", "below", "above" or "not finite".

        Args:
            value: The reached figure; None stands for nan or infinity.

        Example:
            >>> wine = Reference("w", "Wine", "01", 0.6, 0.7, "", 2, "a paper")
            >>> wine.judge(0.65), wine.judge(0.71), wine.judge(None)
            ('inside', 'above', 'not finite')
        """
        if value is None:
            return "not finite" if self.finite else "inside"
        if not self.finite:
            return "below"
        if value < self.low:
            return "below"
        return "above" if value > self.high else "inside"

    def band(self) -> str:
        """Return the band in words, without its unit."""
        if not self.finite:
            return "nan expected"
        low, high = (_number(end, self.digits) for end in (self.low, self.high))
        return low if low == high else f"{low} to {high}"


@dataclass(frozen=True)
class Result:
    """One reached figure, as a notebook reported it."""

    name: str
    value: float | None
    unit: str = ""
    is_stand_in: bool = False
    is_fast: bool = False
    seeds: tuple[int, ...] = ()
    note: str = ""

    @property
    def reference(self) -> Reference | None:
        """The band of this figure, or None where the course names none."""
        return references().get(self.name)

    @property
    def title(self) -> str:
        """What was measured, in words."""
        return self.reference.title if self.reference else self.name

    @property
    def value_text(self) -> str:
        """The figure with its unit, rounded as its reference says."""
        if self.value is None:
            return "not finite (nan or infinity)"
        digits = self.reference.digits if self.reference else 4
        unit = self.unit or (self.reference.unit if self.reference else "")
        return _with_unit(_number(self.value, digits), unit)

    @property
    def state(self) -> str:
        """Where the figure lies, or why it is not compared with a band."""
        if self.reference is None:
            return "no reference"
        if self.reference.data and self.is_stand_in:
            return "not compared: stand-in data"
        if self.reference.data and self.is_fast:
            return "not compared: fast mode"
        return self.reference.judge(self.value)

    @property
    def is_outside(self) -> bool:
        """Whether the figure was compared with its band and missed it."""
        return self.state in ("below", "above", "not finite")

    def to_text(self) -> str:
        """Return one line for people."""
        mark = f"{STAND_IN_MARK} · " if self.is_marked else ""
        seeds = ", ".join(str(seed) for seed in self.seeds)
        parts = [f"{mark}{self.title}: {self.value_text}"]
        if seeds:
            parts.append(f"seeds {seeds}")
        if self.reference is not None:
            parts.append(f"reference {self.reference.band()}")
            parts.append(self.state)
        if self.note:
            parts.append(self.note)
        return " · ".join(parts)

    def to_html(self) -> str:
        """Return the same line as escaped HTML."""
        kind = "stand-in" if self.is_marked else "real"
        return f'<p class="layerwise-result {kind}">{html.escape(self.to_text())}</p>'

    def to_data(self) -> dict[str, Any]:
        """Return plain data for the notebook's output."""
        return {"schema_version": SCHEMA_VERSION, **asdict(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Result:
        """Read what `to_data` wrote.

        Raises:
            ValueError: If the data are of another version or lack a field.
        """
        if data.get("schema_version") != SCHEMA_VERSION:
            received = data.get("schema_version")
            raise ValueError(
                f"Expected a result of schema version {SCHEMA_VERSION}. "
                f"Received: {received!r}. Next: run the notebook again."
            )
        fields = {key: data[key] for key in cls.__dataclass_fields__ if key in data}
        if "name" not in fields or "value" not in fields:
            raise ValueError(
                f"Expected a result with a name and a value. Received: {dict(data)!r}. "
                "Next: run the notebook again."
            )
        return cls(**{**fields, "seeds": tuple(fields.get("seeds", ()))})

    @property
    def is_marked(self) -> bool:
        """Whether the line must carry the stand-in mark."""
        depends = self.reference is None or self.reference.data
        return self.is_stand_in and depends


@cache
def references() -> dict[str, Reference]:
    """Return every reference band of the course, by name."""
    text = resources.files("course").joinpath("references.toml").read_text("utf-8")
    tables = tomllib.loads(text)["reference"]
    return {table["name"]: Reference(**table) for table in tables}


def report(
    name: str,
    value: SupportsFloat,
    *,
    source: DataSource | None = None,
    unit: str = "",
    seeds: Sequence[int] = (),
    note: str = "",
) -> None:
    """Show a reached figure and keep it for `course run`.

    Args:
        name: A name of `references.toml`; another name is shown without a comparison.
        value: The figure; nan and infinity are shown as "not finite".
        source: Where the data came from; stand-in data mark the line.
        unit: Unit of a figure that has no reference.
        seeds: The seeds that the figure summarizes, where there are several.
        note: Anything that the reader must know beside the figure.

    Example:
        >>> report("spotify-net-params", 10753)  # doctest: +SKIP
        Spotify net: parameters (dropout adds none): 10,753 parameters · ...
    """
    number = float(value)
    result = Result(
        name=name,
        value=number if math.isfinite(number) else None,
        unit=unit,
        is_stand_in=source is not None and source.is_stand_in,
        is_fast=is_fast(),
        seeds=tuple(int(seed) for seed in seeds),
        note=note,
    )
    _show(result)


def results_in(notebook: Mapping[str, Any]) -> list[Result]:
    """Return the figures that an executed notebook reported, in order.

    Args:
        notebook: A notebook node (nbformat 4) with outputs.
    """
    return [
        Result.from_data(json.loads(data) if isinstance(data, str) else data)
        for output in _outputs(notebook)
        if (data := output.get("data", {}).get(MIME)) is not None
    ]


def _outputs(notebook: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Yield every output of every code cell."""
    for cell in notebook["cells"]:
        yield from cell.get("outputs", ())


def _show(result: Result) -> None:
    """Display the result in a notebook; write its line elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        sys.stdout.write(f"{result.to_text()}\n")
        return
    bundle = {
        "text/plain": result.to_text(),
        "text/html": result.to_html(),
        MIME: result.to_data(),
    }
    ipython.display.display(bundle, raw=True)


def _number(value: float, digits: int) -> str:
    """Format a figure with thousands separators and `digits` decimals."""
    return f"{value:,.{digits}f}"


def _with_unit(text: str, unit: str) -> str:
    """Put the unit behind the figure."""
    return f"{text} {unit}" if unit else text
