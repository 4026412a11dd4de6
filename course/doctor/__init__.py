"""Check an installation and explain every problem: `course doctor`."""

from course.doctor.examination import examine
from course.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examine"]
