"""What can go wrong with a data set. Every message ends with what to do next.

DatasetError
├── UnknownDatasetError      no data set has this name
├── FolderError              a data folder is missing or cannot be read
├── NoRealDataError          only a stand-in is there, and the caller refused it
├── ContentError             files are there, but not with the published content
│   ├── IncompleteError      some of the files that belong together are missing
│   ├── DamagedFileError     a file cannot be read to its end
│   ├── MissingColumnError   a table lacks a column
│   └── ChecksumError        readable, but not the published data
└── DownloadError            nothing usable arrived; nothing was left behind
    ├── OfflineError         no address answered, or COURSE_OFFLINE is set
    ├── BrokenDownloadError  an address answered with half a file or other bytes
    └── NoSpaceError         the disk has no room for it
"""

__all__ = [
    "BrokenDownloadError",
    "ChecksumError",
    "ContentError",
    "DamagedFileError",
    "DatasetError",
    "DownloadError",
    "FolderError",
    "IncompleteError",
    "MissingColumnError",
    "NoRealDataError",
    "NoSpaceError",
    "OfflineError",
    "UnknownDatasetError",
]


class DatasetError(Exception):
    """Base of all errors here.

    Args:
        problem: What was expected and what was found, as full sentences.
        next_step: What the reader can do about it, as a full sentence.
    """

    def __init__(  # noqa: D107 - the class docstring has the arguments
        self, problem: str, *, next_step: str
    ) -> None:
        super().__init__(f"{problem} Next: {next_step}")
        self.problem = problem
        self.next_step = next_step


class UnknownDatasetError(DatasetError):
    """No data set has this name."""


class FolderError(DatasetError):
    """A data folder is missing or cannot be read."""


class NoRealDataError(DatasetError):
    """Only a stand-in is there, and the caller refused it."""


class ContentError(DatasetError):
    """Files are there, but not with the published content."""


class IncompleteError(ContentError):
    """Some of the files that belong together are missing."""


class DamagedFileError(ContentError):
    """A file cannot be read to its end."""


class MissingColumnError(ContentError):
    """A table lacks a column."""


class ChecksumError(ContentError):
    """A file is readable, but does not hold the published data."""


class DownloadError(DatasetError):
    """Nothing usable arrived; nothing was left behind."""


class OfflineError(DownloadError):
    """No address answered, or COURSE_OFFLINE is set."""


class BrokenDownloadError(DownloadError):
    """An address answered with half a file or with other bytes."""


class NoSpaceError(DownloadError):
    """The disk has no room for the files."""
