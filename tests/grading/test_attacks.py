"""Does an attack gain a point, read, write or leave anything, or harm a neighbor?"""

import json
import os
import tempfile
import tomllib
from pathlib import Path

import jailed
import psutil
import pytest
from test_whole_run import grade, scores, toy_lesson

from course.jails.order import Limits
from course.jails.request import Jail
from course.jails.stage import stage
from course.running import bounded_client

__all__ = ["toy_lesson"]

pytestmark = [pytest.mark.notebooks, pytest.mark.usefixtures("light_parent")]

ATTACKS = Path(__file__).with_name("attacks")
CASES = tomllib.loads((ATTACKS / "cases.toml").read_text("utf-8"))
MB = 1024**2
LIMITS = Limits(
    memory_bytes=1500 * MB,
    num_processes=24,
    disk_bytes=64 * MB,
    cpu_s=60,
    wall_s=90,
    output_bytes=16 * MB,
    cell_output_bytes=MB // 4,
)


@pytest.fixture(params=jailed.KINDS)
def kind(request):
    jailed.skip_without(request.param)
    return request.param


def hand_in_all(folder):
    """Lay out the notebooks as handed in; return what lies there, by path."""
    for name in CASES:
        path = folder / name / "exercises.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes((ATTACKS / f"{name}.ipynb").read_bytes())
    return contents(folder)


def contents(folder):
    """Return the bytes of all files below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def marked_processes():
    """Return processes that an attack has left."""
    found = psutil.process_iter(["cmdline", "username"])
    return [p for p in found if "left-behind-mark" in (p.info["cmdline"] or ())]


def test_every_notebook_has_its_case():
    assert {path.stem for path in ATTACKS.glob("*.ipynb")} == set(CASES)
    assert all(json.loads(p.read_text("utf-8")) for p in ATTACKS.glob("*.ipynb"))


@pytest.fixture
def private():
    """Return a folder for temporary files of this test alone, with a short path."""
    stage()  # what all kernels of this process share lies elsewhere
    with tempfile.TemporaryDirectory(prefix="lw-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)  # paths of sockets are short


def test_no_attack_gains_or_harms(kind, toy_lesson, tmp_path, monkeypatch, private):
    monkeypatch.setenv("TEACHERS_TOKEN", "CANARY")
    monkeypatch.setattr(bounded_client, "LOST_S", 10)
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    handed = tmp_path / "handed"
    before = hand_in_all(handed)
    directory, graded = grade(
        handed, tmp_path, jail=Jail(kind, LIMITS), timeout_s=15, num_workers=2
    )
    expected = {
        name: (float(case["points"]), case.get("person", False))
        for name, case in CASES.items()
    }
    assert scores(directory) == expected
    remarks = {row.student: " ".join(row.remarks) for row in graded.report.students}
    for name, case in CASES.items():
        assert case.get("says", "") in remarks[name]
    assert graded.report.refused == ()
    assert contents(handed) == before
    assert marked_processes() == []
    assert list(private.glob("layerwise-kernel-*")) == []
    pages = [
        *directory.feedback.rglob("*.html"),
        *directory.autograded.rglob("*.ipynb"),
    ]
    for path in pages:
        outputs = path.read_text("utf-8")
        if path.suffix == ".html":
            assert "<script" not in outputs
            assert "CANARY" not in outputs
