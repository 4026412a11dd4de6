"""A verdict in a real browser: keyboard, reading order, narrow screens, themes.

The pictures in build/browser/ are for looking at.
"""

import pytest

from checkers.exercise import Hint
from checkers.render.style import COLORS
from checkers.verdict import CheckResult, Finding, Row, Verdict
from course.paths import share_path

pytestmark = pytest.mark.browser

PICTURES = share_path("build", "browser")
LONG = "(None, " + "3, " * 60 + "1)"


def finding(number: int, *, is_note: bool = False) -> Finding:
    return Finding(
        "LAYER.PROPERTY",
        "rate",
        f"Layer {number} (Dropout): expected rate 0.3, received 0.7.",
        "In Keras, rate is the share that is dropped.",
        "Pass 0.3.",
        is_note=is_note,
    )


def row(number: int, *, is_wrong: bool = False, value: str = "0.3") -> Row:
    difference = "rate: expected 0.3" if is_wrong else "as asked"
    text = f"Dropout(rate=0.3, noise_shape={value})"
    return Row(str(number), text, text, difference, is_wrong, "1, 2")


VERDICT = Verdict(
    "toy-net",
    "Two dropout layers",
    "failed",
    2.0,
    3.0,
    (
        CheckResult("rate", "rate 0.3 on both", "failed", 0.0, 1.0),
        CheckResult("network", "the given network unchanged", "passed", 2.0, 2.0),
    ),
    (*(finding(number) for number in range(1, 8)), finding(8, is_note=True)),
    (row(1), row(2, is_wrong=True, value=LONG), row(3)),
)
CHINESE = Verdict(
    "toy-net",
    "两个 Dropout 层",
    "failed",
    2.0,
    3.0,
    (
        CheckResult(
            "rate", "两层的丢弃率都是 0.3，没有设置别的参数", "failed", 0.0, 1.0
        ),
    ),
    (
        Finding(
            "LAYER.PROPERTY",
            "rate",
            "第 4 层（Dropout）：期望 rate 为 0.3，得到的是 0.7。",
            "在 Keras 中，rate 是被丢弃的比例，而不是被保留的比例。",
            "传入应当被丢弃的比例。",
        ),
    ),
    (row(3), row(4, is_wrong=True)),
)
PAGES = {"plain": VERDICT, "chinese": CHINESE, "hints": Hint(("a", "b"), 3)}


def open_page(page, content, body=""):
    """Show rendered content as a feedback page holds it."""
    page.set_content(
        "<!doctype html><html lang=en><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width"><title>Feedback</title>'
        f"<body {body}><h1>Feedback</h1>{content.to_html()}</body></html>"
    )


def focused(page) -> str:
    """Return what has the focus: a tag, and its name for a screen reader."""
    return page.evaluate(
        "(e => e.tagName + ': ' + (e.getAttribute('aria-label') || e.textContent))"
        "(document.activeElement)"
    )


def test_reaches_the_tab_key_what_unfolds_and_what_scrolls(page):
    open_page(page, VERDICT)
    seen = []
    for _ in range(2):
        page.keyboard.press("Tab")
        seen.append(focused(page))
    assert seen == [
        "SUMMARY: Further differences (3)",
        "DIV: Your model, layer by layer",
    ]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_unfolds_the_enter_key_further_findings(page):
    open_page(page, VERDICT)
    hidden = page.get_by_text("Layer 7 (Dropout)")
    assert not hidden.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert hidden.is_visible()


def test_scroll_the_arrow_keys_a_table_that_is_too_wide(page):
    page.set_viewport_size({"width": 700, "height": 800})
    wide = Row("1", "x" * 44, "y" * 44, "z" * 44, True)
    open_page(page, Verdict("t", "T", "failed", 0.0, 1.0, (), (), (wide,)))
    page.keyboard.press("Tab")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0", timeout=5000)


def test_reads_a_screen_reader_the_verdict_in_order(page):
    open_page(page, VERDICT)
    tree = page.locator("section").aria_snapshot()
    words = (
        'region "Two dropout layers: not yet right. 2 of 3 points."',
        'heading "Two dropout layers: not yet right. 2 of 3 points." [level=4]',
        "Layer 1 (Dropout): expected rate 0.3, received 0.7.",
        "Why: In Keras",
        "Next: Pass 0.3.",
        "Further differences (3)",
        'region "Your model, layer by layer"',
        'table "Your model, layer by layer"',
        'columnheader "expected"',
        'columnheader "difference"',
        'rowheader "2"',
        'table "Checks"',
        "failed",
        'rowheader "rate 0.3 on both"',
    )
    places = []
    for word in words:
        start = places[-1] if places else 0
        plain = tree.replace("\\", "").replace("strong: ", "")
        place = plain.find(word, start)
        assert place >= 0, f"{word!r} is not behind the others in:\n{tree}"
        places.append(place)


@pytest.mark.parametrize("name", PAGES)
def test_scrolls_no_page_sideways_on_a_phone(page, name):
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, PAGES[name])
    width = page.evaluate("document.documentElement.scrollWidth")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"phone_{name}.png", full_page=True)
    assert width <= 390


def test_carries_each_cell_its_label_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, VERDICT)
    cells = page.locator(".lw-layers .lw-wrong td")
    before = "cell => getComputedStyle(cell, '::before').content"
    labels = [cells.nth(number).evaluate(before) for number in range(4)]
    assert [label.strip('"') for label in labels] == [
        *("gets: ", "expected: ", "yours: ", "difference: ")
    ]


def rgb(color: str) -> str:
    """Return "#rrggbb" as a browser writes it."""
    channels = ", ".join(str(int(color[place : place + 2], 16)) for place in (1, 3, 5))
    return f"rgb({channels})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", None),
        ("data-jp-theme-light=true", "light"),
        ("data-jp-theme-light=false", "dark"),
        ("class=vscode-dark", "dark"),
    ],
)
def test_follow_the_colors_the_notebook_else_the_system(browser, body, says, scheme):
    page = browser.new_page(color_scheme=scheme)
    open_page(page, VERDICT, body)
    PICTURES.mkdir(parents=True, exist_ok=True)
    if not body:
        page.screenshot(path=PICTURES / f"page_{scheme}.png", full_page=True)
    theme = 0 if (says or scheme) == "light" else 1
    for name, part in (("color", "text"), ("backgroundColor", "back")):
        found = page.locator("section").evaluate(
            "(element, name) => getComputedStyle(element)[name]", name
        )
        assert found == rgb(COLORS[part][theme])
    wrong = page.locator(".lw-wrong td").first.evaluate(
        "element => getComputedStyle(element).backgroundColor"
    )
    assert wrong == rgb(COLORS["wrong"][theme])
    page.close()


def test_are_signs_and_words_there_without_colors(browser):
    page = browser.new_page(forced_colors="active")
    open_page(page, VERDICT)
    page.locator("summary").click()
    said = page.locator("section").inner_text()
    for word in ("✗ Layer 1", "Note:", "✗ failed", "✓ passed", "✗ 2", "as asked"):
        assert word in said
    page.close()


def test_prints_what_is_folded_too(browser):
    page = browser.new_page()
    open_page(page, VERDICT)
    page.emulate_media(media="print")
    assert page.get_by_text("Layer 7 (Dropout)").is_visible()
    page.close()
