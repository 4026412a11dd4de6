"""The computer: free disk space, memory, a folder to write in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from course.doctor.finding import Finding, note, ok, problem
from course.paths import work_path

__all__ = ["check_disk", "check_memory", "check_work_folder"]

GB = 10**9
DISK_WANTED = 1.0  # all data sets, executed notebooks and saved models, in GB
MEMORY_WANTED = 4.0  # CIFAR-10 as float32 is 0.7 GB, TensorFlow itself 0.5 GB


def check_disk() -> Finding:
    """Is there space for data sets and results?"""
    folder = _existing_parent(work_path())
    free = shutil.disk_usage(folder).free / GB
    says = f"{free:.1f} GB free for {work_path()}"
    if free >= DISK_WANTED:
        return ok("Disk", says)
    return problem(
        "Disk",
        f"{says}; data sets and results need about {DISK_WANTED:.0f} GB.",
        "Free some space, or set COURSE_WORK to a folder on another disk.",
    )


def check_memory() -> Finding:
    """Is there memory for the larger lessons?"""
    total = _memory_gb()
    if total is None:
        return ok("Memory", "not measured on this system")
    if total >= MEMORY_WANTED:
        return ok("Memory", f"{total:.1f} GB")
    return note(
        "Memory",
        f"{total:.1f} GB; the lessons with images want {MEMORY_WANTED:.0f} GB.",
        "Close other programs while you run them, or run one notebook at a time.",
    )


def check_work_folder() -> Finding:
    """Can the learner's copies be written?"""
    folder = work_path()
    parent = _existing_parent(folder)
    if parent.is_dir() and os.access(parent, os.W_OK | os.X_OK):
        return ok("Work folder", f"your copies go to {folder}")
    return problem(
        "Work folder",
        f"Your copies go to {folder}, but {parent} cannot be written.",
        "Set COURSE_WORK to a folder of your own.",
    )


def _memory_gb() -> float | None:
    """Return the machine's memory, or the container's limit where that is less."""
    if not hasattr(os, "sysconf"):
        return None
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None
    limit = Path("/sys/fs/cgroup/memory.max")
    text = limit.read_text("ascii").strip() if limit.is_file() else ""
    return min(total, int(text)) / GB if text.isdigit() else total / GB


def _existing_parent(path: Path) -> Path:
    """Return the nearest folder above that exists."""
    return next(parent for parent in (path, *path.parents) if parent.exists())
