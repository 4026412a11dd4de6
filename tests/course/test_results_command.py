"""`course results`: seeds, what is kept, what is refused, the page and its check."""

import json

import nbformat
import pytest
from click.testing import CliRunner
from nbformat import v4

from course import measured, results_page
from course.catalog import Lesson
from course.cli import results as command
from course.datasets.manifest import read_manifest
from course.measured import Figure, Record
from course.results import Reference
from course.running import solution
from course.running.pictures import save_pictures
from course.running.seeds import NoSeedLine, with_seed

LESSON = Lesson("09_dropout", "dropout", "Dropout", 40, 60, 14)
WINE = Reference("wine", "Wine: error", "09_dropout", 0.6, 0.7, "points", 2, "a paper")
LOST = Reference("lost", "Lost", "09_dropout", 0, 0, "", 2, "runs", finite=False)
REPORTS = """\
from course import results
results.report("spotify-dropout-min-val-mae", 0.19 + SEED / 1000)
results.report("spotify-net-params", 10753)"""


def notebook(*sources):
    return v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])


def record(seed, *figures):
    return Record("09_dropout", "lesson", seed, "abc", {"keras": "3"}, {}, figures)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Returns a function that writes a solution notebook of the given cells."""

    def place(*parts):
        return tmp_path.joinpath(*parts)

    for module in (solution, command):
        monkeypatch.setattr(module, "share_path", place)
    monkeypatch.setattr(command, "load_catalog", lambda: (LESSON,))
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "work"))
    monkeypatch.delenv("COURSE_FAST", raising=False)
    folder = tmp_path / "solutions" / LESSON.folder
    folder.mkdir(parents=True)

    def write(name, *sources):
        nbformat.write(notebook(*sources), folder / f"{name}.ipynb")
        return tmp_path

    return write


def invoke(*arguments):
    runner = CliRunner(env={"COLUMNS": "240"})
    return runner.invoke(command.command, list(arguments))


def test_is_only_the_seed_line_changed():
    before = notebook("SEED = 0\nx = 1  # SEED = 0", "print(SEED)")
    after = with_seed(before, 7, title="it")
    assert after.cells[0].source == "SEED = 7\nx = 1  # SEED = 0"
    assert before.cells[0].source.startswith("SEED = 0")


@pytest.mark.parametrize("sources", [["x = 1"], ["SEED = 0", "SEED = 0"]])
def test_is_a_missing_or_second_seed_line_refused(sources):
    with pytest.raises(NoSeedLine, match="one line `SEED = 0` in it"):
        with_seed(notebook(*sources), 1, title="it")


@pytest.mark.parametrize(
    ("reference", "values", "state"),
    [
        (WINE, [0.5, 0.65, 0.9], "reproduced"),
        (WINE, [0.5, 0.55, 0.65], "below"),
        (WINE, [0.75], "above"),
        (WINE, [None, None, 0.65], "not finite"),
        (WINE, [None, 0.61, 0.65], "reproduced"),
        (WINE, [], "not measured"),
        (LOST, [None, None, 3.0], "reproduced"),
        (LOST, [None, 2.0, 3.0], "below"),
    ],
)
def test_does_the_median_decide(reference, values, state):
    assert results_page.figure_state(reference, values) == state


def test_is_a_figure_outside_its_band_explained_below_the_table():
    told = Reference(**{**vars(WINE), "explained": "Another split."})
    records = [record(seed, Figure("wine", 0.7 + seed / 10)) for seed in (1, 2, 3)]
    page = results_page.results_page(
        records, references={"wine": told}, lessons=[LESSON], datasets={}
    )
    assert "| Wine: error | 0.60 to 0.70 points: a paper |" in page
    assert "| 0.90 (0.80 to 1.00) | explained |" in page
    assert "- *Wine: error*: Another split." in page
    assert "Seeds: 1, 2, 3." in page
    assert "- Keras 3\n" in page


def test_are_lost_runs_counted_and_pipes_escaped():
    bar = Reference(**{**vars(WINE), "title": "a|b"})
    records = [record(0, Figure("wine", None)), record(1, Figure("wine", 0.65))]
    page = results_page.results_page(
        [*records, record(2, Figure("wine", 0.65))],
        references={"wine": bar},
        lessons=[LESSON],
        datasets={},
    )
    assert "| a\\|b |" in page
    assert "| 0.65, nan in 1 of 3 | reproduced |" in page


def test_does_the_page_name_the_data_by_their_content():
    digest = read_manifest()["mnist"].content_sha256
    seen = Record("09_dropout", "lesson", 0, "", {}, {"mnist": digest})
    page = results_page.results_page(
        [seen], references={}, lessons=[LESSON], datasets=read_manifest()
    )
    assert f"`{digest}`" in page


def test_are_records_read_as_they_were_written(tmp_path):
    path = tmp_path / "docs" / "results.json"
    records = [record(1, Figure("a", 0.5, (1, 2))), record(0, Figure("a", None))]
    measured.write_records(path, records)
    assert measured.read_records(path) == {one.key: one for one in records}
    assert [one["seed"] for one in json.loads(path.read_text())["records"]] == [0, 1]
    path.write_text('{"schema_version": 9}')
    with pytest.raises(ValueError, match="Next: delete the file"):
        measured.read_records(path)


def test_does_prose_leave_the_digest_alone():
    one, two = notebook("x"), notebook("x")
    two.cells.append(v4.new_markdown_cell("words"))
    assert measured.digest_of(one) == measured.digest_of(two)
    assert measured.digest_of(one) != measured.digest_of(notebook("y"))


def test_is_fast_mode_refused(course, monkeypatch):
    course("lesson", "SEED = 0", REPORTS)
    monkeypatch.setenv("COURSE_FAST", "1")
    result = invoke("09")
    assert result.exit_code == 1
    assert "Next: unset COURSE_FAST" in result.output


def test_are_stand_ins_refused_before_anything_runs(course, monkeypatch, tmp_path):
    course("lesson", 'SEED = 0\nload("mnist")', REPORTS)
    monkeypatch.setattr(
        command, "inspect_dataset", lambda spec: type("S", (), {"is_stand_in": True})
    )
    result = invoke("09")
    assert result.exit_code == 1
    assert "course data fetch mnist" in result.output
    assert not (tmp_path / "docs").exists()


def test_is_a_notebook_without_seed_line_refused(course):
    course("lesson", REPORTS)
    result = invoke("09")
    assert result.exit_code == 1
    assert "Expected one line `SEED = 0`" in result.output


@pytest.mark.notebooks
def test_are_seeds_measured_once_and_the_page_checked(course, tmp_path):
    course("lesson", "SEED = 0", REPORTS)
    course("exercises", "1 / 0")
    course("challenge", "1 / 0")  # reports nothing: it is not run
    first = invoke("09", "--seeds", "0", "1", "2")
    assert first.exit_code == 0, first.output
    page = (tmp_path / "docs" / "results.md").read_text()
    assert "| 0.1910 (0.1900 to 0.1920) | reproduced |" in page
    assert "| 10,753 | reproduced |" in page
    assert "seed 2" in first.output
    assert (tmp_path / "work/executed/09_dropout/lesson-seed2.ipynb").is_file()
    again = invoke("09")
    assert "Nothing to run" in again.output
    assert "seed 2" not in again.output
    assert invoke("--check").exit_code == 0
    (tmp_path / "docs" / "results.md").write_text(page.replace("0.1910", "0.1"))
    stale = invoke("--check")
    assert stale.exit_code == 1
    assert "is not what course/references.toml gives now" in stale.output
    course("lesson", "SEED = 0", "# other code", REPORTS)
    changed = invoke("--check")
    assert "09_dropout/lesson, seed 0 has other code now" in changed.output


@pytest.mark.notebooks
def test_is_a_run_on_stand_ins_not_kept(course, tmp_path):
    course("lesson", "SEED = 0\nprint('STAND-IN DATA: wine')", REPORTS)
    result = invoke("09", "--seeds", "0")
    assert result.exit_code == 1
    assert "not kept, it ran on stand-in data" in result.output
    assert not (tmp_path / "docs" / "results.json").exists()


@pytest.mark.notebooks
def test_does_a_failed_run_leave_the_others(course):
    course("lesson", "SEED = 0\nassert SEED != 1", REPORTS)
    result = invoke("09", "--seeds", "0", "1")
    assert result.exit_code == 1
    assert "AssertionError" in result.output
    assert set(measured.read_records(command._json_path())) == {
        ("09_dropout", "lesson", 0)
    }


def test_are_pictures_written_with_their_words(tmp_path):
    shown = {
        "text/html": '<figure><img alt="a &quot;b&quot;" '
        'src="data:image/png;base64,aGk="/></figure>'
    }
    outputs = [
        v4.new_output("display_data", data=shown),
        v4.new_output("display_data", data={"image/png": "aGk="}),
        v4.new_output("stream", text="words"),
    ]
    executed = v4.new_notebook(cells=[v4.new_code_cell("x", outputs=outputs)])
    (tmp_path / "it-09.png").write_bytes(b"of an older run")
    pictures = save_pictures(executed, tmp_path, stem="it")
    assert [path.name for path in pictures] == ["it-01.png", "it-02.png"]
    assert pictures[0].read_bytes() == b"hi"
    assert (tmp_path / "it-01.txt").read_text() == 'a "b"\n'
    assert not (tmp_path / "it-09.png").exists()
