"""`course leaderboard`: the local board of the open challenge."""

import json
from dataclasses import asdict

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from course.leaderboard import LIMIT, board_path, ranking

__all__ = ["command"]


@click.command("leaderboard")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def command(as_json: bool) -> None:
    """Show your entries in the open challenge of lesson 06, the best first."""
    entries = ranking()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in entries], indent=2))
        return
    shown = Table(title="Best CIFAR-10 accuracy on a counted budget", box=None)
    for heading in ("", "test accuracy", "images seen", "parameters", "date", "name"):
        is_number = heading not in ("date", "name")
        shown.add_column(heading, justify="right" if is_number else "left")
    for place, one in enumerate(entries, start=1):
        shown.add_row(
            f"{place}.",
            f"{one.accuracy:.2f} %",
            f"{one.images_seen:,}",
            f"{one.parameters:,}",
            one.date,
            escape(one.name),
        )
    console = Console(highlight=False)
    console.print(shown)
    console.print(f"[dim]Budget {LIMIT:,} images · file {escape(str(board_path()))}[/]")
