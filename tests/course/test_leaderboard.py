"""The board of the open challenge: what it counts, and what it writes."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from click.testing import CliRunner

from course import leaderboard
from course.cli import main

pytestmark = pytest.mark.keras

X = np.zeros((20, 4), "float32")
Y = np.arange(20) % 3


@pytest.fixture(autouse=True)
def board(monkeypatch, tmp_path):
    """Use a board of its own, in full mode."""
    path = tmp_path / "deep" / "board.jsonl"
    monkeypatch.setenv("COURSE_LEADERBOARD", str(path))
    monkeypatch.delenv("COURSE_FAST", raising=False)
    return path


@pytest.fixture
def model():
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    net.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return net


def test_counts_the_budget_every_image_of_every_epoch(model):
    budget = leaderboard.Budget(limit=100)
    budget.fit(model, X, Y, epochs=2, batch_size=8, verbose=0)
    assert budget.seen == 40
    assert budget.left == 60


def test_is_a_run_that_does_not_fit_refused_before_it_starts(model):
    budget = leaderboard.Budget(limit=39)
    with pytest.raises(leaderboard.BudgetError, match="at most 39 images"):
        budget.fit(model, X, Y, epochs=2, batch_size=8, verbose=0)
    assert budget.seen == 0


def test_does_a_stopped_run_cost_what_it_has_seen(model):
    class Stop(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            self.model.stop_training = True

    budget = leaderboard.Budget(limit=100)
    budget.fit(model, X, Y, epochs=5, batch_size=8, verbose=0, callbacks=[Stop()])
    assert budget.seen == 20


def test_does_the_held_out_share_cost_nothing(model):
    budget = leaderboard.Budget(limit=100)
    budget.fit(model, X, Y, epochs=1, batch_size=8, verbose=0, validation_split=0.25)
    assert budget.seen == 15


def test_is_an_endless_source_refused(model):
    with pytest.raises(leaderboard.BudgetError, match="Expected arrays"):
        leaderboard.Budget().fit(model, iter([(X, Y)]), None, epochs=1)


def test_survives_an_entry_and_stands_in_order(model, board):
    budget = leaderboard.Budget()
    always_zero = np.zeros_like
    model.set_weights([always_zero(w) for w in model.get_weights()])
    entry = leaderboard.enter("all zeros", model, X, Y.reshape(-1, 1), budget)
    assert entry.accuracy == 35.0  # 7 of 20 are class 0
    assert board.is_file()
    assert {one.name for one in leaderboard.ranking()} == {
        "all zeros",
        leaderboard.START.name,
    }
    scores = [one.accuracy for one in leaderboard.ranking()]
    assert scores == sorted(scores, reverse=True)
    assert "all zeros" in leaderboard.table()
    assert "all zeros" in CliRunner().invoke(main, ["leaderboard"]).output


def test_is_nothing_written_without_a_name_or_in_fast_mode(model, board, monkeypatch):
    leaderboard.enter("", model, X, Y, leaderboard.Budget())
    monkeypatch.setenv("COURSE_FAST", "1")
    leaderboard.enter("quick", model, X, Y, leaderboard.Budget())
    assert not board.exists()


def test_costs_a_damaged_line_no_other(model, board):
    leaderboard.enter("first", model, X, Y, leaderboard.Budget())
    with board.open("a") as file:
        file.write("{not json\n")
    leaderboard.enter("second", model, X, Y, leaderboard.Budget())
    names = [one.name for one in leaderboard.ranking()]
    assert {"first", "second"} <= set(names)


def test_is_the_board_closed_while_grading(monkeypatch):
    assert leaderboard.is_open()
    monkeypatch.setenv("COURSE_GRADING", "1")
    assert not leaderboard.is_open()
