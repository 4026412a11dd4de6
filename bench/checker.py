"""Measure the checker: false rejects, false accepts, localization, crashes, speed.

    python bench/checker.py --quick            under a minute
    python bench/checker.py                    2,000 cases, answers, speed
    python bench/checker.py --cases 20000 --seed 1 --json report.json
    python bench/checker.py --peer PATH        also Kaggle's package, where it lies

Cases come from tests/bank: right and wrong answers made from the keys, each proven
right or wrong without the checker. The exit code is 0 only if nothing is wrong.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT), str(_ROOT / "bench")]  # tests/bank and the modules beside
for _name, _value in (
    ("TF_CPP_MIN_LOG_LEVEL", "3"),
    ("TF_ENABLE_ONEDNN_OPTS", "0"),
    ("COURSE_LANG", "en"),
):
    os.environ.setdefault(_name, _value)

Record = dict[str, Any]
_FAULTS = ("false reject", "false accept", "misplaced", "crash")
_QUICK_TARGETS = 8


def main() -> int:
    """Run what was asked for; return the exit code."""
    chosen = _arguments()
    started = time.perf_counter()
    report: dict[str, Any] = {"seed": chosen.seed}
    records = list(_cases(chosen))
    report["bank"] = _bank_report(records, chosen.show)
    faults = sum(report["bank"]["faults"].values())
    empty = report["bank"]["empty operators"]
    if not chosen.only_bank:
        import checker_answers
        import checker_speed

        report["speed"] = checker_speed.measure(repeats=15 if chosen.quick else 60)
        print(checker_speed.show(report["speed"]))
        if not chosen.quick:
            report["answers"] = checker_answers.measure()
            print(checker_answers.show(report["answers"]))
            faults += len(report["answers"]["wrong verdicts"])
    if chosen.peer:
        import checker_peer

        report["peer"] = checker_peer.measure(
            chosen.peer, chosen.peer_cases, chosen.seed
        )
        print(checker_peer.show(report["peer"]))
    report["seconds"] = round(time.perf_counter() - started, 1)
    print(f"\n{report['seconds']} s in all")
    if chosen.json:
        report["records"] = records
        Path(chosen.json).write_text(json.dumps(report, indent=1), encoding="utf-8")
    # A quick run is too short to give every operator a surviving case.
    return int(faults > 0 or bool(empty and not chosen.quick and not chosen.only))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", help="write everything to this file")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", help="only targets whose name contains this")
    parser.add_argument("--operators", help="only these, with commas between")
    parser.add_argument("--only-bank", action="store_true", help="no speed, no answers")
    parser.add_argument("--show", type=int, default=5, help="faults to print in full")
    parser.add_argument("--peer", help="folder with Kaggle's learntools")
    parser.add_argument("--peer-cases", type=int, default=300)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.cases = min(chosen.cases, 240)
    return chosen


# -- The bank ------------------------------------------------------------------------


def _cases(chosen: argparse.Namespace) -> Iterator[Record]:
    """Yield one record per case, with a line of progress on stderr."""
    from tests.bank.targets import all_targets

    names = [target.name for target in all_targets()]
    if chosen.only:
        names = [name for name in names if chosen.only in name]
    if chosen.quick and not chosen.only:
        # Another eighth of the networks by seed, the two classic ones always.
        classic = ["dropout-spotify-net", "batch-norm-concrete-net"]
        others = [name for name in names if name not in classic]
        first = chosen.seed * (_QUICK_TARGETS - 2) % len(others)
        names = classic + (others + others)[first : first + _QUICK_TARGETS - 2]
    operators = chosen.operators.split(",") if chosen.operators else []
    share = max(1, chosen.cases // max(1, len(names)))
    work = [(name, share, chosen.seed, operators) for name in names]
    done = faults = 0
    context = multiprocessing.get_context("spawn")
    # Keras keeps something of each model: a new process after some networks.
    with context.Pool(chosen.jobs, maxtasksperchild=6) as pool:
        for name, found in pool.imap_unordered(_try_target, work):
            done += len(found)
            faults += sum(bool(record["fault"]) for record in found)
            for record in found:
                if record["fault"]:  # at once: a long run is worth reading early
                    print(f"\n{_fault_text(record)}", file=sys.stderr)
            print(
                f"\r{done} cases, {faults} faults  {name:45}",
                end="",
                file=sys.stderr,
                flush=True,
            )
            yield from found
    print(file=sys.stderr)


def _try_target(work: tuple[str, int, int, list[str]]) -> tuple[str, list[Record]]:
    """Try the share of cases of one target, spread over its operators."""
    import gc

    import keras

    from tests.bank.draws import draw_cases, pairs
    from tests.bank.targets import all_targets
    from tests.bank.trials import try_case

    name, share, number, only = work
    target = next(one for one in all_targets() if one.name == name)
    todo = [pair for pair in pairs(target) if not only or pair[1] in only]
    # Few cases go to other operators with each seed and target.
    random.Random(f"{number} {name}").shuffle(todo)
    records: list[Record] = []
    for position, (side, operator) in enumerate(todo):
        count = share // len(todo) + (position < share % len(todo))
        if not count:
            continue
        for case in draw_cases(target, side, operator, count, number * 1000 + position):
            trial = try_case(target, case)
            records.append(
                {
                    "target": name,
                    "side": side,
                    "operator": operator,
                    "proof": trial.proof,
                    "discarded": trial.discarded,
                    "fault": trial.fault,
                    "detail": trial.detail if trial.fault or trial.discarded else "",
                    "source": str(case.draft) if trial.fault else "",
                    "seconds": trial.seconds,
                }
            )
        if position % 40 == 39:
            gc.collect()
    keras.backend.clear_session(free_memory=False)
    gc.collect()
    return name, records


def _bank_report(records: list[Record], num_shown: int) -> dict[str, Any]:
    """Count, print the tables, and print the first faults in full."""
    counted = [record for record in records if not record["discarded"]]
    faults = Counter(record["fault"] for record in counted if record["fault"])
    located = [
        record
        for record in counted
        if record["side"] == "wrong" and record["fault"] in ("", "misplaced")
    ]
    right = sum(record["side"] == "right" for record in counted)
    wrong = len(counted) - right
    hits = sum(not record["fault"] for record in located)
    reasons = Counter(
        record["discarded"].split(":")[0] for record in records if record["discarded"]
    )
    report = {
        "drawn": len(records),
        "right": right,
        "wrong": wrong,
        "discarded": dict(reasons.most_common()),
        "proofs": dict(Counter(record["proof"] for record in counted).most_common()),
        "faults": {fault: faults[fault] for fault in _FAULTS},
        "located": hits / len(located) if located else None,
        "operators": _table(records, "operator"),
        "targets": _table(records, "target"),
    }
    report["empty operators"] = [
        name for name, row in report["operators"].items() if not row["counted"]
    ]
    _print_bank(report)
    for record in [record for record in records if record["fault"]][:num_shown]:
        print(f"\n{_fault_text(record)}")
    return report


def _fault_text(record: Record) -> str:
    """Return one fault in full, with the answer's code."""
    return (
        f"--- {record['fault']}: {record['target']}, {record['operator']},\n"
        f"    proven by {record['proof']}; {record['detail']}\n{record['source']}"
    )


