"""Fixtures of the grading tests."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import toy


@pytest.fixture
def released(tmp_path):
    """Return the toy release."""
    return toy.release(tmp_path)
