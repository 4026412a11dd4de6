"""What the doctor says about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding", "State", "note", "ok", "problem"]

State = Literal["ok", "note", "problem"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        check: What was looked at, in two or three words.
        state: "ok", "note" (works, but you should know) or "problem".
        says: What was found, in words.
        next: What to do; empty where nothing is to be done.
    """

    check: str
    state: State
    says: str
    next: str = ""


def ok(check: str, says: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(check, "ok", says)


def note(check: str, says: str, next_step: str) -> Finding:
    """Return a finding that does not stop anyone from working."""
    return Finding(check, "note", says, next_step)


def problem(check: str, says: str, next_step: str) -> Finding:
    """Return a finding that stops a part of the course from working."""
    return Finding(check, "problem", says, next_step)