def _table(records: list[Record], by: str) -> dict[str, Record]:
    """Return counts per operator or target."""
    table: dict[str, Record] = {}
    for record in records:
        key = record[by] if by == "target" else f"{record['side']} {record[by]}"
        row = table.setdefault(
            key, dict.fromkeys(("counted", "discarded", *_FAULTS), 0)
        )
        row["discarded" if record["discarded"] else "counted"] += 1
        if record["fault"]:
            row[record["fault"]] += 1
    return dict(sorted(table.items()))


def _print_bank(report: dict[str, Any]) -> None:
    for by in ("operators", "targets"):
        print(f"\n{by:44} counted discarded rejects accepts misplaced crashes")
        for name, row in report[by].items():
            print(
                f"{name:44} {row['counted']:7} {row['discarded']:9}"
                f" {row['false reject']:7} {row['false accept']:7}"
                f" {row['misplaced']:9} {row['crash']:7}"
            )
    faults, located = report["faults"], report["located"]
    share = "none to locate" if located is None else f"{100 * located:.2f} %"
    print(
        f"\n{report['right']} right and {report['wrong']} wrong answers, "
        f"{sum(report['discarded'].values())} drawn but not proven\n"
        f"  false rejects   {faults['false reject']}\n"
        f"  false accepts   {faults['false accept']}\n"
        f"  crashes         {faults['crash']}\n"
        f"  located         {share}  ({faults['misplaced']} misplaced)\n"
        f"  discarded       {report['discarded']}\n"
        f"  proven by       {report['proofs']}"
    )
    if report["empty operators"]:
        print(f"  no proven case  {', '.join(report['empty operators'])}")


if __name__ == "__main__":
    sys.exit(main())
