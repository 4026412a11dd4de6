"""Remember everything that hangs on an answer, and put it back.

Reading a model means running it, and running it leaves traces: weights get made,
moving statistics move, seeds advance, a `call` counts its calls, Keras numbers the
next layer higher. So the state of every reachable object is noted before and put back
after: attributes, plain containers, variables, arrays and random generators. This is
done for all objects alike, by `__dict__`; no attribute is asked for by name, and no
code of the learner's runs.

What cannot be put back: objects of libraries other than Keras, arrays above
`_MAX_ARRAY` entries that are changed in place, globals of the notebook, files,
and what `tf.random.set_seed` inside an answer resets.
"""

from __future__ import annotations

import gc
import random
import sys
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from inspect import Signature
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

__all__ = ["session_unchanged", "unchanged", "weights_unchanged"]

_ATOMS = {
    *(type(None), bool, int, float, complex, str, bytes, type, type(...)),
    *(FunctionType, MethodType, BuiltinFunctionType, Signature),
}
_MAX_ARRAY = 1_000_000
# Objects of these packages carry state that a forward pass may change.
_WATCHED_PACKAGES = ("keras.", "tensorflow.python.trackable.")
# Symbolic tensors and the nodes between them never change once they are made.
_FIXED = frozenset({"KerasTensor", "Node", "KerasHistory", "CallSpec", "DTypePolicy"})

# Read past whatever a metaclass of the learner's does to these names.
_NAME = type.__dict__["__name__"].__get__
_MODULE = type.__dict__["__module__"].__get__
_MRO = type.__dict__["__mro__"].__get__

PutBack = Callable[[], None]


@contextmanager
def unchanged(*answers: Any) -> Iterator[None]:
    """Put everything that can be reached from some answers back afterwards.

    That covers weights, moving statistics, seed generators, compile state, `built`,
    and the plain attributes of layers, models and objects of the learner's classes.
    """
    # Noting thousands of small objects would set off the collector again and again,
    # at a quarter of a second each beside TensorFlow's heap.
    collects = gc.isenabled()
    gc.disable()
    memory = _Memory(answers)
    try:
        yield
    finally:
        memory.put_back()
        if collects:
            gc.enable()


@contextmanager
def weights_unchanged(model: Any) -> Iterator[None]:
    """Put only the variables of a built model back afterwards.

    That is what separates two runs inside one capture.
    """
    actions = [_remember_variable(variable.value) for variable in model.variables]
    try:
        yield
    finally:
        for action in actions:
            action()


@contextmanager
def session_unchanged() -> Iterator[None]:
    """Put random states and Keras's global state back afterwards.

    That covers Python's, NumPy's, TensorFlow's and Keras's generators, and the counters
    that give the next layer its name: `dense_3` stays `dense_3`.
    """
    actions = [
        action
        for remember in (_python_random, _numpy_random, _keras_state, _tensorflow)
        for action in remember()
    ]
    try:
        yield
    finally:
        for action in actions:
            action()


class _Memory:
    """The state of all objects that can be reached from some roots."""

    def __init__(self, roots: tuple[Any, ...]) -> None:
        """Walk over all objects, without calling anything of theirs."""
        self._seen: dict[int, Any] = {}  # by id, and alive so that ids stay unique
        self._actions: list[PutBack] = []
        self._kinds = _known_kinds()
        self._plans: dict[type, tuple[Any, Any, bool]] = {}
        self._own_modules = {"__main__"}
        waiting = list(roots)
        while waiting:
            value = waiting.pop()
            if id(value) not in self._seen:
                self._seen[id(value)] = value
                self._visit(value, waiting)

    def put_back(self) -> None:
        """Give every object the state that it had."""
        for action in self._actions:
            action()

    def _visit(self, value: Any, waiting: list[Any]) -> None:
        """Remember one object and queue what hangs on it."""
        cls = type(value)
        plan = self._plans.get(cls) or self._plan(cls)
        remember, items, is_watched = plan
        if remember is not None:
            self._actions.append(remember(value))
        if items is not None:
            waiting += [one for one in items(value) if type(one) not in _ATOMS]
        attributes = _attributes(value) if is_watched else None
        if attributes:
            # In place, so that no `__setattr__` runs.
            self._actions.append(_remember_dict(attributes))
            waiting += [one for one in attributes.values() if type(one) not in _ATOMS]

    def _plan(self, cls: type) -> tuple[Any, Any, bool]:
        """Decide once per class: how to remember, what it holds, whether it counts."""
        remember = next(
            (how for kind, how in self._kinds if issubclass(cls, kind)), None
        )
        items = next((how for kind, how in _ITEMS if issubclass(cls, kind)), None)
        plan = self._plans[cls] = (remember, items, self._is_watched(cls))
        return plan

    def _is_watched(self, cls: type) -> bool:
        """Return True for a class whose objects may be changed by a run."""
        module = _MODULE(cls)
        if not isinstance(module, str) or _NAME(cls) in _FIXED:
            return False
        if module.startswith(_WATCHED_PACKAGES) or module in self._own_modules:
            return True
        if any(str(_MODULE(base)).startswith("keras.") for base in _MRO(cls)):
            # Helper objects of the same notebook may count and cache as well.
            self._own_modules.add(module)
            return True
        return False


