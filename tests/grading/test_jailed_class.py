"""Does a class get the same points in a jail, and does nobody get more?"""

import jailed
import pytest
from test_whole_run import CLASS, POINTS, grade, hand_in, scores, toy_lesson

from course.jails.request import Jail

__all__ = ["toy_lesson"]

pytestmark = [pytest.mark.notebooks, pytest.mark.usefixtures("light_parent")]


@pytest.mark.parametrize("kind", jailed.KINDS)
def test_the_class_gets_its_points_in_a_jail(kind, toy_lesson, tmp_path):
    jailed.skip_without(kind)
    folder = hand_in(toy_lesson, tmp_path / "handed", CLASS)
    directory, graded = grade(folder, tmp_path, jail=Jail(kind))
    expected = {name: (points, False) for name, points in POINTS.items()}
    assert scores(directory) == expected
    assert graded.report.refused == ()
