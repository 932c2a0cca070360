"""Where conversations are kept: Rasa's SQL store on the database that the settings name.

SQLite by default, with a write-ahead log and kept-open connections, so that saving a turn takes no noticeable time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import sessionmaker

from bot.settings import settings
from bot.store.database import make_engine


class EmbeddedTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store with our engine."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        """
        Args:
            domain: the assistant's domain.
            host: SQLAlchemy address; the settings' `tracker_database` when empty.
            event_broker: where events are published, if anywhere.
        """
        url = make_url(host or settings().tracker_database)
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(
            domain, host=url.render_as_string(hide_password=False), event_broker=event_broker, **kwargs
        )
        self.engine.dispose()  # type: ignore[has-type]
        self.engine: Engine = make_engine(url.render_as_string(hide_password=False))
        self.sessionmaker = sessionmaker(bind=self.engine)
