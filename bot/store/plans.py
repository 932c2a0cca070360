"""Weekly plans that people asked for, kept for a while under a token that nobody can guess."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from bot.store.database import Database
from bot.store.models import TOKEN_LENGTH, Plan, utc_now

KEEP = timedelta(days=60)
TOKEN_BYTES = 16
LINK = re.compile(r"/plans/([A-Za-z0-9_-]+)\.")


@dataclass(frozen=True)
class PlanView:
    """A kept plan: its content as it was given, and when."""

    content: str
    at: datetime


class PlanStore:
    """Keeps plans. Nothing in it says whose they are. Calls block: keep them off an event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, content: str) -> str:
        """Keeps a plan and returns its token; plans older than `KEEP` are dropped on the way."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = utc_now()
        with self._database.session() as session:
            session.execute(delete(Plan).where(Plan.at < now - KEEP))
            plan = Plan()
            plan.token, plan.content, plan.at = token, content, now
            session.add(plan)
            session.commit()
        return token

    def find(self, token: str) -> PlanView | None:
        """The plan under a token; None when there is none or it is too old."""
        if len(token) != TOKEN_LENGTH:
            return None
        with self._database.session() as session:
            plan = session.get(Plan, token)
            if plan is None or plan.at < utc_now() - KEEP:
                return None
            return PlanView(plan.content, plan.at)

    def dispose(self) -> None:
        """Closes all connections."""
        self._database.dispose()


def tokens_in(events: Iterable[Mapping[str, Any]]) -> set[str]:
    """The tokens of the plans that a conversation's events link to."""
    return {token for event in events if event.get("event") == "bot" for token in LINK.findall(json.dumps(event))}
