"""How people reach the assistant: port, pages, proxies, secrets, Telegram."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
from sqlalchemy.engine import make_url

from bot.cli.starting import port_problem
from bot.finding import Finding, good, look, mend
from bot.settings import Settings, listed

TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,50}")
LOCAL = ("127.0.0.1", "localhost", "::1")
WAITS_S = 3


def port(chosen: Settings) -> Iterator[Finding]:
    """The port is free, or this assistant is what listens there."""
    problem = port_problem(chosen.host, chosen.port)
    if problem is None:
        yield good(f"port {chosen.port} is free")
    elif _is_glasskin(chosen):
        yield good(f"the assistant answers on port {chosen.port}")
    else:
        yield mend(problem)


def origins(chosen: Settings) -> Iterator[Finding]:
    """The shop's pages may talk to the assistant, over TLS."""
    named = listed(chosen.web_origins)
    if not named:
        yield look("WEB_ORIGINS is empty: only pages on this machine may talk to the assistant. Set it to your shop's address.")
    for origin in named:
        parts = urlsplit(origin)
        if parts.scheme == "http" and parts.hostname not in LOCAL:
            yield look(f"WEB_ORIGINS: {origin} has no TLS, so anybody between can read along.")
        else:
            yield good(f"{origin} may talk to the assistant")


def proxies(chosen: Settings) -> Iterator[Finding]:
    """Behind a proxy every visitor seems to have its address, unless the proxy's word is trusted."""
    public = any(urlsplit(one).hostname not in LOCAL for one in listed(chosen.web_origins))
    behind = chosen.host in LOCAL and (public or chosen.telegram_webhook_url)
    if behind and not chosen.trusted_proxies:
        yield mend("TRUSTED_PROXIES is 0 behind a proxy, so all visitors share one address's limits: set it to 1.")
    elif not behind and chosen.host not in LOCAL and chosen.trusted_proxies == 0 and public:
        yield look(f"HOST={chosen.host} is open without TLS: put nginx in front and set HOST=127.0.0.1 (docs/deploy.md).")
    elif chosen.host not in LOCAL and chosen.trusted_proxies:
        yield look("TRUSTED_PROXIES is set and HOST is open to all: whoever comes past the proxy can make up addresses.")
    else:
        yield good(f"TRUSTED_PROXIES={chosen.trusted_proxies} fits HOST={chosen.host}")


def session_secret(chosen: Settings) -> Iterator[Finding]:
    """Machines that share conversations must sign sessions alike."""
    shared = make_url(chosen.tracker_database).get_backend_name() != "sqlite"
    if shared and not chosen.session_secret:
        yield look("SESSION_SECRET is empty: with a second machine on this database visitors lose their chats. `openssl rand -hex 32` makes one.")
    else:
        yield good("sessions are signed")


def telegram(chosen: Settings) -> Iterator[Finding]:
    """Telegram's token has the form that @BotFather gives, and the webhook is what Telegram can reach."""
    if not chosen.telegram_token:
        yield good("Telegram is off")
        return
    if not TOKEN.fullmatch(chosen.telegram_token):
        yield mend("TELEGRAM_TOKEN is no token: copy the whole of what @BotFather gives, such as 123456789:AA... (45 characters).")
    else:
        yield good("TELEGRAM_TOKEN has the form of a token (`glasskin telegram check` asks Telegram)")
    webhook = urlsplit(chosen.telegram_webhook_url)
    if chosen.telegram_webhook_url and (webhook.scheme != "https" or not webhook.hostname or webhook.hostname in LOCAL):
        yield mend("TELEGRAM_WEBHOOK_URL must be a public https address, such as https://bot.example.")
    if chosen.telegram_webhook_url and webhook.port not in (None, 443, 80, 88, 8443):
        yield mend("TELEGRAM_WEBHOOK_URL: Telegram reaches only the ports 443, 80, 88 and 8443.")


def action_server(chosen: Settings) -> Iterator[Finding]:
    """A separate action server answers, where there is one."""
    if not chosen.action_endpoint:
        return
    address = urlsplit(chosen.action_endpoint)
    try:
        with socket.create_connection((address.hostname or "", address.port or 80), timeout=WAITS_S):
            yield good(f"the action server at {chosen.action_endpoint} answers")
    except (OSError, ValueError):
        yield mend(f"ACTION_ENDPOINT={chosen.action_endpoint} does not answer: `rasa run actions` starts one; without the setting none is needed.")


def _is_glasskin(chosen: Settings) -> bool:
    host = "127.0.0.1" if chosen.host in ("", "0.0.0.0", "::") else chosen.host
    try:
        answer = requests.get(f"http://{host}:{chosen.port}/webhooks/rest/", timeout=WAITS_S)
    except requests.RequestException:
        return False
    return answer.status_code == 200 and "application/json" in answer.headers.get("content-type", "")
