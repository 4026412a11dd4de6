"""What may lie in a zip, to whom it belongs, and what is refused by name."""

import io
import stat
import zipfile

import pytest

from course.grading import archives
from course.grading.archives import unpack_all
from course.grading.owners import name_from_lms, why_no_name
from course.grading.submissions import find_submissions

LESSON = "90_toy"


def zipped(path, entries, **settings):
    """Write a zip of names (or entries) and texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **settings) as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return path


def entry(name, mode):
    """Return an entry that says it is a file of some mode."""
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def read(tmp_path, *paths):
    """Unpack; return (student, name) of what is found, and what is refused."""
    folder = tmp_path / "unpacked"
    folder.mkdir()
    found, refused = unpack_all(paths, folder)
    submissions, more = find_submissions(found, LESSON)
    names = [(one.student, one.path.name) for one in submissions]
    return names, [*refused, *more]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (["anna/exercises.ipynb", "ben/90_toy/exercises.ipynb"], ["anna", "ben"]),
        (["submitted/anna/90_toy/exercises.ipynb"], ["anna"]),
        (["anna/90_toy/exercises.ipynb"], ["anna"]),
        (["anna.ipynb", "ben.ipynb"], ["anna", "ben"]),
        (["exercises.ipynb"], ["class"]),
        (["Anna M_12_assignsubmission_file_/exercises.ipynb"], ["Anna M_12"]),
        (["Anna M_12_assignsubmission_file_exercises.ipynb"], ["Anna M_12"]),
        (["Kurs/Anna M_12_assignsubmission_file/exercises.ipynb"], ["Anna M_12"]),
        (["manna_77_1234_exercises.ipynb"], ["manna_77"]),
        (["manna_LATE_77_1234_exercises-1.ipynb"], ["manna_77"]),
        (["__MACOSX/anna/exercises.ipynb", "._anna.ipynb"], []),
        (["anna\\exercises.ipynb"], ["anna"]),
    ],
)
def test_students_are_named_by_one_rule(tmp_path, entries, expected):
    path = zipped(tmp_path / "class.zip", [(name, "{}") for name in entries])
    found, refused = read(tmp_path, path)
    assert [student for student, _ in found] == expected
    assert refused == []


def test_names_that_moodle_and_canvas_make_are_read_in_plain_folders_too(tmp_path):
    folder = tmp_path / "in"
    for name in ("A B_12_assignsubmission_file_/exercises.ipynb", "c_7_8_x.ipynb"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}")
    found, _ = find_submissions([folder], LESSON)
    assert [one.student for one in found] == ["A B_12", "c_7"]


def test_a_students_own_zip_is_unpacked_into_the_students_folder(tmp_path):
    inner = io.BytesIO()
    zipped(inner, [("work/exercises.ipynb", "{}"), ("work/data.csv", "1")])
    name = "Anna M_12_assignsubmission_file_/work.zip"
    found, refused = read(
        tmp_path, zipped(tmp_path / "c.zip", [(name, inner.getvalue())])
    )
    assert found == [("Anna M_12", "exercises.ipynb")]
    assert refused == []
    assert (tmp_path / "unpacked/0/Anna M_12/work/data.csv").read_text() == "1"


def test_zips_in_a_folder_are_unpacked_too(tmp_path):
    folder = tmp_path / "in"
    (folder / "ben").mkdir(parents=True)
    zipped(folder / "class.zip", [("anna/exercises.ipynb", "{}")])
    zipped(folder / "cleo.zip", [("exercises.ipynb", "{}")])
    zipped(folder / "ben" / "work.zip", [("mine/exercises.ipynb", "{}")])
    zipped(folder / "D E_5_assignsubmission_file_w.zip", [("x/exercises.ipynb", "{}")])
    (folder / "link.zip").symlink_to(folder / "cleo.zip")
    found, refused = read(tmp_path, folder)
    assert [student for student, _ in found] == ["D E_5", "anna", "ben", "cleo"]
    assert refused == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.ipynb", "leads out"),
        ("anna/../../outside.ipynb", "leads out"),
        ("/etc/outside.ipynb", "leads out"),
        ("C:/outside.ipynb", "leads out"),
        ("..\\outside.ipynb", "leads out"),
        ("a" * 300 + ".ipynb", "absurdly long"),
        ("an\x1bna/exercises.ipynb", "unprintable"),
        (entry("anna/link.ipynb", stat.S_IFLNK | 0o777), "link"),
        (entry("anna/pipe.ipynb", stat.S_IFIFO | 0o666), "device"),
        (entry("anna/disk.ipynb", stat.S_IFBLK | 0o666), "device"),
        (" anna/exercises.ipynb", "Nobody can be called so"),
        ("an?na/exercises.ipynb", "Nobody can be called so"),
    ],
)
def test_what_is_hostile_is_refused_by_name_and_the_rest_is_read(
    tmp_path, name, reason
):
    path = zipped(
        tmp_path / "class.zip", [(name, "/etc/passwd"), ("ben/exercises.ipynb", "{}")]
    )
    before = {one for one in tmp_path.rglob("*") if one != path}
    found, refused = read(tmp_path, path)
    assert found == [("ben", "exercises.ipynb")]
    assert len(refused) == 1
    assert reason in refused[0].reason
    shown = name if isinstance(name, str) else name.filename
    assert refused[0].path.startswith(f"{path}: {shown[:2]}")
    assert refused[0].path.isprintable()
    made = {one for one in tmp_path.rglob("*") if one != path} - before
    assert all((tmp_path / "unpacked") in (one, *one.parents) for one in made)
    assert not any(one.is_symlink() for one in made)


def test_a_bomb_ends_at_the_limit_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRY_BYTES", 3_000_000)
    bomb = b"0" * 5_000_000
    path = zipped(
        tmp_path / "class.zip",
        [("anna/exercises.ipynb", bomb), ("ben/exercises.ipynb", "{}")],
    )
    found, refused = read(tmp_path, path)
    assert found == [("ben", "exercises.ipynb")]
    assert "more than 3 MB" in refused[0].reason
    assert not (tmp_path / "unpacked/0/anna/exercises.ipynb").exists()


def test_a_header_that_lies_about_the_size_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRY_BYTES", 1_000)
    path = zipped(tmp_path / "class.zip", [("anna/exercises.ipynb", b"0" * 5_000)])
    data = path.read_bytes().replace((5_000).to_bytes(4, "little"), bytes([9, 0, 0, 0]))
    path.write_bytes(data)
    found, refused = read(tmp_path, path)
    assert found == []
    assert len(refused) == 1


def test_a_bomb_in_a_students_zip_costs_only_that_student(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_STUDENT_BYTES", 2_000)
    inner = io.BytesIO()
    zipped(inner, [(f"{n}.ipynb", b"0" * 900) for n in range(9)])
    path = zipped(
        tmp_path / "class.zip",
        [("anna/work.zip", inner.getvalue()), ("ben/exercises.ipynb", "{}")],
    )
    found, refused = read(tmp_path, path)
    assert ("ben", "exercises.ipynb") in found
    assert len(found) <= 3
    assert all(one.student == "anna" for one in refused)


def test_zips_in_zips_in_zips_are_refused(tmp_path):
    deepest, inner = io.BytesIO(), io.BytesIO()
    zipped(deepest, [("exercises.ipynb", "{}")])
    zipped(inner, [("deepest.zip", deepest.getvalue())])
    found, refused = read(
        tmp_path, zipped(tmp_path / "c.zip", [("anna/x.zip", inner.getvalue())])
    )
    assert found == []
    assert "archive in an archive" in refused[0].reason


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + b"0" * 60])
def test_what_is_no_zip_is_refused_with_a_next_step(tmp_path, data):
    path = tmp_path / "anna.zip"
    path.write_bytes(data)
    found, refused = read(tmp_path, path)
    assert found == []
    assert (refused[0].student, refused[0].path) == ("anna", str(path))
    assert "Next: ask for it again" in refused[0].reason


def test_a_damaged_entry_and_a_file_twice_are_named(tmp_path, recwarn):
    path = tmp_path / "class.zip"
    names = ["anna/exercises.ipynb", "ben/exercises.ipynb", "ben/exercises.ipynb"]
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "{}" + "abcdef" * 100)
    data = bytearray(path.read_bytes())
    data[data.index(b"abcdef")] ^= 0xFF
    path.write_bytes(bytes(data))
    found, refused = read(tmp_path, path)
    assert found == [("ben", "exercises.ipynb")]
    assert [one.student for one in refused] == ["anna", "ben"]
    assert "cannot be read" in refused[0].reason
    assert "twice" in refused[1].reason


def test_too_many_files_are_refused_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRIES", 3)
    path = zipped(tmp_path / "c.zip", [(f"{n}.ipynb", "{}") for n in range(4)])
    found, refused = read(tmp_path, path)
    assert found == []
    assert "at most 3" in refused[0].reason


def test_names_from_an_lms():
    assert name_from_lms("exercises.ipynb") is None
    assert name_from_lms("my_work_2.ipynb") is None
    assert name_from_lms("Li Wei_9_assignsubmission_file_a_b.ipynb") == (
        "Li Wei_9",
        "a_b.ipynb",
    )


@pytest.mark.parametrize("name", ["", ".", "..", " a", "a\n", "a/b", "x" * 101, "a:b"])
def test_names_that_cannot_be_folders(name):
    assert why_no_name(name)


@pytest.mark.parametrize("name", ["anna", "Anna M_12", "李伟", "o'brien", "a.b@c.d"])
def test_names_that_can(name):
    assert why_no_name(name) == ""
