"""From the assistant's replies to Bot API calls: text in parts, keyboard on the last, pictures and files as uploads.

A call is plain data, so that it can wait in the database: {"method", "params", "file"?}. A file is named by its
address on this server and fetched when it is sent.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Callable, Mapping, Sequence
from urllib.parse import urlsplit

from bot.channels.telegram import formatting, tables

NO_PREVIEW = {"is_disabled": True}
PHOTO_TYPES = (".jpg", ".jpeg", ".png", ".webp")
MOST_IN_ALBUM = 10
RATED = "rated"
"""Marks a reply, and the calls that show it, as an answer to what somebody asked, which they may rate."""

Call = dict[str, Any]
Reply = Mapping[str, Any]
Tokens = Callable[[Sequence[str]], Sequence[str]]
Say = Callable[..., str]


@dataclass(frozen=True)
class Place:
    """Where replies go.

    `reply_to` is quoted in groups; `edit` is the message to rewrite instead of sending anew; `pressed` is what a
    button said, shown above the answer, since Telegram itself does not show it; `thread` is the chat's topic.
    """

    chat_id: int
    reply_to: int | None = None
    edit: int | None = None
    pressed: str = ""
    thread: int | None = None


def calls_for(replies: Sequence[Reply], place: Place, tokens: Tokens, say: Say) -> list[Call]:
    """The calls that show `replies`.

    Args:
        replies: as the assistant gives them: text, buttons, custom (see the payload's keys in `bot.answers.rendering`).
        place: the chat.
        tokens: gives the button data for what each button says when pressed.
        say: gives a wording by its key.
    """
    calls: list[Call] = []
    for reply in replies:
        calls.extend(_of_reply(reply, place, tokens, say))
    first = next((call for call in calls if call["method"] == "sendMessage"), None)
    if place.pressed and first:
        asked = f"<i>› {html.escape(place.pressed, quote=False)}</i>\n\n"
        if len(asked) + len(first["params"]["text"]) < formatting.LONGEST_MESSAGE:
            first["params"]["text"] = asked + first["params"]["text"]
    if place.reply_to is not None and calls:
        calls[0]["params"]["reply_parameters"] = {
            "message_id": place.reply_to, "allow_sending_without_reply": True,
        }
    if place.edit is not None and len(calls) == 1 and calls[0]["method"] == "sendMessage":
        calls[0]["method"] = "editMessageText"
        calls[0]["params"].pop("message_thread_id", None)
        calls[0]["params"]["message_id"] = place.edit
    return calls


def _of_reply(reply: Reply, place: Place, tokens: Tokens, say: Say) -> list[Call]:
    custom: Mapping[str, Any] = reply.get("custom") or {}
    buttons = [button for button in reply.get("buttons") or [] if button.get("title") and button.get("payload")]
    data = tokens([f"{button.get('kind', 'say')}:{button['payload']}" for button in buttons])
    markup = formatting.keyboard([(button["title"], token) for button, token in zip(buttons, data)], _into_cart(custom, say))
    calls = [*_album(custom, place), *_text(reply, custom, place, say("source", sources="").strip()), *_files(custom, place)]
    if reply.get("image"):
        calls.append(_call("sendPhoto", place, photo=reply["image"]))
    if markup:
        last = next((call for call in reversed(calls) if call["method"] == "sendMessage"), None)
        if last:
            last["params"]["reply_markup"] = markup
    if reply.get(RATED):
        for call in calls:
            call[RATED] = True
    return calls


def _text(reply: Reply, custom: Mapping[str, Any], place: Place, sources_label: str) -> list[Call]:
    whole = str(reply.get("text") or "")
    table = tables.to_html(custom.get("table") or {}, str(custom.get("body") or ""), str(custom.get("below") or ""))
    if table and formatting.units(table) <= formatting.LONGEST_MESSAGE:
        return [_call("sendMessage", place, text=table, parse_mode="HTML", link_preview_options=NO_PREVIEW)]
    body = str(custom.get("body") or whole)
    if custom.get("table") or custom.get("products"):
        body = whole
    if not body.strip():
        return []
    if custom.get("verdict"):
        body = formatting.with_bold_verdict(body)
    unnamed = [one for one in custom.get("sources") or [] if f"]({one.get('address')})" not in body]
    source = formatting.sources_line(sources_label, unnamed) if body is not whole else ""
    parts = [formatting.to_html(part) for part in formatting.pieces(body)]
    if source and len(parts[-1]) + len(source) < formatting.LONGEST_MESSAGE:
        parts[-1] = f"{parts[-1]}\n\n{source}"
    elif source:
        parts.append(source)
    return [_call("sendMessage", place, text=part, parse_mode="HTML", link_preview_options=NO_PREVIEW) for part in parts]


def _album(custom: Mapping[str, Any], place: Place) -> list[Call]:
    """Products that have a picture Telegram can fetch: one as a photo, several as an album; none without pictures."""
    shown = [product for product in custom.get("products") or [] if _is_photo(product.get("image"))][:MOST_IN_ALBUM]
    captions = [formatting.to_html(f"**{item.get('title')}**\n{item.get('price') or ''}".strip()) for item in shown]
    if len(shown) == 1:
        return [_call("sendPhoto", place, photo=shown[0]["image"], caption=captions[0], parse_mode="HTML", optional=True)]
    media = [
        {"type": "photo", "media": product["image"], "caption": caption, "parse_mode": "HTML"}
        for product, caption in zip(shown, captions)
    ]
    return [_call("sendMediaGroup", place, media=media, optional=True)] if media else []


def _into_cart(custom: Mapping[str, Any], say: Say) -> list[tuple[str, str]]:
    """What each button says that puts the one product of a reply into the shop's cart, and its address. Of several the buttons
    would not tell which."""
    products = custom.get("products") or []
    links = products[0].get("cart") or [] if len(products) == 1 else []
    return [
        (say("cart_add_size", size=one["size"]) if one["size"] else say("cart_add"), one["url"]) for one in links if _is_public(one["url"])
    ]


def _is_public(address: str) -> bool:
    """Whether Telegram takes an address for a button; one that it does not know as the web's costs the whole message."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _is_photo(address: Any) -> bool:
    plain = str(address or "").split("?")[0].lower()
    return plain.startswith(("https://", "http://")) and plain.endswith(PHOTO_TYPES)


def _files(custom: Mapping[str, Any], place: Place) -> list[Call]:
    """The picture and the files that a reply carries, uploaded from this server; what the picture shows stands in the
    text already."""
    calls = []
    picture = custom.get("image")
    if picture:
        file = {"field": "photo", "href": picture["src"], "name": "picture.png"}
        calls.append(_call("sendPhoto", place, file=file, optional=True))
    shown = picture["src"] if picture else None
    for item in [item for item in custom.get("files") or [] if item["href"] != shown]:
        name = item["href"].split("?")[0].rsplit("/", 1)[-1]
        file = {"field": "document", "href": item["href"], "name": f"glasskin-week.{name.rsplit('.', 1)[-1]}"}
        calls.append(_call("sendDocument", place, caption=str(item.get("title") or ""), file=file))
    return calls


def _call(method: str, place: Place, file: Mapping[str, str] | None = None, optional: bool = False, **params: Any) -> Call:
    """`optional` calls only decorate: when Telegram refuses one, the rest of the reply still says everything."""
    call: Call = {"method": method, "params": {"chat_id": place.chat_id, **params}}
    if place.thread is not None:
        call["params"]["message_thread_id"] = place.thread
    if file:
        call["file"] = dict(file)
    if optional:
        call["optional"] = True
    return call
