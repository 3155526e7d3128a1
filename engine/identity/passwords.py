"""Passwords are kept as argon2id hashes only."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""19 MiB, two passes, one lane: the OWASP minimum, so that many can sign in at eight o'clock."""


def hash_password(password: str) -> str:
    """What is stored in place of `password`."""
    return _HASHER.hash(password)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Whether the hash was made of `password`; takes as long when there is no hash at all."""
    try:
        return _HASHER.verify(password_hash or _hash_of_nothing(), password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hash_of_nothing() -> str:
    return _HASHER.hash("no account has this password")
