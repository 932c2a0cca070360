"""The chat page over HTTP, mounted by Rasa's own `register` on a real Sanic server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.shared.exceptions import RasaException

from bot.channels.page import CONTENT_TYPES, WEB, ChatPage, WebFile, is_current, read_files
from tests.channels.serving import Server, running

IMAGE_HOST = "https://cdn.example.com"
NAMES = sorted(path.relative_to(WEB).as_posix() for path in WEB.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running(ChatPage([IMAGE_HOST])) as found:
        yield found


def address(name: str) -> str:
    return "/chat/" if name == "index.html" else f"/chat/{name}"


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_served_as_it_lies_on_disk(server: Server, name: str) -> None:
    answer = server.ask(address(name))
    assert answer.status == 200
    assert answer.body == (WEB / name).read_bytes()
    assert answer.headers["content-type"] == CONTENT_TYPES[Path(name).suffix]


@pytest.mark.parametrize("path", ["/chat/", "/chat", "/chat/js/main.js"])
def test_security_headers(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["img-src"] == f"'self' {IMAGE_HOST}"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-cache"


def test_address_without_slash_leads_to_the_page(server: Server) -> None:
    answer = server.ask("/chat")
    assert answer.status == 308
    # Relative to /chat this is /chat/, and it also holds below a proxy's own path.
    assert answer.headers["location"] == "chat/"


def test_a_known_copy_is_not_sent_again(server: Server) -> None:
    first = server.ask("/chat/js/main.js")
    again = server.ask("/chat/js/main.js", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-security-policy" in again.headers
    assert server.ask("/chat/js/main.js", If_None_Match='"another"').status == 200


def test_files_have_different_etags(server: Server) -> None:
    etags = [server.ask(address(name)).headers["etag"] for name in NAMES]
    assert len(set(etags)) == len(NAMES)


def test_head_has_headers_only(server: Server) -> None:
    answer = server.ask("/chat/", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) == (WEB / "index.html").stat().st_size


@pytest.mark.parametrize(
    "path",
    [
        "/chat/none.js",
        "/chat/js",
        "/chat/js/",
        "/chat/main.js",
        "/chat/js/main.js/",
        "/chat/js/main.js%00",
        "/chat//js/main.js",
        "/webhooks/chat/",
        "/chat/../channels/page.py",
        "/chat/../../credentials.yml",
        "/chat/js/../../channels/page.py",
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


def test_a_missing_page_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(RasaException, match=r"index\.html"):
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
    assert (channel.name(), channel.url_prefix()) == ("chat", "/chat")


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
    html = (WEB / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    for path in WEB.rglob("*"):
        if path.suffix in {".html", ".css"}:
            assert "//" not in path.read_text(encoding="utf-8"), f"{path.name} loads something from elsewhere"
        if path.suffix == ".js":
            script = path.read_text(encoding="utf-8")
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", script
            ), path.name
