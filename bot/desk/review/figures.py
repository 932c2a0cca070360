"""The owner's figures as they are shown: what was counted in weeks, under titles and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from time import monotonic

from babel import Locale

from bot.desk.catalogue import Catalogue
from bot.desk.review.words import kind_words, subject_words
from bot.desk.talks import ENDINGS, REASONS
from bot.phrases import Phrases
from bot.store.models import utc_now
from bot.store.openings import Openings
from bot.store.reviews import Week, Weeks, together
from bot.store.reviews.counting import ALONE, NEVER, PASSED_ON, UNANSWERED
from bot.store.reviews.counts import (
    ENDED,
    FIRST,
    FOLLOWED_CART,
    FOLLOWED_PAGE,
    HANDED,
    KIND,
    LACKING,
    LANGUAGE,
    PRODUCT,
    RATED,
    SOLVED,
    STOCK,
    SUBJECT,
    THUMB,
)

CHOICES: Mapping[int, str] = {13: "3 months", 26: "6 months", 53: "1 year", 105: "2 years"}
"""So many weeks can be looked at, the fewest first."""
FEWEST = min(CHOICES)
MOST = 12
KEPT_S = 60.0
SOLVED_WORDS: Mapping[str, str] = {
    ALONE: "Every question answered by the assistant", UNANSWERED: "A question left without an answer", PASSED_ON: "Passed on to a person",
}
FIRST_WORDS: Mapping[str, str] = {
    "5_minutes": "Within five minutes", "hour": "Within an hour", "day": "Within a day", "later": "Later", NEVER: "No answer in the chat",
}
RATED_WORDS: Mapping[str, str] = {"good": "Talk with a person: good", "bad": "Talk with a person: bad"}
THUMB_WORDS: Mapping[str, str] = {"up": "Answer: thumb up", "down": "Answer: thumb down"}
ENDED_WORDS: Mapping[str, str] = {ending.value: words for ending, words in ENDINGS.items()}
Rows = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Figures:
    """All of a page: weeks, the oldest first, and what on the shop's pages led to the chat in them: way, words, times."""

    weeks: Sequence[Week]
    openings: Sequence[tuple[str, str, int]] = ()


class Counted:
    """Figures, as old as a minute at most. Calls block: keep them off an event loop."""

    def __init__(self, weeks: Weeks, openings: Openings) -> None:
        self._weeks = weeks
        self._openings = openings
        self._lock = Lock()
        self._kept: dict[int, tuple[float, Figures]] = {}

    def figures(self, count: int) -> Figures:
        """The last weeks.

        Args:
            count: how many, one of `CHOICES`.

        Raises:
            StoreError: when the database gives no answer.
        """
        with self._lock:
            at, found = self._kept.get(count, (0.0, None))
            if found is None or monotonic() - at > KEPT_S:
                weeks = self._weeks.weekly(utc_now().date(), count)
                found = Figures(weeks, self._openings.counted(weeks[0].monday, MOST))
                self._kept[count] = monotonic(), found
            return found


@dataclass(frozen=True)
class Titled:
    """Figures under titles, in words of the shop and the project."""

    phrases: Phrases
    catalogue: Catalogue

    def of(self, figures: Figures) -> dict[str, Rows]:
        """What came of conversations, and what was asked most. Reads the database."""
        weeks = figures.weeks
        opened = [("Product pages", sum(week.pages for week in weeks)), ("Cart links", sum(week.carts for week in weeks))]
        led = [(opening_words(self.phrases, way, words), count) for way, words, count in figures.openings]
        return {
            "What came of conversations": in_order(weeks, SOLVED, SOLVED_WORDS),
            "Passed on to a person, and why": [(capital_reason(name), count) for name, count in together(weeks, HANDED)],
            "First answer of a person": in_order(weeks, FIRST, FIRST_WORDS),
            "Talks with a person that ended": in_order(weeks, ENDED, ENDED_WORDS),
            "Ratings": [*in_order(weeks, THUMB, THUMB_WORDS), *in_order(weeks, RATED, RATED_WORDS)],
            "Languages": self._named(weeks, LANGUAGE, language_words),
            "Kinds of question": self._named(weeks, KIND, lambda kind: kind_words(self.phrases, kind)),
            "Subjects": self._named(weeks, SUBJECT, lambda one: subject_words([one])),
            "Products": self.titled(together(weeks, PRODUCT)[:MOST]),
            "Opened from the chat": [one for one in opened if one[1]],
            "Products opened from the chat": self.titled(together(weeks, FOLLOWED_PAGE)[:MOST]),
            "Cart links followed from the chat": self.titled(together(weeks, FOLLOWED_CART)[:MOST]),
            "Asked for and not in the shop": self._named(weeks, LACKING, str),
            "Asked to be told when back in stock": self.titled(together(weeks, STOCK)[:MOST]),
            "What led to the chat": led,
        }

    def titled(self, found: Rows) -> Rows:
        """Handles of products by their titles, where they are still on sale."""
        titles = self.titles([handle for handle, _ in found])
        return [(titles.get(handle, handle), count) for handle, count in found]

    def titles(self, handles: Sequence[str]) -> dict[str, str]:
        """The titles of these products by their handles, of those that are still on sale."""
        return {one.handle: one.title for one in self.catalogue.products(handles)}

    @staticmethod
    def _named(weeks: Sequence[Week], what: str, words: Callable[[str], str]) -> Rows:
        return [(words(name), count) for name, count in together(weeks, what)[:MOST]]


def opened_by_week(weeks: Sequence[Week]) -> list[tuple[date, str, int, int]]:
    """Weeks and products (their handles) with how often their pages and their cart links were opened from the chat; under an empty one
    what few opened of a week that is counted for good."""
    found = []
    for week in weeks:
        pages, carts = week.of(FOLLOWED_PAGE), week.of(FOLLOWED_CART)
        found += [(week.monday, handle, pages.get(handle, 0), carts.get(handle, 0)) for handle in sorted(pages | carts)]
    return found


def in_order(weeks: Sequence[Week], what: str, words: Mapping[str, str]) -> Rows:
    """Counts of one sort in a fixed order, without those that are none."""
    found = dict(together(weeks, what))
    return [(label, found[name]) for name, label in words.items() if name in found]


def opening_words(phrases: Phrases, way: str, words: str) -> str:
    """What was pressed on the shop's pages, as the owner knows it."""
    return phrases.say(f"review_way_{way}", words=words) if words else phrases.say("review_way_own")


def language_words(code: str) -> str:
    """A language in English: "German"."""
    return str(Locale("en").languages.get(code, code))


def capital_reason(reason: str) -> str:
    """Why somebody was passed on to a person: "Asked for a person"."""
    words = REASONS.get(reason, reason.replace("_", " "))
    return f"{words[:1].upper()}{words[1:]}"
