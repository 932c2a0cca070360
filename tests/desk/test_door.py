"""The door: who comes in, who does not, and what every page carries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk.members import Role
from bot.desk.sessions import LONGEST, Sessions
from bot.store.models import utc_now
from tests.desk.conftest import PASSWORD, Rooms

ACTS = ["take", "give-back", "close", "assign", "write", "typing", "logout", "account", "staff"]
PAGES = ["", "talk?id=x", "inbox", "lines?id=x", "canned", "picks", "live", "account", "staff"]


def test_without_staff_everything_is_closed_and_says_how_to_open(desk: Rooms) -> None:
    for path in ("", "login", *PAGES):
        answer = desk.stranger().get(path)
        assert answer.status_code == 403 and "glasskin desk add-user NAME" in answer.text, path


def test_strangers_are_led_to_the_door(desk: Rooms) -> None:
    desk.member("Mina")
    for path in PAGES:
        answer = desk.stranger().get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "login"), path
        part = desk.stranger().get(path, HX_Request="true")
        assert (part.status_code, part.headers["HX-Redirect"], part.text) == (200, "login", ""), path


def test_a_link_from_elsewhere_is_looked_at_again_with_the_cookie(desk: Rooms) -> None:
    desk.member("Mina")
    answer = desk.stranger().get("", Sec_Fetch_Site="cross-site")
    assert answer.status_code == 200 and '<meta http-equiv="refresh" content="0">' in answer.text
    assert desk.stranger().get("", Sec_Fetch_Site="same-origin").status_code == 303


def test_the_right_name_and_password_come_in(desk: Rooms) -> None:
    desk.member("Mina Park")
    browser = desk.stranger()
    answer = browser.sign_in(" mina  PARK ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "./")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" not in cookie
    assert "Mina Park" in browser.get().text


def test_behind_tls_the_cookie_is_for_tls_alone(desk: Rooms) -> None:
    desk.member("Mina")
    assert "; Secure" in desk.stranger().sign_in("Mina", X_Forwarded_Proto="https").headers["Set-Cookie"]


def test_an_unknown_name_a_wrong_password_and_a_disabled_member_are_told_the_same(desk: Rooms) -> None:
    desk.member("Mina", Role.OWNER)
    desk.member("Joon")
    desk.staff.disable("Joon")
    answers = [desk.stranger().sign_in(*given) for given in (("Nobody", PASSWORD), ("Mina", "wrong"), ("Joon", PASSWORD))]
    assert {answer.status_code for answer in answers} == {401}
    assert all("Name or password is wrong." in answer.text for answer in answers)


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}])
def test_other_pages_cannot_sign_anybody_in(desk: Rooms, headers: dict[str, str]) -> None:
    desk.member("Mina")
    browser = desk.stranger()
    assert browser.sign_in("Mina", **headers).status_code == 403
    assert browser.get().status_code == 303


def test_a_form_without_its_proof_signs_nobody_in(desk: Rooms) -> None:
    desk.member("Mina")
    for proof in ("", "0" * 64):
        browser = desk.stranger()
        browser.get("login")
        assert browser.post("login", {"name": "Mina", "password": PASSWORD}, proof=proof).status_code == 403


def test_too_many_tries_are_not_looked_at(desk: Rooms) -> None:
    desk.member("Mina")
    browser = desk.stranger()
    statuses = [browser.sign_in("Mina", "wrong").status_code for _ in range(9)]
    assert statuses == [401] * 8 + [429]
    assert browser.sign_in("Mina").status_code == 429


def test_nothing_is_done_without_the_proof_of_the_page(desk: Rooms) -> None:
    browser = desk.browser("Mina", Role.OWNER)
    talk = desk.waiting("web-1")
    given = {"id": talk, "version": "1", "name": "x", "act": "add"}
    tries: list[tuple[str | None, dict[str, str]]] = [
        ("", {}), ("f" * 64, {}), (None, {"Origin": "https://evil.example"}), (None, {"Sec_Fetch_Site": "cross-site"})
    ]
    for act in ACTS:
        for proof, headers in tries:
            assert browser.post(act, given, proof=proof, **headers).status_code == 403, (act, proof, headers)
    found = desk.talks.talk(talk)
    assert found is not None and found.agent == "" and len(desk.staff.members()) == 1
    assert browser.get().status_code == 200


def test_nothing_is_done_by_strangers(desk: Rooms) -> None:
    desk.member("Mina")
    talk = desk.waiting("web-1")
    assert {desk.stranger().post(act, {"id": talk}).headers["Location"] for act in ACTS} == {"login"}


def test_signing_out_ends_the_session_itself(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    token = browser.token
    assert browser.post("logout", {}).headers["Location"] == "login"
    thief = desk.stranger()
    thief.requests.cookies.set("glasskin_desk", token)
    assert thief.get().status_code == 303


def test_every_page_is_locked_down_and_kept_nowhere(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    desk.waiting("web-1")
    answers = [desk.stranger().get("login"), browser.post("take", {}, proof="")]
    answers += [browser.get(path) for path in ("", "talk?id=web-1", "talk?id=none", "inbox", "account", "staff")]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script>" not in answer.text and "style=" not in answer.text and " onclick" not in answer.text


def test_agents_do_not_see_to_the_staff(desk: Rooms) -> None:
    agent = desk.browser("Joon")
    assert agent.get("staff").status_code == 403
    assert agent.post("staff", {"act": "add", "name": "Friend"}).status_code == 403
    assert [one.name for one in desk.staff.members()] == ["Joon"]
    assert 'href="staff"' not in agent.get().text


def test_owners_do(desk: Rooms) -> None:
    owner = desk.browser("Mina", Role.OWNER)
    page = owner.post("staff", {"act": "add", "name": "Joon", "role": "agent"}).text
    password = page.split("shown this once: <code>")[1].split("<")[0]
    joon = desk.stranger()
    assert joon.sign_in("Joon", password).status_code == 303
    assert "is kept out" in owner.post("staff", {"act": "disable", "name": "Joon"}).text
    assert joon.get().status_code == 303
    assert "only owner" not in page and owner.post("staff", {"act": "nonsense"}).status_code == 422


def test_a_new_password_ends_the_other_sessions(desk: Rooms) -> None:
    here, there = desk.browser("Mina"), desk.browser("Mina")
    assert here.post("account", {"old": "wrong", "new": "another password"}).status_code == 422
    assert here.post("account", {"old": PASSWORD, "new": "short"}).status_code == 422
    assert here.post("account", {"old": PASSWORD, "new": "another password"}).status_code == 200
    assert here.get().status_code == 200 and there.get().status_code == 303
    assert desk.staff.known("Mina", "another password") is not None


def test_sessions_end_by_the_clock(desk: Rooms) -> None:
    member = desk.member("Mina")
    now = utc_now()
    moment = [now]
    sessions = Sessions(desk.staff._database, 12, lambda: moment[0])
    token = sessions.begin(member)
    for passed, alive in ((11.9, True), (23.7, True), (35.8, False)):
        moment[0] = now + timedelta(hours=passed)
        assert (sessions.of(token) is not None) is alive, passed
    token = sessions.begin(member)
    began = moment[0]
    while moment[0] - began < LONGEST:
        assert sessions.of(token) is not None
        moment[0] += timedelta(hours=11)
    assert sessions.of(token) is None


def test_a_page_left_open_is_no_sign_of_life(desk: Rooms) -> None:
    member = desk.member("Mina")
    now = utc_now()
    moment = [now]
    sessions = Sessions(desk.staff._database, 12, lambda: moment[0])
    token = sessions.begin(member)
    for passed in range(12):
        moment[0] = now + timedelta(hours=passed)
        assert sessions.of(token, sign_of_life=False) is not None
    moment[0] = now + timedelta(hours=12)
    assert sessions.of(token, sign_of_life=False) is None


def test_a_cookie_of_nobodys_opens_nothing(desk: Rooms) -> None:
    desk.member("Mina")
    for token in ("", "x", "x" * 43, "é" * 43):
        assert desk.sessions.of(token) is None
        assert desk.stranger().get("", Cookie=f"glasskin_desk={token}").status_code == 303
