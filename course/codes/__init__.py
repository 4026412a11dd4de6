"""Personal codes: each student's own parameters, handed out by the teacher alone."""

from course.codes.code import CodeError, personal_code, student_of, verify
from course.codes.roster import RosterError, code_roster
from course.codes.secret import SecretError, load_secret, make_secret

__all__ = [
    "CodeError",
    "RosterError",
    "SecretError",
    "code_roster",
    "load_secret",
    "make_secret",
    "personal_code",
    "student_of",
    "verify",
]
