"""What customers asked for and the staff must do: in the inbox with its conversation, on one page, and closed from either."""

from __future__ import annotations

from bot.store.requests import RequestStore, TicketView
from bot.store.support_models import GONE
from bot.support.handoff import Owner, Summary
from bot.support.tickets import Tickets
from tests.desk.conftest import Rooms
from tests.desk.test_inbox import rows

PLAN = "Return of order 10432: the pump is broken"


def made(desk: Rooms, conversation: str, token: str = "t", plan: str = PLAN) -> TicketView:
    """A ticket of a conversation."""
    return Tickets(store(desk), desk.talks).make(conversation, token, "return", plan, "10432", "mina@example.com")


def store(desk: Rooms) -> RequestStore:
    return RequestStore(desk.talks._database)


def test_a_ticket_is_in_the_inbox_with_its_conversation_and_state(desk: Rooms) -> None:
    browser, ticket = desk.browser("Mina"), made(desk, "web-1")
    inbox = browser.get("inbox").text
    assert rows(browser) == ["web-1"] and rows(browser, "?view=waiting") == ["web-1"]
    assert f">{ticket.number}<" in inbox and "1 ticket<" in inbox and "the pump is broken" in inbox and "to be done" in inbox
    page = browser.get("talk?id=web-1").text
    assert PLAN in page and ">open<" in page and f"Ticket {ticket.number}:" in page
    for words in (ticket.number, "pump", "10432", "mina@example.com"):
        assert rows(browser, f"?q={words}") == ["web-1"], words


def test_the_assistant_goes_on_and_the_ticket_comes_once(desk: Rooms) -> None:
    made(desk, "web-1")
    made(desk, "web-1")
    assert desk.talks.owner("web-1") is Owner.MAIL and not Owner.MAIL.is_people
    assert len(desk.talks.lines("web-1")) == 1 and len(store(desk).open_tickets()) == 1


def test_closing_the_last_ticket_solves_what_was_there_for_it_alone(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    first, second = made(desk, "web-1"), made(desk, "web-1", "u", "Send the label")
    assert browser.post("tickets", {"number": first.number, "state": "closed"}).status_code == 200
    assert rows(browser) == ["web-1"]
    answer = browser.post("tickets", {"number": second.number, "state": "answered"}, hx_request="true")
    assert answer.status_code == 204 and "Noted as answered." in answer.headers["HX-Trigger"]
    assert rows(browser) == [] and rows(browser, "?view=closed") == ["web-1"]
    assert [line.text for line in desk.talks.lines("web-1") if line.agent == "Mina"] == [
        f"Ticket {first.number} is closed.", f"Ticket {second.number} is answered.",
    ]


def test_a_question_that_waits_outlives_its_ticket(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    desk.talks.leave_message("web-1", "web", "asked", Summary(wish="call me"), "mina@example.com")
    ticket = made(desk, "web-1")
    talk = desk.talks.talk("web-1")
    assert talk is not None and (talk.reason, talk.summary.wish, talk.summary.ticket) == ("asked", "call me", ticket.number)
    browser.post("tickets", {"number": ticket.number, "state": "closed"})
    assert rows(browser) == ["web-1"]


def test_what_is_held_back_stays_held_back(desk: Rooms) -> None:
    desk.talks.ask_for_person("web-1", "web", "asked", Summary(wish="help"), ["sensitive skin"])
    made(desk, "web-1")
    talk = desk.talks.talk("web-1")
    assert talk is not None and talk.owner is Owner.WAITING and talk.summary.person == ()
    assert desk.talks.agree("web-1") and "sensitive skin" in str(desk.talks.talk("web-1"))


def test_closing_the_conversation_closes_its_tickets(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    made(desk, "web-1")
    other = made(desk, "web-2", "u")
    browser.post("close", {"id": "web-1", "version": desk.version("web-1")})
    assert rows(browser) == ["web-2"] and [one.number for one in store(desk).open_tickets()] == [other.number]
    made(desk, "web-1", "again", "the label did not come")
    assert set(rows(browser)) == {"web-1", "web-2"}, "what is new opens it again"


def test_one_page_has_all_that_wait_without_their_conversations_too(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    mine, lost = made(desk, "web-1"), store(desk).ticket(GONE, "u", "refund", "Refund of order 10433")
    page = browser.get("tickets").text
    assert mine.number in page and lost.number in page and "talk?id=web-1" in page and f"id={GONE}" not in page
    assert "Closed." in browser.post("tickets", {"number": lost.number, "state": "closed"}).text
    assert lost.number not in browser.get("tickets").text


def test_what_is_no_ticket_and_no_state(desk: Rooms) -> None:
    browser, ticket = desk.browser("Mina"), made(desk, "web-1")
    for number, state in (("T9", "closed"), (ticket.number, "open"), (ticket.number, ""), ("", "closed")):
        assert browser.post("tickets", {"number": number, "state": state}).status_code == 422, (number, state)
    assert browser.post("tickets", {"number": ticket.number, "state": "closed"}, proof="wrong").status_code == 403
    assert len(store(desk).open_tickets()) == 1
