"""Order of places, downloads and their faults, banners."""

import errno
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from course.datasets import load, stand_in_note
from course.datasets.downloading import download
from course.datasets.errors import (
    BrokenDownloadError,
    ChecksumError,
    DownloadError,
    FolderError,
    IncompleteError,
    NoRealDataError,
    NoSpaceError,
    OfflineError,
)
from course.datasets.folders import cache_folder, find_packaging
from course.datasets.manifest import DatasetSpec

TABLE = b"Height,Note,Count\n1.25,one,3\n-0.5,,4\n100,None,5\n"
NOWHERE = "http://127.0.0.1:9/tiny.csv"  # port 9 refuses at once


def left_behind(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def test_is_course_data_asked_first(
    use, at, server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(at(server.add("tiny.csv", TABLE)))
    (tmp_path / "tiny.csv").write_bytes(TABLE)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    table = load("tiny")
    assert (table.source.kind, table.source.packaging) == ("COURSE_DATA", "csv")
    assert table.source.label() == "tiny, real data (COURSE_DATA, csv)"
    assert not table.is_stand_in
    assert stand_in_note(table.source) == ""
    assert server.asked == []


def test_is_it_downloaded_once_and_then_cached(
    use, at, server, capfd: pytest.CaptureFixture
) -> None:
    use(at(server.add("tiny.csv", TABLE)))
    first, second = load("tiny"), load("tiny")
    assert (first.source.kind, second.source.kind) == ("download", "cache")
    assert first.frame.equals(second.frame)
    assert server.asked == ["/tiny.csv"]
    assert left_behind(cache_folder()) == ["tiny", "tiny/tiny.csv"]
    captured = capfd.readouterr()
    assert "tiny: downloaded and verified." in captured.out
    assert captured.err == ""


def test_is_course_data_without_it_no_hindrance(
    use, at, server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(at(server.add("tiny.csv", TABLE)))
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "empty"))
    assert load("tiny").source.kind == "download"


def test_is_the_next_address_tried_after_a_wrong_one(at, server) -> None:
    urls = [
        NOWHERE,
        server.add("gone", b"", code=404),
        server.add("page", b"<html>please log in</html>"),
        server.add("tiny.csv", TABLE),
    ]
    assert download(at(*urls)).kind == "download"
    assert left_behind(cache_folder()) == ["tiny", "tiny/tiny.csv"]


@pytest.mark.parametrize(
    ("body", "headers", "words"),
    [
        (TABLE.replace(b"1.25", b"1.26"), {}, r"other bytes \(ChecksumError\)"),
        (TABLE[:20], {}, "other bytes"),
        (b"<html>log in</html>", {}, "other bytes"),
        (TABLE[:30], {"Content-Length": "48"}, "connection broke"),
    ],
    ids=["wrong value", "cut file", "login page", "cut connection"],
)
def test_is_a_bad_download_explained_and_removed(
    body: bytes, headers: dict, words: str, at, server
) -> None:
    url = server.add("tiny.csv", body, **headers)
    with pytest.raises(BrokenDownloadError, match=words) as caught:
        download(at(url))
    assert "Next: try `course data fetch tiny` again" in str(caught.value)
    assert left_behind(cache_folder()) == []


def test_is_a_bad_download_no_silent_stand_in(use, at, server) -> None:
    use(at(server.add("tiny.csv", b"wrong")))
    with pytest.raises(BrokenDownloadError, match="COURSE_OFFLINE=1"):
        load("tiny")


def test_is_a_full_disk_noticed_before(
    at, server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.add("tiny.csv", TABLE)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10))
    with pytest.raises(NoSpaceError, match=r"Expected room for 48 bytes.*10 bytes"):
        download(at(url))
    assert server.asked == []
    assert left_behind(cache_folder()) == []


def test_is_a_full_disk_noticed_while_writing(
    at, server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pooch

    url = server.add("tiny.csv", TABLE)

    def write_half(self: object, url: str, output: str, _: object) -> None:
        Path(output).write_bytes(TABLE[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", write_half)
    with pytest.raises(NoSpaceError, match="Next: free some space"):
        download(at(url))
    assert left_behind(cache_folder()) == []


def test_is_a_cache_that_cannot_be_written_explained(
    at, server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(DownloadError, match="Next: set COURSE_CACHE"):
        download(at(server.add("tiny.csv", TABLE)))


@pytest.mark.parametrize("code", [403, 404, 503])
def test_does_a_refusal_count_as_offline(code: int, at, server) -> None:
    with pytest.raises(OfflineError, match=f"HTTP status {code}"):
        download(at(server.add("tiny.csv", b"", code=code)))


def test_is_offline_noticed_quickly(at) -> None:
    start = time.monotonic()
    with pytest.raises(OfflineError, match=r"none of 127.0.0.1:9 can be reached"):
        download(at(NOWHERE))
    assert time.monotonic() - start < 5


def test_does_course_offline_ask_nobody(
    at, server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    with pytest.raises(OfflineError, match="COURSE_OFFLINE is set"):
        download(at(server.add("tiny.csv", TABLE)))
    assert server.asked == []


def test_is_a_stand_in_loud_once_and_marked(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    first, second = load("concrete"), load("concrete")
    captured = capfd.readouterr()
    assert captured.out.count("STAND-IN DATA: the real concrete data are not") == 1
    assert captured.err == ""
    assert first.is_stand_in
    assert first.frame.equals(second.frame)
    assert first.source.label() == "STAND-IN DATA for concrete"
    assert "generated data in place of concrete" in stand_in_note(first.source)


def test_can_a_stand_in_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    with pytest.raises(NoRealDataError, match="Expected the real concrete data"):
        load("concrete", allow_stand_in=False)


@pytest.mark.parametrize("there", [True, False])
def test_is_a_bad_course_data_folder_explained(
    there: bool, use, at, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(at(NOWHERE))
    folder = tmp_path / "nowhere"
    if there:
        folder.write_text("a file, no folder")
    monkeypatch.setenv("COURSE_DATA", str(folder))
    with pytest.raises(FolderError, match="Next: correct COURSE_DATA"):
        load("tiny")


def test_is_a_damaged_file_of_mine_never_passed_over(
    use, at, server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(at(server.add("tiny.csv", TABLE)))
    (tmp_path / "tiny.csv").write_bytes(TABLE.replace(b"one", b"two"))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    with pytest.raises(ChecksumError, match="content checksum"):
        load("tiny")


def test_are_missing_parts_named(image_spec: DatasetSpec, tmp_path: Path) -> None:
    for number in (1, 2, 4, 5):
        (tmp_path / f"cifar10-train-{number}.npz").touch()
    expected = r"all 6 files of tiny.*Missing: cifar10-train-3.npz, cifar10-test.npz"
    with pytest.raises(IncompleteError, match=expected):
        find_packaging(tmp_path, image_spec)


def test_is_the_import_light() -> None:
    heavy = "pandas numpy sklearn scipy requests pooch tensorflow keras rich"
    code = (
        f"import sys, course.datasets; print(set({heavy.split()}) & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
