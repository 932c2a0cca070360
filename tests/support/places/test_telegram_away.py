"""The staff's group while Telegram is away, slow or asks for patience, and what is missing for one."""

from __future__ import annotations

import pytest

from bot.settings import Settings, SettingsError
from bot.support.handoff import HandoffUnreachable, Line, Summary
from bot.support.places.chosen import telegram_group
from bot.support.places.rounds import pause_after
from bot.support.places.telegram.api import GroupApi
from bot.support.places.telegram.composing import Block
from bot.support.places.telegram.setting_up import looked_at
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.store.conftest import database, url
from tests.support.places.group_office import (
    BOT_ID,
    MINA,
    Office,
    asked,
    office,
)
from tests.support.places.in_group import GROUP, peer
from tests.support.places.talking import ME

__all__ = ["database", "office", "peer", "url"]


def test_telegram_away_delays_and_loses_nothing(office: Office, peer: TelegramPeer) -> None:
    peer.is_away = True
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="help"))
    office.talks.heard(ME, "one", "1")
    for _ in range(2):
        with pytest.raises(HandoffUnreachable) as error:
            office.rounds.once()
        assert TOKEN not in str(error.value) and error.value.__cause__ is None
    peer.is_away = False
    office.talks.heard(ME, "two", "2")
    office.round()
    assert office.shown().count("one") == 1 and office.shown().count("Customer: two") == 1 and len(peer.topics(GROUP)) == 1


def test_what_was_cut_off_between_two_messages_goes_on_there(office: Office, peer: TelegramPeer) -> None:
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="help"))
    for number in range(3):
        office.talks.heard(ME, f"line{number} " + "x" * 3000, str(number))
    peer.state.per_minute[GROUP] = 1
    for _ in range(2):
        with pytest.raises(HandoffUnreachable) as error:
            office.rounds.once()
        assert error.value.again_after and error.value.again_after > 30
        assert [one[0] for one in peer.calls].count("sendMessage") == 2, "nothing is asked before the time is over"
    del peer.state.per_minute[GROUP]
    office.kept.let_go()
    peer.fail("sendMessage", "refuse", code=502, description="Bad Gateway")
    other = Office(office.database, peer)
    with pytest.raises(HandoffUnreachable):
        other.rounds.once()
    office.talks.heard(ME, "line3", "3")
    other.round()
    shown = other.shown()
    assert [shown.count(f"line{number}") for number in range(4)] == [1, 1, 1, 1] and shown.index("line0") < shown.index("line3")
    assert len(peer.topics(GROUP)) == 1


