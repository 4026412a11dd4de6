"""The secret that personal codes are made with: one small file that only you read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

__all__ = ["SecretError", "load_secret", "make_secret"]

MIN_CHARACTERS = 16
SECRET_BYTES = 32
OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR


class SecretError(ValueError):
    """The secret's file cannot be used; the text says what to do."""


def make_secret(path: Path) -> str:
    """Write a new random secret that only its owner may read, and return it.

    Raises:
        SecretError: If the file exists already or cannot be written.
    """
    secret = secrets.token_hex(SECRET_BYTES)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # O_EXCL: an existing secret is never replaced; codes made with it would stop
        # verifying. The mode counts from the first byte on.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, OWNER_ONLY), "w", encoding="ascii") as file:
            file.write(secret + "\n")
    except FileExistsError as error:
        raise SecretError(
            f"Expected no file at {path}. Received: one that exists. Next: use it, or "
            "name another file."
        ) from error
    except OSError as error:
        raise SecretError(
            f"The secret could not be written to {path}: {error.strerror}. Next: name "
            "a file in a folder of your own."
        ) from error
    return secret


def load_secret(path: Path) -> str:
    """Return the secret from a file, and close that file to other users.

    Raises:
        SecretError: If there is no such file, or it holds no usable secret.
    """
    try:
        secret = path.read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise SecretError(
            f"Expected the secret in {path}. Received: no such file. Next: run "
            "`course codes` once with this file; it makes one."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(
            f"The secret in {path} cannot be read: {error}. Next: check the file's "
            "owner and that it is a text file."
        ) from error
    if len(secret) < MIN_CHARACTERS:
        raise SecretError(
            f"Expected a secret of at least {MIN_CHARACTERS} characters in {path}. "
            f"Received: {len(secret)}. Next: name a new file; `course codes` makes a "
            "random secret there."
        )
    _close_to_others(path)
    return secret


def _close_to_others(path: Path) -> None:
    """Take the rights of group and others away where the system knows them."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name != "posix" or not mode & ~OWNER_ONLY:
        return
    try:
        path.chmod(OWNER_ONLY)
    except OSError as error:
        raise SecretError(
            f"Other users can read {path}, and its rights cannot be changed: "
            f"{error.strerror}. Next: copy it to a folder of your own."
        ) from error
