"""`course data`: which data sets are here, get them, check them."""

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course.datasets.manifest import DatasetSpec
    from course.datasets.status import Status

__all__ = ["command"]


@click.group()
def command() -> None:
    """Show, fetch and verify the data sets of the course.

    A data set is looked for in the folder COURSE_DATA, then in the user's cache, then
    downloaded; without a network a generated stand-in takes its place, and says so.
    COURSE_OFFLINE=1 switches downloads off, COURSE_CACHE moves the cache.
    """


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def status(as_json: bool) -> None:
    """Show for each data set where it lies and whether it is the real one."""
    from course.datasets.manifest import read_manifest
    from course.datasets.status import inspect_dataset

    found = [inspect_dataset(spec) for spec in read_manifest().values()]
    if as_json:
        click.echo(json.dumps([item.to_json() for item in found], indent=2))
    else:
        _show(found)
    _exit_on_problems(found)


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME...|all]")
def fetch(names: tuple[str, ...]) -> None:
    """Download data sets into the cache and verify them.

    A data set that is here and right is left alone; a wrong one in the cache is
    replaced. NAME is one of red-wine, spotify, concrete, mnist, cifar10; `all` (or
    no name) means every one (about 175 MB, nearly all of it cifar10).
    """
    from course.datasets.downloading import download
    from course.datasets.errors import DatasetError
    from course.datasets.status import verify_dataset

    failed = False
    for spec in _chosen(names):
        state = verify_dataset(spec)
        if state.verified == "content":
            click.echo(f"{spec.name}: already in {state.folder}, verified.")
            continue
        if state.problem and state.place != "cache":
            click.echo(f"{spec.name}: {state.problem}", err=True)
            failed = True
            continue
        try:
            download(spec)
        except DatasetError as error:
            click.echo(f"{spec.name}: {error}", err=True)
            failed = True
    if failed:
        raise SystemExit(1)


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME...|all]")
def verify(names: tuple[str, ...]) -> None:
    """Read data sets from start to end and compare them with the published content.

    Fails if one is damaged, or if only a stand-in is here.
    """
    from rich.progress import track

    from course.datasets.status import verify_dataset

    chosen = _chosen(names)
    checked = track(chosen, description="Verifying", transient=True)
    found = [verify_dataset(spec) for spec in checked]
    _show(found)
    _exit_on_problems(found)
    absent = [item.name for item in found if item.is_stand_in]
    if absent:
        raise click.ClickException(
            f"Expected real data for {', '.join(absent)}. Found none on this machine. "
            f"Next: run `course data fetch {' '.join(absent)}`, or set COURSE_DATA."
        )


def _chosen(names: "Sequence[str]") -> "list[DatasetSpec]":
    from course.datasets.errors import UnknownDatasetError
    from course.datasets.manifest import find_spec, read_manifest

    if not names or "all" in names:
        return list(read_manifest().values())
    try:
        return [find_spec(name) for name in names]
    except UnknownDatasetError as error:
        raise click.BadParameter(str(error)) from error


def _show(found: "Sequence[Status]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Data sets")
    for title in ("name", "data", "found in", "packaging", "verified"):
        table.add_column(title, overflow="fold")
    table.add_column("size", justify="right")
    table.add_column("licence", overflow="fold")
    for item in found:
        is_real = not item.is_stand_in
        table.add_row(
            item.name,
            "problem" if item.problem else "real" if is_real else "STAND-IN",
            item.place if is_real else "-",
            item.packaging,
            item.verified or "-",
            f"{item.size_bytes / 1e6:.1f} MB" if is_real else "-",
            item.licence,
        )
    console = Console()
    console.print(table)
    for place, folder in {item.place: item.folder for item in found}.items():
        if folder is not None:
            console.print(f"{place}: {folder}", markup=False, soft_wrap=True)
    for item in found:
        if item.problem:
            console.print(f"{item.name}: {item.problem}", markup=False, highlight=False)
    if any(item.is_stand_in for item in found):
        console.print(
            "STAND-IN: nothing here yet; lessons download the data set, or use "
            "generated data without a network. `course data fetch` gets all.",
            highlight=False,
        )


def _exit_on_problems(found: "Sequence[Status]") -> None:
    if any(item.problem for item in found):
        raise SystemExit(1)
