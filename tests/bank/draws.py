"""Lists of cases, drawn by Hypothesis from a seed."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable

from tests.bank.mutants import MUTANTS
from tests.bank.rewritings import REWRITINGS
from tests.bank.strategies import Case, applicable, mutants, rewritings
from tests.bank.targets import Target

__all__ = ["draw_cases", "pairs"]


def pairs(target: Target) -> list[tuple[str, str]]:
    """Return ("right" or "wrong", operator) for all that apply to a target."""
    draft = target.draft
    return [("right", name) for name in applicable(draft, REWRITINGS)] + [
        ("wrong", name) for name in applicable(draft, MUTANTS)
    ]


def draw_cases(
    target: Target, side: str, operator: str, count: int, number: int
) -> Iterator[Case]:
    """Yield up to `count` different cases of one operator.

    Args:
        target: What is expected.
        side: "right" or "wrong".
        operator: What the cases are about.
        count: Most cases; there are fewer where the operator has few.
        number: The seed.
    """
    make = rewritings if side == "right" else mutants
    found: list[Case] = []

    @seed(number)
    @settings(
        max_examples=count + 1,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(make(target.draft, operator))
    def collect(case: Case) -> None:
        found.append(case)

    try:
        collect()
    except Unsatisfiable:
        return
    # Hypothesis begins with the simplest case of all, the same for every seed.
    different = {str(case.draft): case for case in (*found[1:], *found[:1])}
    yield from list(different.values())[:count]
