"""Hypothesis draws a case: a draft that means the same, or one that does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tests.bank.drafts import Choose, Draft
from tests.bank.mutants import MUTANTS, Change
from tests.bank.rewritings import (
    REWRITINGS,
    TRAVEL_STYLES,
    choose_style,
    is_trip,
)
from tests.bank.sources import STYLES, fits_style

__all__ = ["Case", "applicable", "mutants", "rewritings"]

_MOST = 3  # further operators beside the one that a case is about


@dataclass(frozen=True)
class Case:
    """One answer.

    Attributes:
        operator: The operator that it is about.
        draft: The answer.
        base: For a mutant: the draft before it was written in another style.
        change: What a mutant changed; None for a rewriting.
    """

    operator: str
    draft: Draft
    base: Draft
    change: Change | None = None

    @property
    def is_right(self) -> bool:
        """True for a rewriting."""
        return self.change is None


def applicable(draft: Draft, operators: dict[str, Callable[..., Any]]) -> list[str]:
    """Return the names of the operators that can do something with a draft."""
    return [name for name, edit in operators.items() if edit(draft, _first) is not None]


@st.composite
def rewritings(draw: Any, draft: Draft, operator: str = "") -> Case:
    """Draw a right answer.

    Args:
        draw: Hypothesis's.
        draft: The plainest right answer.
        operator: The operator that it must contain; any if "".
    """
    choose = _chooser(draw)
    operator = operator or choose(sorted(REWRITINGS))
    names = [name for name in sorted(REWRITINGS) if not name.startswith("style:")]
    if operator.startswith("style:"):
        style = operator.removeprefix("style:")
        made = _with_more(draft, names, choose, lambda one: _suits(one, style))
        made = REWRITINGS[operator](made, choose)
    else:
        edited = REWRITINGS[operator](draft, choose)
        assume(edited is not None)
        assert edited is not None
        made = _with_more(edited.noted(operator), names, choose)
        made = _styled(made, choose)
    assume(made is not None)
    assert made is not None
    return Case(operator, made.noted(f"style:{made.style}"), draft)


@st.composite
def mutants(draw: Any, draft: Draft, operator: str = "") -> Case:
    """Draw a wrong answer: one mutation, written in any style."""
    choose = _chooser(draw)
    operator = operator or choose(sorted(MUTANTS))
    found = MUTANTS[operator](draft, choose)
    assume(found is not None)
    assert found is not None
    base, change = found
    made = base
    if choose([False, False, True]):
        name = choose(_LIGHT)
        made = REWRITINGS[name](made, choose) or made
        made = made.noted(name)
    styled = _styled(made, choose)
    assume(styled is not None)
    assert styled is not None
    return Case(operator, styled.noted(f"style:{styled.style}"), base, change)


# Rewritings that touch no layer, so that a mutant stays what it is.
_LIGHT = ("layer_name", "input_form", "model_compiled", "model_used", "dtype_text")


def _styled(draft: Draft, choose: Choose) -> Draft | None:
    """Return the draft in some style that suits it."""
    if is_trip(draft):
        fitting = [name for name in TRAVEL_STYLES if fits_style(draft, name)]
        return choose_style(draft, choose, choose(fitting)) if fitting else None
    if draft.style != "functional":
        return choose_style(draft, choose, draft.style)
    if any("features" in text for text in draft.afterwards):
        return draft
    fitting = [name for name in STYLES if fits_style(draft, name)]
    if any("model.input" in t or "compile" in t for t in draft.afterwards):
        fitting = [name for name in fitting if "deferred" not in name]
    return choose_style(draft, choose, choose(fitting))


def _with_more(
    draft: Draft,
    names: Sequence[str],
    choose: Choose,
    wanted: Callable[[Draft], bool] = lambda _: True,
) -> Draft:
    """Return the draft with up to three more edits that keep its meaning."""
    for _ in range(choose(range(_MOST + 1))):
        name = choose(names)
        if name in draft.applied:
            continue
        edited = REWRITINGS[name](draft, choose)
        if edited is not None and wanted(edited) and _is_possible(edited):
            draft = edited.noted(name)
    return draft


def _suits(draft: Draft, style: str) -> bool:
    """Return True if all edits so far leave a style open."""
    is_bound = any("features" in text for text in draft.afterwards)
    return (
        fits_style(draft, style)
        and not is_bound
        and (style in TRAVEL_STYLES or not is_trip(draft))
    )


def _is_possible(draft: Draft) -> bool:
    """Return False where two edits exclude each other: a file and a lambda, say."""
    if is_trip(draft) and (draft.has_custom_code or draft.style.startswith("subclass")):
        return False
    if draft.style.startswith("subclass") and any(
        "features" in text for text in draft.afterwards
    ):
        return False
    return fits_style(draft, draft.style)


def _chooser(draw: Any) -> Choose:
    def choose(options: Sequence[Any]) -> Any:
        return draw(st.sampled_from(list(options)))

    return choose


def _first(options: Sequence[Any]) -> Any:
    return next(iter(options))
