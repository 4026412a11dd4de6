"""What exists inside a jail: built once per grader, shown read-only to every kernel.

Shown: the system's programs and libraries, this interpreter with its packages, the
student's side of `course` and `checkers` (no keys, no solutions, no grader) and the
data. Not shown: the clone, home folders, /usr/local, other students, the gradebook.
"""

import atexit
import compileall
import functools
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import course
from course.datasets.folders import cache_folder, course_data_folder
from course.jails.order import View
from course.release.bundle import bundle_files

__all__ = ["Stage", "stage"]

COURSE = "/course"
SYSTEM = (
    *("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/sbin"),
    *("/usr/share/fonts", "/usr/share/fontconfig", "/usr/share/zoneinfo"),
    *("/usr/share/locale", "/usr/share/terminfo", "/usr/share/i18n"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"),
    *("/etc/fonts", "/etc/localtime", "/etc/mime.types", "/etc/ssl/openssl.cnf"),
)
TOP_LEVEL = ("/bin", "/lib", "/lib32", "/lib64", "/sbin")  # folders, or links to /usr
ETC = {
    "passwd": "root:x:0:0::/:/bin/false\nstudent:x:{uid}:{uid}::/tmp/home:/bin/sh\n",
    "group": "student:x:{uid}:\n",
    "hosts": "127.0.0.1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
# Of an installed course; a clone keeps them outside of its packages.
INSTALLED_SECRETS = ("course/_share/solutions", "course/_share/notebooks")


class Stage:
    """A folder with what every jail shows; removed when the grader ends.

    Attributes:
        place: Empty folder on which warm jails mount their root.
        view: What is shown, and where.
    """

    def __init__(self) -> None:
        """Copy the student's side of the course and find everything else."""
        self.root = Path(tempfile.mkdtemp(prefix="layerwise-jails-"))
        atexit.register(shutil.rmtree, self.root, ignore_errors=True)
        self.place, self.empty = self.root / "place", self.root / "empty"
        for folder in (self.place, self.empty, self.root / "etc"):
            folder.mkdir()
            folder.chmod(0o755)
        _copy_student_side(self.root / "course")
        self.view = self._view()

    def _view(self) -> View:
        """Return what is shown."""
        binds = [(path, path) for path in SYSTEM if os.path.exists(path)]
        links = []
        for path in TOP_LEVEL:
            if os.path.islink(path):
                links.append((path, os.readlink(path)))
            elif os.path.isdir(path):
                binds.append((path, path))
        for name, text in ETC.items():
            file = self.root / "etc" / name
            file.write_text(text.format(uid=os.getuid() or 65534), encoding="ascii")
            file.chmod(0o644)  # whatever the grader's umask is
            binds.append((str(file), f"/etc/{name}"))
        paths, python = _interpreter()
        binds += [(path, path) for path in python]
        binds += [(str(self.empty), path) for path in _installed_courses(paths)]
        binds.append((str(self.root / "course"), COURSE))
        data = _data_folders()
        binds += [(outside, inside) for outside, inside in data.values()]
        found = {name: inside for name, (_, inside) in data.items()}
        return View(tuple(binds), tuple(links), (COURSE, *paths), found)


@functools.cache
def _make() -> Stage:
    return Stage()


_lock = threading.Lock()


def stage() -> Stage:
    """Return this process's stage; the first call makes it and takes seconds."""
    with _lock:
        return _make()


def _copy_student_side(target: Path) -> None:
    """Copy the packages as a release for marks has them, and compile them."""
    assert course.__file__ is not None
    packages = Path(course.__file__).parents[1]
    for copy in bundle_files(packages, (), for_marks=True):
        if any(copy.name.is_relative_to(name) for name in INSTALLED_SECRETS):
            continue
        path = target / copy.name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy.source, path)
        path.chmod(0o644)
    for folder in (target, *target.rglob("*/")):
        folder.chmod(0o755)
    # Nobody inside can write beside the sources: without this, every kernel compiles.
    compileall.compile_dir(target, quiet=2, stripdir=target, prependdir=COURSE)


def _interpreter() -> tuple[list[str], list[str]]:
    """Return `sys.path` inside, and the folders to show for it.

    Only folders with installed packages are: others are on the path because a script
    lies there, or a course (a clone, an editable installation) with keys and solutions.
    """
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix} - {"/usr", "/"}
    paths = [
        path
        for path in dict.fromkeys(map(os.path.abspath, filter(None, sys.path)))
        if os.path.isdir(path) and _is_installed(path, prefixes)
    ]
    folders: list[str] = []
    if "/usr/local" in prefixes:
        prefixes = (prefixes - {"/usr/local"}) | {"/usr/local/bin", "/usr/local/lib"}
    shown = ("/usr/lib/", "/usr/bin/")
    for path in sorted({*prefixes, *paths}):
        if not path.startswith((*shown, *(f"{folder}/" for folder in folders))):
            folders.append(path)
    return paths, folders


def _installed_courses(paths: list[str]) -> list[str]:
    """Return installed packages of ours on the path: to be covered by emptiness."""
    ours = (
        os.path.join(path, name) for path in paths for name in ("course", "checkers")
    )
    return [path for path in ours if os.path.isdir(path)]


def _is_installed(path: str, prefixes: set[str]) -> bool:
    """Return True for a folder of the interpreter or of installed packages."""
    if path.startswith(("/usr/lib", *(f"{prefix}/" for prefix in prefixes))):
        return True
    return any(Path(path).glob("*.dist-info"))


def _data_folders() -> dict[str, tuple[str, str]]:
    """Return folders with data sets by variable: (outside, inside)."""
    chosen = {"COURSE_DATA": course_data_folder(), "COURSE_CACHE": cache_folder()}
    return {
        name: (str(folder), f"/data/{name.lower()}")
        for name, folder in chosen.items()
        if folder is not None and folder.is_dir()
    }
