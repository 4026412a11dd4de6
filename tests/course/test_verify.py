"""Does each invariant see what it is there for, and name the fix?"""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from nbformat.v4 import output_from_msg

from checkers.verdict import Verdict
from course.answers import Answer
from course.build.script import ScriptCell
from course.results import MIME, Result
from course.running import NotebookFailed
from course.verify import running
from course.verify.answers import check_answer
from course.verify.derivatives import (
    find_drift_problems,
    find_metadata_problems,
    find_points_problems,
    find_stub_problems,
)
from course.verify.invariants import lesson_invariants
from course.verify.project import find_data_problems
from course.verify.prose import count_words, find_format_problems
from course.verify.structure import find_identity_problems

QUICK = [one for one in lesson_invariants(lambda *_: None) if not one.runs]


def found(find, subject, *arguments) -> str:
    """Return all problems as one text."""
    problems = list(find(subject, *arguments))
    assert all(problem.fix for problem in problems)
    return "\n".join(f"{p.where}: {p.what} Next: {p.fix}" for p in problems)


@pytest.mark.parametrize("invariant", QUICK, ids=lambda one: one.number)
def test_a_right_lesson_has_no_problem(tiny, invariant):
    tiny.write()
    assert found(invariant.find, tiny.subject()) == ""


# 1. Ids, hints, keys and files


def test_is_a_missing_file_named(tiny):
    (tiny.folder / "design.md").unlink()
    assert "05_tiny/design.md: it does not exist" in found(
        find_identity_problems, tiny.subject()
    )


def test_is_a_stray_file_named(tiny):
    (tiny.folder / "notes.txt").touch()
    assert "notes.txt" in found(find_identity_problems, tiny.subject())


@pytest.mark.parametrize(
    ("listed", "problem"),
    [
        ("tiny-" + "x" * 44, "ids match"),
        ("tiny-Sum", "ids match"),
        ("small-sum", "begin with tiny-"),
        ("tiny-third", "no exercise is declared"),
    ],
)
def test_is_a_wrong_id_named(tiny, listed, problem):
    tiny.declare(challenge=(listed,))
    assert problem in found(find_identity_problems, tiny.subject())


def test_is_a_missing_key_named(tiny):
    subject = tiny.subject(**{"tiny-sum": "it has no key."})
    assert "tiny-sum: it has no key. Next: write its key in checkers/keys/tiny.py" in (
        found(find_identity_problems, subject)
    )


@pytest.mark.parametrize("hints", [(), ("One.", "Two."), ("One.", "", "Three.")])
def test_are_three_hints_asked_for(tiny, hints):
    tiny.registry["tiny-sum"] = replace(tiny.registry["tiny-sum"], hints=hints)
    assert "tiny-sum: expected 3 hints" in found(find_identity_problems, tiny.subject())


def test_is_a_declared_exercise_that_no_notebook_lists_named(tiny):
    tiny.declare(exercises=("tiny-sum",))
    assert "tiny-twice: it is declared, but" in found(
        find_identity_problems, tiny.subject()
    )


def test_is_a_bonus_that_no_notebook_lists_named(tiny):
    tiny.declare(bonus=("tiny-more",))
    assert "tiny-more: `bonus` names it" in found(
        find_identity_problems, tiny.subject()
    )


def test_is_a_missing_check_cell_named(tiny):
    tiny.write()
    replace_in(tiny, "notebooks", '"id": "tiny-sum-check"', '"id": "gone"')
    assert "tiny-sum has no check cell. Next: run `course build 05`" in found(
        find_identity_problems, tiny.subject()
    )


# 2, 6, 7, 8. Generated notebooks


def test_is_drift_reported_with_the_script_to_edit(tiny):
    tiny.write()
    replace_in(tiny, "notebooks", "Doubling", "Halving")
    expected = (
        "notebooks/05_tiny/exercises.ipynb: it is changed. Next: edit "
        "course/lessons/05_tiny/exercises.py and run `course build 05`"
    )
    assert found(find_drift_problems, tiny.subject()) == expected


def test_is_a_missing_and_a_stray_notebook_drift(tiny):
    tiny.write()
    path = tiny.root / "solutions" / "05_tiny" / "lesson.ipynb"
    path.rename(path.with_name("old.ipynb"))
    text = found(find_drift_problems, tiny.subject())
    assert "lesson.ipynb: it is missing" in text
    assert "old.ipynb: it is stray. Next: delete" in text


