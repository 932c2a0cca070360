"""Several replies as one: nothing said twice, sources once, one row of buttons, what was left over as buttons."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers.answer import Message
from bot.answers.joining import joined, sentences, shortened
from bot.answers.resources import Resources
from bot.answers.turn import Turn
from bot.rules.advice import FollowUp, Profile, Question
from bot.settings import settings
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory

RESOURCES = Resources(settings())
DERMNET = {"publisher": "DermNet", "kind": "medical", "address": "https://dermnetnz.org"}
FDA = {"publisher": "FDA", "kind": "regulator", "address": "https://fda.gov"}
HABIT = {"publisher": "Somebody", "kind": "unsourced", "address": ""}
LONG = "Retinol is strong. Begin with two nights. Then add a third. A moisturizer goes on after it."


def turn(kind: str = "frequency", *subjects: str) -> Turn:
    """The turn of a question of a kind about some subjects."""
    return Turn(Frame("", kind=kind), Question(kind, subjects), Profile(), Memory(), Profile(), False, "", "rest", RESOURCES)


def reply(body: str, *sources: dict[str, str], titles: tuple[str, ...] = (), **more: Any) -> list[Message]:
    """A reply as a part of an answer becomes one."""
    source = RESOURCES.wording.source_line(sources)
    text = f"{body}\n\n{source}" if source else body
    payload = {"body": body, "sources": list(sources), **more} if sources or more else {}
    return [Message(text, tuple({"title": title, "payload": title} for title in titles), payload)]


def merged(*replies: list[Message], turns: tuple[Turn, ...] = (), left: tuple[Frame, ...] = ()) -> Message:
    """The replies as one message."""
    return joined(turns or [turn()] * len(replies), replies, left)


def test_sources_stand_once_at_the_end() -> None:
    message = merged(reply("Retinol is strong.", DERMNET), reply("Twice a week.", FDA, DERMNET))
    assert message.text == "Retinol is strong.\n\nTwice a week.\n\nSource: DermNet (medical); FDA (regulator)"
    assert message.payload["body"] == "Retinol is strong.\n\nTwice a week."
    assert message.payload["sources"] == [DERMNET, FDA]


def test_what_nobody_says_is_no_source() -> None:
    message = merged(reply("Store it cool and dry.", HABIT), reply("Close it well after use.", HABIT))
    assert message.text == "Store it cool and dry.\n\nClose it well after use."


def test_no_sentence_stands_twice() -> None:
    message = merged(reply("Patch test it first. Start slowly."), reply("Twice a week. Patch test it first."))
    assert message.text == "Patch test it first. Start slowly.\n\nTwice a week."


def test_a_reply_with_nothing_new_is_left_out() -> None:
    assert merged(reply("Patch test it first."), reply("Yes. Patch test it first.")).text == "Patch test it first."


@pytest.mark.parametrize("verdicts", [("yes", "doctor"), ("doctor", None)])
def test_a_doctor_is_the_verdict_of_all(verdicts: tuple[str, str | None]) -> None:
    replies = [reply(f"Answer number {n} here.", DERMNET, verdict=verdict) for n, verdict in enumerate(verdicts)]
    assert merged(*replies).payload["verdict"] == "doctor"


def test_other_verdicts_stand_in_the_text_only() -> None:
    message = merged(reply("Yes. It may be used.", DERMNET, verdict="yes"), reply("No. It is not.", DERMNET, verdict="no"))
    assert message.payload["verdict"] is None
    assert message.text.startswith("Yes. It may be used.\n\nNo. It is not.")


def test_buttons_leave_out_what_was_asked() -> None:
    asked = RESOURCES.wording.question
    titles = tuple(filter(None, (asked(FollowUp("what_is", ("retinol",))), asked(FollowUp("frequency", ("retinol",))))))
    assert len(titles) == 2
    message = merged(
        reply("One two three four.", titles=titles), reply("Five six seven eight.", titles=titles[1:]),
        turns=(turn("what_is", "retinol"), turn("benefits", "retinol")),
    )
    assert [one["title"] for one in message.buttons] == [titles[1]]


def test_questions_that_were_left_come_first_as_buttons() -> None:
    left = (Frame("can i mix it with vitamin c"), Frame("is it safe? "))
    message = merged(reply("One two three four.", titles=("A?", "B?")), reply("Five six seven eight."), left=left)
    assert [one["payload"] for one in message.buttons] == ["Can i mix it with vitamin c?", "Is it safe?", "A?"]


def test_products_and_files_of_all_replies_are_shown_once() -> None:
    one, two = {"title": "A"}, {"title": "B"}
    message = merged(
        reply("First list here now.", DERMNET, products=[one], files=["a"]),
        reply("Second list here now.", DERMNET, products=[one, two], files=["a", "b"]),
    )
    assert message.payload["products"] == [one, two] and message.payload["files"] == ["a", "b"]


def test_the_first_picture_and_table_are_kept() -> None:
    message = merged(reply("Words of the first.", image="a", table=None), reply("Words of the second.", image="b", table=[1]))
    assert message.payload["image"] == "a" and message.payload["table"] == [1] and "reminder" not in message.payload


def test_one_of_several_answers_is_short() -> None:
    assert merged(reply(LONG, DERMNET), reply("Twice a week.", FDA)).payload["body"] == "Retinol is strong. Begin with two nights.\n\nTwice a week."


def test_a_bare_verdict_counts_as_no_sentence_and_cautions_stay() -> None:
    (message,) = reply(f"Yes. {LONG}\n\nAsk your doctor first.", DERMNET)
    assert shortened(message.text, message).startswith("Yes. Retinol is strong. Begin with two nights.\n\nAsk your doctor first.")


@pytest.mark.parametrize(
    "message",
    [
        reply(LONG)[0],
        reply(LONG, DERMNET, verdict="doctor")[0],
        reply(LONG, DERMNET, products=[{"title": "A"}])[0],
        reply(f"{LONG}\n- one\n- two", DERMNET)[0],
        reply(f"**Morning** {LONG}", DERMNET)[0],
    ],
    ids=["the shop's words", "a doctor", "products", "a list", "a heading"],
)
def test_what_must_stay_whole_does(message: Message) -> None:
    assert shortened(message.text, message) == message.text


def test_a_line_falls_into_sentences_at_its_marks() -> None:
    assert sentences("Yes. Use 0.5 % at most! Why? It stings") == ["Yes.", "Use 0.5 % at most!", "Why?", "It stings"]
