"""Rules of `lenet-counts`: the seven layers of LeNet-5 and their totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from checkers.parts import Case
from checkers.rules.base import Found
from checkers.snapshot import ResultFacts

__all__ = ["LAYERS", "look_at_connections", "look_at_parameters", "saving"]

_KERNEL = 25  # weights of one 5 x 5 kernel
_FULL = 16 * 6  # kernels of C3 if every map saw all six

# LeCun et al. 1998, section II.B: trained parameters, connections.
LAYERS = {
    "C1": (156, 122_304),
    "S2": (12, 5_880),
    "C3": (1_516, 151_600),
    "S4": (32, 2_000),
    "C5": (48_120, 48_120),
    "F6": (10_164, 10_164),
    "output": (0, 840),
}
_TOTAL = (60_000, 340_908)
_OUTPUTS = {"C1": 4_704, "S2": 1_176, "C3": 1_600, "S4": 400, "C5": 120, "F6": 84}
_WEIGHTS = {"C1": 150, "S2": 6, "C3": 1_500, "S4": 16, "C5": 48_000, "F6": 10_080}
_OTHER_NAMES = {"rbf": "output", "out": "output", "sum": "total"}


def saving(maps_that_see: dict[int, int]) -> int:
    """Return the weights that a connection table saves over full connection.

    Example:
        >>> saving({3: 6, 4: 9, 6: 1})
        900
    """
    return _KERNEL * (_FULL - kernels(maps_that_see))


def kernels(maps_that_see: dict[int, int]) -> int:
    """Return the number of kernels of a table."""
    return sum(seen * count for seen, count in maps_that_see.items())


def look_at_parameters(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    """Look at the first number of each row; the first cause explains the rest."""
    del case, parameters
    table = _table(result.value)
    missing = _missing(table)
    if missing:
        yield missing
        return
    for name, (right, _) in LAYERS.items():
        received = table[name][0]
        if received != right:
            yield _cell(_parameter_cause(name, received), name, received)
            return
    yield from _total(table, 0)


def look_at_connections(
    case: Case, result: ResultFacts, parameters: dict[str, Any]
) -> Iterable[Found]:
    """Look at the second number of each row.

    Where the first number of a row is wrong for a known reason, its second follows.
    """
    del case, parameters
    table = _table(result.value)
    missing = _missing(table)
    if missing:
        yield missing
        return
    follows = False
    for name, (parameter, right) in LAYERS.items():
        own, received = table[name]
        if received == right:
            continue
        cause = _connection_cause(name, received, own)
        if own == parameter or cause == "LENET.TABLE_CELL":
            yield _cell(cause, name, received)
            return
        follows = True
    if not follows:
        yield from _total(table, 1)


def _parameter_cause(name: str, received: float) -> str:
    """Return the code of a wrong number of parameters."""
    if name == "output":
        is_trained = received in (840, 850)
        return "LENET.RBF_TRAINED" if is_trained else "LENET.TABLE_CELL"
    if name == "C3" and received in (2_416, 2_400):
        return "LENET.FULL_C3"
    if name in ("S2", "S4") and received == 0:
        return "LENET.POOL_WITHOUT_WEIGHTS"
    if name in ("S2", "S4") and received == 2:
        return "LENET.ONE_PAIR"
    if received == _WEIGHTS[name]:
        return "LENET.BIAS_FORGOTTEN"
    if received == LAYERS[name][1]:
        return "LENET.COLUMNS_SWAPPED"
    return "LENET.TABLE_CELL"


def _connection_cause(name: str, received: float, own: float) -> str:
    """Return the code of a wrong number of connections."""
    if name == "output":
        return "LENET.RBF_UNCONNECTED" if received == 0 else "LENET.TABLE_CELL"
    right, outputs = LAYERS[name], _OUTPUTS[name]
    if received == right[0] or (received == own and name in ("C1", "C3")):
        return "LENET.CONNECTIONS_ARE_PARAMETERS"
    if name == "C3" and received in (241_600, 240_000):
        return "LENET.FULL_C3"
    if name in ("S2", "S4"):
        if received == 4 * outputs:
            return "LENET.BIAS_FORGOTTEN"
        if received == 2 * outputs or received == right[0] * outputs:
            return "LENET.INPUTS_NOT_COUNTED"
    elif received == _WEIGHTS[name] * outputs // _maps(name):
        return "LENET.BIAS_FORGOTTEN"
    return "LENET.TABLE_CELL"


def _maps(name: str) -> int:
    """Return the number of maps: the weights are shared by the outputs of each."""
    return {"C1": 6, "C3": 16, "C5": 120, "F6": 84}[name]


def _total(table: dict[str, tuple[float, float]], column: int) -> Iterator[Found]:
    """Look at the last row; all others are right."""
    received = table["total"][column]
    if received == _TOTAL[column]:
        return
    code = "LENET.TOTAL"
    if column == 0 and received == _TOTAL[0] + 840:
        code = "LENET.RBF_TRAINED"
    elif column == 1 and received == _TOTAL[1] - 840:
        code = "LENET.RBF_UNCONNECTED"
    yield _cell(code, "total", received)


def _cell(cause: str, name: str, received: float) -> Found:
    """Return the finding on one cell."""
    return Found(cause, "", {"layer": name}, received=f"{received:,}")


def _missing(table: dict[str, tuple[float, float]]) -> Found | None:
    """Return the finding on the first row that is not there."""
    for name in (*LAYERS, "total"):
        if name not in table:
            return Found("LENET.ROW_MISSING", "", {"layer": name}, expected=name)
    return None


def _table(value: Any) -> dict[str, tuple[float, float]]:
    """Return the rows by name: a dict, rows with names, or eight rows in order."""
    if isinstance(value, dict):
        columns = [entry for entry in value.values() if isinstance(entry, dict)]
        if len(columns) == 2 and len(value) == 2:  # {"parameters": {...}, …}
            return _read((name, [c.get(name) for c in columns]) for name in columns[0])
        return _read(value.items())
    if not isinstance(value, list):
        return {}
    named = [row for row in value if isinstance(row, list) and len(row) == 3]
    if len(named) == len(value):
        return _read((row[0], row[1:]) for row in named)
    if len(value) == len(LAYERS) + 1:
        return _read(zip((*LAYERS, "total"), value, strict=True))
    return {}


def _read(rows: Iterable[tuple[Any, Any]]) -> dict[str, tuple[float, float]]:
    """Return the rows that have two numbers."""
    found: dict[str, tuple[float, float]] = {}
    for name, entry in rows:
        pair: Sequence[Any] = list(entry.values()) if isinstance(entry, dict) else entry
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            continue
        if all(type(one) in (int, float) for one in pair):
            found[_name(str(name))] = (pair[0], pair[1])
    return found


def _name(text: str) -> str:
    """Return the name that the task uses."""
    plain = text.strip().lower()
    plain = _OTHER_NAMES.get(plain, plain)
    return plain if plain in ("output", "total") else plain.upper()
