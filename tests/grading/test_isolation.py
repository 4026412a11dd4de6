"""Does the machine's isolation decide what runs, and is it told loudly?"""

import pytest
from click.testing import CliRunner

from course.cli.grade import command
from course.doctor import isolation as doctor
from course.grading import run as run_module
from course.jails import isolation
from course.jails.order import Limits, Order, View
from course.jails.request import Jail


@pytest.fixture
def machine(monkeypatch):
    """Return a function that makes this a machine with these reasons against jails."""

    def be(warm="", cold=""):
        reasons = {"warm": warm, "cold": cold}
        monkeypatch.setattr(isolation, "why_not", reasons.__getitem__)

    return be


def test_the_first_jail_that_works_is_chosen(machine):
    machine()
    assert isolation.choose() == "warm"
    assert isolation.choose("cold") == "cold"
    machine(warm="no user namespaces")
    assert isolation.choose() == "cold"
    with pytest.raises(isolation.NoIsolation, match="warm jail: no user namespaces"):
        isolation.choose("warm")


def test_nothing_is_graded_without_a_jail_unless_asked(machine, monkeypatch, tmp_path):
    machine(warm="no user namespaces", cold="no bubblewrap")
    seen = []

    def stop(run, on_result):
        seen.append(run.settings.jail)
        raise run_module.NothingToGrade("reached")

    monkeypatch.setattr(run_module, "grade_class", stop)
    arguments = ["--lesson", "09", "--course-directory", str(tmp_path / "c")]
    refused = CliRunner().invoke(command, arguments)
    assert refused.exit_code == 1
    for words in ("no user namespaces", "no bubblewrap", "--unsafe"):
        assert words in refused.output
    assert not (tmp_path / "c").exists()
    assert seen == []
    assert "reached" in CliRunner().invoke(command, [*arguments, "--unsafe"]).output
    machine()
    CliRunner().invoke(command, arguments)
    assert seen == [None, Jail("warm")]


@pytest.mark.parametrize(
    ("reasons", "state", "words"),
    [
        ({}, "ok", "warm and cold work"),
        ({"warm": "none"}, "ok", "the cold jail works"),
        ({"cold": "none"}, "ok", "the warm jail works"),
        ({"warm": "x1", "cold": "x2"}, "note", "warm: x1; cold: x2"),
    ],
)
def test_doctor_says_which_jails_work(machine, reasons, state, words):
    machine(**reasons)
    found = doctor.check_isolation()
    assert found.state == state
    assert words in found.says


def test_an_order_is_plain_data():
    view = View((("/usr/lib", "/usr/lib"),), (("/lib", "usr/lib"),), ("/course",))
    order = Order(("--debug",), "/s", "/f", {"A": "1"}, view, Limits(cpu_s=3), 7)
    assert Order.from_json(order.to_json()) == order
