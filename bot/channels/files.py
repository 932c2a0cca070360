"""Files handed out over HTTP: read into memory once, compressed once, each under a route of its own, so that no part
of a request ever becomes a path on disk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import zopfli.gzip
from rasa.shared.exceptions import RasaException
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

WEB = Path(__file__).resolve().parent.parent / "web"
CONTENT_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE)
REVALIDATE = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


@dataclass(frozen=True)
class WebFile:
    """A file as it goes over the wire; `name` is its path below its folder, such as `strings/en.js`."""

    name: str
    body: bytes
    content_type: str

    @cached_property
    def etag(self) -> str:
        """A strong validator after RFC 9110, section 8.8.3: the same for the same bytes only."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    @cached_property
    def gzipped(self) -> bytes:
        """The body for those who accept gzip; without a time, so that it is the same on every start."""
        return bytes(zopfli.gzip.compress(self.body, numiterations=5))


def read_files(folder: Path) -> list[WebFile]:
    """Every servable file below `folder`, sorted by name.

    Files of other kinds are left out, so that an editor's backup never gets published.

    Raises:
        RasaException: there is none, so the installation is broken.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix in CONTENT_TYPES and path.is_file())
    if not paths:
        raise RasaException(f"The website's files are missing: there are none in {folder}.")
    return [read_file(path, path.relative_to(folder).as_posix()) for path in paths]


def read_file(path: Path, name: str) -> WebFile:
    """The file at `path`, to be served as `name`."""
    return WebFile(name, path.read_bytes(), CONTENT_TYPES[path.suffix])


def security_headers(image_hosts: Sequence[str] = ()) -> dict[str, str]:
    """Headers for every page: it loads nothing but this server's files and pictures from `image_hosts`.

    Nothing inline is allowed, so markup that slipped into a message could neither run nor restyle the page.
    The policy's terms are those of CSP Level 3; its 'self' covers web sockets too.

    Raises:
        RasaException: an image host is not an origin such as `https://cdn.example.com`.
    """
    policy = {
        "default-src": "'self'",
        "img-src": image_sources(image_hosts),
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": written(policy),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }


def image_sources(image_hosts: Sequence[str]) -> str:
    """Where a page may have pictures from, as a policy says it.

    Raises:
        RasaException: an image host is not an origin such as `https://cdn.example.com`.
    """
    is_list = isinstance(image_hosts, (list, tuple))
    if not is_list or not all(ORIGIN.fullmatch(str(host)) for host in image_hosts):
        raise RasaException(
            f"image_hosts must be a list of origins such as https://cdn.example.com, not {image_hosts!r}."
        )
    return " ".join(["'self'", *image_hosts])


def written(policy: Mapping[str, str]) -> str:
    """A content security policy as its header has it."""
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def embeddable_headers() -> dict[str, str]:
    """Headers for files that any shop's page may load: modules, which browsers always fetch with CORS, included."""
    return {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


def is_current(if_none_match: str, etag: str) -> bool:
    """Whether the browser's copy still holds: weak comparison after RFC 9110, section 13.1.2."""
    known = [tag.strip() for tag in if_none_match.split(",")]
    return "*" in known or etag in [tag.removeprefix("W/") for tag in known]


def answer(request: Request, file: WebFile, headers: Mapping[str, str]) -> HTTPResponse:
    """The file as this request can take it: compressed, plain, or not again.

    The two forms share a tag, which is therefore sent as a weak one.
    """
    sent = {**headers, "ETag": f"W/{file.etag}", "Vary": "Accept-Encoding"}
    if is_current(request.headers.get("if-none-match", ""), file.etag):
        return HTTPResponse(status=304, headers=sent, content_type=file.content_type)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return raw(file.gzipped, headers={**sent, "Content-Encoding": "gzip"}, content_type=file.content_type)
    return raw(file.body, headers=sent, content_type=file.content_type)


def add_file(blueprint: Blueprint, path: str, file: WebFile, headers: Mapping[str, str]) -> None:
    """Serve `file` at `path`."""

    async def serve(request: Request) -> HTTPResponse:
        return answer(request, file, headers)

    name = "file_" + re.sub(r"\W", "_", path)
    blueprint.add_route(serve, path, methods=["GET", "HEAD"], name=name, strict_slashes=True)
