"""TensorFlow and Keras, tried in a process of their own.

A broken TensorFlow may kill its process or hang, and importing it costs seconds and
half a gigabyte; neither may happen to the doctor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from course.doctor.finding import Finding, ok, problem
from course.doctor.python_setup import SET_UP

__all__ = ["check_keras"]

TIMEOUT_S = 180  # a first import from a slow disk has taken more than a minute
CHECK = "TensorFlow and Keras"
TRIAL = """
import json, keras, tensorflow
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, use_bias=False)])
found = {
    "keras": keras.__version__, "tensorflow": tensorflow.__version__,
    "backend": keras.backend.backend(), "parameters": model.count_params(),
    "floatx": keras.config.floatx(), "format": keras.config.image_data_format(),
    "gpus": len(tensorflow.config.list_physical_devices("GPU")),
}
print("FOUND" + json.dumps(found))
"""
# Exit codes of a process that a signal killed, as subprocess reports them.
ILLEGAL_INSTRUCTION, KILLED = -4, -9


def check_keras() -> Finding:
    """Can a Keras model be built, and with the settings that the lessons expect?"""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own text
            [sys.executable, "-c", TRIAL],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT_S,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        return problem(
            CHECK,
            f"Building a small model took more than {TIMEOUT_S} seconds.",
            "Close other programs and try again; on a network drive, move the folder "
            "to a local disk.",
        )
    _, mark, answer = done.stdout.rpartition("FOUND")
    if done.returncode != 0 or not mark:
        return _explain_crash(done.returncode, done.stderr)
    return _judge(json.loads(answer))


def _judge(found: dict[str, object]) -> Finding:
    """Compare the settings of Keras with what the lessons expect."""
    says = f"TensorFlow {found['tensorflow']}, Keras {found['keras']}"
    if found["backend"] != "tensorflow":
        return problem(
            CHECK,
            f"{says}, but Keras uses the backend {found['backend']!r}; the lessons "
            "expect 'tensorflow'.",
            "Unset KERAS_BACKEND, or correct `backend` in ~/.keras/keras.json.",
        )
    if (found["floatx"], found["format"]) != ("float32", "channels_last"):
        return problem(
            CHECK,
            f"{says}, but Keras is set to {found['floatx']} and {found['format']}; the "
            "lessons expect float32 and channels_last.",
            "Correct `floatx` and `image_data_format` in ~/.keras/keras.json.",
        )
    gpus = f"{found['gpus']} GPU" if found["gpus"] else "on the CPU, which is enough"
    return ok(CHECK, f"{says} build a model, {gpus}")


def _explain_crash(code: int, stderr: str) -> Finding:
    """Say why TensorFlow or Keras did not come up."""
    last = next((line for line in reversed(stderr.splitlines()) if line.strip()), "")
    if code == ILLEGAL_INSTRUCTION:
        return problem(
            CHECK,
            "This processor lacks instructions (AVX) that TensorFlow's builds use.",
            "Use another computer or a hosted notebook service.",
        )
    if code == KILLED:
        return problem(
            CHECK,
            "The system ended the process; most likely memory ran out.",
            "Close other programs, or give the container at least 4 GB.",
        )
    if "No module named" in last:
        return problem(CHECK, f"{last.strip()}.", SET_UP)
    if "DLL load failed" in stderr:
        return problem(
            CHECK,
            f"TensorFlow cannot load its libraries: {last.strip()}",
            "Install the newest 'Microsoft Visual C++ Redistributable' and try again.",
        )
    return problem(
        CHECK,
        f"The import failed (exit code {code}): {last.strip() or 'without a message'}",
        f"Delete .venv; then: {SET_UP}",
    )
