"""Which products were opened from the chat is counted by week, without whose it was, and outlives messages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import update

from bot.store.database import Database
from bot.store.follows import Follows
from bot.store.models import utc_now
from bot.store.privacy import Privacy
from bot.store.reviews import ReviewStore, Weeks, together
from bot.store.reviews.counts import FOLLOWED_CART, FOLLOWED_PAGE
from bot.store.week_models import WeekCount
from tests.store.conftest import database, sample, url
from tests.store.reviews.test_kept_weeks import OLD, aged, moment
from tests.store.reviews.turns import turn

__all__ = ["database", "sample", "url"]
DEW, PINE = "haneul-dew-hyaluronic-ampoule", "baramsol-harbour-fog-mist"


def test_each_link_that_is_followed_counts_once(sample: Database, url: str) -> None:
    follows = Follows(sample)
    assert [follows.keep(way, handle) for way, handle in (("page", DEW), ("page", DEW), ("cart", DEW))] == [True] * 3
    assert not follows.keep("page", "sold-nowhere")
    (week,) = Weeks(sample).weekly(utc_now().date(), 1)
    assert (week.pages, week.carts) == (2, 1)
    assert together([week], FOLLOWED_PAGE) == [(DEW, 2)] and together([week], FOLLOWED_CART) == [(DEW, 1)]
    privacy = Privacy(url, url)
    privacy.erase("web-0")
    privacy.dispose()
    assert Weeks(sample).weekly(utc_now().date(), 1)[0].pages == 2, "it is nobody's"


def test_at_once_each_counts(sample: Database) -> None:
    with ThreadPoolExecutor(4) as several:
        assert all(several.map(Follows(sample).keep, ["page"] * 20, [DEW] * 20))
    assert Weeks(sample).weekly(utc_now().date(), 1)[0].pages == 20


def test_it_outlives_messages_and_a_small_count_loses_its_name(sample: Database, url: str) -> None:
    ReviewStore(sample).keep(turn(1, at=moment(1)))
    for handle, times in ((DEW, 3), (PINE, 2)):
        assert all(Follows(sample).keep("page", handle) for _ in range(times))
    with sample.session(writing=True, catalogue=False) as session:
        session.execute(update(WeekCount).values(week=OLD))
        session.commit()
    assert Weeks(sample).weekly(OLD, 1)[0].of(FOLLOWED_PAGE) == {DEW: 3, PINE: 2}
    aged(url)
    (week,) = Weeks(sample).weekly(OLD, 1)
    assert week.messages == 1 and week.of(FOLLOWED_PAGE) == {DEW: 3, "": 2} and week.pages == 5
