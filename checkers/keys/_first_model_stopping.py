"""Rule of `first-model-early-stopping`, its reference and the thoughts that differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from checkers.i18n import N_, translate
from checkers.messages.sentences import say
from checkers.parts import Case
from checkers.rules.base import Context, Found, Outcome
from checkers.rules.functions import failure, failure_values
from checkers.snapshot import FunctionFacts, ResultFacts

__all__ = ["Stopping", "early_stopping"]

Curves = dict[str, list[float]]
Pair = tuple[int, int]


def early_stopping(history: Curves, patience: int, min_delta: float) -> Pair:
    """Return the last epoch that is trained and the epoch that is restored.

    Example:
        >>> early_stopping({"val_loss": [0.5, 0.4, 0.41, 0.42, 0.3]}, 2, 0.001)
        (3, 1)

    Source: keras 3.15 callbacks/early_stopping.py, restore_best_weights=True.
    """
    return _walk(history["val_loss"], patience, min_delta)


def _walk(losses: Sequence[float], patience: int, min_delta: float) -> Pair:
    best, lowest = 0, math.inf
    for epoch, loss in enumerate(losses):
        if loss < lowest - min_delta:
            best, lowest = epoch, loss
        elif epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


def _on_test(history: Curves, patience: int, min_delta: float) -> Pair:
    return _walk(history["test_loss"], patience, min_delta)


def _on_training(history: Curves, patience: int, min_delta: float) -> Pair:
    return _walk(history["loss"], patience, min_delta)


def _counts_best(history: Curves, patience: int, min_delta: float) -> Pair:
    return _walk(history["val_loss"], patience - 1, min_delta)


def _one_late(history: Curves, patience: int, min_delta: float) -> Pair:
    return _walk(history["val_loss"], patience + 1, min_delta)


def _no_min_delta(history: Curves, patience: int, min_delta: float) -> Pair:
    del min_delta
    return _walk(history["val_loss"], patience, 0.0)


def _from_one(history: Curves, patience: int, min_delta: float) -> Pair:
    stop, best = early_stopping(history, patience, min_delta)
    return stop + 1, best + 1


def _keeps_last(history: Curves, patience: int, min_delta: float) -> Pair:
    stop, _ = early_stopping(history, patience, min_delta)
    return stop, stop


def _lowest(history: Curves, patience: int, min_delta: float) -> Pair:
    stop, _ = early_stopping(history, patience, min_delta)
    seen = history["val_loss"][: stop + 1]
    return stop, seen.index(min(seen))


def _restores_only_early(history: Curves, patience: int, min_delta: float) -> Pair:
    stop, best = early_stopping(history, patience, min_delta)
    return stop, best if stop - best >= patience else stop


_CODE = "FIRST_MODEL.STOP_"
SLIPS: tuple[tuple[Callable[..., Pair], str, str], ...] = (
    (_on_test, "TEST_SET", "stop"),
    (_on_training, "TRAINING_LOSS", "stop"),
    (_counts_best, "PATIENCE_COUNTS_BEST", "stop"),
    (_one_late, "PATIENCE_ONE_LATE", "stop"),
    (_no_min_delta, "NO_MIN_DELTA", "stop"),
    (_from_one, "ONE_BASED", "stop"),
    (_keeps_last, "NO_RESTORE", "restore"),
    (_lowest, "LOWEST_NOT_BEST", "restore"),
    (_restores_only_early, "RESTORE_ONLY_EARLY", "restore"),
)


@dataclass(frozen=True)
class Stopping:
    """The function must walk through a curve as Keras does.

    A slip that explains all cases is one cause: it costs one check. Where none does,
    the two numbers are judged apart.
    """

    part: str
    stop: str = "stop"
    restore: str = "restore"

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return (self.stop, self.restore)

    def run(self, context: Context) -> Outcome:
        """Compare all cases; name the slip that explains them."""
        facts = context.facts(self.part)
        assert isinstance(facts, FunctionFacts)
        pairs = list(zip(context.cases(self.part), facts.results, strict=False))
        for case, result in pairs:
            stopped = self._stopped(case, result)
            if stopped is not None:
                reason = say("SKIPPED.unusable", part=self.part)
                return Outcome((stopped,), {self.restore: reason})
        wrong = [self._wrong(position, pairs) for position in (0, 1)]
        found = [one for one in wrong if one is not None]
        for slip, code, check in SLIPS if found else ():
            if all(tuple(result.value) == slip(*case.args) for case, result in pairs):
                cause = found[0]
                return Outcome(
                    (
                        Found(
                            _CODE + code,
                            check,
                            cause.values,
                            None,
                            cause.expected,
                            cause.received,
                        ),
                    )
                )
        return Outcome(tuple(found))

    def _stopped(self, case: Case, result: ResultFacts) -> Found | None:
        """Return the finding on a case that gave no pair of numbers."""
        code = failure(result)
        if not code and result.mutated:
            code = "FUNCTION.MUTATES"
        if not code and not _is_pair(result.value):
            code = "FUNCTION.OTHER_RESULT"
        if not code:
            return None
        values = failure_values(self.part, case, result)
        wanted = translate(N_("two whole numbers (last_epoch, restored_epoch)"))
        received = result.other or repr(result.value)
        return Found(code, self.stop, values, expected=wanted, received=received)

    def _wrong(
        self, position: int, pairs: Sequence[tuple[Case, ResultFacts]]
    ) -> Found | None:
        """Return the first case whose number at `position` is not as it should be."""
        for case, result in pairs:
            expected = early_stopping(*case.args)[position]
            if result.value[position] != expected:
                history, patience, min_delta = case.args
                about = translate(
                    N_(
                        "{label} (patience {patience}, min_delta {min_delta}, "
                        "val_loss {losses})"
                    ),
                    label=case.label,
                    patience=patience,
                    min_delta=min_delta,
                    losses=history["val_loss"],
                )
                name = (N_("last epoch"), N_("restored epoch"))[position]
                return Found(
                    "FIRST_MODEL.STOP_WRONG",
                    (self.stop, self.restore)[position],
                    {"part": self.part, "case": about, "which": translate(name)},
                    expected=str(expected),
                    received=str(result.value[position]),
                )
        return None


def _is_pair(value: Any) -> bool:
    """Return True for two whole numbers; 3.0 counts as one."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(
            isinstance(one, int | float)
            and not isinstance(one, bool)
            and float(one).is_integer()
            for one in value
        )
    )
