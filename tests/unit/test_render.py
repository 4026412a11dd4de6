"""The two faces of a verdict."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from checkers.exercise import Hint
from checkers.render.columns import display_width
from checkers.render.html import LIMIT
from checkers.verdict import CheckResult, Finding, LayerRef, Row, Verdict

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>&\"'"
FAILED = Verdict(
    exercise="toy-net",
    title="Two layers",
    status="failed",
    points=1.5,
    max_points=3.0,
    checks=(
        CheckResult("a", "the layers", "passed", 1.5, 1.5),
        CheckResult("b", f"the rate {EVIL}", "failed", 0.0, 1.5),
        CheckResult("c", "the rest", "skipped", 0.0, 0.0, "skipped: no layer"),
    ),
    findings=(
        Finding(
            "LAYER.PROPERTY",
            "b",
            f"Layer 2 (Dropout): expected rate 0.3, received {EVIL}.",
            "It matters.",
            "Pass 0.3.",
            LayerRef(1, EVIL, "Dropout"),
            "0.3",
            EVIL,
        ),
    ),
    rows=(
        Row("1", "Dense(units=4)", "Dense(units=4)", "as asked", False),
        Row("", "—", EVIL, EVIL, True),
    ),
)


class Page(HTMLParser):
    """Collects tags and text of a page, and fails on what must not be in one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)
        assert all(not name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


def test_is_everything_from_an_answer_escaped():
    page = Page(FAILED.to_html())
    assert not {"script", "img", "a", "iframe"} & set(page.tags)
    assert page.open == []
    assert EVIL in "".join(page.words)


def test_does_the_page_read_in_the_right_order():
    text = " ".join(Page(FAILED.to_html()).words)
    order = [
        "not yet right",
        "1.5 of 3",
        "received",
        "It matters",
        "Pass 0.3",
        "difference",
        "passed",
    ]
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_is_color_never_the_only_sign():
    html = re.sub(r"<style>.*?</style>", "", FAILED.to_html(), flags=re.S)
    assert "✗ failed" in html
    assert "✓ passed" in html


def test_is_the_page_small_and_without_outside_files():
    html = FAILED.to_html()
    assert len(html.encode()) < 30_000
    assert "http" not in html


def test_do_both_faces_carry_the_same_sentences():
    bundle = FAILED._repr_mimebundle_()
    words = "".join(Page(bundle["text/html"]).words)
    for sentence in ("It matters.", "Pass 0.3.", "1.5 of 3 points"):
        assert sentence in bundle["text/plain"]
        assert sentence in words


def test_is_the_table_aligned():
    lines = FAILED.to_text().splitlines()
    head = next(line for line in lines if "expected  " in line)
    row = next(line for line in lines if line.startswith("  ✓ 1"))
    assert row.rindex("Dense") == head.index("yours")


def test_has_a_verdict_without_findings_a_summary_and_no_cross():
    verdict = Verdict("toy-net", "A net", "not attempted", 0.0, 1.0, summary="Begin.")
    assert Page(verdict.to_html()).words == [
        "–",
        " A net: not attempted. 0 of 1 points.",
        "Begin.",
    ]
    assert verdict.to_text().endswith("points.\nBegin.")


def test_is_a_verdict_the_same_after_a_trip_through_json():
    assert Verdict.from_json(FAILED.to_json()) == FAILED


def test_is_a_passed_verdict_without_a_table():
    verdict = Verdict("toy-net", "Two layers", "passed", 3.0, 3.0)
    assert verdict.passed
    assert "<table" not in verdict.to_html()
    assert repr(verdict) == "Two layers: right. 3 of 3 points."


LONG = "('" + "x y, " * 399 + "z')"  # a value of 2,000 characters


def long_verdict(value: str, wrong: int = 40, layers: int = 60) -> Verdict:
    """Return a verdict on many layers, with long values."""
    findings = tuple(
        Finding(
            "LAYER.PROPERTY",
            "a",
            f"Layer {number} (Dense): expected shape {value}, received {value}.",
            "It matters.",
            f"Set shape to {value}.",
        )
        for number in range(wrong)
    )
    rows = tuple(
        Row(str(number), f"Dense({value})", f"Dense({value})", "x", number < wrong)
        for number in range(layers)
    )
    return replace(FAILED, findings=findings, rows=rows)


@pytest.mark.parametrize("value", [LONG, "&" * 2000, "中" * 2000, "😀" * 2000, "\x1b"])
def test_stays_any_page_small_with_its_first_values_complete(value):
    html = long_verdict(value).to_html()
    assert len(html.encode()) < LIMIT
    if value == LONG:
        words = " ".join(Page(html).words)
        first = long_verdict(value).findings[0]
        assert first.message in words
        assert first.next in words
        assert "And 38 more. Mend the ones above first." in words


@pytest.mark.parametrize("length", [20_000, 200_000])
def test_stays_the_page_small_whatever_stands_in_it(length):
    evil = "&" * length
    finding = replace(FAILED.findings[0], message=evil, why=evil, next=evil)
    checks = (replace(FAILED.checks[0], title=evil, reason=evil),) * 3
    verdict = replace(
        FAILED, title=evil, summary=evil, findings=(finding,) * 9, checks=checks
    )
    html = verdict.to_html()
    assert len(html.encode()) < LIMIT
    assert Page(html).open == []


def test_are_many_findings_unfolded_on_request():
    html = long_verdict("(2, 2)", wrong=9, layers=9).to_html()
    page = Page(html)
    assert "Further differences (4)" in page.words
    assert "".join(page.words).count("It matters.") == 9


def test_are_long_runs_of_right_layers_one_line():
    html = long_verdict("(2, 2)", wrong=2).to_html()
    assert "58 layers as asked" in html
    assert "58 layers as asked" in long_verdict("(2, 2)", wrong=2).to_text()


def test_has_a_table_caption_heads_and_scopes():
    html = FAILED.to_html()
    assert html.count("<caption>") == html.count("<table") == 2
    assert "<th>" not in html
    assert html.count('scope="col"') == 7
    assert 'tabindex="0" role="region" aria-label="Your model, layer by layer"' in html


def test_shows_a_branching_model_what_each_layer_gets():
    rows = (
        Row("3", "Conv2D()", "Conv2D()", "as asked", False, "input 1"),
        Row("4", "Conv2D()", "Conv2D()", "gets something else", True, "3"),
    )
    verdict = replace(FAILED, rows=rows)
    assert "layer  gets     expected  yours" in verdict.to_text()
    words = Page(verdict.to_html()).words
    assert words.index("gets") < words.index("expected")
    assert "input 1" in words


def test_is_a_note_told_apart_in_words_and_after_the_errors():
    note = replace(FAILED.findings[0], message="It works.", is_note=True)
    verdict = replace(FAILED, findings=(note, *FAILED.findings))
    text = verdict.to_text()
    assert text.index("received") < text.index("Note: It works.")
    html = verdict.to_html()
    assert html.index("lw-note", html.index("<section")) > html.index("received")
    assert "Note: It works." in "".join(Page(html).words)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_fits_the_text_a_terminal(width):
    text = long_verdict(LONG, wrong=3, layers=14).to_text(width)
    assert max(display_width(line) for line in text.splitlines()) <= width
    assert "\x1b" not in text


def test_is_the_text_of_many_long_values_not_endless():
    assert len(long_verdict(LONG).to_text()) < 300_000
    assert "more characters" in long_verdict(LONG).to_text()


def test_lists_the_text_further_findings_by_their_first_sentence():
    text = long_verdict("(2, 2)", wrong=7, layers=7).to_text()
    assert "Further differences (2):" in text
    assert text.count("Why: It matters.") == 5
    assert "  - Layer 6 (Dense): expected shape (2, 2)" in text


def test_fold_hints_the_earlier_ones():
    hint = Hint(("look <here>", "look there"), 3)
    html = hint.to_html()
    assert html.count("<details>") == html.count("<details open>") == 1
    assert "look &lt;here&gt;" in html
    assert "hint(3)" in html
    assert hint._repr_mimebundle_()["text/plain"] == repr(hint)


def test_shows_a_solution_its_lines_as_they_are():
    html = Hint(("def f():\n    return 1 < 2",), 1, title="Solution").to_html()
    assert "<h4>Solution</h4><pre>def f():\n    return 1 &lt; 2</pre>" in html


def test_is_the_last_hint_the_end():
    html = Hint(("a", "b"), 2).to_html()
    assert "hint(" not in html
    single = Hint(("later",), 1).to_html()
    assert "<h4>" not in single
