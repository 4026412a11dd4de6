"""Manifest, cards and stand-in files agree with each other."""

import json
import re

import pytest

from course.datasets.errors import UnknownDatasetError
from course.datasets.manifest import DatasetSpec, find_spec, read_manifest
from course.paths import share_path

SPECS = list(read_manifest().values())
HEX = re.compile(r"[0-9a-f]{64}")


def by_name(spec: DatasetSpec) -> str:
    return spec.name


@pytest.fixture(params=SPECS, ids=by_name)
def spec(request: pytest.FixtureRequest) -> DatasetSpec:
    return request.param


def test_which_data_sets_are_there() -> None:
    names = ["red-wine", "spotify", "concrete", "mnist", "cifar10"]
    assert list(read_manifest()) == names


def test_is_every_hash_a_sha256(spec: DatasetSpec) -> None:
    hashes = [spec.content_sha256, spec.stand_in_sha256]
    hashes += [h for p in spec.packagings for f in p.files for h in f.sha256]
    hashes += [a.sha256 for a in (spec.arrays or {}).values()]
    assert all(HEX.fullmatch(value) for value in hashes)


def test_has_it_an_official_and_another_address(spec: DatasetSpec) -> None:
    assert spec.downloads[0].is_official
    addresses = {url for item in spec.downloads for url in item.urls}
    assert all(url.startswith("https://") for url in addresses)
    hosts = {url.split("/")[2] for url in addresses}
    assert len(hosts) >= 2
    assert any(not item.is_official for item in spec.downloads)


def test_has_every_file_of_a_download_an_address(spec: DatasetSpec) -> None:
    for item in spec.downloads:
        assert len(item.urls) == len(item.packaging.files)


def test_are_shapes_and_columns_of_one_mind(spec: DatasetSpec) -> None:
    if spec.kind == "table":
        assert spec.shape[1] == len(spec.columns)
    else:
        assert spec.arrays is not None
        train, test = spec.arrays["x_train"].shape, spec.arrays["x_test"].shape
        assert spec.shape == (train[0] + test[0], *train[1:])
        assert len(spec.class_names) == 10


def number(value: float) -> str:
    return f"{value:.10g}"


def test_says_the_card_what_the_manifest_says(spec: DatasetSpec) -> None:
    card = spec.card.read_text(encoding="utf-8")
    assert card.startswith(f"# {spec.title.split(' (')[0]}")
    assert f"(`{spec.name}`)" in card.splitlines()[0]
    assert spec.licence in card
    assert spec.homepage in card
    for part in ("**What.**", "**Who.**", "**Licence.**", "**Form.**"):
        assert part in card
    assert "**Known faults.**" in card
    assert "**Stand-in.**" in card


def test_has_the_card_every_column_with_unit_and_range(spec: DatasetSpec) -> None:
    lines = spec.card.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ")][2:]
    if spec.kind == "table":
        expected = []
        for column in spec.columns:
            limits = ""
            if column.low is not None and column.high is not None:
                limits = f"{number(column.low)} to {number(column.high)} "
            expected.append(
                f"| {column.name} | {column.dtype} | {column.unit} | {limits}|"
            )
    else:
        assert spec.arrays is not None
        shapes = {name: str(array.shape) for name, array in spec.arrays.items()}
        expected = [f"| {name} | uint8 | {shape} |" for name, shape in shapes.items()]
    assert [r[: len(e)] for r, e in zip(rows, expected, strict=True)] == expected


def test_are_the_stand_in_files_small_and_without_rows() -> None:
    files = list(share_path("data", "standins").iterdir())
    assert sum(path.stat().st_size for path in files) < 100_000
    for path in files:
        summary = json.loads(path.read_text(encoding="utf-8"))
        assert len(summary["levels"]) == 27
        assert summary["rows"] == read_manifest()[path.stem].shape[0]


def test_names_an_unknown_name_the_known_ones() -> None:
    with pytest.raises(UnknownDatasetError, match=r"red-wine.*Received: 'wine'.*Next:"):
        find_spec("wine")
