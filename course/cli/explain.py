"""`course explain`: a saved model, layer by layer."""

from __future__ import annotations

from pathlib import Path

import click

from course.cli._model_file import ModelFile, load_model

__all__ = ["command"]


@click.command("explain")
@click.argument("model", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
def command(model: Path, as_json: bool) -> None:
    """Show the layers of MODEL (a .keras file), and why each has its parameters."""
    loaded = load_model(model)
    import checkers

    try:
        found = checkers.explain(loaded)
    except (TypeError, ValueError) as error:
        raise ModelFile(str(error)) from error
    click.echo(found.to_json() if as_json else found.to_text())
