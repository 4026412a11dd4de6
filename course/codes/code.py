"""Make and verify a personal code: the student's id and a keyed digest of it.

The parameters of personal exercises derive from the code alone, so a learner's process
needs no secret. With the secret the grader tells a made-up or borrowed code.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

__all__ = ["CodeError", "personal_code", "student_of", "verify"]

DIGEST_CHARACTERS = 10


class CodeError(ValueError):
    """A student id that no code can be made for, or a text that is no code."""


def personal_code(student_id: str, secret: str) -> str:
    """Return the personal code of one student: `id-digest`.

    Args:
        student_id: The id under which the student submits; blanks around it are
            dropped.
        secret: The course's secret; the same secret always gives the same code.

    Raises:
        CodeError: If the id is empty or contains white space or control characters.

    Example:
        >>> personal_code("ada", "a secret for the documentation")
        'ada-909245c190'
    """
    name = _canonical(student_id)
    if not name or any(character.isspace() for character in name):
        raise CodeError(
            "Expected a student id without blanks. "
            f"Received: {student_id!r}. Next: use the id that the student submits with."
        )
    if not name.isprintable():
        raise CodeError(
            "Expected a student id of printable characters. "
            f"Received: {student_id!r}. Next: type it again in the roster."
        )
    digest = hmac.new(secret.encode(), name.encode(), hashlib.sha256).hexdigest()
    return f"{name}-{digest[:DIGEST_CHARACTERS]}"


def verify(code: str, student_id: str, secret: str) -> bool:
    """Return True if `code` is the personal code of `student_id`.

    The comparison takes the same time wherever the texts differ. Anything that is no
    code at all, such as an empty text, is just not verified.

    Example:
        >>> verify("ada-909245c190", "ada", "a secret for the documentation")
        True
        >>> verify("ada-909245c190", "bob", "a secret for the documentation")
        False
    """
    try:
        expected = personal_code(student_id, secret)
    except CodeError:
        return False
    return hmac.compare_digest(_canonical(code).encode(), expected.encode())


def student_of(code: str) -> str:
    """Return the student id that a code claims; it is not verified.

    Raises:
        CodeError: If the text has not the form of a code.

    Example:
        >>> student_of("van-gogh-0123456789")
        'van-gogh'
    """
    name, dash, digest = _canonical(code).rpartition("-")
    if not (name and dash and len(digest) == DIGEST_CHARACTERS):
        raise CodeError(
            f"Expected a personal code like 'ada-0123456789'. Received: {code!r}. "
            "Next: copy the code from your teacher's message."
        )
    return name


def _canonical(text: str) -> str:
    """Drop blanks around a text and compose its accents: one spelling, one code."""
    return unicodedata.normalize("NFC", text.strip())