def test_is_a_script_that_does_not_build_a_problem_not_a_crash(tiny):
    tiny.edit("exercises.py", "### END SOLUTION", "")
    text = found(find_drift_problems, tiny.subject())
    assert text.startswith("lessons/05_tiny/exercises.py: the answer cell of")


def test_is_a_stub_line_that_the_solution_lacks_named(tiny):
    tiny.write()
    replace_in(tiny, "notebooks", '"total = None\\n"', '"total = 0\\n"')
    assert "the stub line `total = 0` is not in the solution" in found(
        find_stub_problems, tiny.subject()
    )


def test_is_a_filled_stub_named(tiny):
    tiny.write()
    replace_in(tiny, "notebooks", "...  # your code here", "total = None")
    assert "has no `...  # your code here`" in found(find_stub_problems, tiny.subject())


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"deletable": false', '"collapsed": false', "['collapsed']"),
        ('"name": "python"\n', '"name": "python", "version": "3"\n', "['version']"),
        ('"layerwise": {', '"widgets": {}, "layerwise": {', "['widgets']"),
        (
            '"outputs": []',
            '"outputs": [{"output_type": "stream", "name": "stdout", "text": []}]',
            "has outputs",
        ),
        ('"execution_count": null', '"execution_count": 1', "has outputs"),
    ],
)
def test_is_metadata_outside_the_list_named(tiny, old, new, problem):
    tiny.write()
    replace_in(tiny, "notebooks", old, new)
    assert problem in found(find_metadata_problems, tiny.subject())


def test_are_points_that_differ_from_the_exercise_named(tiny):
    tiny.write()
    replace_in(tiny, "notebooks", '"points": 2.5', '"points": 4')
    assert "tiny-twice: expected 2.5 points, found 4" in found(
        find_points_problems, tiny.subject()
    )


def test_are_the_lesson_s_points_the_sum_without_bonus(tiny):
    tiny.declare(bonus=("tiny-twice",))
    assert "write points = 1" in found(find_points_problems, tiny.subject())


@pytest.mark.parametrize(
    ("key", "value"), [("lesson_minutes", 46), ("exercise_minutes", 0)]
)
def test_are_minutes_stated_and_in_bounds(tiny, key, value):
    tiny.declare(**{key: value})
    assert f"expected {key} between" in found(find_points_problems, tiny.subject())


# 10. Format


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("exercises.py", "(1 point)", "", "does not say (1 points)"),
        ("exercises.py", "(2.5 points)", "(2 points)", "does not say (2.5 points)"),
        ("exercises.py", "    doubled = 2 * x\n", "    x += 1\n" * 15, "found 17 and"),
        ("lesson.py", "1 + 1\n", "1 + 1\n" * 21, "has 21 lines, more than 20"),
        ("lesson.py", "# %%\n", "# %%\n0\n\n# %%\n" * 40, "at most 40 cells"),
        ("design.md", "## Out of scope", "## Later", 'no section "out of scope"'),
    ],
)
def test_is_a_breach_of_format_named(tiny, file, old, new, problem):
    tiny.edit(file, old, new)
    assert problem in found(find_format_problems, tiny.subject())


def test_has_a_lesson_words_and_plots(tiny):
    tiny.declare(short=False)
    text = found(find_format_problems, tiny.subject())
    assert "expected 1200 to 2500 words of prose, found 6" in text
    assert "expected at least 4 plots.show(…), found 0" in text


def test_words_are_prose_only():
    source = (
        "Two words, `code` counts.\n```python\nnot = this\n```\n"
        "[a link](https://example.org/no/words) $$x = y$$ <!-- nor this --> it's"
    )
    assert count_words([ScriptCell("markdown", source)]) == 7
    assert count_words([ScriptCell("code", "no words here")]) == 0


# 3, 4. Notebooks that run: the kernel is replaced by the outputs it would leave


def ran(**outputs):
    """Return a stand-in for `execute` that leaves outputs in cells, by cell id."""

    def execute(notebook, **_):
        for cell in notebook.cells:
            texts = outputs.get(cell.id.replace("-", "_"), ())
            if cell.id.endswith("-capture"):
                texts = ({running.SNAPSHOT_MIME: cell.id.removesuffix("-capture")},)
            if cell.cell_type == "code":
                cell.outputs = [output(text) for text in texts]
        return notebook

    return execute


