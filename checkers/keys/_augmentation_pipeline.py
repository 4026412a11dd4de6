"""Key of exercise 5 of lesson 12: what two epochs of a pipeline must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from checkers.i18n import N_
from checkers.key import Key
from checkers.parts import Case
from checkers.rules.base import Context, Found
from checkers.rules.functions import Each
from checkers.rules.values import Look
from checkers.snapshot import Facts, FunctionFacts, ResultFacts

__all__ = ["pipeline"]

_ALL = 1 - 1e-9
_NEARLY_ALL = 0.98  # noise below the threshold of reading cannot happen; rounding can
_LEAST_WANDERING = 0.6  # a full shuffle of 64 rows lies above it at 4 sigma


def _found(name: str, received: Any = "—", expected: Any = "—") -> Found:
    return Found(f"AUGMENTATION.{name}", "", {}, None, str(expected), str(received))


def _problem(seen: dict[str, Any]) -> Found | None:
    """Return why two epochs could not be read, if so."""
    codes = {
        "no_dataset": "NO_DATASET",
        "raises": "PIPELINE_RAISES",
        "no_pair": "NO_PAIRS",
        "no_batches": "NO_BATCHES",
        "other_pictures": "OTHER_PICTURES",
        "empty": "EMPTY_PIPELINE",
    }
    if not seen["problem"]:
        return None
    return _found(codes[seen["problem"]], seen["received"])


def _whole(seen: dict[str, Any]) -> Iterator[Found]:
    """Yield what is wrong with the pictures, their number and their labels."""
    rows, size, sizes = seen["rows"], seen["size"], seen["sizes"]
    if seen["num_seen"] > rows:
        yield _found("ENDLESS", f"> {rows}", rows)
    elif seen["num_seen"] < rows and sizes and len(set(sizes)) == 1 and rows % size:
        yield _found("TAIL_DROPPED", seen["num_seen"], rows)
    elif seen["num_different"] < rows:
        yield _found("PICTURES_MISSING", seen["num_different"], rows)
    elif seen["labels_right"] < _ALL:
        received = f"{seen['labels_right']:.0%}"
        yield _found("LABELS_APART", received, "100%")
    elif sizes != [size] * (rows // size) + ([rows % size] if rows % size else []):
        yield _found("OTHER_BATCH_SIZE", max(sizes), size)


def _look_at_labels(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    problem = _problem(seen)
    if problem is not None:
        yield problem
        return
    yield from _whole(seen)


def _look_at_chance(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    """Judge order and augmentation over two epochs."""
    seen = result.observed
    if seen["problem"]:
        return  # told by the check that comes first
    yield from _order(seen)
    yield from _pictures(seen)


def _order(seen: dict[str, Any]) -> Iterator[Found]:
    if seen["in_order"]:
        yield _found("NOT_SHUFFLED")
    elif seen["changed"] >= _NEARLY_ALL and seen["noise_again"] > 0.5:
        yield _found("AUGMENTED_ONCE")  # a cache behind it keeps the order, too
    elif seen["whole_batches"]:
        yield _found("BATCHES_SHUFFLED")
    elif seen["same_order"]:
        yield _found("SAME_ORDER")
    elif seen["wandering"] < _LEAST_WANDERING:
        yield _found("SMALL_BUFFER", f"{seen['wandering']:.2f}")


def _pictures(seen: dict[str, Any]) -> Iterator[Found]:
    if seen["changed_otherwise"] > 0:
        yield _found("OTHER_PICTURES", f"{seen['changed_otherwise']:.0%}")
    elif seen["changed"] == 0 and seen["was_called"] and not seen["was_told"]:
        yield _found("NO_TRAINING_FLAG")
    elif seen["changed"] == 0:
        yield _found("NOT_AUGMENTED")
    elif seen["changed"] < _NEARLY_ALL:
        yield _found("SOME_AUGMENTED", f"{seen['changed']:.0%}", "100%")
    elif seen["noise_again"] > 0.5:
        yield _found("AUGMENTED_ONCE")


def _look_at_validation(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    problem = _problem(seen)
    if problem is not None:
        yield problem
        return
    yield from _whole(seen)
    if seen["changed"] > 0:
        yield _found("VALIDATION_AUGMENTED")
    elif seen["changed_otherwise"] > 0:
        yield _found("OTHER_PICTURES", f"{seen['changed_otherwise']:.0%}")
    elif not seen["in_order"]:
        yield _found("VALIDATION_SHUFFLED")


def _look_at_prefetch(facts: Facts, context: Context) -> Iterable[Found]:
    """Note a right pipeline that makes no batch ahead."""
    assert isinstance(facts, FunctionFacts)
    seen = [result.observed for result in facts.results]
    is_right = all(
        one.get("problem") == "" and not [*_whole(one), *_order(one), *_pictures(one)]
        for one in seen
    )
    if is_right and not all(one["ends_with_prefetch"] for one in seen):
        values = {"part": "training_batches"}
        yield Found("AUGMENTATION.NO_PREFETCH", "random", values, is_note=True)


pipeline = Key(
    exercise="augmentation-pipeline",
    rules=(
        Each("labels", "training_batches", _look_at_labels, plain=False),
        Each("random", "training_batches", _look_at_chance, plain=False),
        Look("random", "training_batches", _look_at_prefetch),
        Each("validation", "validation_batches", _look_at_validation, plain=False),
    ),
    solution=N_(
        "data = tf.data.Dataset.from_tensor_slices((x, y)); return "
        "data.shuffle(len(x)).batch(batch_size).map(lambda images, labels: "
        "(augment(images, training=True), labels)).prefetch(tf.data.AUTOTUNE).\n"
        "For validation: from_tensor_slices((x, y)).batch(batch_size). Outside of fit "
        "nobody tells the layer that this is training; so you do."
    ),
)
