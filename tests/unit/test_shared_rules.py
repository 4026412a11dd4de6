"""One function, several checks: what one cause costs, and what two cost."""

import pytest

from checkers.capture import capture
from checkers.exercise import Case, Check, Exercise, Function
from checkers.judge import judge
from checkers.key import Key
from checkers.rules.shared import Share, Shared


def cases(rng, parameters):
    del parameters
    return tuple(
        Case(([rng.uniform(1, 9) for _ in range(4)], kind), kind)
        for kind in ("sum", "sum", "mean", "mean")
    )


def reference(x, kind):
    return sum(x) / (len(x) if kind == "mean" else 1)


def exercise(*names):
    return Exercise(
        "demo-total",
        "Total",
        "F",
        (Function("total", cases=cases, limit_s=0.5),),
        tuple(Check(name, 1, name) for name in names),
        ("h",),
    )


def share(kind):
    return Share(kind, lambda x, found: found == kind)


BY_KIND = (share("sum"), share("mean"))


def verdict_on(answer, shares=BY_KIND, right=reference, **more):
    asked = exercise(*(one.check for one in shares))
    key = Key(asked.id, (Shared("total", right, shares, **more),), "")
    return judge(capture(asked, (answer,), seed=3), exercise=asked, key=key)


def states(verdict):
    return [check.state for check in verdict.checks]


def test_does_a_right_answer_pass_all_checks():
    assert verdict_on(reference).passed


def test_does_a_check_fail_only_by_its_own_cases():
    verdict = verdict_on(lambda x, kind: sum(x))
    assert states(verdict) == ["passed", "failed"]
    assert verdict.points == 1


def test_is_one_cause_in_both_told_once():
    slips = ((lambda x, kind: reference(x[1:], kind), "NUMBER.ROUNDED"),)
    verdict = verdict_on(lambda x, kind: reference(x[1:], kind), slips=slips)
    assert states(verdict) == ["failed", "skipped"]
    assert [found.code for found in verdict.findings] == ["NUMBER.ROUNDED"]


def test_are_two_causes_told_both():
    verdict = verdict_on(lambda x, kind: -sum(x) if kind == "sum" else sum(x))
    assert states(verdict) == ["failed", "failed"]
    assert len(verdict.findings) == 2


def test_does_an_exception_stop_everything_with_one_finding():
    verdict = verdict_on(lambda x, kind: 1 / 0)
    assert states(verdict) == ["failed", "skipped"]
    assert [found.code for found in verdict.findings] == ["FUNCTION.RAISES"]


def doubled_sum(x, kind):
    return reference(x, kind) * (2 if kind == "sum" else 1)


def shifted(x, kind):
    return reference(x, kind) + x[0]


COSTS = (
    (doubled_sum, "CONV.SIZE_ONE_MORE", "sum"),
    (shifted, "CONV.COUNT_NO_BIAS", "mean"),
)


def test_does_a_slip_in_one_share_cost_that_share():
    verdict = verdict_on(doubled_sum, slips=COSTS)
    assert [found.code for found in verdict.findings] == ["CONV.SIZE_ONE_MORE"]
    assert states(verdict) == ["failed", "passed"]


def test_does_a_slip_that_explains_all_cases_cost_the_check_that_it_names():
    slips = ((shifted, "CONV.COUNT_NO_BIAS", "mean"),)
    verdict = verdict_on(shifted, slips=slips)
    assert [found.code for found in verdict.findings] == ["CONV.COUNT_NO_BIAS"]
    assert states(verdict) == ["passed", "failed"]


def first_only(x, kind):
    return x[0] if kind == "sum" else reference(x, kind) + 1


def test_does_a_slip_that_names_another_share_need_to_explain_that_one():
    def slip(x, kind):
        return x[0]

    slips = ((slip, "CONV.COUNT_NO_BIAS", "mean"),)
    verdict = verdict_on(first_only, slips=slips)
    assert verdict.findings[0].code != "CONV.COUNT_NO_BIAS"
    assert states(verdict) == ["failed", "failed"]


def test_does_a_slip_explain_an_error_where_it_stops_too():
    def stops(x, kind):
        if kind == "mean":
            raise ValueError("shapes do not fit")
        return 2 * reference(x, kind)

    slips = ((stops, "CONV.COUNT_NO_BIAS", "sum"),)
    verdict = verdict_on(stops, slips=slips)
    assert [found.code for found in verdict.findings] == ["CONV.COUNT_NO_BIAS"]
    assert states(verdict) == ["failed", "passed"]


def test_does_an_error_in_one_share_leave_the_other_alone():
    verdict = verdict_on(lambda x, kind: sum(x) if kind == "sum" else sum(x) / 0)
    assert [found.code for found in verdict.findings] == ["FUNCTION.RAISES"]
    assert states(verdict) == ["passed", "failed"]


def test_are_cases_after_a_slow_one_skipped():
    def waits(x, kind):
        while True:
            pass

    verdict = verdict_on(waits)
    assert [found.code for found in verdict.findings] == ["FUNCTION.TOO_SLOW"]
    assert states(verdict) == ["failed", "skipped"]


def test_does_an_array_with_one_entry_get_one_note():
    verdict = verdict_on(lambda x, kind: [reference(x, kind)])
    assert [found.code for found in verdict.findings] == ["FUNCTION.ONE_ENTRY"]
    assert verdict.status == "passed with a note"


def test_is_an_author_told_of_a_slip_that_costs_no_check():
    with pytest.raises(ValueError, match="no share"):
        Shared("f", reference, BY_KIND, ((shifted, "X", "other"),))


def both(x, kind):
    return sum(x), max(x)


TWO = (Share("sum", result=0), Share("max", result=1))


def test_is_each_of_several_results_looked_at_alone():
    assert verdict_on(both, TWO, both).passed
    verdict = verdict_on(lambda x, kind: (sum(x), min(x)), TWO, both)
    assert states(verdict) == ["passed", "failed"]


def test_is_a_missing_result_named():
    for answer in (lambda x, kind: sum(x), lambda x, kind: (sum(x),)):
        verdict = verdict_on(answer, TWO, both)
        assert [found.code for found in verdict.findings] == ["FUNCTION.WRONG_COUNT"]


def several(x, kind):
    return reference(x, kind), max(x), min(x)


def by_result(kind):
    return Share(kind, lambda x, found: found == kind, result=0)


SEVERAL = (by_result("sum"), by_result("mean"), Share("ends", result=(1, 2)))


def test_may_a_share_look_at_one_result_of_some_cases():
    verdict = verdict_on(
        lambda x, kind: (sum(x), max(x), min(x)), SEVERAL, right=several
    )
    assert states(verdict) == ["passed", "failed", "passed"]


def test_may_a_share_look_at_several_results():
    verdict = verdict_on(
        lambda x, kind: (reference(x, kind), max(x), min(x) + 1), SEVERAL, right=several
    )
    assert states(verdict) == ["passed", "passed", "failed"]


def test_is_a_right_function_of_several_results_right_in_all_shares():
    assert verdict_on(several, SEVERAL, right=several).passed
