"""The desk's pages as they leave: templates, and headers that let nothing foreign in and nothing be kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Optional
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.channels.files import WEB, image_sources, written
from bot.desk.formatting import initials, marked, plain, waited

DESK = WEB / "desk"
HTMX = "hx-request"


def desk_headers(image_hosts: Sequence[str] = ()) -> dict[str, str]:
    """Headers for every page of the desk. Nothing inline runs or restyles, nobody frames it, nothing is kept.

    Raises:
        RasaException: an image host is not an origin such as `https://cdn.example.com`.
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": image_sources(image_hosts),
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": written(policy),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "X-Robots-Tag": "noindex",
    }


class Pages:
    """Makes the desk's pages and parts of pages."""

    def __init__(self, headers: Mapping[str, str], shop_name: Callable[[], str]) -> None:
        """
        Args:
            headers: what goes with each of them.
            shop_name: whose desk it is.
        """
        self.headers = dict(headers)
        self._templates = Environment(
            loader=FileSystemLoader(DESK / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        )
        self._templates.globals["shop_name"] = shop_name
        self._templates.filters.update(marked=marked, plain=plain, waited=waited, initials=initials, query=query)

    def page(self, template: str, values: Mapping[str, Any], status: int = 200, **more: str) -> HTTPResponse:
        """A page or a part of one; `more` are further headers, with _ for -."""
        extra = {name.replace("_", "-"): value for name, value in more.items()}
        body = self._templates.get_template(template).render(values)
        return html(body, status=status, headers={**self.headers, **extra})

    def go(self, request: Request, where: str, cookie: Optional[str] = None) -> HTTPResponse:
        """Leads the browser to another page of the desk; `where` is relative, so that it holds behind a proxy too."""
        headers = dict(self.headers)
        if cookie is not None:
            headers["Set-Cookie"] = cookie
        if is_htmx(request):
            return HTTPResponse(status=200, headers={**headers, "HX-Redirect": where})
        return HTTPResponse(status=303, headers={**headers, "Location": where})

    def told(self, what: str) -> HTTPResponse:
        """Tells a page with script that what it sent is done."""
        return HTTPResponse(status=204, headers={**self.headers, "HX-Trigger": json.dumps({"desk:done": {"told": what}})})

    def untold(self, why: str, status: int) -> HTTPResponse:
        """Tells a page with script why what it sent is not done."""
        return HTTPResponse(status=status, headers={**self.headers, "HX-Trigger": json.dumps({"desk:refused": {"why": why}})})


def query(values: Mapping[str, str]) -> str:
    """An address's query."""
    return f"?{urlencode(values)}"


def is_htmx(request: Request) -> bool:
    """Whether a part of a page is wanted and not a whole one."""
    return bool(request.headers.get(HTMX) == "true")
