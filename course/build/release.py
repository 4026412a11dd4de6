"""Derive the learners' notebook from the source notebook: nbgrader does it.

Nothing here strips anything. `configure_release` holds the few settings; `course build`
and plain `nbgrader generate_assignment` (through nbgrader_config.py) both use them, so
the two give the same bytes.
"""

from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from course.build.answer import CODE_STUB
from course.build.cells import SOLUTION_TAG

__all__ = ["configure_release", "release_text"]


def configure_release(config: Any) -> None:
    """Put the settings of the release into an nbgrader configuration."""
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {SOLUTION_TAG}
    config.GenerateAssignment.preprocessors = [
        TagRemovePreprocessor,  # explanations of solutions go first
        *GenerateAssignment().preprocessors,
    ]


def release_text(source_text: str) -> str:
    """Return the learners' notebook for the text of a source notebook.

    Raises:
        RuntimeError: If nbgrader refuses the notebook.
    """
    config = Config()
    config.Exporter.default_preprocessors = []  # as nbgrader's BaseConverter does
    configure_release(config)
    exporter = NotebookExporter(config=config)
    for preprocessor in config.GenerateAssignment.preprocessors:
        if preprocessor is not SaveCells:  # it writes to a gradebook; a build has none
            exporter.register_preprocessor(preprocessor)
    notebook = nbformat.reads(source_text, as_version=4)
    text, _ = exporter.from_notebook_node(notebook)
    return str(text)
