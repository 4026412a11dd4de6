"""Lint for any Keras model: known mistakes, told with their evidence.

    subject.py   a model's facts with walks through its graph
    rules/       the rules, one module per topic
    judging.py   all rules on one subject -> report
    report.py    what comes out
    faces.py     the report as text and as HTML

Sentences stand in checkers/messages/lint.py. Only `lint` loads Keras.
"""

from __future__ import annotations

from typing import Any

from checkers.linting.report import LintFinding, LintReport

__all__ = ["LintFinding", "LintReport", "lint"]


def lint(model: Any, data: Any = None) -> LintReport:
    """Look for known mistakes in a Keras model; the model stays as it is.

    Args:
        model: Any Keras model, compiled or not. Rules about the loss need a compiled
            one.
        data: `(inputs, targets)` as for `fit`, or the inputs alone, or a
            `tf.data.Dataset`, of which one batch is read. Rules about labels, ranges
            and sizes need it.

    Returns:
        A report that a notebook shows as a page and `print` as text; `errors`,
        `warnings` and `advice` hold the findings.

    Raises:
        TypeError: If it is no model.
        ValueError: If nothing says what the model takes, if it cannot be called, or
            if the data hold no rows.
    """
    from checkers.capture.arrays import read_data
    from checkers.capture.whole import read_model
    from checkers.linting.judging import look

    known = None if data is None else read_data(data)
    examples = () if known is None else known.examples
    facts = read_model(model, examples)
    return look(facts, known, name=str(model.name))
