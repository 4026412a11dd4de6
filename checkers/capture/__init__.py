"""Capture: from a learner's answer to plain data, in the learner's process.

    entry.py       one answer -> Snapshot (this package's only public door)
    model.py       a Keras model -> ModelFacts
    trace.py       what a model really computes, by recording its calls
    activations.py what an activation really does
    probes/        small numbers measured by running the answer
    functions.py   a function, run on drawn cases
    values.py      numbers, arrays, choices
    trained.py     a saved model, evaluated
    callbacks.py   a Keras callback
    quiet.py       nothing printed, nothing changed
    unchanged.py   the state of an answer and of the session, put back
    limits.py      what is too large to build

Keras and NumPy are imported inside functions only. Capture never changes the answer
(a model that it built for reading is unbuilt again afterwards) and never raises.
"""

from checkers.capture.entry import SNAPSHOT_MIME, capture, show_captured

__all__ = ["SNAPSHOT_MIME", "capture", "show_captured"]
