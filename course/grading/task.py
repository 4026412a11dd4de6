"""Grade one submission: bytes in, verdicts and graded notebook out.

A task touches neither the gradebook nor the course directory, so it can run in any
thread, process or machine; one writer takes its result.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.grading.judging import WORKER, judge_captured
from course.grading.outcomes import GradedNotebook, Outcome, Refused
from course.grading.release import ANSWER, CAPTURE, cell_key
from course.grading.repair import repair
from course.grading.sitting import run_notebook
from course.grading.snapshots import read_captured, write_verdicts
from course.grading.submissions import (
    MAX_BYTES,
    Planned,
    UnreadableNotebook,
    read_notebook,
)
from course.jails.request import Jail

__all__ = ["Settings", "files_beside", "grade_submission"]


@dataclass(frozen=True)
class Settings:
    """What holds for all submissions of a run.

    Attributes:
        timeout_s: Seconds that one cell may take.
        case_seed: Seed of the random cases of function exercises, drawn after the
            students' code was fixed.
        fast: True shortens the course's own demonstrations; never a threshold.
        offline: True keeps kernels from looking for data that are not to be had.
        worker: Command of the judging process.
        jail: What students' code is locked into; None runs it as the teacher.
    """

    timeout_s: int = 120
    case_seed: int = 0
    fast: bool = True
    offline: bool = False
    worker: Sequence[str] = WORKER
    jail: Jail | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Variables for the kernel."""
        return {
            "COURSE_GRADING": "1",
            "COURSE_CASE_SEED": str(self.case_seed),
            "COURSE_FAST": "1" if self.fast else "0",
            **({"COURSE_OFFLINE": "1"} if self.offline else {}),
        }


def grade_submission(planned: Planned, settings: Settings) -> Outcome:
    """Run and judge one notebook; a bad one becomes a `Refused`, never an exception."""
    started, release = time.monotonic(), planned.release
    try:
        data = planned.path.read_bytes()
        repaired = repair(read_notebook(data), release)
    except (UnreadableNotebook, OSError) as error:
        return Refused(planned.student, str(planned.path), str(error))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)  # noqa: S103 - copies, read inside by another user
        _copy_files(planned, Path(folder))
        sitting = run_notebook(
            repaired.content,
            Path(folder),
            env=settings.environment,
            timeout_s=settings.timeout_s,
            jail=settings.jail,
        )
    captured = read_captured(sitting.content, release, sitting.stopped)
    judged = judge_captured(
        captured, release.points, seed=settings.case_seed, worker=settings.worker
    )
    write_verdicts(sitting.content, judged)
    return GradedNotebook(
        student=planned.student,
        notebook=release.name,
        content=sitting.content,
        judged=tuple(judged),
        answers=repaired.answers,
        repairs=repaired.notes,
        problems=tuple(_problems(sitting.content, sitting.stopped)),
        seconds=time.monotonic() - started,
    )


def files_beside(planned: Planned) -> Iterator[Path]:
    """Yield the files that a notebook may read: the student's, then the release's."""
    sources = [planned.path.parent] if planned.own_folder else []
    for source in [*sources, planned.release.path.parent]:
        for file in sorted(source.iterdir()):
            is_plain = file.is_file() and not file.is_symlink()
            if is_plain and file.suffix != ".ipynb" and file.stat().st_size < MAX_BYTES:
                yield file


def _copy_files(planned: Planned, folder: Path) -> None:
    """Copy them; of two with one name the release's counts."""
    for file in files_beside(planned):
        shutil.copyfile(file, folder / file.name)
        (folder / file.name).chmod(0o644)  # whatever the teacher's umask is


def _problems(content: dict[str, Any], stopped: dict[str, str]) -> list[str]:
    """Return the cells that failed, in the notebook's order.

    A capture cell that fails after its answer cell failed says nothing new.
    """
    keys = [cell_key(cell) for cell in content["cells"]]
    return [
        f"{key}: {stopped[key]}"
        for key in keys
        if key in stopped
        and key.removesuffix(CAPTURE) + ANSWER not in set(stopped) - {key}
    ]
