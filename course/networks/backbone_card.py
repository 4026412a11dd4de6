"""The model card of "backbone", written from the facts of a training run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.networks.source_classes import SOURCE_CLASSES

if TYPE_CHECKING:
    from course.networks.train_backbone import Facts

__all__ = ["model_card"]


def model_card(facts: Facts) -> str:
    """Return the card of a run in Markdown.

    Args:
        facts: What the run was and reached.
    """
    table = "\n".join(f"| {name} | {text} |" for name, text in _rows(facts).items())
    last = facts.log[-1]
    return f"""# Network card: backbone

| | |
| --- | --- |
{table}

## What it reaches

{100 * facts.test_accuracy:.2f} % on the 6,000 test pictures of its six classes, opened
once after training; {100 * last["val_accuracy"]:.2f} % on the 3,000 held out.
`backbone.json` has the log of every epoch.

## What it is not for

It is small and trained briefly, on six classes of tiny pictures. It shows how transfer
works; it is no tool for other pictures.

Whoever trains it anew gets slightly other weights: the number of cores changes the
order of the sums. The checksum in `course/networks/__init__.py`, `backbone.json`,
`transfer.json`, the prints in `checkers/keys/_transfer_learning_prints.py` and the
measured numbers of lesson 13 belong to this one file.
"""


def _rows(facts: Facts) -> dict[str, str]:
    """Return the table's rows."""
    plan = facts.plan
    return {
        "what it is": (
            "eight 3 x 3 convolutions in four blocks (16, 32, 64, 128 maps), each with "
            "batch normalization and ReLU; pooling behind blocks 1 to 3; one mean per "
            f"map; softmax; {facts.parameters:,} parameters"
        ),
        "input": "32 x 32 x 3, one color picture, values divided by 255",
        "output": (
            f"six probabilities: {', '.join(SOURCE_CLASSES)}; `networks.backbone()` "
            "leaves the head off and gives maps of 4 x 4 x 128"
        ),
        "used in": "lesson 13: what it learned is carried over to other pictures",
        "file": (
            f"`backbone.npz`, {facts.size_bytes:,} bytes: float16 arrays `w0`, `w1` …, "
            "in the order of `model.weights`"
        ),
        "SHA-256": f"`{facts.sha256}`, checked whenever it is loaded",
        "training data": (
            f"{facts.images:,} training pictures of CIFAR-10's labels 0 to 5 (see "
            "`data/cards/cifar10.md`); 3,000 more held out for the log; no picture of "
            "labels 6 to 9"
        ),
        "training": (
            f"Adam, learning rate {plan.learning_rate} falling to 0 along half a "
            f"cosine, batches of {plan.batch}, {plan.epochs} epochs, seed {plan.seed}; "
            "half of the pictures mirrored, each moved by up to 3 pixels; "
            "`course train-backbone`"
        ),
        "made with": ", ".join(f"{n} {v}" for n, v in facts.made_with.items()),
        "license": "that of the course's text, CC BY 4.0; cite CIFAR-10's report",
    }
