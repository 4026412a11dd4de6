"""The same data in another packaging are the same data; damage is named."""

import gzip
import io
import pickle
import struct
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from course.datasets.canonical import round_half_up, to_frame
from course.datasets.errors import (
    ChecksumError,
    ContentError,
    DamagedFileError,
    FolderError,
    MissingColumnError,
)
from course.datasets.folders import find_packaging
from course.datasets.manifest import DatasetSpec, find_spec
from course.datasets.opening import Opened, open_packaging
from course.datasets.pickles import read_batch
from course.datasets.tables import read_csv, read_xls

TABLE = "Height,Note,Count\n1.25,one,3\n-0.5,,4\n100,None,5\n"


def opened(folder: Path, spec: DatasetSpec) -> Opened:
    packaging = find_packaging(folder, spec)
    assert packaging is not None
    return open_packaging(folder, packaging, spec)


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace("\n", "\r\n"),
        '"how high (m)";"note";"count"\n1.250;"one";3\n-5e-1;NA;4\n100.0;"None";5.0\n',
        "row,Count,Height,note \n1,3,1.25,one\n2,4,-0.5,NA\n3,5,1e2,None\n",
    ],
    ids=["as published", "semicolons", "crlf", "quoted and renamed", "other order"],
)
def test_is_another_csv_recognized(
    text: str, table_spec: DatasetSpec, tmp_path: Path
) -> None:
    (tmp_path / "tiny.csv").write_bytes(text.encode())
    first = opened(tmp_path, table_spec)
    assert first.recognized_by == ("checksum" if text == TABLE else "content")
    assert list(first.content.dtypes.astype(str)) == ["float64", "str", "int64"]
    assert first.content["Note"].isna().tolist() == [False, True, False]


def test_are_gzip_and_zip_recognized(table_spec: DatasetSpec, tmp_path: Path) -> None:
    (tmp_path / "tiny.csv.gz").write_bytes(gzip.compress(TABLE.encode()))
    assert opened(tmp_path, table_spec).recognized_by == "content"
    (tmp_path / "tiny.csv.gz").unlink()
    with zipfile.ZipFile(tmp_path / "tiny.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
        archive.writestr("inside/tiny.csv", TABLE)
    assert opened(tmp_path, table_spec).recognized_by == "content"


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        (TABLE.replace("1.25", "1.26"), ChecksumError, "Received other content"),
        (TABLE[:-7], ContentError, "tiny.csv"),
        (TABLE.replace("Note", "Remark"), MissingColumnError, "column.*Note"),
        (TABLE.replace("1.25", "tall"), ContentError, "Expected numbers"),
        (TABLE.replace(",4", ",4.5"), ContentError, "fraction"),
        ("", ContentError, "tiny.csv"),
        ("\x00\xff" * 40, ContentError, "tiny.csv"),
    ],
    ids=["value", "cut", "column", "word", "fraction", "empty", "binary"],
)
def test_is_a_wrong_table_explained(
    text: str,
    error: type[Exception],
    words: str,
    table_spec: DatasetSpec,
    tmp_path: Path,
) -> None:
    (tmp_path / "tiny.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(error, match=words) as caught:
        opened(tmp_path, table_spec)
    assert "Next: " in str(caught.value)


@pytest.mark.parametrize("name", ["tiny.csv.gz", "tiny.zip"])
def test_is_half_an_archive_explained(
    name: str, table_spec: DatasetSpec, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "tiny.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tiny.csv", TABLE * 20)
    (tmp_path / "tiny.csv.gz").write_bytes(gzip.compress(TABLE.encode() * 20))
    content = (tmp_path / name).read_bytes()
    for path in (tmp_path / "tiny.zip", tmp_path / "tiny.csv.gz"):
        path.unlink()
    (tmp_path / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedFileError, match=r"damaged or cut.*Next: delete it"):
        opened(tmp_path, table_spec)


def test_is_an_unreadable_file_explained(
    table_spec: DatasetSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiny.csv").write_text(TABLE)

    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("course.datasets.opening.file_sha256", refuse)
    with pytest.raises(FolderError, match=r"Permission denied\. Next: give yourself"):
        opened(tmp_path, table_spec)


def test_is_the_excel_sheet_rounded_half_up() -> None:
    pytest.importorskip("xlrd")
    path = Path(__file__).with_name("made_up_concrete.xls")
    spec = find_spec("concrete")
    frame = to_frame(read_xls([path], None), spec, where=path.name)
    assert list(frame.columns) == [column.name for column in spec.columns]
    assert frame.iloc[0].tolist() == [
        300.1,
        0,
        0.2,
        180.3,
        4.6,
        1000.4,
        800.5,
        28,
        41.13,
    ]
    assert frame["FlyAsh"].tolist() == [0.2, 0.3, 134.0, 0.0]
    assert frame["CompressiveStrength"].tolist() == [41.13, 7.01, 79.99, 2.33]
    assert str(frame["Age"].dtype) == "int64"


def test_is_half_a_workbook_explained(tmp_path: Path) -> None:
    pytest.importorskip("xlrd")
    content = Path(__file__).with_name("made_up_concrete.xls").read_bytes()
    for size in (0, 100, 512, 3000):
        (tmp_path / "Concrete_Data.xls").write_bytes(content[:size])
        with pytest.raises(DamagedFileError, match="damaged or cut"):
            opened(tmp_path, find_spec("concrete"))


def test_is_a_missing_reader_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    (tmp_path / "Concrete_Data.xls").write_bytes(b"any")
    with pytest.raises(ContentError, match=r"package xlrd.*Next: run `pip install"):
        opened(tmp_path, find_spec("concrete"))


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(133.95, 1, 134.0), (0.125, 2, 0.13), (2.675, 2, 2.68), (-0.05, 1, -0.1)],
)
def test_what_is_half_up(value: float, places: int, expected: float) -> None:
    assert round_half_up(value, places) == expected


