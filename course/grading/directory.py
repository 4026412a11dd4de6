"""The course directory: submitted/, autograded/, feedback/, reports/, gradebook.db.

It lies outside the clone, so that students' work is never committed, published with
the course or lost with a fresh clone. Chosen by, in this order: `--course-directory`,
the environment variable COURSE_DIRECTORY, the user's data folder.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CONFIG_NAME", "CourseDirectory", "default_directory"]

CONFIG_NAME = "nbgrader_config.py"

CONFIG_TEXT = """\
# Makes plain nbgrader work in this folder: `nbgrader autograde 09_dropout`, run here.
# Settings of your own go below the last line; they win.
from course.grading.nbgrader_seam import configure
configure(get_config(), directory={directory!r})
"""


@dataclass(frozen=True)
class CourseDirectory:
    """Paths below one course directory, laid out as nbgrader expects them."""

    root: Path

    @property
    def submitted(self) -> Path:
        """What students handed in: <student>/<lesson>/<notebook>.ipynb."""
        return self.root / "submitted"

    @property
    def autograded(self) -> Path:
        """Executed notebooks with verdicts, read by formgrader."""
        return self.root / "autograded"

    @property
    def feedback(self) -> Path:
        """One page per student and lesson."""
        return self.root / "feedback"

    @property
    def reports(self) -> Path:
        """One folder per lesson with the class report."""
        return self.root / "reports"

    @property
    def finished(self) -> Path:
        """Results of earlier runs, by content; may be deleted at any time."""
        return self.root / "finished"

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of nbgrader's gradebook."""
        return f"sqlite:///{self.root / 'gradebook.db'}"

    def prepare(self) -> None:
        """Create the folders, and the file that lets plain nbgrader work here."""
        for folder in (self.submitted, self.autograded, self.feedback, self.reports):
            folder.mkdir(parents=True, exist_ok=True)
        config = self.root / CONFIG_NAME
        if not config.exists():
            config.write_text(
                CONFIG_TEXT.format(directory=str(self.root)), encoding="utf-8"
            )

    @classmethod
    def choose(cls, asked: Path | str | None = None) -> "CourseDirectory":
        """Return the one asked for, or that of the environment, or the default."""
        chosen = asked or os.environ.get("COURSE_DIRECTORY") or default_directory()
        return cls(Path(chosen).expanduser().resolve())


def default_directory() -> Path:
    """Return `layerwise/course` in the folder where the system keeps users' data."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return base / "layerwise" / "course"
