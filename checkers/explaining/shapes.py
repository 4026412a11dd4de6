"""Shapes and sizes as a reader sees them."""

from __future__ import annotations

from checkers.snapshot import Shape

__all__ = ["memory_text", "shape_text"]


def shape_text(shape: Shape) -> str:
    """Return a shape without brackets; a question mark stands for any size.

    Example:
        >>> shape_text((28, 28, 1)), shape_text((None, 8)), shape_text(())
        ('28 × 28 × 1', '? × 8', '1')
    """
    return " × ".join("?" if size is None else str(size) for size in shape) or "1"


def memory_text(size_bytes: int) -> str:
    """Return a number of bytes with a unit, in steps of 1,000.

    Example:
        >>> memory_text(512), memory_text(43_012), memory_text(553_430_176)
        ('512 B', '43.0 kB', '553.4 MB')
    """
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} B" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
