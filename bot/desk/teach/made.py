"""Makes the pages of lessons for the settings' folder and databases."""

from __future__ import annotations

from bot.answers.resources import resources
from bot.answers.shop.asked_topics import unsaid_topics
from bot.desk.pages import Pages
from bot.desk.review.groups import Groups
from bot.desk.teach.past import Remembered
from bot.desk.teach.room import TeachRoom
from bot.home.folder import Home
from bot.paths import DATA
from bot.phrases import phrases
from bot.rules.knowledge import load
from bot.settings import Settings
from bot.store.database import Database
from bot.store.reviews import Wordings
from bot.teaching.at_home import encode
from bot.teaching.school import School
from bot.understanding.frame import kind_of_intent

NOT_MEANT = frozenset({"affirm", "deny", "follow_up", "insult", "out_of_scope", "report_reaction", "show_more", "tell_profile"})
"""Kinds that no message means by itself, or that are none of a lesson's business."""


def teach_room(chosen: Settings, database: Database, groups: Groups, pages: Pages) -> TeachRoom:
    """The pages of lessons."""
    home = Home(chosen.home)
    school = School(home, chosen.models, encode, lambda: load(chosen.knowledge), kinds(), lambda: frozenset(unsaid_topics(resources().shop, resources().topics)))
    return TeachRoom(school, Remembered(Wordings(database), home), groups, phrases(), kinds(), pages)


def kinds() -> frozenset[str]:
    """Kinds of question that a message can mean and that a button has words for."""
    known = {kind_of_intent(path.stem) for path in (DATA / "nlu").glob("*.yml")} - NOT_MEANT
    said = phrases()
    return frozenset(kind for kind in known if any(said.has(key) for key in (f"question_{kind}_general", f"question_{kind}", f"review_kind_{kind}")))
