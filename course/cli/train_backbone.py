"""`course train-backbone`: train the network of lesson 13 anew."""

from pathlib import Path

import click

__all__ = ["command"]


@click.command("train-backbone")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for backbone.npz, .json and .md (default: backbone/ in your work).",
)
@click.option("--epochs", type=click.IntRange(min=1), help="Passes over the pictures.")
@click.option("--images", type=click.IntRange(min=1), help="Only so many pictures.")
@click.option("--seed", type=click.IntRange(min=0), help="The source of all chance.")
def command(
    output: Path | None, epochs: int | None, images: int | None, seed: int | None
) -> None:
    """Train lesson 13's backbone on CIFAR-10's labels 0 to 5 and write it.

    Without options it does what made the file in data/networks: about ten minutes on
    two cores. It writes the weights (float16, under 2 MB) with their SHA-256, the log
    of every epoch and a model card. Your copy changes nothing in the course.
    """
    from course.datasets import DatasetError, load
    from course.networks import train_backbone
    from course.paths import work_path

    given = {"epochs": epochs, "images": images, "seed": seed}
    chosen = {name: value for name, value in given.items() if value is not None}
    plan = train_backbone.Plan(**chosen)
    try:
        pictures = load("cifar10", allow_stand_in=False)
    except DatasetError as error:
        raise click.ClickException(str(error)) from error
    content, facts = train_backbone.train(pictures, plan, tell=click.echo)
    folder = output or work_path() / "backbone"
    for path in train_backbone.write(content, facts, folder):
        click.echo(path)
    click.echo(f"SHA-256 {facts.sha256}")
    click.echo(
        f"{facts.size_bytes:,} bytes, {facts.parameters:,} parameters, "
        f"test accuracy {100 * facts.test_accuracy:.2f} % on its six classes"
    )
