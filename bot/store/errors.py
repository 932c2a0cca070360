"""Why the shop's database gave no answer, in two kinds that a caller may want to tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

QUERY_CANCELED = "57014"
"""PostgreSQL's code for a statement that ran into its time limit."""
NOT_SET_UP = ("42P01", "42703")
"""PostgreSQL's codes for a table and a column that are not there; SQLite says so in words."""
NOT_SET_UP_WORDS = ("no such table", "no such column")
SET_UP = "the shop's database is not set up: run `glasskin setup`"


class StoreError(Exception):
    """The shop's database gave no answer; the message says why, for a log or a terminal."""


class StoreUnavailable(StoreError):
    """The database is away, locked, not set up or broken. The next call tries again by itself."""


class StoreTooSlow(StoreError):
    """A query ran into its time limit and was stopped."""


def store_error(error: SQLAlchemyError) -> StoreError | None:
    """What `error` means for somebody who asked the store; None where the asker is at fault (a broken rule of the
    schema, a wrong statement)."""
    if isinstance(error, PoolTimeout):
        return StoreUnavailable("all connections to the shop's database are busy")
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError):
        return None
    reason = " ".join(str(error.orig).split())
    if getattr(error.orig, "pgcode", None) == QUERY_CANCELED or reason == "interrupted":
        return StoreTooSlow("a query of the shop's database took too long")
    if getattr(error.orig, "pgcode", None) in NOT_SET_UP or reason.startswith(NOT_SET_UP_WORDS):
        return StoreUnavailable(f"{SET_UP} ({reason.split(' LINE ')[0]})")
    kind = type(error.orig).__mro__
    if {"OperationalError", "InterfaceError", "InternalError"} & {one.__name__ for one in kind}:
        return StoreUnavailable(f"the shop's database cannot be reached: {reason}")
    if type(error.orig).__name__ == "DatabaseError":  # SQLite's "file is not a database", "image is malformed"
        return StoreUnavailable(f"the shop's database cannot be read: {reason}")
    return None


@contextmanager
def as_store_errors() -> Iterator[None]:
    """Within a session that stays open, what failed in it is told as a `StoreError`, so that whoever asked can go on without it.

    Raises:
        StoreError: see `store_error`; errors that it does not know stay what they are.
    """
    try:
        yield
    except SQLAlchemyError as error:
        reason = store_error(error)
        if reason is None:
            raise
        raise reason from error
