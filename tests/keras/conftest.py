"""Tests here import TensorFlow; they share one process."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/keras" in item.path.as_posix():
            item.add_marker(pytest.mark.keras)


@pytest.fixture(autouse=True)
def same_settings_for_all():
    """Put Keras's settings back: models of some tests change them when called."""
    import keras

    before = keras.config.epsilon(), keras.config.floatx()
    yield
    keras.config.set_epsilon(before[0])
    keras.config.set_floatx(before[1])
