"""Grade many submissions at once; results come as they are ready."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from jupyter_core.utils import ensure_event_loop

from course.grading.outcomes import Outcome, Refused
from course.grading.submissions import Planned
from course.grading.task import Settings, grade_submission

__all__ = ["grade_all"]

Task = Callable[[Planned, Settings], Outcome]


def grade_all(
    planned: Sequence[Planned],
    settings: Settings,
    *,
    num_workers: int = 2,
    task: Task = grade_submission,
) -> Iterator[Outcome]:
    """Yield one outcome per submission, in order of completion.

    The work happens in kernels, processes of their own, so threads are enough here.

    Args:
        planned: What to grade.
        settings: What holds for all of them.
        num_workers: Kernels at a time; each takes about 0.8 GB with TensorFlow.
        task: What grades one; a cluster puts another function here.
    """
    with ThreadPoolExecutor(max_workers=num_workers) as pool:
        waiting: dict[Future[Outcome], Planned] = {
            pool.submit(_on_own_loop, task, each, settings): each for each in planned
        }
        try:
            for future in as_completed(waiting):
                yield _result(future, waiting[future])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _on_own_loop(task: Task, planned: Planned, settings: Settings) -> Outcome:
    """Run a task and close the event loop that nbclient opens in this thread."""
    loop = ensure_event_loop()
    try:
        return task(planned, settings)
    finally:
        loop.close()


def _result(future: Future[Outcome], planned: Planned) -> Outcome:
    """Return the outcome; a fault of ours becomes a refusal and the batch goes on."""
    try:
        return future.result()
    except Exception as error:
        reason = (
            f"Grading it failed with {type(error).__name__}: {error}. This is a fault "
            "of the grader. Next: grade it by hand and report the fault."
        )
        return Refused(planned.student, str(planned.path), reason)
