"""Whether the shop's database is there, for servers that Rasa's own commands start; `glasskin serve` makes it itself."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.exceptions import RasaException
from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.store.database import make_engine
from bot.store.models import Catalogue

MISSING = "The shop's database is not set up. Run `glasskin setup` first (.venv/bin/glasskin), then start again."


def require_shop(chosen: Settings) -> None:
    """Stops Rasa in one line where the shop has no tables yet.

    Raises:
        RasaException: which Rasa prints without a traceback.
    """
    url = make_url(chosen.shop_database)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_file():
        raise RasaException(MISSING)
    engine = make_engine(chosen.shop_database)
    try:
        missing = not inspect(engine).has_table(Catalogue.__tablename__)
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())
        raise RasaException(f"The shop's database does not answer: {reason} Look at DATABASE_URL.") from error
    finally:
        engine.dispose()
    if missing:
        raise RasaException(MISSING)
