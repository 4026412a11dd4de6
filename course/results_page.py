"""`docs/results.md`: what the course claims, and what a run reaches.

The page is a function of `docs/results.json`, `references.toml` and the catalog, so
`course results --check` can make it anew without training.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence

from course.catalog import Lesson
from course.datasets.manifest import DatasetSpec
from course.measured import Record
from course.results import Reference

__all__ = ["figure_state", "results_page"]

_HEAD = """\
# Results

What the lessons report when they run in full on the real data, beside what they should
reach. `course results` makes this page; `course results --check` says whether it still
fits `course/references.toml`. Edit neither this page nor `docs/results.json`.

*Expected* is the band of a figure, and where the band comes from. *Measured* is the
median over the seeds, with the lowest and the highest in brackets. **Reproduced**: the
median lies in the band. **Explained**: it does not, and the reason stands below the
table. **Below**, **above**, **not finite**: it does not, and nobody has explained it
yet. The figures are rounded; another processor may differ in the last digit.
"""


def results_page(
    records: Iterable[Record],
    *,
    references: Mapping[str, Reference],
    lessons: Sequence[Lesson],
    datasets: Mapping[str, DatasetSpec],
) -> str:
    """Return the page.

    Args:
        records: What was measured.
        references: The bands, by name of the figure.
        lessons: The lessons in order.
        datasets: The data sets, for their titles and addresses.
    """
    kept = list(records)
    parts = [_HEAD, _how(kept)]
    for lesson in lessons:
        bands = [one for one in references.values() if one.lesson == lesson.folder]
        here = [one for one in kept if one.lesson == lesson.folder]
        if bands or here:
            parts.append(_lesson(lesson, bands, here))
    parts.append(_data(kept, datasets))
    return "\n".join(part for part in parts if part)


def figure_state(reference: Reference, values: Sequence[float | None]) -> str:
    """Say in one word how the median of the values lies to its band.

    Args:
        reference: The band.
        values: One value per seed; None stands for nan or infinity.
    """
    if not values:
        return "not measured"
    middle = _median(values)
    state = reference.judge(middle if math.isfinite(middle) else None)
    if state == "inside":
        return "reproduced"
    return "explained" if reference.explained else state


def _median(values: Sequence[float | None]) -> float:
    """Return the median, where a run that was lost counts as infinitely high."""
    return statistics.median(math.inf if one is None else one for one in values)


def _how(records: Sequence[Record]) -> str:
    """Return the versions that everything was measured with."""
    sets = sorted({tuple(record.versions.items()) for record in records})
    lines = [
        "- " + ", ".join(f"{_package(name)} {version}" for name, version in one)
        for one in sets
    ]
    return "## Measured with\n\n" + "\n".join(lines) + "\n" if lines else ""


def _package(name: str) -> str:
    known = {"python": "Python", "tensorflow": "TensorFlow", "numpy": "NumPy"}
    return known.get(name, name.capitalize())


def _lesson(
    lesson: Lesson, bands: Sequence[Reference], records: Sequence[Record]
) -> str:
    seeds = sorted({record.seed for record in records})
    listed = ", ".join(str(seed) for seed in seeds) or "none yet"
    lines = [f"## {lesson.number} · {lesson.title}", "", f"Seeds: {listed}.", ""]
    lines += ["| figure | expected | measured | state |", "| --- | --- | --- | --- |"]
    lines += [_row(band, records) for band in bands]
    notes = [
        f"- *{band.title}*: {band.explained}"
        for band in bands
        if figure_state(band, _values(band, records)) == "explained"
    ]
    return "\n".join([*lines, "", *notes, ""] if notes else [*lines, ""])


def _row(band: Reference, records: Sequence[Record]) -> str:
    values = _values(band, records)
    expected = f"{band.band()} {band.unit}".strip() if band.finite else "nan"
    state = figure_state(band, values)
    measured = _measured(band, values)
    own = {seed for one in _figures(band, records) for seed in one}
    inner = f", {len(own)} inner seeds" if len(own) > 1 else ""
    cells = (band.title, f"{expected}: {band.origin}", measured + inner, state)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _values(band: Reference, records: Sequence[Record]) -> list[float | None]:
    return [
        figure.value
        for record in records
        for figure in record.figures
        if figure.name == band.name
    ]


def _figures(band: Reference, records: Sequence[Record]) -> list[tuple[int, ...]]:
    """Return the seeds that each run summed up in a figure of its own."""
    return [
        figure.seeds
        for record in records
        for figure in record.figures
        if figure.name == band.name
    ]


def _measured(band: Reference, values: Sequence[float | None]) -> str:
    if not values:
        return "-"
    known = [value for value in values if value is not None]
    lost = f"nan in {len(values) - len(known)} of {len(values)}"
    if not known:
        return lost
    texts = [f"{value:,.{band.digits}f}" for value in (min(known), max(known))]
    middle = _median(values)
    text = f"{middle:,.{band.digits}f}" if math.isfinite(middle) else lost
    if texts[0] != texts[1]:
        text += f" ({texts[0]} to {texts[1]})"
    elif not math.isfinite(middle):
        text += f" (else {texts[0]})"
    return (
        text
        if len(known) == len(values) or text.startswith("nan")
        else (f"{text}, {lost}")
    )


def _data(records: Sequence[Record], datasets: Mapping[str, DatasetSpec]) -> str:
    """Return the table of the data sets with the hash of their content."""
    used = sorted({item for record in records for item in record.data.items()})
    if not used:
        return ""
    lines = ["## Data", "", "| data set | source | SHA-256 of the content |"]
    lines += ["| --- | --- | --- |"]
    for name, digest in used:
        spec = datasets[name]
        source = f"{spec.title}, <{spec.homepage}>"
        lines.append(f"| {name} | {source} | `{digest}` |")
    return "\n".join([*lines, ""])
