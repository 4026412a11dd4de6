"""Kaggle's public checker on the same cases, where it lies beside ours.

`learntools` (github.com/Kaggle/learntools, Apache 2.0) is not on the package index:
the package of that name there is another one. Give --peer the folder that holds the
right `learntools`. Its code is called and never copied. Only the two checks of the
classic exercises are called, without its notebook plumbing.
"""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from typing import Any

__all__ = ["measure", "show"]

_EXERCISES = {"dropout-spotify-net": "Q1", "batch-norm-concrete-net": "Q3"}


def measure(path: str, num_cases: int, seed: int) -> dict[str, Any]:
    """Return false rejects and false accepts of peer and checker on equal cases.

    Raises:
        SystemExit: If the folder does not hold Kaggle's package.
    """
    from tests.bank.draws import draw_cases, pairs
    from tests.bank.targets import all_targets

    sys.path.insert(0, path)
    try:
        module = importlib.import_module("learntools.deep_learning_intro.ex5")
    except ImportError as error:
        sys.exit(
            f"--peer {path}: expected Kaggle's learntools there ({error}). "
            "Next: git clone https://github.com/Kaggle/learntools and give its folder."
        )
    found: dict[str, Any] = {}
    for target in all_targets():
        if target.name not in _EXERCISES:
            continue
        check = getattr(module, _EXERCISES[target.name])().check
        todo = pairs(target)
        counts: Counter[str] = Counter()
        examples: dict[str, str] = {}
        for position, (side, operator) in enumerate(todo):
            count = max(1, num_cases // len(todo))
            for case in draw_cases(target, side, operator, count, seed + position):
                _compare(target, case, side, check, counts, examples)
        found[target.name] = {"counts": dict(counts), "examples": examples}
    return found


def _compare(
    target: Any,
    case: Any,
    side: str,
    check: Any,
    counts: Counter[str],
    examples: dict[str, str],
) -> None:
    """Let both judge one proven case."""
    from tests.bank.building import build
    from tests.bank.trials import try_case

    trial = try_case(target, case)
    if trial.discarded:
        return
    counts[side] += 1
    if trial.fault in ("false reject", "false accept", "crash"):
        counts[f"ours: {trial.fault}"] += 1
    accepted, why = _peer_accepts(check, build(case.draft).model)
    if accepted == (side == "right"):
        return
    fault = "false reject" if side == "right" else "false accept"
    counts[f"peer: {fault}"] += 1
    if why:
        counts[f"peer: {why}"] += 1
    examples.setdefault(f"{fault}, {case.operator}", str(case.draft))


def _peer_accepts(check: Any, model: Any) -> tuple[bool, str]:
    """Return the peer's word on a model, and what it raised besides assertions."""
    try:
        check(model)
    except AssertionError:
        return False, ""
    except Exception as error:
        return False, f"raises {type(error).__name__}"
    return True, ""


def show(found: dict[str, Any]) -> str:
    """Return the comparison as text."""
    lines = ["\nOn the same proven cases:"]
    for name, result in found.items():
        counts = result["counts"]
        right, wrong = counts.get("right", 0), counts.get("wrong", 0)
        lines.append(f"  {name}: {right} right, {wrong} wrong answers")
        for who in ("ours", "peer"):
            rejects = counts.get(f"{who}: false reject", 0)
            accepts = counts.get(f"{who}: false accept", 0)
            lines.append(
                f"    {who}  rejects {rejects} of {right} right "
                f"({100 * rejects / max(right, 1):.1f} %), accepts {accepts} of "
                f"{wrong} wrong ({100 * accepts / max(wrong, 1):.1f} %)"
            )
        lines.append(f"    peer's faults stand in {len(result['examples'])} operators")
    return "\n".join(lines)
