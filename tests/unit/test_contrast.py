"""Can everything in a verdict be read, in both themes? Measured, not looked at."""

import re

import pytest

from checkers.render.style import COLORS, STYLE

TEXT, SIGN = 4.5, 3.0  # WCAG 2.2, level AA: text, and what is not text
# What stands on what, and how much contrast it needs.
PAIRS = {
    ("text", "back"): TEXT,
    ("text", "wrong"): TEXT,
    ("soft", "back"): TEXT,
    ("soft", "wrong"): TEXT,
    ("ok", "back"): TEXT,
    ("bad", "back"): TEXT,
    ("bad", "wrong"): TEXT,
    ("note", "back"): TEXT,
    ("focus", "back"): SIGN,
    ("focus", "wrong"): SIGN,
}


def luminance(color: str) -> float:
    """Return the relative luminance of "#rrggbb"."""
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_is_the_measure_the_known_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pair", "least"), PAIRS.items(), ids=map("-".join, PAIRS))
def test_is_the_contrast_enough(pair, least, theme):
    front, back = (COLORS[name][theme] for name in pair)
    assert contrast(front, back) >= least


def test_is_every_color_of_the_style_measured():
    measured = {name for pair in PAIRS for name in pair} | {"line"}  # a mere ornament
    assert set(COLORS) == measured
    assert set(re.findall(r"var\(--(\w+)\)", STYLE)) <= set(COLORS)
    outside = re.sub(r"--\w+:light-dark\([^)]*\)", "", STYLE)
    assert not re.findall(r"#[0-9a-f]{3,6}\b", outside)