def _known_kinds() -> list[tuple[Any, Callable[[Any], PutBack]]]:
    """Return the types with a state of their own, each with how to remember it."""
    kinds: list[tuple[Any, Callable[[Any], PutBack]]] = [
        (OrderedDict, _remember_ordered),
        (dict, _remember_dict),
        (list, _remember_list),
        (set, _remember_set),
        (deque, _remember_deque),
        (random.Random, _remember_random),
    ]
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        kinds += [
            (numpy.ndarray, _remember_array),
            (numpy.random.Generator, _remember_generator),
            (numpy.random.RandomState, _remember_random_state),
        ]
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        kinds += [
            (tensorflow.Variable, _remember_variable),
            (
                tensorflow.random.Generator,
                lambda value: _remember_variable(value.state),
            ),
        ]
    return kinds


def _attributes(value: Any) -> dict[str, Any] | None:
    """Return an object's own attributes, past any `__getattribute__` of its class."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return found if type(found) is dict else None


_ITEMS: tuple[tuple[type, Callable[[Any], Iterable[Any]]], ...] = (
    (dict, dict.values),
    (list, list.__iter__),
    (tuple, tuple.__iter__),
    (set, set.__iter__),
    (deque, deque.__iter__),
)


def _remember_dict(value: dict[Any, Any]) -> PutBack:
    saved = dict(dict.items(value))

    def put_back() -> None:
        if not _is_same(list(dict.items(value)), list(saved.items())):
            dict.clear(value)
            dict.update(value, saved)

    return put_back


def _remember_ordered(value: OrderedDict[Any, Any]) -> PutBack:
    saved = list(OrderedDict.items(value))

    def put_back() -> None:
        if not _is_same(list(OrderedDict.items(value)), saved):
            OrderedDict.clear(value)
            for key, item in saved:
                OrderedDict.__setitem__(value, key, item)

    return put_back


def _is_same(first: list[tuple[Any, Any]], second: list[tuple[Any, Any]]) -> bool:
    """Return True for the same keys and the very same values."""
    return len(first) == len(second) and all(
        key is other_key and value is other
        for (key, value), (other_key, other) in zip(first, second, strict=True)
    )


def _remember_list(value: list[Any]) -> PutBack:
    saved = list.__getitem__(value, slice(None))
    return lambda: list.__setitem__(value, slice(None), saved)


def _remember_deque(value: deque[Any]) -> PutBack:
    saved = list(deque.__iter__(value))

    def put_back() -> None:
        deque.clear(value)
        deque.extend(value, saved)

    return put_back


def _remember_set(value: set[Any]) -> PutBack:
    saved = set(set.__iter__(value))

    def put_back() -> None:
        set.clear(value)
        set.update(value, saved)

    return put_back


def _remember_random(value: random.Random) -> PutBack:
    state = random.Random.getstate(value)
    return lambda: random.Random.setstate(value, state)


def _remember_generator(value: Any) -> PutBack:
    bits = value.bit_generator
    state = bits.state
    return lambda: setattr(bits, "state", state)


def _remember_random_state(value: Any) -> PutBack:
    state = value.get_state()
    return lambda: value.set_state(state)


def _remember_array(value: Any) -> PutBack:
    """Remember a small array; a large one is trusted to stay as it is."""
    if value.size > _MAX_ARRAY or not value.flags.writeable or value.dtype.hasobject:
        return lambda: None
    saved = value.copy()
    return lambda: value.__setitem__(..., saved)


def _remember_variable(variable: Any) -> PutBack:
    """Remember a variable by the tensor it holds: nothing is copied.

    TensorFlow writes a new buffer when a variable changes whose old one is in use.
    """
    try:
        before = _tensor_in(variable)
    except Exception:
        return lambda: None  # not initialized yet: nothing to lose
    address = _address(before)

    def put_back() -> None:
        if address is None or address != _address(_tensor_in(variable)):
            variable.assign(before)

    return put_back


def _tensor_in(variable: Any) -> Any:
    """Return a variable's tensor by the plain operation: a fifth of the time."""
    import tensorflow

    return tensorflow.raw_ops.ReadVariableOp(
        resource=variable.handle, dtype=variable.dtype
    )


