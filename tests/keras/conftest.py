"""Tests here import TensorFlow; they share one process."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/keras" in item.path.as_posix():
            item.add_marker(pytest.mark.keras)
