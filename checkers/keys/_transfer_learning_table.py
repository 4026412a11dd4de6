"""Who is within two points of the best, in each of the four cases.

From the means of `data/networks/transfer.json`; a test works it out anew.
"""

from __future__ import annotations

__all__ = ["MARGIN", "WITHIN"]

MARGIN = 2.0
"""Percentage points below the best mean that still count as "as good"."""

WITHIN: dict[str, tuple[str, ...]] = {
    "small_similar": ("tune",),
    "small_different": ("scratch",),
    "large_similar": ("tune",),
    "large_different": ("tune",),
}
