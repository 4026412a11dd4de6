"""Check an installation and explain every problem: `course doctor`."""

from course.doctor.examine import examine
from course.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examine"]
