"""A chat of the stand-in as Telegram would show it, for people to look at: one HTML page.

`python -m tests.peers.telegram_picture out.html "first message" "second message" ...` starts the assistant, has the
conversation (a message that starts with "#" presses the button of that label) and writes the page.
"""

from __future__ import annotations

import argparse
import base64
import html
import tempfile
import time
from pathlib import Path

from bot.rasa.lean import prepare_rasa

STYLE = """
body{margin:0;background:#d5e3d0;font:16px/1.35 -apple-system,Roboto,"DejaVu Sans",sans-serif}
main{max-width:420px;margin:auto;padding:12px;box-sizing:border-box}
.m{background:#fff;border-radius:14px;padding:8px 12px;margin:8px 48px 2px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.u{background:#e2ffc7;margin:8px 0 2px 48px}
.k{display:flex;gap:4px;margin:0 48px 4px 0}.k span{flex:1;background:#8aa683cc;color:#fff;border-radius:10px;
padding:8px 6px;text-align:center;font-size:14px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
img{max-width:100%;border-radius:10px;display:block}a{color:#168acd;text-decoration:none}
"""


def page(parts: list[str]) -> str:
    """The page that holds `parts`, each a piece of HTML."""
    return f"<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><style>{STYLE}</style>" \
           f"<main>{''.join(parts)}</main>"


def main() -> None:
    """Has a conversation and writes its page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("messages", nargs="+")
    given = parser.parse_args()
    prepare_rasa()
    from tests.channels.telegram.server import ServerProcess
    from tests.peers.telegram import TOKEN, TelegramPeer

    peer = TelegramPeer().start()
    parts: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        server = ServerProcess(Path(folder), TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=peer.address)
        server.variables["TELEGRAM_WEBHOOK_URL"] = server.address
        try:
            server.start()
            peer.until(lambda: bool(peer.state.webhook["url"]), 60)
            for text in given.messages:
                before = len(peer.chat(1))
                if text.startswith("#"):
                    peer.press(1, text[1:])
                else:
                    peer.say(1, text)
                    parts.append(f"<div class='m u'>{html.escape(text)}</div>")
                _settled(peer, before)
                parts.extend(_shown(message) for message in peer.chat(1)[before:])
        finally:
            server.stop()
            peer.stop()
    given.out.write_text(page(parts), encoding="utf-8")


def _settled(peer: object, before: int) -> None:
    """Waits for the reply, which may come in several messages or change one that is there."""
    from tests.peers.telegram import TelegramPeer

    assert isinstance(peer, TelegramPeer)
    quiet_since, seen = time.monotonic(), ""
    deadline = quiet_since + 60
    while time.monotonic() < deadline and time.monotonic() - quiet_since < 3:
        now = str(peer.chat(1))
        if now != seen or len(peer.chat(1)) == before == 0:
            quiet_since, seen = time.monotonic(), now
        time.sleep(0.1)


def _shown(message: object) -> str:
    from tests.peers.telegram_state import Message

    assert isinstance(message, Message)
    body = message.html
    if message.kind == "photo" and message.content:
        body = f"<img src='data:image/png;base64,{base64.b64encode(message.content).decode()}'>{body}"
    elif message.kind == "document":
        body = f"\N{PAGE FACING UP} {body or 'file'}"
    rows = "".join(
        "<div class=k>" + "".join(f"<span>{html.escape(button['text'])}</span>" for button in row) + "</div>"
        for row in message.buttons
    )
    return f"<div class=m>{body}</div>{rows}"


if __name__ == "__main__":
    main()
