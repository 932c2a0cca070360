"""Who comes in: sign-in, sign-out, and the checks before every page and everything that is sent."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Optional
from urllib.parse import urlsplit

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.web_limits import TokenBuckets, client_address
from bot.desk.members import Member, Members
from bot.desk.pages import Pages
from bot.desk.sessions import TOKEN_BYTES, Sessions, SignedIn, csrf, is_csrf
from bot.store.errors import StoreError

logger = logging.getLogger(__name__)
COOKIE, FORM_COOKIE = "glasskin_desk", "glasskin_desk_form"
INBOX = "./"
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
TRIES, TRIES_A_MINUTE = 8, 0.5
"""Sign-ins of one address, and of one name from one address: so many at once, then one every two minutes."""
NAME_TRIES, NAME_TRIES_A_MINUTE = 40, 2.0
"""Sign-ins of one name from anywhere."""
HASHES_AT_ONCE = 1
WRONG = "Name or password is wrong."
TOO_MANY = "Too many tries. Wait a few minutes, then try again."
STALE = "This page was too old to be sent. Please try again."
TOO_LARGE = "That is too large to be sent from here: {most} MB are the most."
AWAY = "What is stored can't be reached right now. Please try again in a moment."
Answered = Coroutine[Any, Any, Optional[HTTPResponse]]
Handler = Callable[[Request, SignedIn], Answered]
Route = Callable[[Request], Answered]


class Door:
    """Lets the staff in, and nobody else."""

    def __init__(self, staff: Members, sessions: Sessions, pages: Pages, proxies: int, first: Callable[[Member], str] = lambda _: INBOX) -> None:
        """
        Args:
            staff: who may come in.
            sessions: who has.
            pages: makes the pages of sign-in.
            proxies: how many proxies of ours stand in front.
            first: gives the page that a member sees first; it may read files.
        """
        self._staff, self._sessions, self._pages, self._proxies, self._first = staff, sessions, pages, proxies, first
        self._addresses = TokenBuckets(TRIES_A_MINUTE, TRIES)
        self._pairs = TokenBuckets(TRIES_A_MINUTE, TRIES)
        self._names = TokenBuckets(NAME_TRIES_A_MINUTE, NAME_TRIES)
        self._hashing = asyncio.Semaphore(HASHES_AT_ONCE)

    def add_routes(self, blueprint: Blueprint) -> None:
        """The pages of sign-in and sign-out."""
        form, sign_in = self._reached(self._ask), self._reached(self._sign_in)
        blueprint.add_route(form, "/desk/login", methods=["GET"], name="desk_login", strict_slashes=True)
        blueprint.add_route(sign_in, "/desk/login", methods=["POST"], name="desk_sign_in", strict_slashes=True)
        blueprint.add_route(self.sent(self._sign_out), "/desk/logout", methods=["POST"], name="desk_logout", strict_slashes=True)

    def shown(self, handler: Handler, sign_of_life: bool = True) -> Route:
        """A route that only those who are signed in see; others are led to the door. `sign_of_life`: see `Sessions.of`."""

        async def route(request: Request) -> Optional[HTTPResponse]:
            who = await asyncio.to_thread(self._sessions.of, request.cookies.get(COOKIE), sign_of_life)
            if who is not None:
                return await handler(request, who)
            if not await asyncio.to_thread(self._staff.anybody):
                return self._pages.page("nobody.html", {}, status=403)
            if came_from_elsewhere(request):
                return self._pages.page("again.html", {})
            return self._pages.go(request, "login")

        return self._reached(route)

    def sent(self, handler: Handler, largest: int = 0, owners_only: str = "") -> Route:
        """A route for what is sent from our own pages by who is signed in.

        Args:
            handler: takes it.
            largest: most bytes of it, where more than usual may be; the route must be one that streams, so that nothing of it is read for strangers.
            owners_only: what others than owners are told before anything of it is read; empty where the handler itself says who may.
        """

        async def route(request: Request) -> Optional[HTTPResponse]:
            token = request.cookies.get(COOKIE)
            who = await asyncio.to_thread(self._sessions.of, token)
            if who is None or token is None:
                return self._pages.go(request, "login")
            if owners_only and not who.member.is_owner:
                return self._pages.page("refused.html", {"why": owners_only}, status=403)
            if largest and is_own_page(request):
                if int(request.headers.get("content-length") or largest + 1) > largest:
                    return self._pages.page("refused.html", {"why": TOO_LARGE.format(most=largest // 2**20)}, status=413)
                streaming: Any = request
                streaming.stream.request_max_size = largest
                await streaming.receive_body()
            if not is_own_page(request) or not is_csrf(token, request.headers.get(CSRF_HEADER) or field(request, CSRF_FIELD)):
                return self._pages.page("refused.html", {"why": STALE}, status=403)
            return await handler(request, who)

        return self._reached(route)

    def _reached(self, route: Route) -> Route:
        """The route, with a sentence where the database gives no answer."""

        @wraps(route)
        async def tried(request: Request) -> Optional[HTTPResponse]:
            try:
                return await route(request)
            except (StoreError, SQLAlchemyError) as error:
                logger.error("the desk's database gave no answer: %s", error)
                return self._pages.page("refused.html", {"why": AWAY}, status=503)

        return tried

    async def _ask(self, request: Request, why: str = "", status: int = 200, name: str = "") -> HTTPResponse:
        if not await asyncio.to_thread(self._staff.anybody):
            return self._pages.page("nobody.html", {}, status=403)
        token = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(TOKEN_BYTES)
        cookie = baked(request, FORM_COOKIE, token)
        return self._pages.page("login.html", {"csrf": csrf(token), "why": why, "name": name}, status, Set_Cookie=cookie)

    async def _sign_in(self, request: Request) -> HTTPResponse:
        token, name = request.cookies.get(FORM_COOKIE), field(request, "name").strip()
        if not token or not is_own_page(request) or not is_csrf(token, field(request, CSRF_FIELD)):
            return await self._ask(request, STALE, 403, name)
        if not self._may_try(client_address(request.ip, request.headers, self._proxies), name.casefold()):
            return await self._ask(request, TOO_MANY, 429, name)
        async with self._hashing:
            member = await asyncio.to_thread(self._staff.known, name, field(request, "password"))
        if member is None:
            return await self._ask(request, WRONG, 401, name)
        await asyncio.to_thread(self._sessions.end, request.cookies.get(COOKIE))
        begun, first = await asyncio.to_thread(self._sessions.begin, member), await asyncio.to_thread(self._first, member)
        return self._pages.go(request, first, baked(request, COOKIE, begun))

    def _may_try(self, address: str, name: str) -> bool:
        """Counts a try; False where there were too many, by anybody from there or for this name."""
        return all([self._addresses.take(address), self._pairs.take(f"{address} {name}"), self._names.take(name)])

    async def _sign_out(self, request: Request, _: SignedIn) -> HTTPResponse:
        await asyncio.to_thread(self._sessions.end, request.cookies.get(COOKIE))
        return self._pages.go(request, "login", baked(request, COOKIE, "", ended=True))


def field(request: Request, name: str) -> str:
    """A field of the form that was sent, empty where it has none."""
    value: Optional[str] = (request.form or {}).get(name)
    return value or ""


def fields(request: Request, name: str) -> list[str]:
    """All fields of this name in the form that was sent, each value once."""
    form: Any = request.form
    return list(dict.fromkeys(form.getlist(name) or ())) if form else []


def baked(request: Request, name: str, value: str, ended: bool = False) -> str:
    """A cookie's header. Its path is left to the browser: the desk's folder, wherever a proxy puts it."""
    secure = "; Secure" if request.headers.get("x-forwarded-proto", request.scheme) == "https" else ""
    return f"{name}={value}; HttpOnly; SameSite=Strict{secure}{'; Max-Age=0' if ended else ''}"


def is_own_page(request: Request) -> bool:
    """Whether what was sent comes from a page of ours, as far as the browser says: `Sec-Fetch-Site`, else `Origin`."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return bool(site == "same-origin")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == str(request.headers.get("host", "")).lower()


def came_from_elsewhere(request: Request) -> bool:
    """Whether a link on another site led here: its click brought no cookie (SameSite=Strict), a second look will."""
    return request.method == "GET" and request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
