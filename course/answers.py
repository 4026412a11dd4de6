"""Decorators for a lesson's `answers.py`: right variants and wrong answers.

A lesson's `answers.py` is ordinary Python. Each function returns one answer to one
exercise: the value itself, or a tuple when the exercise has several parts.

    @right("dropout-spotify-net")
    def functional(): ...

    @wrong("dropout-spotify-net", code="DROPOUT.RATE_IS_KEEP", layer=1)
    def keep_rate(): ...
"""

import importlib.util
import sys
import tempfile
from collections.abc import Callable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checkers.exercise import Exercise
    from checkers.verdict import Verdict

__all__ = ["Answer", "judge_answer", "load_answers", "right", "wrong"]

Builder = Callable[[], Any]


@dataclass(frozen=True)
class Answer:
    """One answer of `answers.py`.

    Attributes:
        exercise: Exercise id.
        name: The function's name; names the golden file.
        build: Makes the answer.
        code: Code of the finding that a wrong answer must trip; None for a right one.
        layer: 0-based index of the layer that the finding must point at, if any.
        status: The status expected of a right variant, "passed" unless a note is due.
        data: Name of the data set whose real rows decide it; "" if none does.
    """

    exercise: str
    name: str
    build: Builder
    code: str | None = None
    layer: int | None = None
    status: str = "passed"
    data: str = ""

    @property
    def can_be_judged(self) -> bool:
        """False where the data set is here only as a stand-in."""
        if not self.data:
            return True
        from course.datasets import load

        return not load(self.data).is_stand_in

    @property
    def is_right(self) -> bool:
        """True for an answer that must pass."""
        return self.code is None


def right(
    exercise: str, *, status: str = "passed", data: str = ""
) -> Callable[[Builder], Builder]:
    """Mark a function as building a right answer to `exercise`."""

    def mark(build: Builder) -> Builder:
        answer = Answer(exercise, build.__name__, build, status=status, data=data)
        return _mark(build, answer)

    return mark


def wrong(
    exercise: str, *, code: str, layer: int | None = None, data: str = ""
) -> Callable[[Builder], Builder]:
    """Mark a function as building a wrong answer that must trip `code`."""

    def mark(build: Builder) -> Builder:
        answer = Answer(
            exercise,
            build.__name__,
            build,
            code=code,
            layer=layer,
            status="failed",
            data=data,
        )
        return _mark(build, answer)

    return mark


def load_answers(path: Path) -> tuple[Answer, ...]:
    """Return all answers of one lesson's `answers.py`, in file order."""
    name = f"_layerwise_answers_{path.parent.name}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"No answers at {path}.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # Keras looks a class's module up by its name
    spec.loader.exec_module(module)
    return tuple(
        answer
        for value in vars(module).values()
        for answer in getattr(value, "layerwise_answers", ())
    )


def judge_answer(answer: Answer, exercise: "Exercise") -> "Verdict":
    """Build an answer and check it as a learner's notebook would.

    A tuple is one value per part. Where a part is a trained model, one value more is
    the arrays that it is evaluated on, as `capture(..., data=...)` takes them. Files
    that an answer saves go to a folder of their own.
    """
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        chdir(folder),
    ):
        return _judged(answer.build(), exercise)


def _judged(built: Any, exercise: "Exercise") -> "Verdict":
    """Check what an answer gave."""
    num_parts = len(exercise.parts)
    takes_data = any(getattr(part, "data", ()) for part in exercise.parts)
    if takes_data and isinstance(built, tuple) and len(built) == num_parts + 1:
        *parts, data = built
        return exercise.check(*parts, data=data)
    return exercise.check(*built) if num_parts > 1 else exercise.check(built)


def _mark(build: Builder, answer: Answer) -> Builder:
    """Attach `answer` to its function; one function may serve several exercises."""
    known = getattr(build, "layerwise_answers", ())
    build.layerwise_answers = (*known, answer)  # type: ignore[attr-defined]
    return build
