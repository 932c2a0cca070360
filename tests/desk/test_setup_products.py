"""An owner brings products in at the desk: looked at first, refused rows told with their reasons, imported once seen. Nothing large or foreign is read."""

from __future__ import annotations

import html
import os
import re
import shutil
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.desk.members import Role
from bot.desk.sessions import csrf
from bot.desk.setup.products import LARGEST
from bot.set_up import uploads
from bot.set_up.column_names import KEPT
from bot.set_up.uploads import Uploads, plain_name
from bot.store.ownership import OWN, origin, set_origin
from bot.store.ownership import SAMPLE as SAMPLE_ORIGIN
from bot.store.repository import ProductRepository
from tests.desk.conftest import Browser, Rooms

PLAIN = "title,price,brand,ingredients,stock\nDew Ampoule,24.00,Haneul,\"Water, Niacinamide\",5\nRice Toner,18,Haneul,\"Water, Rice\",0\nBroken,free,Haneul,,1\n"


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


def send(browser: Browser, name: str = "products.csv", content: str | bytes = PLAIN, **fields: str) -> requests.Response:
    """Sends a file, or the form without one where it has no name."""
    sent = {"csrf": csrf(browser.token), "act": "look", **fields}
    files: Any = {"file": (name, content)} if name else {"none": (None, "")}
    return browser.requests.post(f"{browser.base}setup-products", data=sent, files=files, allow_redirects=False, timeout=20)


def token(page: str) -> str:
    """What tells the file that was looked at."""
    found = re.search(r'name="token" value="([0-9a-f]{32})"', page)
    assert found is not None, page
    return found[1]


def titles(desk: Rooms) -> list[str]:
    """What is on sale, by its title."""
    with desk.talks._database.session() as session:
        return sorted(row[2] for row in ProductRepository(session).titles())


def test_a_file_is_looked_at_and_then_imported(desk: Rooms, owner: Browser, tmp_path: Path) -> None:
    before = titles(desk)
    page = send(owner)
    assert page.status_code == 200 and "2 created" in page.text and "1 row is refused" in page.text and "What would be done" in page.text
    refused = re.search(r'<th scope="row">4</th><td dir="auto">([^<]*)', page.text)
    assert refused is not None and "price" in html.unescape(refused[1])
    assert titles(desk) == before and "sample shop" in owner.get("setup").text
    done = send(owner, "", act="import", token=token(page.text))
    assert done.status_code == 200 and "products.csv is in" in done.text and titles(desk) != before and "Dew Ampoule" in titles(desk)
    with desk.talks._database.session() as session:
        assert origin(session) == OWN
    assert "Dew Ampoule" in (tmp_path / "product_names.tsv").read_text() and not list((tmp_path / "uploads").iterdir())
    assert "on sale" in owner.get("setup").text
    assert send(owner, "", act="import", token=token(page.text)).status_code == 422


def test_the_samples_products_go_and_the_shops_own_only_where_it_says_so(desk: Rooms, owner: Browser) -> None:
    with desk.talks._database.session(writing=True) as session:
        set_origin(session, f"{SAMPLE_ORIGIN}x")
        session.commit()
    page = send(owner).text
    assert "off sale, those of the sample shop" in page and 'name="missing"' not in page
    send(owner, "", act="import", token=token(page))
    assert titles(desk) == ["Dew Ampoule", "Rice Toner"]
    other = "title,price\nNew Cream,9\n"
    page = send(owner, content=other).text
    assert "off sale" not in page.split("<form")[0]
    send(owner, "", act="import", token=token(page))
    assert len(titles(desk)) == 3
    page = send(owner, content=other, missing="1").text
    assert "2 products go off sale, since this file does not name them" in page and page.count('name="missing"') == 2
    send(owner, "", act="import", token=token(page), missing="1")
    assert titles(desk) == ["New Cream"]


def test_the_shops_currency_counts(desk: Rooms, owner: Browser) -> None:
    owner.post("setup-shop", {"name": "Testari", "about": "A shop.", "currency": "KRW"})
    assert "are in KRW" in owner.get("setup-products").text
    send(owner, "", act="import", token=token(send(owner).text))
    with desk.talks._database.session() as session:
        found = next(one for one in ProductRepository(session).by_handles(["dew-ampoule"]))
    assert found.currency == "KRW"


