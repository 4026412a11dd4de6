"""`course run`: executes solutions, reports figures, explains failures."""

import nbformat
import pytest
from click.testing import CliRunner
from nbformat import v4

from course.catalog import Lesson
from course.cli import run as run_command
from course.running import solution
from course.running.solution import MissingNotebook, find_targets, run_target

LESSON = Lesson("09_dropout", "dropout", "Dropout", 40, 60, 14)
REPORTS = (
    "from course import results\nresults.report('spotify-dropout-min-val-mae', 0.19)"
)

pytestmark = pytest.mark.notebooks


@pytest.fixture
def share(tmp_path, monkeypatch):
    """Returns a function that writes a solution notebook of the given cells."""
    folder = tmp_path / "solutions" / LESSON.folder
    folder.mkdir(parents=True)
    monkeypatch.setattr(
        solution, "share_path", lambda *parts: tmp_path.joinpath(*parts)
    )
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "work"))
    monkeypatch.delenv("COURSE_FAST", raising=False)
    monkeypatch.setattr(run_command, "load_catalog", lambda: (LESSON,))

    def write(name, *sources):
        cells = [v4.new_markdown_cell("# Title")]
        cells += [v4.new_code_cell(source) for source in sources]
        nbformat.write(v4.new_notebook(cells=cells), folder / f"{name}.ipynb")

    return write


def invoke(*arguments):
    """Run the command on a wide terminal, so that no cell of a table is wrapped."""
    runner = CliRunner(env={"COLUMNS": "240"})
    return runner.invoke(run_command.command, list(arguments))


def test_a_run_keeps_figures_outputs_and_time(share, tmp_path):
    """Is the executed copy saved, and the notebook itself left alone?"""
    share("lesson", "1 + 1", REPORTS)
    (target,) = find_targets((LESSON,), ())
    seen = []
    run = run_target(target, env={}, timeout_s=60, on_cell=lambda: seen.append(1))
    assert run.failure == ""
    assert [result.value for result in run.results] == [0.19]
    assert len(seen) == target.num_code_cells() == 2
    assert run.saved == tmp_path / "work" / "executed" / "09_dropout" / "lesson.ipynb"
    saved = nbformat.read(run.saved, as_version=4)
    assert saved.cells[1].outputs[0]["data"]["text/plain"] == "2"
    assert nbformat.read(target.path, as_version=4).cells[1].outputs == []


def test_the_command_compares_with_the_band(share):
    """Does a self-learner read what was reached and what should be?"""
    share("lesson", REPORTS)
    result = invoke("09")
    assert result.exit_code == 0, result.output
    assert "0.1900 popularity / 100" in result.output
    assert "89 published learner runs" in result.output
    assert "0.1830 to 0.1980" in result.output
    assert "inside" in result.output


def test_a_figure_outside_its_band_fails_only_when_strict(share):
    """Is a band no threshold, unless somebody asks?"""
    share("lesson", REPORTS.replace("0.19", "0.5"))
    assert invoke("09").exit_code == 0
    strict = invoke("09", "--strict")
    assert strict.exit_code == 1
    assert "above" in strict.output


def test_fast_mode_reaches_the_kernel(share):
    """Is COURSE_FAST set there, and nothing compared?"""
    share("lesson", "import os; assert os.environ['COURSE_FAST'] == '1'", REPORTS)
    result = invoke("dropout", "--fast", "--strict")
    assert result.exit_code == 0, result.output
    assert "not compared: fast mode" in result.output


def test_a_failure_names_cell_and_cause_and_the_others_still_run(share):
    """Can a reader find the broken cell without opening the notebook?"""
    share("lesson", "1", "message = 'no such layer [really]'\nraise KeyError(message)")
    share("exercises", "2")
    result = invoke("09")
    assert result.exit_code == 1
    assert "Cell 3" in result.output
    assert "KeyError: 'no such layer [really]'" in result.output
    assert "raise KeyError(message)" in result.output
    assert "ran to its end" in result.output
    assert "Next: open" in result.output


def test_a_cell_that_hangs_is_stopped(share):
    """Does the limit hold?"""
    share("lesson", "import time; time.sleep(60)")
    result = invoke("09", "--timeout", "1")
    assert result.exit_code == 1
    assert "longer than 1 seconds" in result.output


def test_one_notebook_can_be_chosen(share):
    """Does --notebook leave the others out, and say so when there is none?"""
    share("lesson", "1")
    share("exercises", "2")
    result = invoke("09", "--notebook", "exercises")
    assert "09_dropout/exercises" in result.output
    assert "09_dropout/lesson" not in result.output
    with pytest.raises(MissingNotebook, match="called challenge"):
        find_targets((LESSON,), ("challenge",))


def test_an_unknown_lesson_is_explained(share):
    """Does a typing error list the lessons?"""
    result = invoke("77")
    assert result.exit_code == 1
    assert "There are: 09_dropout" in result.output
