"""A learner's view: a wrong answer in JupyterLab shows a verdict that helps."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from course.paths import share_path

pytestmark = pytest.mark.browser

PICTURES = share_path("build", "browser")
PRIVATE_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "IPYTHONDIR",
    "COURSE_WORK",
    "HOME",
)
WRONG_ANSWER = """\
spotify_net = keras.Sequential(
    [
        keras.Input((18,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dropout(0.7),
        keras.layers.Dense(1),
    ]
)"""


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def wait_until_up(url, process, log):
    """Wait for JupyterLab; its output explains a failure."""
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.fixture
def lab(tmp_path):
    """JupyterLab as `course lab 09` starts it; gives the address and the token."""
    settings = tmp_path / "settings"
    notebook_settings = settings / "@jupyterlab" / "notebook-extension"
    notebook_settings.mkdir(parents=True)
    # All cells stay in the page, also those outside the window.
    tracker = {"windowingMode": "none"}
    (notebook_settings / "tracker.jupyterlab-settings").write_text(json.dumps(tracker))
    token = secrets.token_hex(16)
    private = {name: str(tmp_path / name.lower()) for name in PRIVATE_FOLDERS}
    Path(private["HOME"]).mkdir()
    env = {**os.environ, **private, "JUPYTER_TOKEN": token}
    env["JUPYTERLAB_SETTINGS_DIR"] = str(settings)
    port = free_port()
    command = [sys.executable, "-c", "from course.cli import main; main()", "lab", "09"]
    command += ["--no-browser", "--port", str(port)]
    log = tmp_path / "lab.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            command, env=env, cwd=tmp_path, stdout=out, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(f"{address}/api/status?token={token}", process, log)
        yield address, token
        shut_kernels_down(address, token)
    finally:
        process.terminate()
        process.wait(timeout=30)


def shut_kernels_down(address, token):
    """End the kernels first: the server may leave them behind when it is ended."""
    headers = {"Authorization": f"token {token}"}
    ask = urllib.request.Request(f"{address}/api/kernels", headers=headers)
    with urllib.request.urlopen(ask, timeout=30) as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        end = urllib.request.Request(
            f"{address}/api/kernels/{kernel['id']}", headers=headers, method="DELETE"
        )
        with urllib.request.urlopen(end, timeout=30):
            pass


def run_all(page):
    """Choose "Run All Cells" as a learner does, once the kernel is there.

    Before that the menu does nothing.
    """
    page.get_by_text("| Idle").first.wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def test_a_wrong_answer_shows_a_verdict(lab, page):
    """Does a learner see where the answer is wrong, and what to do next?"""
    address, token = lab
    page.goto(f"{address}/lab/tree/exercises.ipynb?token={token}")
    answer = page.locator(".jp-CodeCell", has_text="spotify_net = None").first
    answer.wait_for(timeout=60_000)
    answer.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(WRONG_ANSWER)
    run_all(page)
    check = page.locator(".jp-CodeCell", has_text="spotify_net.grade(").first
    verdict = check.locator(".jp-OutputArea-output").first
    verdict.wait_for(timeout=120_000)
    verdict.scroll_into_view_if_needed()
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "lab.png")
    verdict.screenshot(path=PICTURES / "verdict.png")
    said = verdict.inner_text()
    assert "Two dropout layers" in said
    assert "Layer 4 (Dropout): expected rate 0.3, received 0.7." in said
    assert "Why:" in said
    assert "Next:" in said
    assert "2 of 3 points" in said
    wrong_row = verdict.locator("tr", has_text="rate: expected 0.3")
    assert wrong_row.count() == 1
    cell = wrong_row.locator("td").first
    # JupyterLab aligns tables to the right; a verdict reads from the left.
    assert cell.evaluate("cell => getComputedStyle(cell).textAlign") == "left"


def test_an_untouched_notebook_blames_nobody(lab, page):
    """Does a learner who runs everything first see no error and no failure?"""
    address, token = lab
    page.goto(f"{address}/lab/tree/exercises.ipynb?token={token}")
    page.locator(".jp-CodeCell", has_text="spotify_net = None").wait_for(timeout=60_000)
    run_all(page)
    checks = page.locator(".jp-CodeCell", has_text=".grade(captured)")
    last = checks.last.locator(".jp-OutputArea-output").first
    last.wait_for(timeout=120_000)
    for number in range(checks.count()):
        said = checks.nth(number).locator(".jp-OutputArea-output").first.inner_text()
        assert "not attempted" in said
    assert "Traceback" not in page.locator(".jp-Notebook").inner_text()
