"""Does a process under guard end with the one who started it, however that ends?"""

import contextlib
import os
import subprocess
import sys

import psutil
import pytest

pytestmark = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="process descriptors need Linux"
)

GUARDED = """
import os, signal, subprocess, sys
from course.kernels.guard import watch_over
ended = subprocess.Popen(["true"], stdin=subprocess.DEVNULL)
watch_over(os.pidfd_open(ended.pid))
ended.wait()
child = subprocess.Popen(["sleep", "600"], start_new_session=True)
watch_over(os.pidfd_open(child.pid))
print(child.pid, flush=True)
{end}
"""


@pytest.mark.parametrize(
    "end",
    ["os.kill(os.getpid(), signal.SIGKILL)", "os._exit(3)", "child.returncode = 0"],
)
def test_what_is_guarded_ends_with_its_grader(end):
    done = subprocess.run(
        [sys.executable, "-c", GUARDED.format(end=end)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )
    # `run` returns when the pipe is closed, which `sleep` holds: so it has ended. It is
    # a zombie as long as process 1 of this machine does not ask for it.
    with contextlib.suppress(psutil.NoSuchProcess):
        assert psutil.Process(int(done.stdout)).status() == psutil.STATUS_ZOMBIE
