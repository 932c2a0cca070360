"""The widget beside two others that npm carries: bytes as served, script time and layout shift on an empty shop page.

    python -m benchmarks.widget_size

Each widget is put on the same page as its makers say, at rest (nobody has opened it, no server answers). Bytes are
all that the page then asks for, as they lie on disk and as `gzip -9` makes them; ours are also given as they are
served, with all that a chat loads later. Script time is what Chromium's main thread spent on scripts until the page
was quiet, the median of several loads with an empty cache; layout shift is the sum of PerformanceObserver's entries.
Needs npm and Chromium.
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bot.channels.page import loader, version_of, widget_files
from tests.browser.driving import FLAGS, chromium

LOADS = 7
QUIET_MS = 1500
PACKAGES = ("deep-chat@2.4.2", "rasa-webchat@1.0.1")
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<main><h1>Shop</h1><p>A page of a shop, with a paragraph that could be pushed about.</p></main>{}"""
OBSERVER = """window.__shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.__shift +=
entry.value; }).observe({ type: "layout-shift", buffered: true });"""


@dataclass(frozen=True)
class Candidate:
    """A widget: the markup that its makers give, and its files by path."""

    name: str
    markup: str
    files: Mapping[str, bytes]


def main() -> None:
    """Measures all and prints a table."""
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium here: run scripts/browser as root")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        candidates = [ours(), *others(Path(folder))]
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        print(f"{'widget':<16}{'raw kB':>9}{'gzip kB':>9}{'script ms':>11}{'layout shift':>14}")
        for candidate in candidates:
            asked, script, shift = measured(browser, candidate)
            raw = sum(len(candidate.files[name]) for name in asked)
            packed = sum(len(gzip.compress(candidate.files[name], 9)) for name in asked)
            print(f"{candidate.name:<16}{raw / 1000:>9.1f}{packed / 1000:>9.1f}{script:>11.1f}{shift:>14.4f}")
        browser.close()
    files = widget_files()
    everything = [*files, loader(version_of(files))]
    for language in ("en", "ko"):
        loaded = [one for one in everything if not one.name.startswith("strings/") or one.name == f"strings/{language}.js"]
        raw, served = sum(len(one.body) for one in loaded), sum(len(one.gzipped) for one in loaded)
        print(f"glasskin, all that a chat in {language!r} loads: {raw / 1000:.1f} kB raw, {served / 1000:.1f} kB as served")


def ours() -> Candidate:
    """The widget as it is served."""
    files = widget_files()
    version = version_of(files)
    served = {f"/widget/{version}/{file.name}": file.body for file in files}
    served["/widget/glasskin.js"] = loader(version).body
    return Candidate("glasskin", '<script type="module" src="/widget/glasskin.js"></script>', served)


def others(folder: Path) -> list[Candidate]:
    """The rivals, from npm."""
    for package in PACKAGES:
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", str(folder), package], check=True, stdout=subprocess.DEVNULL)
    deep = _member(folder / "deep-chat-2.4.2.tgz", "package/dist/deepChat.bundle.js")
    rasa = _member(folder / "rasa-webchat-1.0.1.tgz", "package/lib/index.js")
    return [
        Candidate("deep-chat", '<script type="module" src="/deep.js"></script><deep-chat></deep-chat>', {"/deep.js": deep}),
        Candidate("rasa-webchat", '<script src="/rasa.js"></script><script src="/start.js"></script>', {
            "/rasa.js": rasa, "/start.js": b"window.WebChat.default({ socketUrl: location.origin }, null);",
        }),
    ]


def _member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as opened:
        found = opened.extractfile(name)
        assert found is not None, name
        return found.read()


def measured(browser: Browser, candidate: Candidate) -> tuple[list[str], float, float]:
    """Which of the widget's files the page asks for, milliseconds of script, and layout shift."""
    with serving(candidate) as (address, asked):
        loads = [_load(browser, address) for _ in range(LOADS)]
    return sorted(set(asked) & set(candidate.files)), statistics.median(one for one, _ in loads), max(one for _, one in loads)


def _load(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(OBSERVER)
    page = context.new_page()
    # No font or script from elsewhere: nothing leaves the machine, and the widget's own work is what counts.
    page.route(lambda url: not url.startswith(address), lambda route: route.abort())
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(address)
    page.wait_for_timeout(QUIET_MS)
    metrics: dict[str, Any] = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    shift: float = page.evaluate("window.__shift")
    context.close()
    return metrics["ScriptDuration"] * 1000, shift


@contextmanager
def serving(candidate: Candidate) -> Iterator[tuple[str, list[str]]]:
    """A web server with the page and the widget's files: its address, and the paths asked for so far."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = PAGE.format(candidate.markup).encode() if self.path == "/" else candidate.files.get(self.path)
            self.send_response(404 if body is None else 200)
            kinds = {".js": "text/javascript", ".svg": "image/svg+xml"}
            self.send_header("Content-Type", kinds.get(Path(self.path).suffix, "text/html; charset=utf-8"))
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    finally:
        server.shutdown()


if __name__ == "__main__":
    main()
