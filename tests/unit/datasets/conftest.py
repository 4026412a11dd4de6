"""Small data sets and a loopback server, so that each fault can be injected."""

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from course.datasets import loading, reaching, telling
from course.datasets.canonical import arrays_sha256, file_sha256, frame_sha256, to_frame
from course.datasets.manifest import (
    ArraySpec,
    Column,
    DataFile,
    DatasetSpec,
    Download,
    Packaging,
    read_manifest,
)
from course.datasets.tables import read_csv

TABLE = "Height,Note,Count\n1.25,one,3\n-0.5,,4\n100,None,5\n"
COLUMNS = (
    Column("Height", "float64", "m", aliases=("how high (m)",)),
    Column("Note", "text", "text"),
    Column("Count", "int64", "pieces"),
)


@pytest.fixture(autouse=True)
def clean_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No COURSE_DATA, an empty cache, no memory of banners and hosts."""
    for name in ("COURSE_DATA", "COURSE_OFFLINE", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(telling, "_shown", set())
    reaching._reachable.cache_clear()
    return tmp_path


@pytest.fixture
def table_spec(tmp_path: Path) -> DatasetSpec:
    """A data set of three rows that can lie as tiny.csv or tiny.csv.gz."""
    path = tmp_path / "made" / "tiny.csv"
    path.parent.mkdir()
    path.write_text(TABLE)
    files = (DataFile("tiny.csv", (file_sha256(path),), path.stat().st_size),)
    packaging = Packaging("csv", "csv", files)
    spec = _spec("table", (3, 3), packaging)
    spec = replace(
        spec,
        columns=COLUMNS,
        packagings=(
            packaging,
            Packaging("csv-gz", "csv", (DataFile("tiny.csv.gz", (), 60),)),
            Packaging("zip", "csv", (DataFile("tiny.zip", (), 60),), "tiny.csv"),
        ),
    )
    frame = to_frame(read_csv([path], None), spec, where="tiny.csv")
    return replace(spec, content_sha256=frame_sha256(frame))


@pytest.fixture
def image_arrays() -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    arrays = {
        "x_train": random.integers(0, 256, (10, 32, 32, 3), np.uint8),
        "y_train": random.integers(0, 10, (10, 1), np.uint8),
        "x_test": random.integers(0, 256, (2, 32, 32, 3), np.uint8),
        "y_test": random.integers(0, 10, (2, 1), np.uint8),
    }
    return arrays


@pytest.fixture
def image_spec(image_arrays: dict[str, np.ndarray]) -> DatasetSpec:
    """Twelve color images that know all forms of the real image data sets."""
    real = read_manifest()
    shapes = {name: ArraySpec(a.shape, "") for name, a in image_arrays.items()}
    packagings = real["cifar10"].packagings + real["mnist"].packagings
    spec = _spec("images", (12, 32, 32, 3), packagings[0])
    return replace(
        spec,
        packagings=packagings,
        arrays=shapes,
        content_sha256=arrays_sha256(image_arrays),
    )


def _spec(kind: str, shape: tuple[int, ...], packaging: Packaging) -> DatasetSpec:
    return DatasetSpec(
        name="tiny",
        title="A tiny data set",
        kind=kind,
        card=Path("tiny.md"),
        authors="nobody",
        licence="CC0",
        licence_note="",
        homepage="",
        shape=shape,
        content_sha256="",
        stand_in_sha256="",
        packagings=(packaging,),
        downloads=(),
    )


class Server:
    """Answers on loopback: `answers[path] = (status, headers, body)`."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                code, headers, body = server.answers.get(self.path, (404, {}, b""))
                self.send_response(code)
                headers = {"Content-Length": str(len(body)), **headers}
                for key, value in headers.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Keep the tests' output clean."""

        self._httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._httpd.server_address[1]}"
        serve = self._httpd.serve_forever
        threading.Thread(target=serve, args=(0.01,), daemon=True).start()

    def add(self, name: str, body: bytes, *, code: int = 200, **headers: str) -> str:
        self.answers[f"/{name}"] = (code, headers, body)
        return f"{self.url}/{name}"

    def close(self) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def at(table_spec: DatasetSpec):
    """Return the tiny table with the given addresses of its csv."""

    def make(*urls: str) -> DatasetSpec:
        packaging = table_spec.packagings[0]
        downloads = tuple(Download(packaging, (url,), True) for url in urls)
        return replace(table_spec, downloads=downloads)

    return make


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch):
    """Make `load("tiny")` find this spec."""

    def make(spec: DatasetSpec) -> DatasetSpec:
        monkeypatch.setattr(loading, "find_spec", lambda name: spec)
        return spec

    return make


def left_behind(folder: Path) -> list[str]:
    """Return all files below a folder."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