def _address(tensor: Any) -> int | None:
    """Return where a tensor's numbers lie; None if that cannot be told.

    By the buffer, not by `numpy()`, which returns a copy of its own.
    """
    import numpy as np

    try:
        return int(np.asarray(memoryview(tensor)).__array_interface__["data"][0])
    except Exception:
        return None


def _python_random() -> list[PutBack]:
    state = random.getstate()
    return [lambda: random.setstate(state)]


def _numpy_random() -> list[PutBack]:
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return []
    state = numpy.random.get_state()
    return [lambda: numpy.random.set_state(state)]


def _keras_state() -> list[PutBack]:
    """Remember Keras's settings and its one bag of global state.

    The bag has no public door. It is taken as a whole, and only if it is there: with
    another Keras a check might shift a layer's automatic name, and nothing else.
    """
    keras = sys.modules.get("keras")
    if keras is None:
        return []
    settings = keras.config
    actions: list[PutBack] = [
        _setting(settings.floatx, settings.set_floatx),
        _setting(settings.epsilon, settings.set_epsilon),
        _setting(settings.image_data_format, settings.set_image_data_format),
        _setting(settings.is_traceback_filtering_enabled, _set_filtering),
    ]
    module = sys.modules.get("keras.src.backend.common.global_state")
    bag = getattr(module, "GLOBAL_STATE_TRACKER", None)
    if bag is not None:
        memory = _Memory((vars(bag),))
        actions += [
            lambda: setattr(module, "GLOBAL_STATE_TRACKER", bag),
            memory.put_back,
        ]
    return actions


def _setting(read: Callable[[], Any], write: Callable[[Any], None]) -> PutBack:
    before = read()
    return lambda: write(before) if read() != before else None


def _set_filtering(value: bool) -> None:
    """Switch Keras's rewriting of errors on or off."""
    settings = sys.modules["keras"].config
    if value:
        settings.enable_traceback_filtering()
    else:
        settings.disable_traceback_filtering()


def _attribute(thing: Any, name: str) -> PutBack:
    """Remember one attribute, or that it is not there."""
    if not hasattr(thing, name):
        return lambda: delattr(thing, name) if hasattr(thing, name) else None
    before = getattr(thing, name)
    return lambda: setattr(thing, name, before)


def _tensorflow() -> list[PutBack]:
    """Lend TensorFlow another global seed, and remember its global generator.

    An operation such as `tf.random.normal` keeps its position inside itself, under its
    seed. Under another seed it is another operation, so those of the notebook stay
    where they are.
    """
    actions: list[PutBack] = []
    module = sys.modules.get("tensorflow.python.eager.context")
    context = getattr(module, "_context", None)
    if context is not None and hasattr(context, "_seed"):
        number = random.SystemRandom().randrange(2**31)
        for name, lent in (("_seed", number), ("_rng", random.Random(number))):  # noqa: S311 - no secret
            actions.append(_attribute(context, name))
            setattr(context, name, lent)
    module = sys.modules.get("tensorflow.python.ops.stateful_random_ops")
    generator = getattr(module, "global_generator", None)
    if generator is not None:
        actions.append(_remember_variable(generator.state))
    return actions
