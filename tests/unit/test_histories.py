"""The recorded histories that lessons show."""

import pytest

from course import histories


def test_says_a_history_what_was_run():
    recorded = histories.load("cifar10-rmsprop")
    assert recorded.epochs_run == len(recorded.curves["val_accuracy"])
    assert recorded.about["epochs_planned"] == 100
    assert f"{recorded.epochs_run} epochs" in recorded.caption
    assert "RMSprop" in recorded.caption


def test_does_an_unknown_name_list_those_that_there_are():
    with pytest.raises(FileNotFoundError, match="cifar10-rmsprop"):
        histories.load("none")
