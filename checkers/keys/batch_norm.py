"""What is right in lesson 10: batch normalization."""

from __future__ import annotations

from collections.abc import Iterable

from checkers.i18n import N_
from checkers.key import Key
from checkers.keys._batch_norm_blocks import block_net, wine_net
from checkers.keys._batch_norm_concrete import concrete_model, concrete_net
from checkers.keys._batch_norm_functions import backward, forward
from checkers.keys._batch_norm_measured import short_run, statements
from checkers.rules.base import Context, Found
from checkers.rules.values import Look, NumberIs, Slip
from checkers.snapshot import Facts, ValueFacts

__all__ = [
    "backward",
    "block_net",
    "concrete_model",
    "concrete_net",
    "forward",
    "parameter_split",
    "short_run",
    "statements",
    "wine_net",
]

_ROWS = 32  # rows of a batch in exercise 1, mentioned to be ignored


def _stored(parameters: dict[str, int]) -> int:
    return 4 * parameters["units"]


def _split(facts: Facts, context: Context) -> Iterable[Found]:
    """Compare the number of parameters that are not trained.

    Half of a wrong total is right as well: one cause costs one check.
    """
    assert isinstance(facts, ValueFacts)
    total = context.facts("total")
    units, received = context.parameters["units"], facts.value
    given = total.value if isinstance(total, ValueFacts) else None
    if received == 2 * units or (given != 4 * units and 2 * received == given):
        return
    codes = {0: "BATCHNORM.MOVING_TRAINED", 4 * units: "BATCHNORM.ALL_FROZEN"}
    code = codes.get(received, "NUMBER.WRONG")
    yield Found(code, "split", {"part": "not_trained"}, received=str(received))


parameter_split = Key(
    exercise="batch-norm-parameter-split",
    rules=(
        NumberIs(
            "total",
            "total",
            _stored,
            slips=(
                Slip(lambda p: 2 * p["units"], "BATCHNORM.TWO_PER_COLUMN"),
                Slip(lambda p: 4 * p["units"] * _ROWS, "BATCHNORM.PER_ACTIVATION"),
                Slip(lambda p: 2 * p["units"] * _ROWS, "BATCHNORM.PER_ACTIVATION"),
                Slip(lambda p: 5 * p["units"], "BATCHNORM.DENSE_COUNTED"),
                Slip(lambda p: 6 * p["units"], "BATCHNORM.DENSE_COUNTED"),
            ),
        ),
        Look("split", "not_trained", _split),
    ),
    solution=N_(
        "total = 4 * units: γ, β, moving mean, moving variance for each unit. "
        "not_trained = 2 * units: the two moving statistics."
    ),
)
