"""A picture from the widget in a real browser: by the button, pasted and dropped, shown where it was sent and at the desk, and axe-core
has nothing to say.

With SCREENSHOTS set to a folder the pages are also put there as pictures.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.support.handoff import PICTURE, Summary
from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE, Chat
from tests.browser.test_desk import MINA, Shop, shop, signed_in
from tests.pictures import SECRET, label_photo, photo

__all__ = ["shop"]
PHOTO: Any = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo((3200, 2400))}
HANDED_OVER = """({ target, event, data, name }) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
  const field = event === "paste" ? { clipboardData: transfer } : { dataTransfer: transfer };
  const Kind = event === "paste" ? ClipboardEvent : DragEvent;
  target.dispatchEvent(new Kind(event, { bubbles: true, cancelable: true, composed: true, ...field }));
}"""


def pick(chat: Chat, file: Any = PHOTO) -> None:
    """Chooses a file by the button."""
    with chat.page.expect_file_chooser() as chooser:
        chat.button("Add a picture").click()
    assert chooser.value.element.get_attribute("accept") == "image/*", "phones offer their camera"
    chooser.value.set_files(file)


def kept(page: Page, name: str) -> None:
    """Puts a picture of the page where SCREENSHOTS says."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "dark"), (DESKTOP, "light")], ids=["phone", "desktop"])
def test_a_picture_is_sent_seen_again_and_reaches_the_desk(
    server: str, shop: Shop, new_visitor: NewVisitor, size: tuple[int, int], theme: Any
) -> None:
    chat = new_visitor(server, size, color_scheme=theme).visit("/").open()
    pick(chat)
    expect(chat.button("Remove the picture")).to_be_visible()
    assert violations(chat.page) == []
    kept(chat.page, f"picture-added-{size[0]}-{theme}")
    words = f"my order arrived damaged, seen on {size[0]}"
    chat.say(words)
    expect(chat.log.get_by_role("img", name="Picture")).to_have_count(1)
    expect(chat.log).to_contain_text("I can't look at your picture myself")
    expect(chat.button("Remove the picture")).to_be_hidden()
    assert violations(chat.page) == []
    kept(chat.page, f"picture-sent-{size[0]}-{theme}")
    chat.page.reload()
    if not chat.log.is_visible():
        chat.open()
    expect(chat.log.get_by_role("img", name="Picture")).to_have_count(1)

    sender = shop.sender_of(words)
    shop.talks.ask_for_person(sender, "web", "asked", Summary(wish=words))
    desk = signed_in(new_visitor(server, size, color_scheme=theme), shop, MINA)
    desk.get_by_role("link", name=words).click()
    shown = desk.get_by_role("img", name="Picture from the customer")
    expect(shown).to_be_visible()
    assert shown.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 2048
    assert violations(desk) == []
    kept(desk, f"picture-at-desk-{size[0]}-{theme}")
    address = f"{server}/desk/{shown.get_attribute('src')}"
    assert SECRET not in desk.request.get(address).body()
    chat.button("Add a picture")
    pick(chat)
    chat.button("Send message").click()
    expect(chat.log.get_by_role("img", name="Picture")).to_have_count(2)
    expect(desk.get_by_role("img", name="Picture from the customer")).to_have_count(2)
    assert sum(PICTURE in line.data for line in shop.talks.lines(sender)) == 1


def test_pasted_and_dropped_and_taken_away_again(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server).visit("/").open()
    expect(chat.button("Add a picture")).to_be_visible()
    data = base64.b64encode(PHOTO["buffer"]).decode()
    for event, target in (("paste", chat.input), ("drop", chat.log)):
        target.evaluate(
            f"(target, given) => ({HANDED_OVER})({{ target, ...given }})", {"event": event, "data": data, "name": "a.jpg"},
        )
        remove = chat.button("Remove the picture")
        expect(remove).to_be_visible()
        remove.click()
        expect(remove).to_be_hidden()
    pick(chat, {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": b"this is no picture"})
    expect(chat.page.get_by_role("status").filter(has_text="This picture can't be read.")).to_be_visible()
    chat.say("Can I use an ampoule every day?")
    expect(chat.answers.last).to_contain_text("times")
    assert chat.log.get_by_role("img", name="Picture").count() == 0


def test_a_label_on_a_photo_is_corrected_before_it_is_judged(server: str, new_visitor: NewVisitor) -> None:
    if shutil.which("tesseract") is None and not os.environ.get("CI"):
        pytest.skip("no Tesseract here: run scripts/browser as root")
    chat = new_visitor(server, PHONE, reduced_motion="reduce").visit("/").open()
    lines = ("Ingredients: Water, Glycerin, Niacinamide,", "Butylene Glycol, Salicylic Acid, Parfum")
    pick(chat, {"name": "label.jpg", "mimeType": "image/jpeg", "buffer": label_photo(lines)})
    chat.button("Send message").click()
    expect(chat.input).to_have_value(re.compile("^Ingredients: Water, Glycerin, Niacinamide"))
    expect(chat.suggestions.first).to_have_text("It is right as it stands")
    assert violations(chat.page) == []
    kept(chat.page, "label-read")
    chat.input.fill(chat.input.input_value().replace("Parfum", "Panthenol"))
    chat.input.press("Enter")
    expect(chat.mine.last).to_contain_text("Panthenol")
    expect(chat.answers.last).to_contain_text("Niacinamide (no. 3)")
