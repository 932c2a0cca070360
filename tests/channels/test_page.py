"""The widget's files and the chat page over HTTP, mounted by Rasa's own `register` on a real Sanic server."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from rasa.shared.exceptions import RasaException

from bot.channels.files import CONTENT_TYPES, WEB, WebFile, is_current, read_files
from bot.channels.page import WIDGET, ChatPage, loader, version_of, widget_files
from tests.channels.serving import Server, running

IMAGE_HOST = "https://cdn.example.com"
LARGEST, LATER = 30_000, ("answers.js", "attach.js", "box.js", "older.js", "privacy.js", "prompts.js", "transcript.js", "tone.js")
"""What a visitor loads before the first use, in bytes; the rest is loaded when it is asked for."""
FILES = {file.name: file for file in widget_files()}
KEPT = f"/widget/{version_of(list(FILES.values()))}"
SOURCES = [path for path in (*(WIDGET / "src").rglob("*"), *(WEB / "chat").iterdir()) if path.is_file()]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(ChatPage([IMAGE_HOST])) as found:
        yield found


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_widget_is_served_for_any_page_and_kept(server: Server, name: str) -> None:
    answer = server.ask(f"{KEPT}/{name}")
    assert answer.status == 200
    assert answer.body == FILES[name].body
    assert answer.headers["content-type"] == CONTENT_TYPES[Path(name).suffix]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "immutable" in answer.headers["cache-control"]


def test_the_loader_leads_to_the_present_version(server: Server) -> None:
    answer = server.ask("/widget/glasskin.js")
    assert f'"./{KEPT.rsplit("/", 1)[1]}/widget.js"' in answer.body.decode()
    assert answer.headers["cache-control"] == "no-cache"


def test_another_file_is_another_version() -> None:
    files = widget_files()
    changed = [WebFile(files[0].name, files[0].body + b" ", files[0].content_type), *files[1:]]
    assert version_of(changed) != version_of(files)
    assert loader(version_of(changed)).body != loader(version_of(files)).body


@pytest.mark.parametrize("name", FILES)
def test_compressed_for_those_who_take_it(server: Server, name: str) -> None:
    answer = server.ask(f"{KEPT}/{name}", Accept_Encoding="gzip, br")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.body) == FILES[name].body


def test_all_that_a_visitor_loads_is_small(server: Server) -> None:
    """Loader, program, styles, logo, one language and socket.io-client, as they go over the wire."""
    for language in ("en", "ko"):
        wanted = [name for name in FILES if name not in LATER and (not name.startswith("strings/") or name == f"strings/{language}.js")]
        paths = ["/widget/glasskin.js", *(f"{KEPT}/{name}" for name in wanted)]
        size = sum(len(server.ask(path, Accept_Encoding="gzip").body) for path in paths)
        assert size < LARGEST, f"{language}: {size} bytes"


def test_what_is_served_was_built_from_these_sources() -> None:
    sources = sorted(path.relative_to(WIDGET).as_posix() for path in (WIDGET / "src").rglob("*") if path.is_file())
    lines = [f"{sha256((WIDGET / name).read_bytes()).hexdigest()}  {name}\n" for name in sources]
    built = (WIDGET / "built" / "sources.sha256").read_text(encoding="utf-8").strip()
    assert sha256("".join(lines).encode()).hexdigest() == built, "run scripts/widget"


def test_the_socket_client_is_the_published_one() -> None:
    note = (WIDGET / "built" / "vendor" / "README.md").read_text(encoding="utf-8")
    assert sha256(FILES["vendor/socket.io.esm.min.js"].body).hexdigest() in note
    assert "MIT" in (WIDGET / "built" / "vendor" / "socket.io-client.LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/chat/", "/chat", "/chat/page.css"])
def test_security_headers(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["img-src"] == f"'self' {IMAGE_HOST}"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-cache"


def test_address_without_slash_leads_to_the_page(server: Server) -> None:
    answer = server.ask("/chat")
    assert answer.status == 308
    # Relative to /chat this is /chat/, and it also holds below a proxy's own path.
    assert answer.headers["location"] == "chat/"


def test_a_known_copy_is_not_sent_again(server: Server) -> None:
    first = server.ask("/chat/page.css")
    again = server.ask("/chat/page.css", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-security-policy" in again.headers
    assert server.ask("/chat/page.css", If_None_Match='"another"').status == 200


def test_head_has_headers_only(server: Server) -> None:
    answer = server.ask("/chat/", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) == (WEB / "chat" / "index.html").stat().st_size


@pytest.mark.parametrize(
    "path",
    [
        "/chat/none.js",
        "/widget/",
        "/widget/widget.js",
        "/widget/src/chat.js",
        "/widget/build.mjs",
        "/widget/package.json",
        "/widget/000000000000/widget.js",
        "/chat/page.css/",
        "/chat/page.css%00",
        "/chat//page.css",
        "/webhooks/chat/",
        "/chat/../channels/page.py",
        "/chat/../../credentials.yml",
        "/chat/../channels/page.py",
        "/chat/%2e%2e/channels/page.py",
        "/chat/..%2fchannels%2fpage.py",
        "/chat/%252e%252e/channels/page.py",
        "/chat/..\\channels\\page.py",
        "/chat//etc/passwd",
        "/chat/%2fetc%2fpasswd",
    ],
)
def test_nothing_else_is_served(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert answer.status == 404
    assert b"ChatPage" not in answer.body
    assert b"root:" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_page_takes_no_messages(server: Server, method: str) -> None:
    assert server.ask("/chat/", method=method).status == 405


def test_only_known_kinds_of_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    for name in ["index.html", "js/main.js", "js/main.js~", ".env", "notes.md", "page.py"]:
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [file.name for file in read_files(tmp_path)] == ["index.html", "js/main.js"]


def test_missing_files_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(RasaException, match="missing"):
        read_files(tmp_path)


@pytest.mark.parametrize(
    ("header", "current"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
    ],
)
def test_if_none_match(header: str, current: bool) -> None:
    assert is_current(header, '"a"') is current


def test_etag_follows_the_bytes() -> None:
    etags = {WebFile("x.js", body, "text/javascript").etag for body in [b"1", b"2", b"1"]}
    assert len(etags) == 2


@pytest.mark.parametrize(
    "credentials", [None, {}, {"image_hosts": None}, {"image_hosts": ["http://localhost:8080"]}]
)
def test_credentials_may_be_empty(credentials: dict[str, object] | None) -> None:
    channel = ChatPage.from_credentials(credentials)
    assert (channel.name(), channel.url_prefix()) == ("chat", "/")


@pytest.mark.parametrize(
    "hosts",
    [
        "https://cdn.example.com",
        ["cdn.example.com"],
        ["https://a.example; script-src *"],
        ["https://a.example/x"],
        5,
    ],
)
def test_wrong_image_hosts_are_refused(hosts: object) -> None:
    with pytest.raises(RasaException, match="image_hosts"):
        ChatPage.from_credentials({"image_hosts": hosts})


def test_the_page_keeps_its_own_policy() -> None:
    """Inline code and foreign addresses would be blocked by the policy, and the page would look broken."""
    html = (WEB / "chat" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if path.suffix in {".html", ".css"}:
            assert "//" not in text, f"{path.name} loads something from elsewhere"
        if path.suffix == ".js":
            found = re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\.style\b(?!\.height)", text)
            assert not found, path.name
