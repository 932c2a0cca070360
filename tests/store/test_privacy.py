"""What is kept of people is erased, exported, counted and dropped with age, from every table."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func, select, text, update

from bot.channels.telegram.memory import Memory
from bot.channels.telegram.reminders import Reminders
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.events import EventWriter
from bot.store.feedback import DOWN, FeedbackStore
from bot.store.messaging import KeptCount, MessagingDatabase
from bot.store.migrations import upgrade
from bot.store.models import Base, Feedback, Plan, RetiredConversation, utc_now
from bot.store.plans import PlanStore
from bot.store.privacy import Erased, Privacy, owned_tables
from bot.store.proofs import ProofStore
from bot.store.requests import RequestStore
from bot.store.tracker import EmbeddedTrackerStore
from tests.store.conftest import BACKENDS, empty_database
from tests.store.test_tracker import DOMAIN

DAYS = 90
OF_THE_SHOP = {
    "alembic_version", "brand", "catalogue", "image", "product", "search_token", "variant", "customer", "customer_address", "customer_change", "payment_method",
    "shop_order", "order_line", "shipment", "payment", "order_return", "order_change",
    "handoff_clock", "handoff_place", "desk_user", "desk_session",
}  # fmt: skip
OTHERWISE = {
    "plan": "by the conversation's links", "retired_conversation": "holds nothing that was said", "look_up": "holds digests, for a day",
    "shop_event_taken": "holds digests of what the shop told", "shop_subject": "holds digests of what the shop told of",
    "week_count": "holds counts of nobody's", "week_mail": "holds Mondays",
}  # fmt: skip


class Kept:
    """Both databases in one, with what people left in them."""

    def __init__(self, url: str) -> None:
        upgrade(url)
        self.url = url
        self.shop = Database(url)
        self.messaging = MessagingDatabase(url)
        self.messaging.create_tables()
        self.store = EmbeddedTrackerStore(DOMAIN, url)
        self.privacy = Privacy(url, url)

    def talk(self, sender: str, *facts: str, ago_days: float = 0) -> str:
        """A conversation with these messages, a plan and a vote with a reason; returns the plan's token."""
        token = PlanStore(self.shop).keep(f"plan of {' '.join(facts)}")
        FeedbackStore(self.shop).vote(sender, "b1", DOWN, f"reason {' '.join(facts)}")
        tracker = asyncio.run(self.store.retrieve(sender)) or DialogueStateTracker(sender, DOMAIN.slots)
        for fact in facts:
            tracker.update(UserUttered(fact, {"name": "greet", "confidence": 1.0}, timestamp=time.time() - ago_days * 86400))
        tracker.update(BotUttered("see", {"custom": {"files": [f"/plans/{token}.png"]}}, timestamp=time.time() - ago_days * 86400))
        asyncio.run(self.store.save(tracker))
        return token

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with self.shop.engine.connect() as connection:
            return int(connection.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar_one())

    def dispose(self) -> None:
        """Closes all connections."""
        self.privacy.dispose()
        self.shop.dispose()
        self.messaging.dispose()
        self.store.engine.dispose()


@pytest.fixture(params=BACKENDS)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    """Empty databases."""
    with empty_database(request.param, tmp_path) as url:
        made = Kept(url)
        yield made
        made.dispose()


def test_every_table_belongs_to_somebody_or_to_the_shop(kept: Kept) -> None:
    with kept.shop.engine.connect() as connection:
        owned = {table.name for table, _ in owned_tables(connection)}
    unjudged = set(Base.metadata.tables) - owned - OF_THE_SHOP - set(OTHERWISE)
    assert not unjudged, "give the table a column `sender`, or say here why it holds nothing of people"


def test_one_conversation_is_erased_and_no_other(kept: Kept) -> None:
    mine, other = kept.talk("rest:me", "I am pregnant", "my skin is dry"), kept.talk("rest:you", "my skin is oily")
    assert kept.privacy.erase("rest:me") == Erased(messages=2, events=3, others=2)
    plans = PlanStore(kept.shop)
    assert plans.find(mine) is None and plans.find(other) is not None
    assert kept.count("events") == 2 and kept.count("feedback") == 1
    assert kept.privacy.export("rest:me") == {
        "sender": "rest:me", "customer_proof": [], "events": [], "plan": [], "feedback": [], "handoff": [], "handoff_arrived": [], "handoff_carried": [], "handoff_ended": [], "handoff_line": [], "mailed_code": [], "opening": [], "picture": [], "proof": [], "requests": [],
        "review_answer": [], "review_turn": [],
        "stock_notice": [], "tickets": [],
    }  # fmt: skip
    assert kept.privacy.erase("rest:me") == Erased()


