"""Makes the pages of lessons for the settings' folder and databases."""

from __future__ import annotations

from bot.answers.resources import resources
from bot.answers.shop.asked_topics import unsaid_topics
from bot.desk.pages import Pages
from bot.desk.review.groups import Groups
from bot.desk.teach.past import Remembered
from bot.desk.teach.room import TeachRoom
from bot.home.folder import Home
from bot.phrases import phrases
from bot.rules.knowledge import load
from bot.settings import Settings
from bot.store.database import Database
from bot.store.mends.mending import Mending
from bot.store.reviews import Wordings
from bot.teaching.at_home import encode
from bot.teaching.kinds import kinds
from bot.teaching.school import School


def teach_room(chosen: Settings, database: Database, groups: Groups, pages: Pages) -> TeachRoom:
    """The pages of lessons."""
    home = Home(chosen.home)
    school = School(home, chosen.models, encode, lambda: load(chosen.knowledge), kinds(), lambda: frozenset(unsaid_topics(resources().shop, resources().topics)))
    return TeachRoom(school, Remembered(Wordings(database), home), groups, phrases(), kinds(), pages, Mending(chosen, database).settle)
