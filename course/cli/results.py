"""`course results`: measure the figures of the lessons over seeds, write the page."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import nbformat
from rich.console import Console

from course import measured
from course.catalog import CatalogError, find_lessons, load_catalog
from course.cli._notebook_runs import run_all, show_failures
from course.datasets.manifest import read_manifest
from course.datasets.status import inspect_dataset
from course.measured import Record
from course.paths import is_clone, share_path
from course.results import STAND_IN_MARK, references
from course.results_page import figure_state, results_page
from course.running.seeds import NoSeedLine
from course.running.solution import MissingNotebook, Run, Target, find_targets
from course.settings import is_fast

__all__ = ["command"]

NOTEBOOKS = ("lesson", "exercises", "challenge")


class ListsSeeds(click.Command):
    """Takes `--seeds 0 1 2` as people write it; click knows one value per option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat `--seeds` before each of the numbers that follow it."""
        spread: list[str] = []
        for arg in args:
            if arg.isdigit() and spread[-2:-1] == ["--seeds"]:
                spread.append("--seeds")
            spread.append(arg)
        return super().parse_args(ctx, spread)


@click.command("results", cls=ListsSeeds)
@click.argument("lesson", default="all")
@click.option(
    "--seeds",
    type=click.IntRange(min=0),
    multiple=True,
    metavar="SEED...",
    help="Seeds to run, after LESSON: --seeds 3 4 5.  [default: 0 1 2]",
)
@click.option("--again", is_flag=True, help="Also run what is measured already.")
@click.option(
    "--timeout",
    "timeout_s",
    type=click.IntRange(min=1),
    default=3600,
    show_default=True,
    help="Seconds that one cell may take.",
)
@click.option("--check", is_flag=True, help="Run nothing; fail if the page is stale.")
def command(
    lesson: str,
    seeds: tuple[int, ...],
    again: bool,
    timeout_s: int,
    check: bool,
) -> None:
    """Measure the figures that LESSON reports (05, pooling or all) over seeds.

    Runs the solution notebooks in full on the real data, once per seed, and writes
    docs/results.json (what was measured) and docs/results.md (the page). What is there
    already is not run again, so one lesson can be done at a time and a run that was
    stopped goes on where it was. Bands: course/references.toml.
    """
    if not is_clone():
        raise click.ClickException(
            "An installed course has no page of results to write. "
            "Next: run this in a clone of the project."
        )
    console = Console(highlight=False, soft_wrap=True)
    if check:
        sys.exit(0 if _is_current(console) else 1)
    _refuse_fast()
    chosen = tuple(dict.fromkeys(seeds)) or (0, 1, 2)
    try:
        targets = _targets(lesson, chosen, again=again)
    except (CatalogError, MissingNotebook, NoSeedLine) as error:
        raise click.ClickException(str(error)) from error
    _refuse_stand_ins(targets)
    if not targets:
        console.print("Nothing to run: measured already, or nothing is reported.")
    refused: list[str] = []
    runs = run_all(
        targets,
        console,
        fast=False,
        timeout_s=timeout_s,
        on_run=lambda run: refused.extend(_keep(run)),
    )
    _write_page(console)
    show_failures(runs, console)
    for text in refused:
        console.print(text, markup=False)
    sys.exit(1 if refused or any(run.failure for run in runs) else 0)


def _json_path() -> Path:
    return share_path("docs", "results.json")


def _page_path() -> Path:
    return share_path("docs", "results.md")


def _refuse_fast() -> None:
    if is_fast():
        raise click.ClickException(
            "Expected full training. Received COURSE_FAST, which cuts it short. "
            "Next: unset COURSE_FAST and run this again."
        )


def _targets(lesson: str, seeds: Sequence[int], *, again: bool) -> list[Target]:
    """Return the runs to do: notebooks that report, by seed, not measured yet."""
    known = measured.read_records(_json_path())
    found = find_targets(find_lessons(lesson, load_catalog()), NOTEBOOKS)
    targets = []
    for target in found:
        if "report(" not in _code(target):
            continue
        for seed in seeds:
            seeded = Target(target.lesson, target.name, target.path, seed)
            digest = measured.digest_of(seeded.read())
            record = known.get((target.lesson.folder, target.name, seed))
            if again or record is None or not _fits(record, digest):
                targets.append(seeded)
    return targets


def _fits(record: Record, digest: str) -> bool:
    """Say whether a record is of the code and the versions that are here."""
    return record.digest == digest and record.versions == measured.versions()


def _code(target: Target) -> str:
    return measured.code_of(target.read())


def _data_of(target: Target) -> list[str]:
    """Return the names of the data sets that a notebook loads."""
    code = _code(target)
    return [name for name in read_manifest() if f'"{name}"' in code]


def _refuse_stand_ins(targets: Sequence[Target]) -> None:
    manifest = read_manifest()
    names = sorted({name for target in targets for name in _data_of(target)})
    missing = [name for name in names if inspect_dataset(manifest[name]).is_stand_in]
    if missing:
        raise click.ClickException(
            f"Expected the real data of {', '.join(missing)}. Received stand-ins. "
            f"Next: `course data fetch {' '.join(missing)}`."
        )


def _keep(run: Run) -> list[str]:
    """Add a run to the measured ones; return why not, if not."""
    if run.failure:
        return []
    executed = nbformat.read(run.saved, as_version=4)
    if STAND_IN_MARK in str([cell.get("outputs") for cell in executed.cells]):
        return [f"{run.target.title}: not kept, it ran on stand-in data."]
    manifest, target = read_manifest(), run.target
    record = measured.record_of(
        (target.lesson.folder, target.name, target.seed or 0),
        target.read(),
        run.results,
        {name: manifest[name].content_sha256 for name in _data_of(target)},
    )
    records = {**measured.read_records(_json_path()), record.key: record}
    measured.write_records(_json_path(), list(records.values()))
    return []


def _page() -> str:
    return results_page(
        measured.read_records(_json_path()).values(),
        references=references(),
        lessons=load_catalog(),
        datasets=read_manifest(),
    )


def _write_page(console: Console) -> None:
    path = _page_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_page(), encoding="utf-8")
    console.print(f"wrote {path}", markup=False)
    _show_states(console)


def _is_current(console: Console) -> bool:
    """Say what is stale; return True if nothing is."""
    path = _page_path()
    is_same = path.is_file() and path.read_text(encoding="utf-8") == _page()
    stale = _changed_notebooks()
    if not is_same:
        console.print(f"{path} is not what course/references.toml gives now.")
        console.print("  Next: `course results` (measures only what is missing).")
    for title in stale:
        console.print(f"{title} has other code now than when it was measured.")
        console.print(f"  Next: `course results {title.partition('/')[0]}`.")
    if is_same and not stale:
        console.print("docs/results.md is current.")
    _show_states(console)
    return is_same and not stale


def _changed_notebooks() -> list[str]:
    """Return the runs whose notebook has changed since, or is gone."""
    lessons = {lesson.folder: lesson for lesson in load_catalog()}
    changed = []
    for record in measured.read_records(_json_path()).values():
        title = f"{record.lesson}/{record.notebook}, seed {record.seed}"
        lesson = lessons.get(record.lesson)
        path = share_path("solutions", record.lesson, f"{record.notebook}.ipynb")
        if lesson is None or not path.is_file():
            changed.append(title)
            continue
        target = Target(lesson, record.notebook, path, record.seed)
        if record.digest != measured.digest_of(target.read()):
            changed.append(title)
    return changed


def _show_states(console: Console) -> None:
    """Count the states, and name what is not reproduced."""
    records = measured.read_records(_json_path()).values()
    states: dict[str, list[str]] = {}
    for band in references().values():
        values = [
            figure.value
            for record in records
            for figure in record.figures
            if figure.name == band.name
        ]
        states.setdefault(figure_state(band, values), []).append(band.name)
    for state, names in sorted(states.items()):
        listed = "" if state == "reproduced" else f": {', '.join(names)}"
        console.print(f"{len(names)} {state}{listed}", markup=False)
