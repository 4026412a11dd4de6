"""Which outputs are trained with one of some losses."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from checkers.linting.settings import BINARY, MULTI, REGRESSION, SPARSE, Named
from checkers.linting.subject import Head, Subject

__all__ = ["BINARY", "MULTI", "REGRESSION", "SPARSE", "heads_with"]


def heads_with(
    subject: Subject, losses: Collection[str]
) -> Iterator[tuple[Head, Named]]:
    """Yield the outputs that are trained with one of some losses, and that loss."""
    for head in subject.heads:
        if head.loss is not None and head.loss.name in losses:
            yield head, head.loss
