"""Fetches a data set: quick to notice that there is no network, never half-written.

Files arrive in a temporary folder beside their place, are verified there, and are
moved in one step.
"""

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course.datasets.content import Source
from course.datasets.errors import (
    BrokenDownloadError,
    ContentError,
    DownloadError,
    NoSpaceError,
    OfflineError,
)
from course.datasets.folders import cache_folder, is_offline
from course.datasets.manifest import DatasetSpec, Download
from course.datasets.opening import open_packaging
from course.datasets.reaching import host_of, reachable_hosts
from course.datasets.telling import Progress, say

__all__ = ["download"]

_TIMEOUTS_S = (4, 30)
"""Seconds to connect, and to wait for the next bytes."""


def download(spec: DatasetSpec) -> Source:
    """Fetch a data set into the cache from the first address that works.

    Raises:
        OfflineError: If downloads are switched off or no address answers.
        NoSpaceError: If the disk has no room.
        BrokenDownloadError: If addresses answered, but none with the published data.
    """
    if is_offline():
        raise OfflineError(
            "COURSE_OFFLINE is set, so nothing was downloaded.",
            next_step="unset COURSE_OFFLINE and try again.",
        )
    hosts = reachable_hosts([url for item in spec.downloads for url in item.urls])
    failures: list[DownloadError] = []
    for item in spec.downloads:
        if not {host_of(url) for url in item.urls} <= hosts:
            continue
        try:
            return _download_one(item, spec)
        except (OfflineError, BrokenDownloadError) as error:
            failures.append(error)
    raise _summary(spec, failures)


def _summary(spec: DatasetSpec, failures: list[DownloadError]) -> DownloadError:
    broken = [e for e in failures if isinstance(e, BrokenDownloadError)]
    if broken:
        return BrokenDownloadError(
            " ".join(error.problem for error in broken),
            next_step=f"try `course data fetch {spec.name}` again later, or put the "
            f"files into a folder and set COURSE_DATA, or set COURSE_OFFLINE=1 to go "
            f"on with stand-in data.",
        )
    names = sorted({host_of(url) for item in spec.downloads for url in item.urls})
    reason = " ".join(error.problem for error in failures)
    return OfflineError(
        reason or f"No download: none of {', '.join(names)} can be reached from here.",
        next_step=f"connect to a network and run `course data fetch {spec.name}`.",
    )


def _download_one(item: Download, spec: DatasetSpec) -> Source:
    parent = cache_folder()
    place = parent / spec.name
    with _disk_errors(spec, parent):
        parent.mkdir(parents=True, exist_ok=True)
        _require_space(item, spec, parent)
        staging = Path(tempfile.mkdtemp(prefix=f".{spec.name}-", dir=parent))
    try:
        with _disk_errors(spec, parent):
            for file, url in zip(item.packaging.files, item.urls, strict=True):
                _fetch_file(url, staging / file.name, spec)
        try:
            open_packaging(staging, item.packaging, spec)
        except ContentError as error:
            raise BrokenDownloadError(
                f"Expected {item.urls[0]} to send the published {spec.name} data. "
                f"Received other bytes ({type(error).__name__}).",
                next_step="try another address.",
            ) from error
        with _disk_errors(spec, parent):
            _move(staging, place)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    say(f"{spec.name}: downloaded and verified.")
    return Source("download", place, item.packaging.id, spec.name)


def _move(staging: Path, place: Path) -> None:
    """Put a verified folder in its place; an older one there is replaced."""
    if place.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{place.name}-old-", dir=place.parent))
        place.replace(old / place.name)
        staging.replace(place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        staging.replace(place)


def _fetch_file(url: str, target: Path, spec: DatasetSpec) -> None:
    import pooch
    import requests

    host = host_of(url)
    say(f"{spec.name}: downloading {target.name} from {host} …")
    target.parent.mkdir(parents=True, exist_ok=True)
    responses: list[requests.Response] = []
    fetch = pooch.HTTPDownloader(
        progressbar=Progress(target.name),
        timeout=_TIMEOUTS_S,
        chunk_size=1 << 18,
        # pooch leaves a response open when it fails; kept here, it is closed below.
        hooks={"response": lambda response, **_: responses.append(response)},
    )
    try:
        fetch(url, str(target), None)
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else "?"
        raise OfflineError(
            f"{host} refused {target.name} (HTTP status {status}).",
            next_step="try another address.",
        ) from error
    except requests.RequestException as error:
        if not responses:
            raise OfflineError(
                f"{host} does not answer ({type(error).__name__}).",
                next_step="try another address.",
            ) from error
        raise BrokenDownloadError(
            f"Expected all of {target.name} from {host}. The connection broke before "
            f"the end; the part that came was deleted.",
            next_step="try again.",
        ) from error
    finally:
        for response in responses:
            response.close()


def _require_space(item: Download, spec: DatasetSpec, folder: Path) -> None:
    needed, free = item.packaging.size_bytes, shutil.disk_usage(folder).free
    if needed > free:
        raise _no_space(spec, folder, f"{needed:,} bytes", f"{free:,} bytes")


@contextmanager
def _disk_errors(spec: DatasetSpec, folder: Path) -> Iterator[None]:
    """Turn what the disk says into sentences."""
    try:
        yield
    except OSError as error:
        # Errors of requests are OSErrors too; `_fetch_file` has already handled them.
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            size = f"{max(i.packaging.size_bytes for i in spec.downloads):,} bytes"
            raise _no_space(spec, folder, size, "less") from error
        raise DownloadError(
            f"Expected to write into {folder}. Received: {error.strerror or error}.",
            next_step="set COURSE_CACHE to a folder in which you may write.",
        ) from error


def _no_space(spec: DatasetSpec, folder: Path, needed: str, free: str) -> NoSpaceError:
    return NoSpaceError(
        f"Expected room for {needed} of {spec.name} in {folder}. Received: {free}.",
        next_step="free some space, or set COURSE_CACHE to a folder on a larger disk.",
    )
