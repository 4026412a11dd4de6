"""Fixtures of the grading tests."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import jailed
import toy

from course.kernels.parent import PARENT


@pytest.fixture
def released(tmp_path):
    """Return the toy release."""
    return toy.release(tmp_path)


@pytest.fixture(scope="module")
def light_parent():
    """Fork warm kernels from a parent without TensorFlow, as long as a module runs.

    Tests of walls need none, and its import would take most of their time.
    """
    modules = PARENT.modules
    PARENT.stop()
    PARENT.modules = jailed.MODULES
    yield
    PARENT.stop()
    PARENT.modules = modules