def test_is_a_song_called_none_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\nNone,1\nnull,2\nNA,3\n,4\n")
    assert read_csv([path], None)["a"].isna().tolist() == [False, False, True, True]


# Images


def split_batches(arrays: dict[str, np.ndarray]) -> dict[str, tuple]:
    """Return six CIFAR batches: pixels as (n, 3072) planes, and labels."""

    def planes(images: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(images.transpose(0, 3, 1, 2)).reshape(-1, 3072)

    train, labels = planes(arrays["x_train"]), arrays["y_train"].ravel()
    parts = {f"data_batch_{i + 1}": slice(2 * i, 2 * i + 2) for i in range(5)}
    batches = {name: (train[part], labels[part]) for name, part in parts.items()}
    test = (planes(arrays["x_test"]), arrays["y_test"].ravel())
    return {**batches, "test_batch": test}


def python_2_pickle(pixels: np.ndarray, labels: np.ndarray) -> bytes:
    """Write a batch with the opcodes of Python 2's protocol 2, as Toronto did."""

    def text(value: bytes) -> bytes:
        return b"U" + bytes([len(value)]) + value

    shape = b"".join(b"J" + struct.pack("<i", size) for size in pixels.shape) + b"\x86"
    dtype = b"cnumpy\ndtype\n" + text(b"u1") + b"K\x00K\x01\x87R"
    dtype += b"(K\x03" + text(b"|") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
    array = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85"
    array += text(b"b") + b"\x87R(K\x01" + shape + dtype + b"\x89T"
    array += struct.pack("<i", pixels.size) + pixels.tobytes() + b"tb"
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    name = text(b"batch_label") + text(b"a batch")
    return (
        b"\x80\x02}(" + name + text(b"data") + array + text(b"labels") + numbers + b"u."
    )


def python_3_pickle(pixels: np.ndarray, labels: np.ndarray) -> bytes:
    return pickle.dumps({b"data": pixels, b"labels": labels.tolist()}, protocol=2)


@pytest.mark.parametrize("write", [python_2_pickle, python_3_pickle])
def test_are_pickled_batches_recognized(
    write, image_spec: DatasetSpec, image_arrays: dict, tmp_path: Path
) -> None:
    folder = tmp_path / "cifar-10-batches-py"
    folder.mkdir()
    for name, batch in split_batches(image_arrays).items():
        (folder / name).write_bytes(write(*batch))
    assert opened(tmp_path, image_spec).recognized_by == "content"
    with tarfile.open(tmp_path / "cifar-10-python.tar.gz", "w:gz") as archive:
        archive.add(folder, folder.name)
    found = opened(tmp_path, image_spec)
    assert find_packaging(tmp_path, image_spec).id == "python-tar"
    assert all((found.content[k] == v).all() for k, v in image_arrays.items())


def test_are_binary_batches_recognized(
    image_spec: DatasetSpec, image_arrays: dict, tmp_path: Path
) -> None:
    with tarfile.open(tmp_path / "cifar-10-binary.tar.gz", "w:gz") as archive:
        for name, (pixels, labels) in split_batches(image_arrays).items():
            content = np.concatenate([labels[:, None], pixels], axis=1).tobytes()
            member = tarfile.TarInfo(f"cifar-10-batches-bin/{name}.bin")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    assert opened(tmp_path, image_spec).recognized_by == "content"


class Evil:
    def __reduce__(self):
        return (print, ("a pickle ran code",))


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps({b"data": Evil(), b"labels": [1]}, protocol=2),
        pickle.dumps({b"data": np.zeros(3072), b"labels": [1]}, protocol=2),
        pickle.dumps([1, 2, 3]),
        b"\x80\x02cos\nsystem\nU\x04true\x85R.",
        b"",
    ],
    ids=["function", "floats", "list", "os.system", "empty"],
)
def test_runs_a_pickle_nothing(content: bytes, capfd: pytest.CaptureFixture) -> None:
    with pytest.raises((pickle.UnpicklingError, EOFError)):
        read_batch(io.BytesIO(content))
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_are_idx_files_recognized(
    ending: str, image_spec: DatasetSpec, image_arrays: dict, tmp_path: Path
) -> None:
    names = {
        "x_train": "train-images-idx3-ubyte",
        "y_train": "train-labels-idx1-ubyte",
        "x_test": "t10k-images-idx3-ubyte",
        "y_test": "t10k-labels-idx1-ubyte",
    }
    for key, array in image_arrays.items():
        header = b"\x00\x00\x08" + bytes([array.ndim])
        header += struct.pack(f">{array.ndim}i", *array.shape)
        content = header + array.tobytes()
        content = gzip.compress(content) if ending else content
        (tmp_path / (names[key] + ending)).write_bytes(content)
    assert opened(tmp_path, image_spec).recognized_by == "content"