def output(content):
    if isinstance(content, dict):
        body = {"data": content, "metadata": {}}
        return output_from_msg(message("display_data", body))
    if content.startswith("stderr:"):
        body = {"name": "stderr", "text": content}
        return output_from_msg(message("stream", body))
    body = {"data": {"text/plain": content}, "metadata": {}, "execution_count": 1}
    return output_from_msg(message("execute_result", body))


def message(kind, content):
    return {"header": {"msg_type": kind}, "content": content}


def judge_as(**statuses):
    """Return a stand-in for the judge with a status by exercise."""

    def judge(exercise, text):
        assert text == exercise.id
        status = statuses[exercise.id.replace("-", "_")]
        points = exercise.points if status == "passed" else 0.0
        return Verdict(exercise.id, exercise.title, status, points, exercise.points)

    return judge


UNTOUCHED = {"tiny_sum_check": ("0.0",), "tiny_twice_check": ("0.0",)}
SOLVED = {"tiny_sum_check": ("1.0",), "tiny_twice_check": ("2.5",)}
NOT_ATTEMPTED = {"tiny_sum": "not attempted", "tiny_twice": "not attempted"}
PASSED = {"tiny_sum": "passed", "tiny_twice": "passed"}


def test_an_untouched_release_without_attempts_is_right(tiny, monkeypatch):
    tiny.write()
    monkeypatch.setattr(running, "execute", ran(**UNTOUCHED))
    judge = judge_as(**NOT_ATTEMPTED)
    assert found(running.find_untouched_problems, tiny.subject(), judge) == ""


@pytest.mark.parametrize(
    ("outputs", "statuses", "problem"),
    [
        ({}, {"tiny_sum": "passed"}, "already solved"),
        ({}, {"tiny_sum": "failed"}, 'expected "not attempted", received "failed"'),
        ({"tiny_sum_check": ("0",)}, {}, "expected a builtin float, received 0."),
        ({"tiny_sum_check": ()}, {}, "expected a builtin float, received nothing"),
        (
            {"tiny_sum_check": ("np.float64(0.0)",)},
            {},
            "expected a builtin float, received np.float64(0.0)",
        ),
        ({"tiny_sum_check": ("1.0",)}, {}, "expected 0 points, received 1"),
        ({"tiny_sum_check": ("stderr:!", "0.0")}, {}, "writes to stderr"),
    ],
)
def test_is_what_an_untouched_release_does_wrong_named(
    tiny, monkeypatch, outputs, statuses, problem
):
    tiny.write()
    monkeypatch.setattr(running, "execute", ran(**(UNTOUCHED | outputs)))
    judge = judge_as(**(NOT_ATTEMPTED | statuses))
    text = found(running.find_untouched_problems, tiny.subject(), judge)
    assert problem in text
    assert "tiny-twice" not in text


def test_solutions_with_full_points_are_right(tiny, monkeypatch):
    tiny.write()
    monkeypatch.setattr(running, "execute", ran(**SOLVED))
    subject = tiny.subject()
    assert found(running.find_solution_problems, subject, judge_as(**PASSED)) == ""
    assert set(subject.seconds) == {"solutions/lesson", "solutions/exercises"}


def test_is_a_solution_that_does_not_pass_named(tiny, monkeypatch):
    tiny.write()
    outputs = SOLVED | {"tiny_sum_check": ("0.0",)}
    monkeypatch.setattr(running, "execute", ran(**outputs))
    judge = judge_as(**(PASSED | {"tiny_sum": "failed"}))
    text = found(running.find_solution_problems, tiny.subject(), judge)
    assert "tiny-sum: our own solution does not pass" in text
    assert "expected 1 points, received 0" in text


@pytest.mark.parametrize(("count", "problems"), [(10_753, 0), (10_754, 1)])
def test_is_a_count_outside_its_band_named(tiny, monkeypatch, count, problems):
    """Counts are compared in fast mode too; figures that need training are not."""
    tiny.write()
    figures = (
        Result("spotify-net-params", count, is_fast=True),
        Result("spotify-dropout-gain", 99.0, is_fast=True),
    )
    told = tuple({MIME: figure.to_data()} for figure in figures)
    outputs = SOLVED | {"tiny_sum_check": (*told, "1.0")}
    monkeypatch.setattr(running, "execute", ran(**outputs))
    text = found(running.find_solution_problems, tiny.subject(), judge_as(**PASSED))
    assert text.count("spotify-net-params: expected") == problems
    assert "gain" not in text


