"""What the widget costs the page that it stands on: script time and layout shift, without it, with it closed, and after one answer.

    python -m benchmarks.widget_cost [--loads 9] [--slow 4]

Every load is a new visitor with an empty cache, on an empty shop page of a server that speaks the web channel; beside ours
the same page with rasa-webchat, where `scripts/npm-peers` has brought it, which hears and says the same. A page is first left until its
main thread rests ("closed"), then the launcher is pressed and a question asked, and it is left until it rests again
("answered", counted from the start of the load). Only the browser's own input events drive it and nothing is looked at in
the page meanwhile, so that no script counts but the page's. On a busy machine a page may rest before it is ready, and what is pressed then is
lost: whether the question came is asked of the server, a load in which it did not is measured anew and counted below the table, and
after three in a row the run fails.

Figures are medians over the loads. Script is what Chromium's main thread spent on scripts, all is everything it did, both as
DevTools' Performance domain counts them; longest is the longest task that kept the thread for more than 50 ms. CLS is layout
shift as Web Vitals defines it (the worst window of five seconds, without what follows a person's own input within half a
second); moved is the sum of all shifts. `--slow` measures once more with a processor so many times slower, as phones are.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from playwright.sync_api import Browser, CDPSession, Page, Route, expect, sync_playwright

from benchmarks.widget_size import PAGE
from bot.paths import ROOT
from tests.browser.driving import FLAGS, OPEN_SHADOW_TREES, Chat, chromium
from tests.browser.peer import Peer, running_peer

WEBCHAT = ROOT / ".venv" / "peers" / "rasa-webchat-1.0.1.js"
RIVAL = """<script src="/rasa-webchat.js"></script><script>WebChat.default({socketUrl: location.origin, socketPath: "/socket.io/",
title: "Chat", initPayload: "/greet", params: {storage: "session"}, tooltipPayload: null}, null)</script>"""
OURS = '<script type="module" src="/widget/glasskin.js"></script>'
SIZE = (1280, 800)
REST_MS, RESTS_BELOW_MS, PATIENCE_MS = 500, 3.0, 15_000
HEARD_WITHIN_MS, TRIES = 3_000, 3
QUESTION = "Which serum suits dry skin?"
ANSWER: dict[str, Any] = {
    "text": "From our shop:\n- Serum 0, 24.00 USD\n- Serum 1, 24.00 USD\n- Serum 2, 24.00 USD",
    "custom": {"body": "From our shop:", "products": [
        {"title": f"Serum {place}", "brand": "Haneul Dew", "price": "24.00 USD", "amounts": [24.0, 24.0], "currency": "USD", "in_stock": True,
         "url": f"/products/serum-{place}", "image": "/widget/logo.svg", "cart": [{"size": "", "url": f"/cart/{place}"}]} for place in range(3)
    ]},
    "quick_replies": [{"content_type": "text", "title": title, "payload": title} for title in ("Show more", "Compare them")],
}
WATCH = """window.__shifts = []; window.__tasks = [];
new PerformanceObserver(list => { for (const one of list.getEntries()) __shifts.push([one.startTime, one.value, one.hadRecentInput]); })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver(list => { for (const one of list.getEntries()) __tasks.push(one.duration); }).observe({ type: "longtask", buffered: true });"""


class Unheard(Exception):
    """The question of a load never reached the server."""


class Shift(NamedTuple):
    """A layout shift: milliseconds since the load began, how much, and whether a person had just done something."""

    at: float
    value: float
    expected: bool


@dataclass(frozen=True)
class Cost:
    """What was spent since the load began: milliseconds of script, of all work and of the longest task; layout shift as Web
    Vitals counts it, and all of it."""

    script: float
    work: float
    longest: float
    cls: float
    moved: float


@dataclass(frozen=True)
class Places:
    """Where a widget is pressed: its launcher, and the field that is written in."""

    launcher: tuple[float, float]
    field: tuple[float, float]


def main() -> None:
    """Measures all and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=9)
    parser.add_argument("--slow", type=int, default=4)
    chosen = parser.parse_args()
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium here: run scripts/browser as root")
    with running_peer() as peer, sync_playwright() as playwright:
        peer.pages.update(alone=PAGE.format(""), glasskin=PAGE.format(OURS), webchat=PAGE.format(RIVAL))
        peer.replies.update({QUESTION: [ANSWER], "/greet": [{"text": "Hello, what can I do for you?"}]})
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        names = ["alone", "glasskin", *(["webchat"] if WEBCHAT.exists() else [])]
        places = {name: rehearsed(browser, peer, name) for name in names if name != "alone"}
        for slower in dict.fromkeys((1, chosen.slow)):
            print(f"\nprocessor {slower} times slower" if slower > 1 else "\nthis processor")
            print(f"{'page':<22}{'script ms':>11}{'all ms':>9}{'longest ms':>12}{'CLS':>9}{'moved':>9}")
            for name in names:
                peer.plain = name == "webchat"
                loads, lost = measured(browser, peer, name, places.get(name), slower, chosen.loads)
                for state, of_state in zip(("closed", "answered"), zip(*loads)):
                    print(row(name if name == "alone" else f"{name}, {state}", of_state))
                if lost:
                    print(f"  ({name}: {lost} of {chosen.loads + lost} loads measured anew, their question never came)")
        browser.close()


