"""How learning-rate schedules and bends are read from an answer."""

import math

import keras
import pytest

from checkers.capture.model import capture_model
from checkers.capture.quiet import quiet
from checkers.capture.schedules import capture_schedule
from checkers.parts import Model, Schedule
from checkers.snapshot import OtherFacts, ScheduleFacts

STEPS = (0, 5, 20)
Base = keras.optimizers.schedules.LearningRateSchedule


def captured(answer):
    with quiet():
        return capture_schedule(answer, Schedule("s", STEPS))


class Own(Base):
    def __init__(self, formula):
        self.formula = formula
        self.calls = 0

    def __call__(self, step):
        self.calls += 1
        return self.formula(step)


@pytest.mark.parametrize(
    "schedule",
    [
        Own(lambda step: 0.1 / (1 + 0.5 * step / 10)),
        Own(lambda step: 0.1 / (1 + 0.5 * keras.ops.cast(step, "float32") / 10)),
        keras.optimizers.schedules.InverseTimeDecay(0.1, 10, 0.5),
    ],
)
def test_are_the_rates_read_at_all_steps(schedule):
    facts = captured(schedule)
    assert isinstance(facts, ScheduleFacts)
    assert facts.rates == pytest.approx((0.1, 0.08, 0.05), rel=1e-5)
    assert facts.error is None
    assert facts.optimizer_error is None
    assert facts.is_keras == (type(schedule) is not Own)


def test_stays_an_object_as_it_was():
    schedule = Own(lambda step: 0.1)
    captured(schedule)
    assert schedule.calls == 0


@pytest.mark.parametrize(
    "formula", [lambda step: 0.1 / (1 + int(step)), lambda step: math.exp(-float(step))]
)
def test_is_code_found_that_stops_in_fit(formula):
    facts = captured(Own(formula))
    assert facts.error is None
    assert facts.optimizer_error is not None


def test_is_an_error_told_from_a_missing_number():
    assert captured(Own(lambda step: 1 / 0)).error.kind == "ZeroDivisionError"
    assert captured(Own(lambda step: None)).rates == (None, None, None)
    assert captured(Own(lambda step: math.nan)).rates == (None, None, None)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (0.1, "schedule_number"),
        (Own, "schedule_class"),
        (lambda step: 0.1, "schedule_function"),
        (keras.callbacks.ReduceLROnPlateau(), "schedule_callback"),
        (keras.optimizers.SGD(), "schedule_optimizer"),
        ("0.1", "not_a_schedule"),
    ],
)
def test_is_each_misunderstanding_told_apart(answer, reason):
    facts = captured(answer)
    assert isinstance(facts, OtherFacts)
    assert facts.reason == reason


def net(activation, shift=0.0):
    layers = [keras.layers.Dense(units, activation) for units in (16, 8)]
    model = keras.Sequential([keras.Input((11,)), *layers, keras.layers.Dense(1)])
    for layer in layers:
        kernel, bias = layer.get_weights()
        layer.set_weights([kernel, bias + shift])
    return model


@pytest.mark.parametrize(
    ("model", "bends"),
    [
        (lambda: net("relu"), True),
        (lambda: net("relu", 3.0), True),
        (lambda: net("tanh", 0.5), True),
        (lambda: net(None), False),
        (lambda: net(None, 100.0), False),
        (lambda: net("relu", 1_000.0), False),
    ],
)
def test_is_a_straight_line_told_from_a_network_that_bends(model, bends):
    with quiet():
        facts = capture_model(model(), Model("m", (11,), bends=True))
    measured = next(p.values for p in facts.probes if p.name == "bends")
    assert (measured["bend"] > 1e-2) == bends
    assert bends or measured["bend"] < 1e-4


def test_is_the_bend_left_out_where_no_task_asks():
    with quiet():
        facts = capture_model(net("relu"), Model("m", (11,)))
    assert all(probe.name != "bends" for probe in facts.probes)