def test_is_a_notebook_that_stops_named_with_its_cell(tiny, monkeypatch):
    tiny.write()

    def execute(notebook, **_):
        raise NotebookFailed(notebook, 1, "ValueError", "no")

    monkeypatch.setattr(running, "execute", execute)
    text = found(running.find_untouched_problems, tiny.subject(), judge_as())
    assert "`from checkers import tiny`) stopped with ValueError: no" in text


def test_is_a_notebook_that_is_not_built_named(tiny):
    text = found(running.find_untouched_problems, tiny.subject(), judge_as())
    assert "exercises.ipynb: it does not exist. Next: run `course build 05`" in text


# 5. Answers


def answer(value, **expectation):
    return Answer("tiny-sum", "variant", lambda: value, **expectation)


def exercise_with(verdict, num_parts=1, data=()):
    """Return a stand-in exercise that keeps what it was asked to check."""
    asked: list[tuple] = []

    def check(*parts, data=None):
        asked.append((parts, data))
        return verdict

    part = SimpleNamespace(data=data)
    return SimpleNamespace(parts=(part,) * num_parts, check=check, asked=asked)


def verdict(status="passed", points=1.0, findings=()):
    return Verdict("tiny-sum", "A sum", status, points, 1.0, findings=findings)


def finding(code, index=None):
    layer = None if index is None else SimpleNamespace(index=index)
    return SimpleNamespace(code=code, layer=layer)


@pytest.mark.parametrize(
    ("expectation", "received", "problem"),
    [
        ({}, verdict(), ""),
        ({}, verdict("passed", 0.5), "expected full points"),
        ({"status": "passed with a note"}, verdict("passed with a note"), ""),
        ({"status": "passed with a note"}, verdict(), "expected 'passed with a note'"),
        (
            {"code": "X.Y", "status": "failed"},
            verdict("failed", 0, (finding("X.Y"),)),
            "",
        ),
        ({"code": "X.Y", "status": "failed"}, verdict(), "expected 'failed'"),
        (
            {"code": "X.Y", "status": "failed"},
            verdict("failed", 0, (finding("X.Z"),)),
            "expected the finding X.Y, received ['X.Z']",
        ),
        (
            {"code": "X.Y", "status": "failed", "layer": 1},
            verdict("failed", 0, (finding("X.Y", 2), finding("X.Y", 1))),
            "",
        ),
        (
            {"code": "X.Y", "status": "failed", "layer": 1},
            verdict("failed", 0, (finding("X.Y", 2), finding("X.Y"))),
            "expected X.Y at layer 1, received [2, None]",
        ),
    ],
)
def test_an_answer_is_compared_with_what_it_declares(expectation, received, problem):
    text = check_answer(answer(3, **expectation), exercise_with(received))
    assert (problem in text) if problem else (text == "")


@pytest.mark.parametrize(
    ("value", "num_parts", "data", "asked"),
    [
        (3, 1, (), ((3,), None)),
        ((3, 4), 2, (), ((3, 4), None)),
        ((3, 4), 1, (), (((3, 4),), None)),
        (("model", "arrays"), 1, ("x_val",), (("model",), "arrays")),
        ("model", 1, ("x_val",), (("model",), None)),
    ],
)
def test_a_tuple_is_one_value_per_part_and_perhaps_data(value, num_parts, data, asked):
    exercise = exercise_with(verdict(), num_parts, data)
    assert check_answer(answer(value), exercise) == ""
    assert exercise.asked == [asked]


def test_is_an_answer_that_raises_a_problem_not_a_crash():
    def build():
        raise ValueError("no")

    broken = Answer("tiny-sum", "variant", build)
    assert "raises ValueError: no" in check_answer(broken, exercise_with(verdict()))


# 9. Data


def test_is_a_data_set_without_hash_or_card_named(tmp_path):
    (tmp_path / "card.md").touch()
    (tmp_path / "manifest.toml").write_text(
        f"format_version = 1\n[good]\ncard = 'card.md'\nsha256 = '{'a' * 64}'\n"
        "[bad]\ncard = 'none.md'\n"
        "[[bad.files]]\nsha256 = ['?']\n",
        encoding="utf-8",
    )
    text = found(find_data_problems, tmp_path)
    assert "bad: its card none.md does not exist" in text
    assert "files[0].sha256 = '?' is no sha256" in text
    assert "good" not in text


def replace_in(tiny, target: str, old: str, new: str) -> None:
    """Edit a generated notebook by hand, as nobody should."""
    path = tiny.root / target / "05_tiny" / "exercises.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
