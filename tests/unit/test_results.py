"""Reported figures: shown, compared with their band, and read back."""

import json
import math
from dataclasses import dataclass

import pytest

from course import results
from course.catalog import load_catalog
from course.results import MIME, Result, references, report, results_in

SPOTIFY = "spotify-dropout-min-val-mae"


@dataclass(frozen=True)
class Source:
    is_stand_in: bool


@pytest.fixture(autouse=True)
def _full_mode(monkeypatch):
    monkeypatch.delenv("COURSE_FAST", raising=False)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (0.182, "below"),
        (0.183, "inside"),
        (0.198, "inside"),
        (0.199, "above"),
        (math.nan, "not finite"),
        (math.inf, "not finite"),
    ],
)
def test_a_figure_is_compared_with_its_band(capsys, value, state):
    """Do the ends of a band belong to it, and is nan never inside?"""
    report(SPOTIFY, value, source=Source(is_stand_in=False))
    assert capsys.readouterr().out.rstrip().endswith(f" · {state}")


def test_a_diverged_run_can_be_the_expected_result():
    """Is nan inside where the reference is nan?"""
    name = "concrete-plain-final-val-mae"
    assert Result(name, None).state == "inside"
    assert Result(name, 5.0).state == "below"
    assert references()[name].band() == "nan expected"


def test_stand_in_data_are_marked_and_not_compared(capsys):
    """Is a result of generated data ever called reproduced?"""
    report(SPOTIFY, 0.19, source=Source(is_stand_in=True))
    line = capsys.readouterr().out
    assert line.startswith("STAND-IN DATA · ")
    assert line.rstrip().endswith("not compared: stand-in data")


def test_fast_mode_is_not_compared(monkeypatch):
    """Does shortened training claim nothing?"""
    monkeypatch.setenv("COURSE_FAST", "1")
    assert Result(SPOTIFY, 0.19, is_fast=True).state == "not compared: fast mode"


def test_a_parameter_count_is_compared_on_any_data():
    """Is a figure that needs no data compared in every mode?"""
    result = Result("spotify-net-params", 10753, is_stand_in=True, is_fast=True)
    assert result.state == "inside"
    assert "STAND-IN" not in result.to_text()
    assert "10,753 parameters" in result.to_text()


def test_a_figure_without_a_reference_is_still_shown(capsys):
    """Can a lesson report a figure of its own?"""
    report("my-figure", 1.5, unit="s", note="on this machine", seeds=[1, 2])
    expected = "my-figure: 1.5000 s · seeds 1, 2 · on this machine\n"
    assert capsys.readouterr().out == expected


def test_a_result_survives_json():
    """Does a notebook file keep all of it?"""
    result = Result(SPOTIFY, 0.19, "u", True, False, (0, 1), "note")
    data = json.loads(json.dumps(result.to_data()))
    assert Result.from_data(data) == result


@pytest.mark.parametrize(
    "data", [{}, {"schema_version": 2}, {"schema_version": 1, "name": "x"}]
)
def test_foreign_data_are_refused(data):
    """Does an output of another version give a sentence?"""
    with pytest.raises(ValueError, match="Next: run the notebook again"):
        Result.from_data(data)


def test_results_are_found_in_an_executed_notebook():
    """Are they read in order, from dicts and from JSON texts?"""
    one, two = Result("one", 1.0), Result("two", 2.0)
    outputs = [
        {"output_type": "stream", "text": "noise"},
        {"output_type": "display_data", "data": {MIME: one.to_data()}},
        {"output_type": "display_data", "data": {MIME: json.dumps(two.to_data())}},
    ]
    notebook = {"cells": [{"cell_type": "markdown"}, {"outputs": outputs}]}
    assert results_in(notebook) == [one, two]


def test_html_is_escaped():
    """Can a note smuggle in markup?"""
    assert "<b>" not in Result("x", 1.0, note="<b>bold</b>").to_html()


def test_references_are_well_formed():
    """Does each name a lesson, a band in order and an origin?"""
    folders = {lesson.folder for lesson in load_catalog()}
    for name, reference in references().items():
        assert reference.low <= reference.high, name
        assert reference.lesson in folders, name
        assert reference.origin, name
        assert reference.title, name


def test_exported_names_exist():
    """Is `__all__` true?"""
    assert all(hasattr(results, name) for name in results.__all__)
