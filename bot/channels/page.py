"""The chat page: a Rasa channel that serves `bot/web` at `/chat/`.

The page's messages travel through the REST channel; this one only hands out files. They are read when the
server starts, and each gets a route of its own, so that no part of a request ever becomes a path on disk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

WEB = Path(__file__).resolve().parent.parent / "web"
FRONT_PAGE = "index.html"
CONTENT_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE)

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


@dataclass(frozen=True)
class WebFile:
    """A file as it goes over the wire; `name` is its path below the page, such as `js/main.js`."""

    name: str
    body: bytes
    content_type: str

    @property
    def etag(self) -> str:
        """A strong validator after RFC 9110, section 8.8.3: the same for the same bytes only."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def read_files(folder: Path) -> list[WebFile]:
    """Read every servable file below `folder` into memory, sorted by name.

    Files of other kinds are left out, so that an editor's backup never gets published.

    Raises:
        RasaException: the folder has no front page, so the installation is broken.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix in CONTENT_TYPES and path.is_file())
    files = [
        WebFile(path.relative_to(folder).as_posix(), path.read_bytes(), CONTENT_TYPES[path.suffix])
        for path in paths
    ]
    if not any(file.name == FRONT_PAGE for file in files):
        raise RasaException(f"The chat page is missing: there is no {FRONT_PAGE} in {folder}.")
    return files


def security_headers(image_hosts: Sequence[str] = ()) -> dict[str, str]:
    """Headers for every answer: the page loads nothing but its own files and pictures from `image_hosts`.

    Nothing inline is allowed, so markup that slipped into a message could neither run nor restyle the page.
    The policy's terms are those of CSP Level 3.
    """
    policy = {
        "default-src": "'self'",
        "img-src": " ".join(["'self'", *image_hosts]),
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Cache-Control": "no-cache",
    }


def is_current(if_none_match: str, etag: str) -> bool:
    """Whether the browser's copy still holds: weak comparison after RFC 9110, section 13.1.2."""
    known = [tag.strip() for tag in if_none_match.split(",")]
    return "*" in known or etag in [tag.removeprefix("W/") for tag in known]


class ChatPage(InputChannel):
    """Serves the chat page.

    `credentials.yml` names it as `bot.channels.page.ChatPage`. Its one setting, `image_hosts`, lists where
    the shop's product pictures lie if that is elsewhere: `["https://cdn.example.com"]`.
    """

    def __init__(self, image_hosts: Sequence[str] = ()) -> None:
        """Take the origins that product pictures may come from, besides the page's own.

        Raises:
            RasaException: one of them is not an origin such as `https://cdn.example.com`.
        """
        is_list = isinstance(image_hosts, (list, tuple))
        if not is_list or not all(ORIGIN.fullmatch(str(host)) for host in image_hosts):
            raise RasaException(
                "image_hosts of the chat page must be a list of origins such as https://cdn.example.com, "
                f"not {image_hosts!r}."
            )
        self._headers = security_headers(image_hosts)

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "chat"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ChatPage:
        """Make the channel from its section in `credentials.yml`, which may be empty.

        Raises:
            RasaException: `image_hosts` is not a list of origins.
        """
        return cls((credentials or {}).get("image_hosts") or ())

    def url_prefix(self) -> str:
        """An absolute path, which takes the page out of `/webhooks/` when Rasa joins the two."""
        return "/chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Read the files and give each its route. `on_new_message` stays unused: no message arrives here."""
        blueprint = Blueprint("chat_page")
        blueprint.add_route(
            self._redirect(), "", methods=["GET", "HEAD"], name="redirect", strict_slashes=True
        )
        for number, file in enumerate(read_files(WEB)):
            path = "/" if file.name == FRONT_PAGE else f"/{file.name}"
            handler = self._handler(file)
            blueprint.add_route(
                handler, path, methods=["GET", "HEAD"], name=f"file_{number}", strict_slashes=True
            )
        return blueprint

    def _redirect(self) -> Handler:
        # Relative, so that it also holds behind a proxy that serves Rasa below another path.
        headers = {**self._headers, "Location": "chat/"}

        async def redirect(request: Request) -> HTTPResponse:
            return HTTPResponse(status=308, headers=headers, content_type="text/plain; charset=utf-8")

        return redirect

    def _handler(self, file: WebFile) -> Handler:
        headers = {**self._headers, "ETag": file.etag}

        async def serve(request: Request) -> HTTPResponse:
            if is_current(request.headers.get("if-none-match", ""), file.etag):
                return HTTPResponse(status=304, headers=headers, content_type=file.content_type)
            return raw(file.body, headers=headers, content_type=file.content_type)

        return serve
