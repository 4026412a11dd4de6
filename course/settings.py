"""Switches that a person sets in the environment."""

import os

__all__ = ["is_fast"]


def is_fast() -> bool:
    """Return True when COURSE_FAST asks for short runs: fewer epochs and rows.

    It changes only the course's own code, never a threshold and never what a learner
    wrote.
    """
    return os.environ.get("COURSE_FAST", "").lower() not in {"", "0", "false", "no"}
