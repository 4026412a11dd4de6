"""`course lint`: known mistakes in a saved model."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from course.cli._model_file import ModelFile, load_data, load_model

__all__ = ["command"]


@click.command("lint")
@click.argument("model", type=click.Path(path_type=Path))
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="An .npz file with the arrays inputs and targets.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
@click.option("--strict", is_flag=True, help="Also fail if there is a warning.")
def command(model: Path, data: Path | None, as_json: bool, strict: bool) -> None:
    """Look for known mistakes in MODEL (a .keras file).

    The exit code is 1 if there is an error; advice never fails.
    """
    arrays = None if data is None else load_data(data)
    loaded = load_model(model)
    import checkers

    try:
        report = checkers.lint(loaded, arrays)
    except (TypeError, ValueError) as error:
        raise ModelFile(str(error)) from error
    click.echo(report.to_json() if as_json else report.to_text())
    sys.exit(1 if report.errors or (strict and not report.ok) else 0)
