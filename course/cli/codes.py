"""`course codes`: personal codes for a class list."""

from __future__ import annotations

from pathlib import Path

import click

from course.codes import (
    CodeError,
    RosterError,
    SecretError,
    code_roster,
    load_secret,
    make_secret,
)

__all__ = ["command"]


@click.command("codes")
@click.argument("roster", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--secret-file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The course's secret; made when there is no such file. Keep it private.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the list there instead of to the screen.",
)
def command(roster: Path, secret_file: Path, output: Path | None) -> None:
    """Give each student of ROSTER (a CSV file with a column `id`) a personal code.

    The code decides the student's own numbers in the exercises; only the holder of the
    secret can make one that `course grade` accepts.
    """
    try:
        text = roster.read_text("utf-8-sig")
        secret = _secret(secret_file)
        coded = code_roster(text, secret)
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"{roster} is not UTF-8 text. Next: save it as 'CSV UTF-8'."
        ) from error
    except (CodeError, RosterError, SecretError) as error:
        raise click.ClickException(str(error)) from error
    if output is None:
        click.echo(coded, nl=False)
        return
    output.write_text(coded, "utf-8")
    click.echo(f"Wrote {coded.count(chr(10)) - 1} codes to {output}.", err=True)


def _secret(path: Path) -> str:
    """Return the secret of a file, which is made when it is missing."""
    if path.exists():
        return load_secret(path)
    secret = make_secret(path)
    click.echo(
        f"Made a new secret in {path}. Keep this file: grading needs it, and other "
        "codes come out of any other secret.",
        err=True,
    )
    return secret
