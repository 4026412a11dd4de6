"""Networks that others trained on ImageNet, through `keras.applications`.

Where the weights lie in COURSE_DATA they are taken from there. Otherwise Keras
downloads them. Without a network the caller gets None, and is told so aloud.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from course.datasets.folders import course_data_folder, is_offline
from course.datasets.reaching import reachable_hosts
from course.datasets.telling import say

if TYPE_CHECKING:
    import keras

__all__ = ["ADDRESS", "mobilenet", "vgg16"]

ADDRESS = "https://storage.googleapis.com/tensorflow/keras-applications/"
"""Where Keras fetches the weights."""
_MOBILENET_FILE = "mobilenet_2_5_224_tf_no_top.h5"


def mobilenet() -> keras.Model | None:
    """Return MobileNet, a quarter as wide, without its head; None if it is not here.

    Shape:
        input: (None, 224, 224, 3), after `mobilenet.preprocess_input`.
        output: (None, 7, 7, 256).
    """
    settings: dict[str, Any] = {"alpha": 0.25, "input_shape": (224, 224, 3)}
    return _load("MobileNet", _local(_MOBILENET_FILE), settings)


def vgg16() -> keras.Model | None:
    """Return VGG16 without its head, 59 MB to fetch once; None if it is not here.

    Shape:
        input: (None, 224, 224, 3), after `vgg16.preprocess_input`.
        output: (None, 7, 7, 512).
    """
    return _load("VGG16", None, {"input_shape": (224, 224, 3)})


def _local(name: str) -> Path | None:
    """Return a file in COURSE_DATA, None if it is not there."""
    folder = course_data_folder()
    path = folder / name if folder else None
    return path if path is not None and path.is_file() else None


def _load(name: str, path: Path | None, settings: dict[str, Any]) -> Any:
    """Build a network with weights from a file or from the network."""
    if path is None and not _can_fetch():
        return _skip(name, "no network, and no file in COURSE_DATA")
    import keras

    build = getattr(keras.applications, name)
    try:
        return build(include_top=False, weights=str(path or "imagenet"), **settings)
    except Exception as error:  # a broken download must not stop a lesson
        return _skip(name, f"{type(error).__name__}: {error}"[:200])


def _can_fetch() -> bool:
    """Return True if downloads are allowed and the host answers."""
    return not is_offline() and bool(reachable_hosts([ADDRESS]))


def _skip(name: str, reason: str) -> None:
    """Say aloud that a part is left out."""
    bar = "=" * 72
    say(
        f"{bar}\nSKIPPED: the ImageNet weights of {name} are not here.\n{reason}.\n"
        "What follows is left out; nothing else depends on it. To see it, run this\n"
        f"cell with a network connection.\n{bar}"
    )
