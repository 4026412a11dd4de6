"""The two faces of a verdict."""

import re
from html.parser import HTMLParser

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


def test_is_a_verdict_the_same_after_a_trip_through_json():
    assert Verdict.from_json(FAILED.to_json()) == FAILED


def test_is_a_passed_verdict_without_a_table():
    verdict = Verdict("toy-net", "Two layers", "passed", 3.0, 3.0)
    assert verdict.passed
    assert "<table>" not in verdict.to_html()
    assert repr(verdict) == "Two layers: right. 3 of 3 points."
