"""Grading: can this machine lock students' code in?"""

from __future__ import annotations

import os

from course.doctor.finding import Finding, note, ok

__all__ = ["check_isolation"]


def check_isolation() -> Finding:
    """Which jails work here, and as whom do students' kernels run?"""
    from course.jails.isolation import why_not

    warm, cold = why_not("warm"), why_not("cold")
    who = "a user of their own" if os.name == "posix" and _is_root() else "your user"
    if not warm and not cold:
        return ok("Grading", f"jails warm and cold work; kernels run as {who}")
    works = "warm" if not warm else "cold"
    broken, why = ("cold", cold) if not warm else ("warm", warm)
    if not (warm and cold):
        return ok(
            "Grading", f"the {works} jail works; kernels run as {who}. {broken}: {why}"
        )
    return note(
        "Grading",
        f"No jail works here: `course grade` would run students' code as you. "
        f"warm: {warm}; cold: {cold}.",
        "Grade on a Linux machine with user namespaces, or add --unsafe for people "
        "whom you trust with your account.",
    )


def _is_root() -> bool:
    return os.geteuid() == 0
