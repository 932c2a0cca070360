"""Makes the pages of statements for the settings' folder."""

from __future__ import annotations

from bot.desk.knowledge.looking import Statements
from bot.desk.knowledge.room import KnowledgeRoom
from bot.desk.pages import Pages
from bot.home.folder import Home
from bot.phrases import phrases
from bot.rules.knowledge import load
from bot.settings import Settings
from bot.statements.changing import Changing


def knowledge_room(chosen: Settings, pages: Pages) -> KnowledgeRoom:
    """The pages of statements."""
    return KnowledgeRoom(Statements(lambda: load(chosen.knowledge), phrases()), Changing(Home(chosen.home), lambda: load(chosen.knowledge)), pages)
