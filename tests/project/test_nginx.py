"""The nginx site, read by nginx and tried in front of a small server."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.paths import ROOT
from tests.conftest import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is missing")
NAME = "bot.example"


class Site(NamedTuple):
    """A running nginx: its two ports and its certificate."""

    http: int
    https: int
    certificate: Path


class Echo(BaseHTTPRequestHandler):
    """Answers with what arrived."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        self.rfile.read(size)
        body = json.dumps({"path": self.path, "size": size, "headers": dict(self.headers)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def certificate(folder: Path) -> Path:
    """A certificate for the site's name, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.utcnow()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME), x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "fullchain.pem"


def configuration(folder: Path, http: int, https: int, upstream: int, rest: str = "127.0.0.1") -> Path:
    """The site as it is shipped, with other ports and paths, in a whole configuration."""
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("/etc/letsencrypt/live/bot.example", str(folder)),
        ("127.0.0.1:5005", f"127.0.0.1:{upstream}"),
        ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("    listen [::]:80;\n", ""),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{https} ssl http2;"),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("allow 127.0.0.1;", f"allow {rest};"),
        ("client_header_timeout 10s;", "client_header_timeout 1s;"),
    ):
        assert old in site, old
        site = site.replace(old, new)
    temporary = "".join(f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/log;\nevents {{}}\n"
        f"http {{\n  access_log off;\n{temporary}{site}\n}}\n",
        encoding="utf-8",
    )
    return whole


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """nginx with the site, in front of `Echo`."""
    folder = tmp_path_factory.mktemp("nginx")
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    found = Site(free_port(), free_port(), certificate(folder))
    whole = configuration(folder, found.http, found.https, upstream.server_address[1], rest="192.0.2.1")
    process = subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(whole)], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and not _listens(found.https):
            time.sleep(0.05)
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
        yield found
    finally:
        process.terminate()
        process.wait(timeout=10)
        upstream.shutdown()
        upstream.server_close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(site: Site, path: str, size: int = 0, headers: dict[str, str] | None = None) -> requests.Response:
    """Sends a request to the site over TLS, with a body of so many bytes."""
    method = "POST" if size else "GET"
    return requests.request(
        method, f"https://localhost:{site.https}{path}", data=b"a" * size, headers=headers, verify=str(site.certificate), timeout=10
    )


def test_nginx_takes_the_site(tmp_path: Path) -> None:
    certificate(tmp_path)
    whole = configuration(tmp_path, 8080, 8443, 5005)
    done = subprocess.run([str(NGINX), "-t", "-p", str(tmp_path), "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "[warn]" not in done.stderr, done.stderr


def test_plain_requests_are_sent_to_tls(site: Site) -> None:
    answer = requests.get(f"http://127.0.0.1:{site.http}/chat/", headers={"Host": NAME}, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{NAME}/chat/")


def test_the_assistant_learns_who_asks(site: Site) -> None:
    answer = ask(site, "/chat/", headers={"X-Forwarded-For": "203.0.113.9"})
    headers = answer.json()["headers"]
    assert headers["X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "https" and headers["Host"] == "localhost"
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert answer.headers["Server"] == "nginx"


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/", 64 * 1024, 200), ("/", 64 * 1024 + 1, 413), ("/webhooks/web/pictures", 1000 * 1024, 200), ("/webhooks/web/pictures", 1100 * 1024, 413), ("/webhooks/rest/pictures", 1100 * 1024, 413), ("/webhooks/shop/events", 900 * 1024, 200), ("/webhooks/telegram/webhook", 200 * 1024, 200), ("/webhooks/telegram/webhook", 300 * 1024, 413)],
)
def test_large_requests_are_refused(site: Site, path: str, size: int, status: int) -> None:
    assert ask(site, path, size).status_code == status


def test_rest_is_for_named_addresses(site: Site) -> None:
    assert ask(site, "/webhooks/rest/webhook", 10).status_code == 403


def test_a_chats_upgrade_is_passed_on(site: Site) -> None:
    headers = ask(site, "/socket.io/?EIO=4&transport=websocket", headers={"Connection": "Upgrade", "Upgrade": "websocket"}).json()[
        "headers"
    ]
    assert headers["Upgrade"] == "websocket" and headers["Connection"] == "upgrade"
    assert "Connection" not in ask(site, "/").json()["headers"]


def test_old_tls_is_refused(site: Site) -> None:
    context = ssl.create_default_context(cafile=str(site.certificate))
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", site.https), timeout=5) as plain, pytest.raises((ssl.SSLError, OSError)):
        context.wrap_socket(plain, server_hostname="localhost")


def test_slow_clients_are_let_go(site: Site) -> None:
    context = ssl.create_default_context(cafile=str(site.certificate))
    with socket.create_connection(("127.0.0.1", site.https), timeout=5) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            slow.settimeout(10)
            started = time.monotonic()
            try:
                said = slow.recv(1000)
            except OSError:
                said = b""
            assert b"200" not in said and time.monotonic() - started < 5


def test_more_requests_than_one_person_makes_are_refused(site: Site) -> None:
    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda number: ask(site, f"/{number}").status_code, range(300)))
    assert 200 in statuses and 429 in statuses