def test_many_lines_while_the_limit_is_reached_are_few_messages(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    peer.state.per_minute[GROUP], peer.state.minute_s = 1, 2.0
    office.talks.heard(ME, "line 2.", "2")
    with pytest.raises(HandoffUnreachable):
        office.rounds.once()
    for number in range(3, 40):
        office.talks.heard(ME, f"line {number}.", str(number))
    peer.state.minute_s = 0.0
    peer.until(lambda: _goes_round(office), 40)
    assert len(peer.chat(GROUP)) == 2 and all(f"line {number}." in office.shown() for number in range(2, 40))


def _goes_round(office: Office) -> bool:
    try:
        return office.rounds.once()
    except HandoffUnreachable:
        return False


def test_one_conversation_that_fails_holds_up_no_other(office: Office, peer: TelegramPeer) -> None:
    for name in ("web-1", "web-2"):
        office.talks.ask_for_person(name, "web", "asked", Summary(wish=name))
    peer.fail("createForumTopic", "refuse", code=400, description="Bad Request: something")
    with pytest.raises(HandoffUnreachable, match="telegram check"):
        office.rounds.once()
    assert list(peer.topics(GROUP).values()) == ["web-2 · web"]
    office.round()
    assert len(peer.topics(GROUP)) == 2


def two_asked(office: Office) -> None:
    """Two conversations in the group, each with a line to be brought."""
    for name in ("web-1", "web-2"):
        office.talks.ask_for_person(name, "web", "asked", Summary(wish=name))
    office.round()
    for name in ("web-1", "web-2"):
        office.talks.heard(name, f"line of {name}", "1")


def all_shown(office: Office) -> str:
    return "\n".join(one.text for one in office.peer.chat(GROUP))


def test_a_message_that_telegram_never_takes_has_a_notice_in_its_place(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    for number in (2, 3):
        office.talks.heard(ME, f"line {number}.", str(number))
    peer.fail("sendMessage", "refuse", times=2, code=400, description="Bad Request: message is odd")  # both lines, then the first alone
    office.round()
    shown = office.shown()
    assert "line 2." not in shown and shown.count("cannot be shown here") == 1 and shown.index("cannot be shown") < shown.index("line 3.")
    office.round()
    assert office.shown() == shown


@pytest.mark.parametrize("description", ["Bad Request: have no rights to send a message", "Bad Request: chat not found", "Bad Request: CHAT_WRITE_FORBIDDEN"])
def test_what_an_owner_can_mend_is_tried_again(description: str, office: Office, peer: TelegramPeer) -> None:
    asked(office)
    office.talks.heard(ME, "line 2.", "2")
    peer.fail("sendMessage", "refuse", code=400, description=description)
    with pytest.raises(HandoffUnreachable, match="telegram check") as error:
        office.rounds.once()
    assert error.value.again_after == 15.0, "the pause does not grow"
    office.round()
    assert office.shown().count("line 2.") == 1 and "cannot be shown" not in office.shown()


def test_blank_words_are_skipped(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    before = len(peer.chat(GROUP))
    office.place._show(ME, office.topic, [Block("k", " \n "), Block("long", "x" * 4096 + " " * 4096 + "end")])
    assert [one.text[-3:] for one in peer.chat(GROUP)[before:]] == ["xxx", "end"]


def test_where_others_were_reached_the_pause_does_not_grow(office: Office, peer: TelegramPeer) -> None:
    two_asked(office)
    peer.fail("sendMessage", "refuse", code=502, description="Bad Gateway")
    with pytest.raises(HandoffUnreachable) as error:
        office.rounds.once()
    assert error.value.again_after == 2.0 and "line of web-2" in all_shown(office)


def test_a_fault_of_one_conversation_holds_up_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    two_asked(office)
    lines = office.talks.lines

    def faulty(conversation: str) -> list[Line]:
        if conversation == "web-1":
            raise ValueError("a fault")
        return lines(conversation)

    monkeypatch.setattr(office.talks, "lines", faulty)
    with pytest.raises(HandoffUnreachable, match="ValueError"):
        office.rounds.once()
    assert "line of web-2" in all_shown(office) and "line of web-1" not in all_shown(office)
    monkeypatch.undo()
    office.round()
    assert all_shown(office).count("line of web-1") == 1


def test_what_cannot_be_answered_now_is_taken_again(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    peer.write(GROUP, office.topic, MINA, "/nonsense")
    updates = list(peer.state.updates)
    peer.is_away = True
    with pytest.raises(HandoffUnreachable):
        office.hear()
    peer.is_away, peer.state.updates = False, updates
    assert office.hear() == ["refused"] and "I don't know /nonsense" in office.shown()


@pytest.mark.parametrize(("error", "pause"), [
    (HandoffUnreachable("x"), 8.0), (HandoffUnreachable("x", 33.0), 33.0), (HandoffUnreachable("x", 0.0), 1.0), (HandoffUnreachable("x", 900.0), 300.0), (None, 8.0),
])
def test_it_is_tried_again_when_telegram_asks_for_it(error: HandoffUnreachable | None, pause: float) -> None:
    assert pause_after(error, 4.0) == pause and pause_after(None, 200.0) == 300.0


@pytest.mark.parametrize(("change", "can", "told"), [
    ("nothing", True, "Staff answer in “Care team”, in a topic"), ("not in it", False, "not in the group"), ("unknown", False, "not in the group"),
    ("no topics", False, "has no topics"), ("a member", False, "may not make topics"), ("no right", False, "may not make topics"),
    ("moved", False, "TELEGRAM_STAFF_GROUP=-100777"), ("public", True, "public"), ("else", False, "something new"),
])
def test_what_is_missing_is_said_in_a_line(change: str, can: bool, told: str, peer: TelegramPeer) -> None:
    group = GROUP if change != "unknown" else -100555
    state = peer.state
    if change == "no topics":
        state.forums.clear()
    elif change in ("not in it", "a member"):
        state.members[GROUP][BOT_ID] = "left" if change == "not in it" else "member"
    elif change == "no right":
        state.no_topic_rights.add(GROUP)
    elif change == "moved":
        state.moved[GROUP] = -100777
    elif change == "public":
        state.usernames[GROUP] = "care_team"
    elif change == "else":
        peer.fail("getChat", "refuse", code=400, description="Bad Request: something new")
    found = looked_at(GroupApi(TOKEN, peer.address, group), BOT_ID)
    assert found.can_be_used is can and told in found.told and "\n" not in found.told


def test_settings() -> None:
    assert telegram_group(Settings()) is None
    found = telegram_group(Settings(telegram_token=TOKEN, telegram_staff_group=str(GROUP)))
    assert found is not None and found.group == GROUP
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN"):
        telegram_group(Settings(telegram_staff_group=str(GROUP)))
    for wrong in ("care team", "1001234567890", "-1", "@care"):
        with pytest.raises(ValueError, match="group's number"):
            Settings(telegram_token=TOKEN, telegram_staff_group=wrong)
