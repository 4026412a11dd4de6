"""The environment variables of a jailed kernel: a list of what is let through."""

import os
from collections.abc import Mapping

from checkers.i18n import LANGUAGE_VARIABLES

__all__ = ["kernel_variables"]

# What the grader tells the course, and what changes how text looks. A grader's shell
# may hold passwords and tokens; nothing passes because it is unknown.
PASSED = (
    *("COURSE_GRADING", "COURSE_CASE_SEED", "COURSE_FAST", "TZ"),
    *LANGUAGE_VARIABLES,
)
FIXED = {
    "COURSE_OFFLINE": "1",
    "HOME": "/tmp/home",  # noqa: S108 - a /tmp of this jail alone
    "TMPDIR": "/tmp",  # noqa: S108
    "IPYTHONDIR": "/tmp/home/ipython",  # noqa: S108
    "MPLCONFIGDIR": "/tmp/home/matplotlib",  # noqa: S108
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
}


def kernel_variables(asked: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the whole environment of a kernel, but for where data lie.

    Args:
        asked: Variables meant for the kernel; most are not let through.
    """
    asked = os.environ if asked is None else asked
    passed = {name: asked[name] for name in PASSED if name in asked}
    return {"LANG": "C.UTF-8", **passed, **FIXED}
