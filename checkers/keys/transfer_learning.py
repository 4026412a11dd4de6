"""Lesson 13, transfer learning: what is right.

The networks and the capstone have modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checkers.exercise import Case
from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._transfer_learning_capstone import capstone
from checkers.keys._transfer_learning_networks import (
    early_blocks,
    fine_tune,
    frozen_head,
    two_stages,
    vgg_head,
)
from checkers.keys._transfer_learning_table import WITHIN
from checkers.reference import Reference
from checkers.rules.base import Found
from checkers.rules.functions import Each, Equals
from checkers.rules.values import ChoiceIs, Committed, NumberIs, Slip
from checkers.snapshot import ResultFacts

__all__ = [
    "capstone",
    "case_by_case",
    "early_blocks",
    "fine_tune",
    "frozen_head",
    "grad_cam",
    "head_sizes",
    "heads_on_cache",
    "two_stages",
    "vgg_head",
]

# -- 5 · Several heads, one pass -----------------------------------------------------

_CLOSE = 1e-5


def _look_at_outputs(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    texts = seen.get("expected", ""), seen.get("received", "")
    if seen["problem"] in ("list", "numbers"):
        yield Found("TRANSFER_LEARNING.NO_LIST", "", received=texts[1])
    elif seen["problem"] == "count":
        yield Found("TRANSFER_LEARNING.HEAD_COUNT", "", {}, None, *texts)
    elif seen["problem"] == "shape":
        values = {"head": seen["head"]}
        yield Found("TRANSFER_LEARNING.HEAD_SHAPE", "", values, None, *texts)
    elif not seen["is_finite"]:
        yield Found("TRANSFER_LEARNING.HEADS_DIFFER", "", received="nan")
    elif seen["difference"] > _CLOSE:
        is_training = seen["training_runs"] > 0
        code = "IN_TRAINING" if is_training else "HEADS_DIFFER"
        text = f"{seen['difference']:.2g}"
        yield Found(f"TRANSFER_LEARNING.{code}", "", received=text)


def _look_at_calls(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    seen = result.observed
    runs, allowed = seen["runs"], seen["allowed"]
    rows, heads = len(case.args[2].values), len(case.args[1])
    if runs == 0:
        yield Found("TRANSFER_LEARNING.BASE_NOT_CALLED", "", received="0")
        return
    if runs <= allowed:
        return
    code = "TOO_MANY_CALLS"
    if runs >= rows:
        code = "ONE_BY_ONE"
    elif heads > 1 and runs % heads == 0 and runs // heads <= allowed:
        code = "ONCE_PER_HEAD"
    both = str(allowed), str(runs)
    yield Found(f"TRANSFER_LEARNING.{code}", "", {}, None, *both)


heads_on_cache = Key(
    exercise="transfer-learning-heads-on-cache",
    rules=(
        Each("outputs", "try_heads", _look_at_outputs, plain=False),
        Each("calls", "try_heads", _look_at_calls, plain=False),
    ),
    solution=N_("""\
def try_heads(base, heads, pictures):
    features = base.predict(pictures, verbose=0)
    return [head.predict(features, verbose=0) for head in heads]