@pytest.mark.parametrize("flat_labels", [True, False])
def test_is_an_npz_recognized_whatever_its_packing(
    flat_labels: bool, image_spec: DatasetSpec, image_arrays: dict, tmp_path: Path
) -> None:
    if flat_labels:
        image_arrays["y_train"] = image_arrays["y_train"].ravel()
    np.savez(tmp_path / "mnist.npz", **image_arrays)
    assert opened(tmp_path, image_spec).content["y_train"].shape == (10, 1)


def test_is_an_npz_with_pickled_objects_refused(
    image_spec: DatasetSpec, tmp_path: Path
) -> None:
    np.savez(tmp_path / "mnist.npz", x_train=np.array([Evil()], object))
    with pytest.raises(DamagedFileError):
        opened(tmp_path, image_spec)


def test_is_a_changed_pixel_noticed(
    image_spec: DatasetSpec, image_arrays: dict, tmp_path: Path
) -> None:
    image_arrays["x_test"][0, 0, 0, 0] ^= 1
    np.savez(tmp_path / "mnist.npz", **image_arrays)
    with pytest.raises(ChecksumError, match="Expected the published tiny"):
        opened(tmp_path, image_spec)


def test_is_a_missing_array_named(
    image_spec: DatasetSpec, image_arrays: dict, tmp_path: Path
) -> None:
    del image_arrays["y_test"]
    np.savez(tmp_path / "mnist.npz", **image_arrays)
    with pytest.raises(ContentError, match=r"y_test as uint8.*Received: nothing"):
        opened(tmp_path, image_spec)


def test_is_a_known_file_checked_in_full_on_request(
    table_spec: DatasetSpec, tmp_path: Path
) -> None:
    (tmp_path / "tiny.csv").write_text(TABLE)
    wrong = replace(table_spec, content_sha256="0" * 64)
    packaging = wrong.packagings[0]
    assert open_packaging(tmp_path, packaging, wrong).recognized_by == "checksum"
    with pytest.raises(ChecksumError):
        open_packaging(tmp_path, packaging, wrong, full=True)
