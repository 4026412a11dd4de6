"""The `course` command. Each subcommand is a module here with one `command`.

Modules load only when their command runs, so `course --help` stays quick.
"""

import importlib
from pathlib import Path

import click

from course import __version__

__all__ = ["main"]


class LazyGroup(click.Group):
    """A command group that finds its commands as modules of this folder."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        folder = Path(__file__).parent
        return sorted(
            path.stem.replace("_", "-")
            for path in folder.glob("*.py")
            if not path.stem.startswith("_")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None if there is no such name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="layerwise")
def main() -> None:
    """Layerwise: learn Keras layer by layer; check, run and grade its lessons."""
