"""A rule on what `compile` was given: loss, optimizer, its settings, metrics.

Compiled(
    "compile", "net", losses=("sparse_categorical_crossentropy",),
    optimizer="Adam", settings={"learning_rate": 0.001}, metrics=("accuracy",),
)

Every writing of one choice is the same choice: "mse", "mean_squared_error",
MeanSquaredError(), the function, and a function of the learner's that computes it.
What is not named here is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from checkers.linting.settings import (
    BINARY,
    DEFAULTS,
    MULTI,
    REGRESSION,
    SPARSE,
    Named,
    parse,
    parse_all,
    shown,
)
from checkers.linting.subject import Head, Subject
from checkers.messages.sentences import say, say_list
from checkers.rules.base import Context, Found, Outcome
from checkers.snapshot import ModelFacts, TrainedFacts
from checkers.spec import fits, show_value
from checkers.verdict import LayerRef

__all__ = ["CompileSlip", "Compiled"]

_MEANS = ("sum_over_batch_size", "mean", "mean_with_sample_weight")
_ACCURACIES = {
    "sparsecategoricalaccuracy": SPARSE,
    "categoricalaccuracy": MULTI - SPARSE,
    "binaryaccuracy": BINARY,
}


@dataclass(frozen=True)
class CompileSlip:
    """A wrong choice that stands for a known thought.

    Attributes:
        what: "loss", "optimizer", a setting of the optimizer, or "head" (the last
            activation).
        received: The choice; a loss or an optimizer in any writing.
        code: Message code.
    """

    what: str
    received: Any
    code: str

    def fits(self, what: str, received: Any) -> bool:
        """Return True if a wrong choice is this one."""
        if what != self.what:
            return False
        if what in ("loss", "optimizer"):
            return parse(str(self.received)).name == parse(str(received)).name
        return fits(self.received, received)


@dataclass(frozen=True)
class Compiled:
    """A model must be compiled as stated; head and loss are judged together.

    Whether the loss is told that it gets raw scores (`from_logits`) must fit the last
    activation: softmax or sigmoid without it, none with it. Both are right.

    Attributes:
        check: Check that it decides.
        part: The model's part.
        losses: Losses of which each output must have one; () leaves it free.
        optimizer: Keras class name, or `any_of` several; None leaves it free.
        settings: Settings of the optimizer: {"learning_rate": 0.001}. They may use
            `between` and `any_of`, or be a function of the personal parameters.
        metrics: Metrics that must be there; others may be there as well.
        charge: "loss", "optimizer" or "metrics" to a check of its own.
        judges_head: False if another rule judges the last activation; then only the
            use of `from_logits` is looked at.
        units: Width that an output must have to be judged as the head; of another
            layer that ends the network too early, another rule tells.
        free: Settings of the loss that may differ from Keras's default: "delta".
        slips: Declared misconceptions.
    """

    check: str
    part: str
    losses: tuple[str, ...] = ()
    optimizer: Any = None
    settings: dict[str, Any] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()
    charge: dict[str, str] = field(default_factory=dict)
    judges_head: bool = True
    units: int | None = None
    free: tuple[str, ...] = ()
    slips: tuple[CompileSlip, ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Names of the checks that it decides."""
        return tuple(dict.fromkeys((self.check, *self.charge.values())))

    def run(self, context: Context) -> Outcome:
        """Compare all choices."""
        facts = context.facts(self.part)
        model = facts.model if isinstance(facts, TrainedFacts) else facts
        assert isinstance(model, ModelFacts)
        if model.error is not None or model.training is None:
            reason = say("SKIPPED.unusable", part=self.part)
            return Outcome(skipped=dict.fromkeys(self.checks, reason))
        if model.compiled is None:
            missing = Found("COMPILE.MISSING", self.check, {"part": self.part})
            reason = say("SKIPPED.same_cause")
            return Outcome((missing,), dict.fromkeys(self.checks[1:], reason))
        looks = (
            ("loss", self._losses(Subject(model), context)),
            ("optimizer", self._optimizer(model.compiled, context)),
            ("metrics", self._metrics(Subject(model))),
        )
        found: list[Found] = []
        for topic, findings in looks:
            check = self.charge.get(topic, self.check)
            for one in findings:
                values = {"part": self.part, **one.values}
                found.append(replace(one, check=check, values=values))
        return Outcome(tuple(found))

    # -- loss and head ---------------------------------------------------------------

    def _losses(self, subject: Subject, context: Context) -> Iterator[Found]:
        """Yield what is wrong with the first output that has something wrong."""
        if not self.losses:
            return
        for head in subject.heads:
            wrong = next(self._loss(subject, head, context), None)
            if wrong is not None:
                yield wrong
                return

    def _loss(self, subject: Subject, head: Head, context: Context) -> Iterator[Found]:
        """Yield what is wrong with one output, the cause first."""
        wanted = {parse(name).name for name in self.losses}
        loss = head.loss
        is_head = self.units in (None, head.width)
        if self.judges_head and is_head:
            yield from self._head(subject, head, wanted)
        if loss is None:
            yield Found("COMPILE.NO_LOSS", "")
        elif loss.name not in wanted:
            yield self._other_loss(loss, wanted, context)
        else:
            if is_head:
                yield from self._logits(subject, head, loss)
            yield from self._loss_settings(loss)

    def _other_loss(self, loss: Named, wanted: set[str], context: Context) -> Found:
        """Return the finding on another loss than one of those that are right."""
        code = self._slip("loss", loss.text) or _thought(loss, wanted)
        expected = "—"
        if code == "COMPILE.OTHER" and _is_told(context, "loss"):
            code = "COMPILE.SETTING"
            expected = say_list(map(repr, self.losses), form="VALUE.or")
        return Found(code, "", {"property": "loss"}, None, expected, shown(loss))

    def _head(self, subject: Subject, head: Head, wanted: set[str]) -> Iterator[Found]:
        """Yield what is wrong with the last activation, whatever the loss."""
        allowed = _activations(wanted)
        if not allowed:
            return
        slip = self._slip("head", head.activation)
        if head.activation == "softmax" and head.width == 1:
            slip = slip or "COMPILE.SOFTMAX_ONE_UNIT"
        if head.activation not in allowed or slip:
            code = slip or _head_code(head.activation, wanted)
            values = {"activation": head.activation}
            known = show_value(head.activation) if head.activation else ""
            received = known or say("ROW.own_code")
            yield Found(code, "", values, _ref(subject, head), received=received)

    def _logits(self, subject: Subject, head: Head, loss: Named) -> Iterator[Found]:
        """Yield a loss that takes scores for probabilities, or the reverse."""
        if loss.name not in MULTI | BINARY:
            return
        values = {"activation": head.activation, "loss": loss.text}
        ref, received = _ref(subject, head), shown(loss)
        if loss.from_logits and head.activation in ("softmax", "sigmoid"):
            yield Found("COMPILE.LOGITS_TWICE", "", values, ref, received=received)
        is_raw = head.activation == "linear" and self.judges_head
        if is_raw and not loss.from_logits:
            yield Found("COMPILE.LOGITS_NOT_TOLD", "", values, ref, received=received)

    def _loss_settings(self, loss: Named) -> Iterator[Found]:
        """Yield settings of the loss that change what falls."""
        for name, value in loss.settings.items():
            usual = DEFAULTS.get(name, ...)
            is_mean = name == "reduction" and value in _MEANS
            if name == "from_logits" or name in self.free or is_mean or usual is ...:
                continue
            if not fits(usual, value) and usual != value:
                about = {"property": name, "loss": loss.text}
                both = show_value(usual), show_value(value)
                yield Found("COMPILE.LOSS_SETTING", "", about, None, *both)

    # -- optimizer and metrics -------------------------------------------------------

    def _optimizer(self, compiled: dict[str, Any], context: Context) -> Iterator[Found]:
        """Yield another optimizer, or settings of it that differ."""
        received = str(compiled.get("optimizer"))
        if self.optimizer is not None and not fits(self.optimizer, received):
            yield self._choice("optimizer", self.optimizer, received, context)
            return  # another optimizer has settings of its own
        held = compiled.get("optimizer_settings") or {}
        for name, expectation in self.settings.items():
            expected = context.resolve(expectation)
            if not fits(expected, held.get(name)):
                yield self._choice(name, expected, held.get(name), context)

    def _choice(
        self, name: str, expected: Any, received: Any, context: Context
    ) -> Found:
        """Return the finding on one choice that differs."""
        code, wanted = self._slip(name, received), "—"
        if not code:
            is_told = _is_told(context, name)
            code = "COMPILE.SETTING" if is_told else "COMPILE.OTHER"
            wanted = show_value(expected) if is_told else "—"
        values = {"property": name}
        return Found(code, "", values, None, wanted, show_value(received))

    def _metrics(self, subject: Subject) -> Iterator[Found]:
        """Yield the first metric that is not there, or counts something else."""
        compiled = subject.model.compiled or {}
        texts = _texts(compiled.get("loss_weights"))
        if texts:
            received = say_list(map(repr, texts))
            yield Found("COMPILE.METRICS_AS_WEIGHTS", "", received=received)
            return
        held = parse_all(compiled.get("metrics"))
        losses = [head.loss for head in subject.heads if head.loss is not None]
        for wanted in self.metrics:
            name = parse(wanted).name
            if any(_is_metric(name, one, losses) for one in held):
                continue
            near = next((one for one in held if _is_accuracy(name, one)), None)
            values = {"metric": wanted}
            if near is None:
                received = say_list(map(shown, held)) if held else "—"
                found = Found("COMPILE.NO_METRIC", "", values, None, repr(wanted))
                yield replace(found, received=received)
            elif near.name == "accuracy":
                exact = Found("COMPILE.EXACT_ACCURACY", "", values, None, repr(wanted))
                yield replace(exact, received=shown(near))
            else:
                form = Found("COMPILE.OTHER_ACCURACY", "", values, None, repr(wanted))
                yield replace(form, received=shown(near))

    def _slip(self, what: str, received: Any) -> str:
        """Return the code of a declared thought, "" if there is none."""
        return next((s.code for s in self.slips if s.fits(what, received)), "")


