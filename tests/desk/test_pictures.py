"""Pictures from customers at the desk: in the conversation, behind the sign-in, as pictures and nothing else, hidden where the line is."""

from __future__ import annotations

import re

from bot.store.pictures import PictureStore
from bot.support.pictures import Pictures
from tests.desk.conftest import Rooms
from tests.pictures import photo


def test_a_picture_stands_in_the_talk_for_who_is_signed_in(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    pictures = Pictures(desk.talks._database)
    name = pictures.take("web-1", "1", photo())
    assert browser.get(f"picture?name={name}").status_code == 404, "no line has it"
    desk.waiting("web-1")
    desk.talks.heard("web-1", "it came like this", "m1", {"picture": name})
    page = browser.get("talk?id=web-1").text
    (shown,) = re.findall(r'<img src="(picture\?name=[\w-]+)" alt="Picture from the customer"', page)
    answer = browser.get(shown)
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg" and answer.content[:2] == b"\xff\xd8"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    stranger = desk.stranger().get(shown)
    assert stranger.status_code == 303 and b"\xff\xd8" not in stranger.content
    for wrong in ("picture", "picture?name=", "picture?name=..%2Fshop.sqlite", f"picture?name={name}x"):
        assert browser.get(wrong).status_code == 404
    assert PictureStore(desk.talks._database).find(name) is not None