A frozen base gives the same features in every epoch and for every head. That holds \
at inference only: with random flips or dropout on, a stored feature is one draw."""),
)

# -- 6 · The heads of VGG16 ----------------------------------------------------------

_MAPS, _POSITIONS, _VGG = 512, 49, 14_714_688


def _head(inputs: int, *, bias: bool = True, base: int = 0) -> Any:
    return lambda p: (inputs + bias) * p["classes"] + base


def _bias_per_input(inputs: int) -> Any:
    return lambda p: inputs * p["classes"] + inputs


_LONG = _MAPS * _POSITIONS
_FORMS = (
    (_MAPS, "mean", "with_mean", _LONG),
    (_LONG, "flatten", "with_flatten", _MAPS),
)

head_sizes = Key(
    exercise="transfer-learning-head-sizes",
    rules=tuple(
        NumberIs(
            check,
            part,
            _head(inputs),
            slips=(
                Slip(_head(inputs, bias=False), "TRANSFER_LEARNING.BIAS_FORGOTTEN"),
                Slip(
                    _bias_per_input(inputs),
                    "TRANSFER_LEARNING.BIAS_PER_INPUT",
                ),
                Slip(_head(inputs, base=_VGG), "TRANSFER_LEARNING.BASE_COUNTED"),
                Slip(_head(other), "TRANSFER_LEARNING.OTHER_HEAD"),
                Slip(_head(_POSITIONS), "TRANSFER_LEARNING.POSITIONS_FOR_MAPS"),
                Slip(_head(7 * _MAPS), "TRANSFER_LEARNING.ONE_SIDE"),
            ),
        )
        for inputs, check, part, other in _FORMS
    ),
    solution=N_(
        "(512 + 1) x classes and (7 · 7 · 512 + 1) x classes: for 133 classes 68,229 "
        "and 3,336,837.\n"
        "The base has 14,714,688 parameters of its own. They are not the head's."
    ),
)

# -- 7 · Which strategy, in which case? ----------------------------------------------

_PARTS = ("small_similar", "small_different", "large_similar", "large_different")


def _slips(part: str) -> tuple[tuple[str, str], ...]:
    """Return the thought behind each option that is not among the best."""
    codes = {
        "scratch": "TRANSFER_LEARNING.SCRATCH_CHOSEN",
        "frozen": "TRANSFER_LEARNING.ALWAYS_FREEZE",
        "cut": "TRANSFER_LEARNING.CUT_CHOSEN",
        "tune": "TRANSFER_LEARNING.ALWAYS_TUNE",
    }
    return tuple((o, code) for o, code in codes.items() if o not in WITHIN[part])


case_by_case = Key(
    exercise="transfer-learning-case-by-case",
    rules=(
        Committed("guess", "guessed_gain"),
        *(ChoiceIs("cases", part, WITHIN[part], _slips(part)) for part in _PARTS),
        ChoiceIs(
            "reading",
            "reading",
            ("data",),
            (
                ("tune", "TRANSFER_LEARNING.ALWAYS_TUNE"),
                ("freeze", "TRANSFER_LEARNING.FEW_MEANS_FREEZE"),
                ("same", "TRANSFER_LEARNING.CASES_EQUAL"),
            ),
        ),
    ),
    solution=N_(
        "In each case: the largest mean of the table, and every strategy at most 2 "
        "points below it.\n"
        "The frozen blocks are 3 and 12 points behind among photographs, 24 and 31 "
        "among digits. Differences below 2 points are a tie."
    ),
)

# -- ★ 9 · Grad-CAM ------------------------------------------------------------------


def _cam(name: str) -> Reference:
    return Reference(f"checkers.keys._transfer_learning_cam:{name}")


_CAM_SLIPS = (
    (_cam("scaled_to_one"), "TRANSFER_LEARNING.CAM_SCALED"),
    (_cam("added_up"), "TRANSFER_LEARNING.CAM_SUMS"),
    (_cam("averaged_maps"), "TRANSFER_LEARNING.CAM_MEAN_OF_MAPS"),
    (_cam("largest"), "TRANSFER_LEARNING.CAM_LARGEST"),
    (_cam("by_position"), "TRANSFER_LEARNING.CAM_BY_POSITION"),
    (_cam("unweighted"), "TRANSFER_LEARNING.CAM_UNWEIGHTED"),
    (_cam("of_all_classes"), "TRANSFER_LEARNING.CAM_ALL_CLASSES"),
    (_cam("of_probability"), "TRANSFER_LEARNING.CAM_PROBABILITY"),
    (_cam("cut_first"), "TRANSFER_LEARNING.CAM_CUT_FIRST"),
)

grad_cam = Key(
    exercise="transfer-learning-grad-cam",
    rules=(
        Equals(
            "map",
            "grad_cam",
            _cam("cam"),
            tolerance=1e-4,
            slips=_CAM_SLIPS,
            also=(_cam("not_cut"),),
        ),
        Equals(
            "relu",
            "grad_cam",
            _cam("cam"),
            tolerance=1e-4,
            slips=((_cam("not_cut"), "TRANSFER_LEARNING.CAM_NOT_CUT"),),
        ),
    ),
    solution=N_("""\
def grad_cam(base, head, picture, label):
    with tf.GradientTape() as tape:
        maps = base(picture[None])
        tape.watch(maps)
        score = head(maps)[0, label]
    weights = tape.gradient(score, maps).numpy()[0].mean(axis=(0, 1))
    return np.maximum(maps.numpy()[0] @ weights, 0)

One weight per map, one sum per position. What speaks against the class is cut."""),
)
