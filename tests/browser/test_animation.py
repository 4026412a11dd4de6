"""An animation in a real browser: off, then frame by frame, then moving."""

import pytest

from course import plots

pytestmark = pytest.mark.browser

BOARD = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


@pytest.fixture(scope="module")
def text():
    frames = [plots.sliding_window(BOARD, steps=[i]) for i in range(3)]
    shown = plots.animate(frames, title="A window", seconds=0.2)
    return f"<!doctype html><title>t</title>{shown.to_html()}"


def seen(page):
    """Return which frames a reader sees, from 1."""
    return page.evaluate(
        """() => [...document.querySelectorAll("details img")]
        .map((one, i) => one.checkVisibility({visibilityProperty: true}) ? i + 1 : 0)
        .filter(Boolean)"""
    )


def wait_for(page, frame):
    page.wait_for_function(
        """i => getComputedStyle(document.querySelectorAll("details img")[i - 1])
        .visibility === "visible" """,
        arg=frame,
    )


def test_is_it_closed_then_still_then_led_by_the_keyboard(page, text):
    page.set_content(text)
    assert seen(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert seen(page) == [1]
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert seen(page) == [2]
    page.keyboard.press("ArrowRight")
    assert seen(page) == [3]


def test_is_the_tab_key_enough(page, text):
    """JupyterLab takes the arrow keys: it moves between cells with them."""
    page.set_content(text)
    page.click("summary")
    page.locator("input").nth(0).focus()
    for frame in (1, 2, 3):
        page.keyboard.press("Tab")
        assert seen(page) == [frame]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "play"
    for frame in (3, 1, 2):
        wait_for(page, frame)


def test_does_it_play_each_frame_and_stop(page, text):
    page.set_content(text)
    page.click("summary")
    page.click("text=play")
    for frame in (3, 1, 2):
        wait_for(page, frame)
    page.click("label:has-text('1')")
    assert seen(page) == [1]


def test_does_nothing_move_for_readers_who_asked_for_that(page, text):
    page.emulate_media(reduced_motion="reduce")
    page.set_content(text)
    page.click("summary")
    assert not page.is_visible("text=play")
    page.click("label:has-text('2')")
    assert seen(page) == [2]


def test_is_no_script_needed(browser, text):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(text)
    page.click("summary")
    page.click("label:has-text('3')")
    assert page.locator("details img").nth(2).is_visible()
    assert not page.locator("details img").nth(0).is_visible()
    context.close()