def measured(browser: Browser, peer: Peer, name: str, places: Places | None, slower: int, count: int) -> tuple[list[list[Cost]], int]:
    """So many loads, and how many more were lost."""
    loads: list[list[Cost]] = []
    lost = 0
    for _ in range(count):
        for left in reversed(range(TRIES)):
            try:
                loads.append(costs(browser, peer, name, places, slower))
                break
            except Unheard:
                lost += 1
                if not left:
                    raise SystemExit(f"{name}: the question never came, {TRIES} loads in a row") from None
    return loads, lost


def row(name: str, loads: Sequence[Cost]) -> str:
    """The medians of several loads."""
    script, work, longest, cls, moved = (statistics.median(values) for values in zip(*map(astuple, loads)))
    return f"{name:<22}{script:>11.1f}{work:>9.1f}{longest:>12.0f}{cls:>9.4f}{moved:>9.4f}"


def rehearsed(browser: Browser, peer: Peer, name: str) -> Places:
    """Where the widget of a page is pressed, found by looking for it once."""
    with visiting(browser, peer, name) as (page, _):
        launcher, field = (Chat(page).launcher, Chat(page).input) if name == "glasskin" else (page.locator(".rw-launcher"), page.locator(".rw-new-message"))
        pressed = middle(launcher.bounding_box())
        launcher.click()
        expect(field).to_be_visible()
        page.wait_for_timeout(REST_MS)
        return Places(pressed, middle(field.bounding_box()))


def middle(box: Any) -> tuple[float, float]:
    """The middle of what is on the page."""
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def costs(browser: Browser, peer: Peer, name: str, places: Places | None, slower: int) -> list[Cost]:
    """One load: what a page costs at rest, and what it cost when a question was answered on it."""
    with visiting(browser, peer, name, slower) as (page, session):
        rest(page, session)
        found = [cost(page, session)]
        if places is None:
            return found
        page.mouse.click(*places.launcher)
        rest(page, session)
        page.mouse.click(*places.field)
        before = len(peer.said())
        page.keyboard.insert_text(QUESTION)
        page.keyboard.press("Enter")
        heard(page, peer, before, slower)
        rest(page, session)
        found.append(cost(page, session))
        expect(page.get_by_text("From our shop:").first).to_be_visible()
        return found


@contextmanager
def visiting(browser: Browser, peer: Peer, name: str, slower: int = 1) -> Iterator[tuple[Page, CDPSession]]:
    """A page opened by somebody new, on a processor so many times slower, and what counts its work from the start."""
    with ExitStack() as closing:
        context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
        closing.callback(context.close)
        context.add_init_script(OPEN_SHADOW_TREES + WATCH)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.route("**", lambda route: _serve(route, peer.address))
        page.goto(f"{peer.address}/page/{name}")
        yield page, session


def _serve(route: Route, address: str) -> None:
    """Nothing comes from elsewhere: no font, no script of others."""
    if route.request.url == f"{address}/rasa-webchat.js":
        route.fulfill(content_type="text/javascript", path=WEBCHAT)
    elif route.request.url.startswith(address):
        route.continue_()
    else:
        route.abort()


def heard(page: Page, peer: Peer, before: int, slower: int) -> None:
    """Waits until the server has heard the question, which costs the page nothing.

    Raises:
        Unheard: it has not, for long.
    """
    for _ in range(HEARD_WITHIN_MS * slower // REST_MS):
        page.wait_for_timeout(REST_MS)
        if QUESTION in peer.said()[before:]:
            return
    raise Unheard


def rest(page: Page, session: CDPSession) -> None:
    """Waits until the main thread rests: hardly any work in half a second, twice in a row."""
    before, quiet = _metrics(session)["TaskDuration"], 0
    for _ in range(PATIENCE_MS // REST_MS):
        page.wait_for_timeout(REST_MS)
        now = _metrics(session)["TaskDuration"]
        quiet = quiet + 1 if (now - before) * 1000 < RESTS_BELOW_MS else 0
        before = now
        if quiet == 2:
            return


def cost(page: Page, session: CDPSession) -> Cost:
    """What the page cost so far."""
    metrics = _metrics(session)
    shifts, tasks = page.evaluate("[window.__shifts, window.__tasks]")
    found = [Shift(*one) for one in shifts]
    return Cost(
        metrics["ScriptDuration"] * 1000, metrics["TaskDuration"] * 1000, max(tasks, default=0.0), layout_shift(found), sum(one.value for one in found),
    )


def layout_shift(shifts: Sequence[Shift]) -> float:
    """Cumulative layout shift: the largest sum of a window, which ends after a second without shift and after five in all."""
    worst = window = 0.0
    began = last = float("-inf")
    for one in sorted(shifts):
        if one.expected:
            continue
        if one.at - last > 1000 or one.at - began > 5000:
            window, began = 0.0, one.at
        window, last = window + one.value, one.at
        worst = max(worst, window)
    return worst


def _metrics(session: CDPSession) -> dict[str, float]:
    return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}


if __name__ == "__main__":
    main()