def test_both_databases_are_erased_where_the_files_fail(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    def fails(_: str) -> int:
        raise StoreError("lessons.yml cannot be read")

    kept.talk("rest:me", "I am pregnant")
    privacy = Privacy(kept.url, kept.url, fails)
    with pytest.raises(StoreError, match="cannot be read"):
        privacy.erase("rest:me")
    privacy.dispose()
    assert "not outside of them" in caplog.text and kept.count("events") == 0 and kept.count("feedback") == 0
    assert kept.privacy.erase("rest:me") == Erased()


def test_requests_and_proofs_go_and_tickets_lose_whose_they_were(kept: Kept) -> None:
    kept.talk("rest:me", "my skin is dry")
    requests, proofs = RequestStore(kept.shop), ProofStore(kept.shop)
    begun = requests.begin("rest:me", "return")
    proofs.prove("rest:me", "1001", "number_and_email", 60)
    requests.ticket("rest:me", begun.token, "return", "Return of order 1001")
    kept.privacy.erase("rest:me")
    assert requests.of("rest:me", begun.id) is None and not proofs.ways("rest:me", "1001")
    assert not requests.tickets_of("rest:me") and [one.text for one in requests.open_tickets()] == ["Return of order 1001"]


def test_a_person_on_telegram_is_erased_with_reminders_buttons_and_updates(kept: Kept) -> None:
    kept.talk("telegram:7", "I am pregnant")
    memory = Memory(kept.messaging)
    Reminders(kept.messaging).add(7, 7, "ampoule", "1", 60, "UTC")
    memory.button_tokens(7, ["say:is zinc ok?"])
    memory.note(1, 7, {"text": "hello"})
    memory.done(1)
    memory.answers_sent(7, [5], "telegram:7")
    answer = memory.answer(7, 5)
    assert answer is not None and answer.sender == "telegram:7" and memory.answer(7, 6) is None
    exported = kept.privacy.export("telegram:7")
    assert {name: len(rows) for name, rows in exported.items() if name != "sender"} == {
        "events": 2, "plan": 1, "feedback": 1, "reminder": 1, "telegram_answer": 1, "telegram_chat": 0, "telegram_button": 1,
        "telegram_update": 1,
        "customer_proof": 0, "handoff": 0, "handoff_arrived": 0, "handoff_carried": 0, "handoff_ended": 0, "handoff_line": 0, "mailed_code": 0, "opening": 0, "picture": 0, "proof": 0, "requests": 0,
        "review_answer": 0, "review_turn": 0,
        "stock_notice": 0, "tickets": 0,
    }  # fmt: skip
    assert kept.privacy.erase("telegram:7") == Erased(messages=1, events=2, others=6)
    assert all(kept.count(table) == 0 for table in ("events", "plan", "feedback", "reminder", "telegram_answer", "telegram_button", "telegram_update"))


def test_what_is_old_is_dropped_and_counted(kept: Kept) -> None:
    kept.talk("rest:old", "I am pregnant", "is retinol ok", ago_days=DAYS + 1)
    kept.talk("web-new", "my skin is oily", ago_days=DAYS - 1)
    FeedbackStore(kept.shop).retire("web-gone", DAYS)
    with kept.shop.session() as session:
        session.execute(update(Feedback).where(Feedback.sender == "rest:old").values(at=utc_now() - timedelta(days=DAYS + 1)))
        session.execute(update(Plan).values(at=utc_now() - timedelta(days=61)))
        session.commit()
    assert kept.privacy.age(DAYS, DAYS) == Erased(messages=2, events=3, others=1)
    assert kept.count("events") == 2 and kept.count("feedback") == 1 and kept.count("plan") == 0
    with kept.messaging.reading() as session:
        assert session.execute(select(KeptCount.channel, KeptCount.kind, KeptCount.messages)).all() == [("rest", "greet", 2)]
    with kept.shop.session() as session:
        assert session.execute(select(func.count()).select_from(RetiredConversation)).scalar_one() == 1
    assert kept.privacy.age(DAYS, DAYS) == Erased()


def test_conversations_are_found_by_words_and_counted(kept: Kept) -> None:
    kept.talk("rest:me", "I am PREGNANT", "thanks")
    kept.talk("web-you", "my skin is oily")
    assert kept.privacy.find("pregnant") == {"rest:me": 2}
    report = kept.privacy.report()
    assert report["conversations, rest"] == report["conversations, web"] == 1 and report["feedback"] == 2


def test_no_file_holds_a_fact_after_it_was_erased(tmp_path: Path) -> None:
    kept = Kept(f"sqlite:///{tmp_path / 'both.sqlite'}")
    facts = [f"planted{number:02}fact" for number in range(20)]
    memory = Memory(kept.messaging)
    for number, fact in enumerate(facts):
        kept.talk("telegram:7", fact, f"{fact} again " * 200)
        memory.button_tokens(7, [f"say:{fact}"])
        memory.note(number, 7, {"text": fact})
        memory.done(number)
    memory.set_draft(7, {"about": facts[0]})
    kept.talk("rest:other", "somebody else")
    assert _found(tmp_path, facts) == set(facts)
    kept.privacy.erase("telegram:7")
    assert _found(tmp_path, facts) == set(), "also while connections are open"
    kept.privacy.compact()
    assert _found(tmp_path, facts) == set() and _found(tmp_path, ["somebody else"])
    kept.dispose()


def test_what_waits_for_the_database_is_erased_too(kept: Kept) -> None:
    writer: EventWriter = kept.store._writer
    row = {"sender_id": "rest:me", "type_name": "user", "timestamp": 1.0, "intent_name": "", "action_name": "", "data": '{"event": "user"}'}
    writer._kept.append(row)
    assert kept.privacy.erase("rest:me").messages == 1
    assert not writer.unsaved


def _found(folder: Path, facts: list[str]) -> set[str]:
    """Which facts stand in any file."""
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    return {fact for fact in facts if fact.encode() in content}
