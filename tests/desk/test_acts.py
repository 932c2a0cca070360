"""What the staff do: once, by one of them, on what they looked at."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from bot.support.handoff import Author, Ending, Owner, Talk
from tests.desk.conftest import Browser, Rooms

ME = "web-1"


def talk(desk: Rooms) -> Talk:
    found = desk.talks.talk(ME)
    assert found is not None
    return found


def said(desk: Rooms, *authors: Author) -> list[str]:
    return [line.text for line in desk.talks.thread(ME) if line.author in (authors or (Author.AGENT,))]


def write(browser: Browser, text: str, key: str = "k", version: int = 1, **more: str) -> int:
    return browser.post("write", {"id": ME, "version": version, "key": key, "kind": "reply", "text": text, **more}).status_code


def test_a_reply_takes_the_conversation_and_is_sent_once(desk: Rooms) -> None:
    mina = desk.browser("Mina")
    desk.waiting(ME)
    assert [write(mina, "Hello!"), write(mina, "Hello!")] == [303, 303]
    assert said(desk) == ["Hello!"] and talk(desk).agent == "Mina"


def test_two_agents_at_once_never_answer_doubled(desk: Rooms) -> None:
    mina, joon = desk.browser("Mina"), desk.browser("Joon")
    for round_ in range(5):
        desk.waiting(ME)
        before = len(said(desk))
        with ThreadPoolExecutor(2) as both:
            statuses = list(both.map(write, (mina, joon), ("I help you.",) * 2, (f"round {round_}",) * 2))
        assert sorted(statuses) == [303, 409]
        assert len(said(desk)) == before + 1
        assert talk(desk).agent == ("Mina" if statuses[0] == 303 else "Joon")
        desk.talks.close(ME, talk(desk).agent)


def test_two_agents_at_once_take_it_once(desk: Rooms) -> None:
    desk.waiting(ME)
    version = desk.version(ME)
    browsers = (desk.browser("Mina"), desk.browser("Joon"))
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda who: who.post("take", {"id": ME, "version": version}).status_code, browsers))
    assert sorted(answers) == [303, 409]
    assert len(said(desk, Author.NOTICE)) == 1


def test_a_colleagues_conversation_takes_no_reply_but_a_note(desk: Rooms) -> None:
    mina, joon = desk.browser("Mina"), desk.browser("Joon")
    desk.waiting(ME)
    write(mina, "Hello!")
    assert write(joon, "Me too!") == 409
    assert joon.post("write", {"id": ME, "version": 1, "key": "n", "kind": "note", "text": "she was here before"}).status_code == 303
    assert said(desk) == ["Hello!"] and said(desk, Author.NOTE) == ["she was here before"]
    page = joon.get(f"talk?id={ME}").text
    assert "Mina has this conversation" in page and 'value="reply"' not in page and "Take over from Mina" in page


def test_what_changed_since_it_was_looked_at_is_not_changed_again(desk: Rooms) -> None:
    mina = desk.browser("Mina")
    desk.waiting(ME)
    old = desk.version(ME)
    desk.talks.take(ME, "Joon", old)
    for act in ("take", "give-back", "close"):
        answer = mina.post(act, {"id": ME, "version": old}, HX_Request="true")
        assert answer.status_code == 409
        assert "Joon has" in json.loads(answer.headers["HX-Trigger"])["desk:refused"]["why"]
    assert talk(desk).agent == "Joon" and talk(desk).closed_at is None


def test_an_emergency_is_marked_in_the_inbox_and_the_talk(desk: Rooms) -> None:
    mina = desk.browser("Mina")
    desk.waiting("web-first")
    desk.waiting(ME)
    assert "Told of an emergency" not in mina.get().text
    desk.talks.automatic(ME, "call your emergency number", "m1")
    rows = mina.get().text
    assert rows.index("Told of an emergency") < rows.index("talk?id=web-first") and rows.index(f"talk?id={ME}") < rows.index("talk?id=web-first")
    assert "Told of an emergency" in mina.get(f"talk?id={ME}").text


def test_take_give_back_and_close(desk: Rooms) -> None:
    mina = desk.browser("Mina")
    desk.waiting(ME)
    for act, owner in (("take", Owner.PERSON), ("give-back", Owner.ASSISTANT), ("take", Owner.PERSON)):
        assert mina.post(act, {"id": ME, "version": desk.version(ME)}, HX_Request="true").status_code == 204
        assert talk(desk).owner is owner
    assert mina.post("close", {"id": ME, "version": desk.version(ME), "unresolved": "1"}).status_code == 303
    assert talk(desk).ending is Ending.UNRESOLVED


def test_what_a_colleague_has_is_taken_over_before_it_is_ended(desk: Rooms) -> None:
    mina, joon = desk.browser("Mina"), desk.browser("Joon")
    desk.waiting(ME)
    assert write(mina, "Hello!") == 303
    page = joon.get(f"talk?id={ME}").text
    assert 'action="close"' not in page and 'action="give-back"' not in page and "Take over from Mina" in page
    for act in ("give-back", "close"):
        answer = joon.post(act, {"id": ME, "version": desk.version(ME)})
        assert answer.status_code == 409 and "Take it over first" in answer.text
    assert talk(desk).agent == "Mina" and talk(desk).closed_at is None
    assert joon.post("take", {"id": ME, "version": desk.version(ME)}).status_code == 303
    assert joon.post("close", {"id": ME, "version": desk.version(ME)}).status_code == 303
    assert talk(desk).closed_at is not None


def test_a_conversation_is_given_to_a_colleague_who_is_there(desk: Rooms) -> None:
    mina = desk.browser("Mina")
    desk.member("Joon")
    desk.member("Gone")
    desk.staff.disable("Gone")
    desk.waiting(ME)
    for name in ("Gone", "Nobody", ""):
        assert mina.post("assign", {"id": ME, "version": desk.version(ME), "agent": name}).status_code == 422
    assert mina.post("assign", {"id": ME, "version": desk.version(ME), "agent": "Joon"}).status_code == 303
    assert talk(desk).agent == "Joon" and "Mina gave this conversation to Joon." in said(desk, Author.NOTE)


def test_products_go_along_and_can_go_alone(desk: Rooms) -> None:
    mina = desk.browser("Mina")
    desk.waiting(ME)
    assert write(mina, "", product="haneul-dew-hyaluronic-ampoule") == 303
    sent = desk.talks.thread(ME)[-1]
    assert sent.text.splitlines() == ["Have a look at this one:", "- Haneul Dew Hyaluronic Ampoule, 24.00 to 36.00 USD"]
    assert sent.data["products"] == ["haneul-dew-hyaluronic-ampoule"]
    assert sent.data["custom"]["body"] == "Have a look at this one:" and sent.data["custom"]["products"][0]["price"] == "24.00 to 36.00 USD"
    page = mina.get(f"lines?id={ME}").text
    assert '<span class="card-title">Haneul Dew Hyaluronic Ampoule</span>' in page and "- Haneul" not in page
    assert write(mina, "This?", key="k2", product="not-on-sale") == 303
    assert desk.talks.thread(ME)[-1].text == "This?"


def test_what_cannot_be_sent_is_refused_with_the_reason(desk: Rooms) -> None:
    mina = desk.browser("Mina")
    desk.waiting(ME)
    for sent in ({"text": "  "}, {"text": "x" * 5000}, {"text": "x", "key": ""}, {"text": "x", "version": "x"}):
        answer = mina.post("write", {"id": ME, "version": 1, "key": "k", "kind": "reply", **sent})
        assert answer.status_code == 422, sent
    assert mina.post("take", {"id": "none", "version": 3}).status_code == 404
    assert said(desk) == []
