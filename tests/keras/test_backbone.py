"""The shipped backbone: its file, its facts, and what the checker knows of it."""

import hashlib
import json

import numpy as np
import pytest

from checkers.capture.model import capture_model
from checkers.keys._transfer_learning_prints import PRINTS
from checkers.parts import Model
from course import networks
from course.datasets import load
from course.networks import imagenet, train_backbone
from course.networks.backbone_card import model_card
from course.paths import share_path

pytestmark = pytest.mark.keras


@pytest.fixture(scope="module")
def facts():
    found = networks.facts("backbone")
    plan = train_backbone.Plan(**found.pop("plan"))
    return train_backbone.Facts(plan=plan, **found)


def test_do_file_checksum_facts_and_card_belong_together(facts):
    content = networks.weights_path("backbone").read_bytes()
    assert len(content) == facts.size_bytes < 2_000_000
    assert hashlib.sha256(content).hexdigest() == facts.sha256
    assert networks.CHECKSUMS["backbone"] == facts.sha256
    card = share_path("data", "networks", "backbone.md").read_text("utf-8")
    assert card == model_card(facts)


def test_does_the_checker_know_the_shipped_weights():
    blocks = networks.backbone()
    seen = capture_model(blocks, Model("net", inputs=(32, 32, 3)), probes=False)
    held = [layer.weights for layer in seen.layers if layer.weights]
    assert len(held) == len(PRINTS)
    for weights, prints in zip(held, PRINTS, strict=True):
        for weight, (mean, std) in zip(weights, prints, strict=True):
            assert weight.mean == pytest.approx(mean, rel=1e-4, abs=1e-6)
            assert weight.std == pytest.approx(std, rel=1e-4, abs=1e-6)


def test_gives_each_call_blocks_of_their_own():
    one, other = networks.backbone(), networks.backbone(end="block2_pool")
    one.trainable = False
    assert other.trainable_weights
    assert one.output_shape == (None, 4, 4, 128)
    assert other.output_shape == (None, 8, 8, 32)


def test_leaves_augmentation_the_pictures_as_they_are():
    pictures = np.random.default_rng(0).random((5, 8, 8, 3)).astype("float32")
    before = pictures.copy()
    moved = train_backbone.augmented(pictures, np.random.default_rng(1))
    assert np.array_equal(pictures, before)
    assert moved.shape == pictures.shape
    assert not np.array_equal(moved, pictures)
    again = train_backbone.augmented(pictures, np.random.default_rng(1))
    assert np.array_equal(moved, again)


def test_is_a_network_that_is_not_here_skipped_aloud(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert imagenet.mobilenet() is None
    assert imagenet.vgg16() is None
    told = capsys.readouterr()
    assert told.out.count("SKIPPED") == 2
    assert not told.err


@pytest.mark.slow
def test_does_training_anew_reach_the_same(facts, tmp_path):
    photos = load("cifar10")
    if photos.is_stand_in:
        pytest.skip("the real cifar10 data are not here (COURSE_DATA)")
    content, found = train_backbone.train(photos, facts.plan)
    train_backbone.write(content, found, tmp_path)
    assert found.test_accuracy == pytest.approx(facts.test_accuracy, abs=0.02)
    assert json.loads((tmp_path / "backbone.json").read_text())["sha256"]
