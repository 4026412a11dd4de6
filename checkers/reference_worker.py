"""The process in which references that need NumPy run.

    python -m checkers.reference_worker                    # a question on stdin
    python -m checkers.reference_worker EXERCISE --seed 7  # all references of a key

The first form answers the judge. The second prints, for one exercise and one seed,
what every reference of its key gives, by check: what a grader may want to store.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import warnings
from typing import Any

from checkers.parts import Array, Function
from checkers.reference import Reference, find, results_of

__all__ = ["answer", "expected_results", "main"]


def answer(question: str) -> str:
    """Return the results that one question asks for, as JSON."""
    asked = json.loads(question)
    function = find(asked["name"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # log(0) in a reference is meant
        values = [_plain(function(*map(_argument, call))) for call in asked["calls"]]
    return json.dumps({"values": values})


def expected_results(exercise_id: str, seed: int, code: str = "") -> dict[str, Any]:
    """Return what the references of an exercise give for a seed, by check."""
    from checkers.judge import find_key
    from checkers.tasks import find_exercise

    exercise, key = find_exercise(exercise_id), find_key(exercise_id)
    parts = {part.name: part for part in exercise.parts}
    found: dict[str, Any] = {}
    for rule in key.rules if key is not None else ():
        reference, part = getattr(rule, "reference", None), parts.get(rule.part)
        if isinstance(reference, Reference) and isinstance(part, Function):
            rng = random.Random(seed)  # noqa: S311 - not a secret
            cases = part.cases(rng, exercise.parameters(code))
            values = results_of(reference, [case.args for case in cases])
            found |= dict.fromkeys(rule.checks, _plain(values))
    return found


def _argument(value: Any) -> Any:
    """Return an argument as the reference gets it."""
    import numpy as np

    if isinstance(value, dict) and value.get("type") == Array.__name__:
        return np.array(_argument(value["values"]), value["dtype"])
    if isinstance(value, dict) and value.get("type") == "float":
        return float(value["value"])
    if isinstance(value, dict):
        return {key: _argument(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_argument(item) for item in value]
    return value


def _plain(value: Any) -> Any:
    """Return a result as JSON's own types; a tuple is marked as several results."""
    if isinstance(value, tuple):
        return {"several": [_plain(item) for item in value]}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    to_list = getattr(value, "tolist", None)
    return to_list() if callable(to_list) else value


def main(arguments: list[str] | None = None) -> None:
    """Answer the question on stdin, or print the references of an exercise."""
    parser = argparse.ArgumentParser(prog="python -m checkers.reference_worker")
    parser.add_argument("exercise", nargs="?")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--code", default="")
    options = parser.parse_args(arguments)
    if options.exercise is None:
        sys.stdout.write(answer(sys.stdin.read()))
        return
    found = expected_results(options.exercise, options.seed, options.code)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
