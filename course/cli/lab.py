"""`course lab`: work on a lesson's notebooks in JupyterLab."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from course.catalog import CatalogError, find_lessons, load_catalog
from course.lab import Workspace, WorkspaceError, prepare

__all__ = ["command"]

SETTINGS = Path(__file__).parents[1] / "lab" / "settings"


@click.command("lab")
@click.argument("lesson")
@click.option("--fresh", is_flag=True, help="Start again; keeps a dated backup.")
@click.option("--no-browser", is_flag=True, help="Print the address, open no browser.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--copy-only", is_flag=True, help="Make the copies, start nothing.")
def command(
    lesson: str, fresh: bool, no_browser: bool, port: int | None, copy_only: bool
) -> None:
    """Copy the notebooks of LESSON (09, dropout or 09_dropout) and open JupyterLab.

    Your copies are in work/ and are never replaced; --fresh renames the folder with the
    date and copies anew.
    """
    try:
        found = find_lessons(lesson, load_catalog())
        if len(found) != 1:
            raise click.ClickException(
                "Expected one lesson. Received: 'all'. Next: name one, such as 09."
            )
        workspace = prepare(found[0], fresh=fresh)
    except (CatalogError, WorkspaceError) as error:
        raise click.ClickException(str(error)) from error
    _say_what_is_there(workspace)
    if not copy_only:
        arguments = jupyter_arguments(workspace, no_browser=no_browser, port=port)
        click.echo("Starting JupyterLab; stop it with Ctrl+C.")
        _become([sys.executable, *arguments])


def jupyter_arguments(
    workspace: Workspace, *, no_browser: bool = False, port: int | None = None
) -> list[str]:
    """Return the arguments that start JupyterLab on a workspace.

    It listens on this machine only, with Jupyter's token. Our settings turn off
    questions about news and the teacher's tools of nbgrader: a course's first screen is
    the lesson. The user's own settings win.
    """
    arguments = [
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={workspace.folder}",
        f"--LabApp.default_url=/lab/tree/{workspace.first_notebook}",
        f"--LabApp.app_settings_dir={SETTINGS}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # In a container the learner often is root; Jupyter would refuse to start.
        arguments.append("--allow-root")
    if no_browser:
        arguments.append("--no-browser")
    if port is not None:
        arguments += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    return arguments


def _become(command: list[str]) -> None:
    """Replace this process by another, so that signals reach JupyterLab itself."""
    sys.stdout.flush()
    if os.name == "nt":  # exec on Windows returns to the prompt at once
        sys.exit(subprocess.call(command))  # noqa: S603
    os.execv(command[0], command)  # noqa: S606


def _say_what_is_there(workspace: Workspace) -> None:
    """Say which files are new and which are the learner's own."""
    if workspace.backup is not None:
        click.echo(f"Your former copies are in {workspace.backup}.")
    if workspace.copied:
        click.echo(f"Copied {', '.join(workspace.copied)} to {workspace.folder}.")
    if workspace.kept:
        click.echo(
            f"Kept your {', '.join(workspace.kept)} in {workspace.folder} "
            "(use --fresh to start again)."
        )