def _texts(weights: Any) -> list[str]:
    """Return what is text where `loss_weights` should hold numbers."""
    every = weights if isinstance(weights, list | tuple) else [weights]
    return [one for one in every if isinstance(one, str)]


def _is_told(context: Context, name: str) -> bool:
    """Return True if the task's text says what a choice must be."""
    return bool({"all", "compile", f"compile.{name}"} & set(context.exercise.states))


def _activations(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the last activations that fit some losses; () if that is open."""
    losses = set(wanted)
    if losses <= MULTI:
        return ("softmax", "linear")
    if losses <= BINARY:
        return ("sigmoid", "linear")
    return ("linear",) if losses <= REGRESSION else ()


def _head_code(activation: str, wanted: set[str]) -> str:
    """Return the thought behind an activation that fits none of some losses."""
    if wanted <= MULTI and activation == "sigmoid":
        return "COMPILE.SIGMOID_EXCLUSIVE"
    if wanted <= BINARY and activation == "softmax":
        return "COMPILE.SOFTMAX_MULTILABEL"
    return "COMPILE.VALUE_HEAD" if wanted <= REGRESSION else "COMPILE.NO_PROBABILITY"


def _thought(loss: Named, wanted: set[str]) -> str:
    """Return the thought behind another loss."""
    if loss.text.startswith("unknown loss"):
        return "COMPILE.UNKNOWN_LOSS"
    if loss.name in SPARSE and wanted <= MULTI - SPARSE:
        return "COMPILE.NUMBERS_LOSS"
    if loss.name in MULTI - SPARSE and wanted <= SPARSE:
        return "COMPILE.ONE_HOT_LOSS"
    if loss.name in MULTI and wanted <= BINARY:
        return "COMPILE.EXCLUSIVE_LOSS"
    if loss.name in BINARY and wanted <= MULTI:
        return "COMPILE.BINARY_LOSS"
    if loss.name in REGRESSION and wanted <= MULTI | BINARY:
        return "COMPILE.VALUE_LOSS"
    if loss.name in MULTI | BINARY and wanted <= REGRESSION:
        return "COMPILE.CLASS_LOSS"
    return "COMPILE.OTHER"


def _is_metric(wanted: str, held: Named, losses: list[Named]) -> bool:
    """Return True if a metric measures what is wanted."""
    if wanted != "accuracy":
        return held.name == wanted
    if held.name == "accuracy":
        return not held.is_object  # the object compares by ==
    fitting = _ACCURACIES.get(held.name)
    return fitting is not None and all(loss.name in fitting for loss in losses)


def _is_accuracy(wanted: str, held: Named) -> bool:
    """Return True for an accuracy of another sort."""
    is_some = held.name in _ACCURACIES or held.name == "accuracy"
    return wanted == "accuracy" and is_some


def _ref(subject: Subject, head: Head) -> LayerRef | None:
    """Return the layer that makes an output."""
    for call in (head.call, head.base):
        if call is not None and call >= 0 and subject.layer(call) is not None:
            layer = subject.layer(call)
            assert layer is not None
            return LayerRef(subject.index(call), layer.name, layer.kind)
    return None
