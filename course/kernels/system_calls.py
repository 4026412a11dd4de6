"""The system calls of Linux that Python does not offer, and nothing else.

Every function raises OSError with the name of the call when the kernel refuses.
Source: the manual page prctl(2).
"""

import ctypes
import functools
import os

__all__ = ["die_with_parent"]

PR_SET_PDEATHSIG = 1
SIGKILL = 9


@functools.cache
def libc() -> ctypes.CDLL:
    """Return the C library; loaded late, so that other systems can import this."""
    return ctypes.CDLL(None, use_errno=True)


def checked(name: str, result: int) -> None:
    """Raise OSError if a call returned -1."""
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def die_with_parent() -> None:
    """Have this process killed when its parent ends; a change of user undoes it."""
    checked("prctl", libc().prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0))
