"""How long a check takes on a ten-layer model, and what `import checkers` loads."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

__all__ = ["measure", "show"]

_LIMITS = {"structure": 10.0, "check": 80.0, "judge": 1.0, "import": 150.0}
_IMPORT = """
import sys, time
before = set(sys.modules)
start = time.perf_counter()
import checkers
seconds = time.perf_counter() - start
import json
names = {name.split(".")[0] for name in set(sys.modules) - before}
names |= {name for name in set(sys.modules) if name.startswith("checkers")}
known = sys.stdlib_module_names
print(json.dumps([seconds, sorted(n for n in names if n.split(".")[0] not in known)]))
"""


def measure(repeats: int = 60) -> dict[str, Any]:
    """Return medians and 95th percentiles in milliseconds.

    Measured on a Sequential model of ten layers in several places of the course's
    vocabulary: convolutions, pools, normalization, dropout, dense layers.
    """
    from checkers.capture import capture
    from checkers.judge import judge
    from checkers.snapshot import Snapshot
    from tests.bank.building import build
    from tests.bank.drafts import Draft
    from tests.bank.targets import all_targets

    target = next(one for one in all_targets() if one.name == "bank-vgg-blocks")
    draft: Draft = target.draft
    model = build(draft).model
    snapshot = capture(target.exercise, (model,))
    text = snapshot.to_json()

    def check() -> Any:
        return judge(
            capture(target.exercise, (model,)), exercise=target.exercise, key=target.key
        )

    assert check().passed
    assert len(model.layers) >= 10
    found = {
        "capture": _timed(lambda: capture(target.exercise, (model,)), repeats),
        "judge": _timed(
            lambda: judge(snapshot, exercise=target.exercise, key=target.key), repeats
        ),
        "check": _timed(check, repeats),
        "snapshot to text and back": _timed(
            lambda: Snapshot.from_json(snapshot.to_json()), repeats
        ),
    }
    with _without_probes():
        found["structure"] = _timed(check, repeats)
    imports = [_import() for _ in range(7)]
    seconds = sorted(one[0] * 1000 for one in imports)
    return {
        "milliseconds": found,
        "snapshot_bytes": len(text),
        "import": {"median": statistics.median(seconds), "p95": seconds[-1]},
        "modules": imports[0][1],
        "limits": _LIMITS,
    }


def show(found: dict[str, Any]) -> str:
    """Return the figures as text."""
    lines = ["\nTen-layer model, milliseconds          median     p95   limit"]
    rows = {**found["milliseconds"], "import": found["import"]}
    names = {"structure": "check without probes", "check": "check with all probes"}
    for name, row in rows.items():
        limit = _LIMITS.get(name)
        text = "" if limit is None else f"{limit:7.0f}"
        over = " OVER" if limit is not None and row["median"] > limit else ""
        shown = "import checkers" if name == "import" else names.get(name, name)
        lines.append(f"  {shown:34} {row['median']:8.2f}{row['p95']:8.2f}{text}{over}")
    lines.append(f"  one snapshot: {found['snapshot_bytes']:,} bytes")
    outside = [name for name in found["modules"] if not name.startswith("checkers")]
    lines.append(f"  import checkers loads {len(found['modules'])} modules of its own;")
    lines.append(f"  not of the standard library: {', '.join(outside) or 'none'}")
    return "\n".join(lines)


def _timed(run: Callable[[], Any], repeats: int) -> dict[str, float]:
    """Return median and 95th percentile of the wall time, after a warm-up."""
    for _ in range(3):
        run()
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        found.append((time.perf_counter() - start) * 1000)
    found.sort()
    return {
        "median": statistics.median(found),
        "p95": found[min(len(found) - 1, int(0.95 * len(found)))],
    }


def _without_probes() -> Any:
    """Leave the probes out of capture for the moment."""
    return mock.patch("checkers.capture.model.probe_model", return_value=())


def _import() -> tuple[float, list[str]]:
    """Import the package in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True
    )
    seconds, names = json.loads(done.stdout)
    return seconds, names
