"""A learner's own copies of the released notebooks."""

from course.lab.workspace import Workspace, WorkspaceError, prepare

__all__ = ["Workspace", "WorkspaceError", "prepare"]