def test_columns_of_other_names_are_named(desk: Rooms, owner: Browser, tmp_path: Path) -> None:
    odd = PLAIN.replace("title,price", "Was,Kostet")
    page = send(owner, content=odd)
    assert page.status_code == 422 and "Which column holds what?" in page.text and "--map" not in page.text
    page = send(owner, content=odd, columns="title = Was\nprice = Kostet")
    assert page.status_code == 200 and "2 created" in page.text and not (tmp_path / KEPT).exists()
    send(owner, "", act="import", token=token(page.text), columns="title = Was\nprice = Kostet")
    assert "Rice Toner" in titles(desk) and "Kostet" in (tmp_path / KEPT).read_text(encoding="utf-8") and not list(tmp_path.glob(f".{KEPT}*"))
    assert send(owner, content=odd).status_code == 200, "they are known of the next file"


@pytest.mark.parametrize(("content", "why"), [(b"\x89PNG\r\n\x1a\n" + bytes(200), ""), ("hello", "no product list"), ("title,price\nA,free\n", "price"), (b"PK\x03\x04broken", "unpacked"), ("", "Choose a file")])
def test_what_is_no_list_of_products_is_refused_with_a_sentence(desk: Rooms, owner: Browser, tmp_path: Path, content: str | bytes, why: str) -> None:
    before = titles(desk)
    page = send(owner, content=content)
    assert page.status_code == 422 and why in html.unescape(page.text) and 'role="alert"' in page.text and 'name="token"' not in page.text
    assert titles(desk) == before and not list((tmp_path / "uploads").glob("*/*"))


def test_more_than_a_mebibyte_is_taken_and_too_much_is_not(desk: Rooms, owner: Browser) -> None:
    rows = "".join(f"Serum number {number},12.00,Haneul,\"Water, Glycerin\",3,{'Light and calm. ' * 60}\n" for number in range(1_600))
    large = "title,price,brand,ingredients,stock,description\n" + rows
    assert len(large) > 1.4 * 2**20
    page = send(owner, content=large)
    assert page.status_code == 200 and "1600 created" in page.text
    connection = HTTPConnection("127.0.0.1", desk.server.port, timeout=20)
    connection.putrequest("POST", "/desk/setup-products")
    for header, value in (("Content-Length", str(LARGEST + 1)), ("Content-Type", "text/plain"), ("Cookie", f"glasskin_desk={owner.token}")):
        connection.putheader(header, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413 and "20 MB are the most" in answer.read().decode()
    connection.close()


def test_nothing_is_received_of_who_may_not_send_it(desk: Rooms) -> None:
    connection = HTTPConnection("127.0.0.1", desk.server.port, timeout=5)
    connection.putrequest("POST", "/desk/setup-products")
    for header, value in (("Content-Length", str(LARGEST)), ("Content-Type", "text/plain"), ("Cookie", f"glasskin_desk={desk.browser('Joon').token}")):
        connection.putheader(header, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 403 and "sets the shop up" in answer.read().decode()
    connection.close()


def test_nobody_else_sends_files(desk: Rooms, owner: Browser, tmp_path: Path) -> None:
    agent, stranger = desk.browser("Joon"), desk.stranger()
    assert (send(agent).status_code, send(stranger).headers["Location"]) == (403, "login")
    assert owner.requests.post(f"{owner.base}setup-products", files={"file": ("a.csv", PLAIN)}, data={"csrf": "wrong"}, timeout=20).status_code == 403
    assert not (tmp_path / "uploads").exists()
    for wrong in ("", "x", "../../home", "0" * 32, "é" * 32):
        assert send(owner, "", act="import", token=wrong).status_code == 422, wrong


def test_uploads_are_kept_for_hours_under_plain_names(tmp_path: Path) -> None:
    kept = Uploads(tmp_path)
    first = kept.keep("../../etc/p\x00a<b>.csv", b"x")
    path = kept.path(first)
    assert path is not None and path.parent.parent == tmp_path / "uploads" and path.name == "pab.csv" and path.read_bytes() == b"x"
    assert plain_name("C:\\shop\\all products.xlsx") == "all products.xlsx" and plain_name("..") == plain_name("") == "products.csv"
    long_ago = path.stat().st_mtime - uploads.KEPT_S - 60
    os.utime(path.parent, (long_ago, long_ago))
    second = kept.keep("b.csv", b"y")
    assert kept.path(first) is None and kept.path(second) is not None
    kept.drop(second)
    assert kept.path(second) is None


def test_what_another_look_took_away_meanwhile_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, remove = Uploads(tmp_path), shutil.rmtree
    for name in ("a.csv", "b.csv"):
        path = kept.path(kept.keep(name, b"x"))
        assert path is not None
    for folder in (tmp_path / "uploads").iterdir():
        os.utime(folder, (0, 0))

    def of_both(_: Path, ignore_errors: bool) -> None:
        for folder in list((tmp_path / "uploads").iterdir()):
            remove(folder, ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", of_both)
    assert kept.path(kept.keep("c.csv", b"z")) is not None
