"""Build lessons: scripts to `solutions/` and `notebooks/`, and find drift."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course.build.errors import BuildError
from course.build.notebook import Registry, source_notebook, to_text
from course.build.release import release_text
from course.catalog import Lesson

__all__ = [
    "SCRIPTS",
    "TARGETS",
    "Derivative",
    "Drift",
    "build_lesson",
    "find_drift",
    "unlisted_folders",
    "write",
]

SCRIPTS = ("lesson", "exercises", "challenge")
TARGETS = ("solutions", "notebooks")


@dataclass(frozen=True)
class Derivative:
    """One generated file, in memory.

    Attributes:
        path: Below the project's top level: `notebooks/09_dropout/lesson.ipynb`.
        script: The source that it is made from.
        text: Its content.
        fix: What to edit and to run; "" for a lesson's notebook, which follows from
            its script.
    """

    path: Path
    script: Path
    text: str
    fix: str = ""


@dataclass(frozen=True)
class Drift:
    """A generated file that is not what its source gives now.

    Attributes:
        path: The file, below the project's top level.
        state: "missing", "changed" or "stray".
        fix: What to edit and to run.
    """

    path: Path
    state: str
    fix: str


def build_lesson(
    lesson: Lesson, registry: Registry, lessons_folder: Path
) -> tuple[Derivative, ...]:
    """Return all generated files of one lesson.

    Args:
        lesson: The lesson as `course.toml` states it.
        registry: All declared exercises by id.
        lessons_folder: Folder that holds the lesson's source folder.

    Raises:
        BuildError: If a script cannot become a notebook.
    """
    wanted = lesson.notebook_ids()
    derivatives: list[Derivative] = []
    for name in SCRIPTS:
        script = lessons_folder / lesson.folder / f"{name}.py"
        ids = wanted.get(name, ())
        if script.is_file():
            derivatives += _build_script(lesson, script, ids, registry)
        elif ids:
            raise BuildError(
                script,
                f"it does not exist, but course.toml lists {ids[0]!r} for it.",
                "write it, or take the ids out of course.toml.",
            )
    return tuple(derivatives)


def find_drift(
    derivatives: Iterable[Derivative], root: Path, folders: Iterable[str]
) -> tuple[Drift, ...]:
    """Compare what should be there with what is there.

    Args:
        derivatives: Everything that was built.
        root: The project's top level.
        folders: Lesson folders that were built; others are not looked at.
    """
    expected = {derivative.path: derivative for derivative in derivatives}
    drift = [
        Drift(path, state, derivative.fix or _fix(derivative.script))
        for path, derivative in expected.items()
        if (state := _state(root / path, derivative.text))
    ]
    for path in _notebooks_on_disk(root, folders):
        if path not in expected:
            drift.append(Drift(path, "stray", f"delete {path}; no script makes it"))
    return tuple(drift)


def write(
    derivatives: Iterable[Derivative], root: Path, folders: Iterable[str]
) -> tuple[Path, ...]:
    """Write what changed, delete notebooks without a script, return what was touched.

    Unchanged files keep their time of change, so editors and `make` stay calm.
    """
    derivatives = tuple(derivatives)
    texts = {derivative.path: derivative.text for derivative in derivatives}
    drift = find_drift(derivatives, root, folders)
    for item in drift:
        target = root / item.path
        if item.state == "stray":
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(texts[item.path], encoding="utf-8", newline="\n")
    return tuple(item.path for item in drift)


def unlisted_folders(root: Path, lessons: Iterable[Lesson]) -> list[str]:
    """Return folders of generated notebooks that belong to no lesson any more.

    Args:
        root: The project's top level.
        lessons: All lessons of `course.toml`.
    """
    listed = {lesson.folder for lesson in lessons}
    paths = [path for target in TARGETS for path in (root / target).glob("*/")]
    return sorted({path.name for path in paths} - listed - {".ipynb_checkpoints"})


def _build_script(
    lesson: Lesson, script: Path, ids: tuple[str, ...], registry: Registry
) -> tuple[Derivative, ...]:
    """Return the two notebooks of one script."""
    source = to_text(source_notebook(script, lesson.slug, ids, registry))
    try:
        release = release_text(source)
    except RuntimeError as error:
        raise BuildError(
            script, f"nbgrader refuses it: {error}.", "repair the solution markers."
        ) from error
    name = f"{script.stem}.ipynb"
    texts = dict(zip(TARGETS, (source, release), strict=True))
    return tuple(
        Derivative(Path(target, lesson.folder, name), script, text)
        for target, text in texts.items()
    )


def _state(path: Path, text: str) -> str:
    """Return what is wrong with a file, "" if nothing is."""
    if not path.is_file():
        return "missing"
    return "" if path.read_bytes() == text.encode() else "changed"


def _fix(script: Path) -> str:
    folder = script.parent.name
    number = folder.split("_", 1)[0]
    return f"edit course/lessons/{folder}/{script.name} and run `course build {number}`"


def _notebooks_on_disk(root: Path, folders: Iterable[str]) -> list[Path]:
    """Return the notebooks that lie in the generated folders of some lessons."""
    return sorted(
        path.relative_to(root)
        for folder in folders
        for target in TARGETS
        for path in (root / target / folder).glob("*.ipynb")
    )
