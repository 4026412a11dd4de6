"""`course data`: what it prints, and its exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course.cli.data import command
from course.datasets import manifest

TABLE = b"Height,Note,Count\n1.25,one,3\n-0.5,,4\n100,None,5\n"


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, at, server):
    """Let the manifest hold the tiny table only."""

    def make(body: bytes = TABLE):
        spec = at(server.add("tiny.csv", body))
        monkeypatch.setattr(manifest, "read_manifest", lambda: {"tiny": spec})
        return spec

    return make


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_says_status_what_is_not_here() -> None:
    done = run("status")
    assert done.exit_code == 0
    for name in ("red-wine", "spotify", "concrete", "mnist", "cifar10"):
        assert name in done.output
    assert done.output.count("STAND-IN") == 6


def test_is_status_readable_for_machines(
    tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny()
    (tmp_path / "tiny.csv").write_bytes(TABLE)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    done = run("status", "--json")
    assert json.loads(done.output) == [
        {
            "name": "tiny",
            "place": "COURSE_DATA",
            "folder": str(tmp_path),
            "packaging": "csv",
            "verified": "checksum",
            "size_bytes": 48,
            "licence": "CC0",
            "problem": "",
            "is_stand_in": False,
        }
    ]


def test_does_fetch_then_verify_succeed(tiny) -> None:
    tiny()
    first, second = run("fetch", "tiny"), run("fetch")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "already in" in second.output
    done = run("verify", "all")
    assert done.exit_code == 0
    assert "content" in done.output


def test_does_fetch_replace_a_damaged_file(tiny, tmp_path: Path) -> None:
    tiny()
    cached = tmp_path / "cache" / "tiny" / "tiny.csv"
    cached.parent.mkdir(parents=True)
    cached.write_bytes(TABLE[:-3])
    assert run("verify").exit_code == 1
    assert run("status").exit_code == 0  # status does not read what it does not know
    assert run("fetch").exit_code == 0
    assert cached.read_bytes() == TABLE
    assert sorted(p.name for p in (tmp_path / "cache").iterdir()) == ["tiny"]


def test_fails_fetch_with_a_sentence(tiny) -> None:
    tiny(b"wrong")
    done = run("fetch")
    assert done.exit_code == 1
    assert "Next: " in done.output


def test_leaves_fetch_my_folder_alone(
    tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny()
    (tmp_path / "tiny.csv").write_bytes(b"wrong")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    done = run("fetch")
    assert done.exit_code == 1
    assert (tmp_path / "tiny.csv").read_bytes() == b"wrong"


def test_fails_verify_without_real_data() -> None:
    done = run("verify", "concrete")
    assert done.exit_code == 1
    assert "course data fetch concrete" in done.output


def test_fails_status_when_course_data_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COURSE_DATA", "/does/not/exist")
    done = run("status")
    assert done.exit_code == 1
    assert "Next: correct COURSE_DATA" in done.output


def test_names_an_unknown_name_the_known_ones() -> None:
    done = run("verify", "wine")
    assert done.exit_code == 2
    assert "red-wine" in done.output


@pytest.mark.parametrize("name", ["", "status", "fetch", "verify"])
def test_has_every_command_a_help_page(name: str) -> None:
    done = run(*([name] if name else []), "--help")
    assert done.exit_code == 0
    assert "Usage:" in done.output
