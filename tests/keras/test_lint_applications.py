"""Known good networks: no error, no warning, and only the advice that is listed.

Each is built as Keras ships it, with its classifier and without weights. Why advice is
there: the golden says it beside each code.
"""

from pathlib import Path

import keras
import pytest

import checkers

GOLDEN = Path(__file__).parent.parent / "goldens" / "lint" / "applications.txt"
NETWORKS = (
    *("ConvNeXtTiny", "DenseNet121", "DenseNet169", "DenseNet201"),
    *("EfficientNetB0", "EfficientNetB1", "EfficientNetB2", "EfficientNetB3"),
    *("EfficientNetV2B0", "EfficientNetV2B3", "EfficientNetV2S", "InceptionV3"),
    *("MobileNet", "MobileNetV2", "MobileNetV3Large", "MobileNetV3Small"),
    *("NASNetMobile", "ResNet50", "ResNet50V2", "ResNet101", "ResNet101V2"),
    *("ResNet152", "ResNet152V2", "VGG16", "Xception"),
)
REASONS = {
    "LINT.NOT_COMPILED": "a network is shipped without loss and optimizer",
    "LINT.BIAS_BEFORE_BATCHNORM": "ResNet keeps the biases of its first publication",
    "LINT.POINTWISE_STRIDE": "shortcuts of residual networks skip three places in four",
    "LINT.CUT_OFF": "explicit padding adds a row that a stride of 2 does not reach",
    "LINT.FLATTEN_LARGE": "VGG flattens 7 × 7 × 512 into 4,096 units",
}


def summary(network: str) -> list[str]:
    """Return one line per finding about a network."""
    keras.backend.clear_session()
    model = getattr(keras.applications, network)(weights=None)
    report = checkers.lint(model)
    assert (report.errors, report.warnings) == ((), ()), report
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    assert checkers.lint(model).ok
    lines = [f"{network}: {report.num_layers} layers, {report.num_rules} rules"]
    lines += [
        f"  {one.severity} {one.code} × {one.places}: {REASONS.get(one.code, '?')}"
        for one in report.findings
    ]
    return lines


@pytest.mark.parametrize("network", NETWORKS)
def test_has_a_known_network_neither_error_nor_warning(network, update_goldens):
    found = summary(network)
    assert all("?" not in line for line in found), found
    if update_goldens:
        texts = _blocks()
        texts[network] = found
        lines = [line for name in sorted(texts) for line in texts[name]]
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert found == _blocks()[network]


def test_are_there_enough_networks():
    assert len(set(NETWORKS)) >= 20


def test_does_the_golden_list_no_other_network():
    assert sorted(_blocks()) == sorted(NETWORKS)


def _blocks() -> dict[str, list[str]]:
    """Return the golden's lines by network."""
    found: dict[str, list[str]] = {}
    text = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    for line in text.splitlines():
        if not line.startswith(" "):
            name = line.split(":")[0]
        found.setdefault(name, []).append(line)
    return found
