"""The owner sees what the assistant makes of each product, mends it there, and the next import keeps that. No agent sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.desk.members import Role
from bot.desk.products.room import _token
from bot.home.folder import PRODUCTS, Home
from bot.home.versions import Versions
from bot.settings import Settings, settings
from bot.store.database import Database
from bot.store.importers import writer
from bot.store.importers.importing import import_file
from bot.store.repository import ProductRepository
from bot.store.views import ProductView
from bot.teaching.at_home import encode
from bot.teaching.kept import kept_questions
from tests.desk.conftest import Browser, Rooms
from tests.desk.test_review import HOSTILE
from tests.store.conftest import WriteCsv, product, write_csv

__all__ = ["write_csv"]
PASTED = "Ingredients: Water, Glycerin, Niacinamide, Butylene Glycol, Panthenol, Oddleafium Extractum, Phenoxyethanol"
NAMES = ("Water", "Glycerin", "Niacinamide", "Butylene Glycol", "Panthenol", "Oddleafium Extractum", "Phenoxyethanol")


@pytest.fixture(scope="module", autouse=True)
def kept() -> None:
    """The kept questions, which the way back looks at, are looked up before anybody waits for a page."""
    kept_questions(settings().models, encode)


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


@pytest.fixture
def home(desk: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The owner's folder, also for imports."""
    monkeypatch.setattr(writer, "settings", lambda: Settings(var=tmp_path))
    return Home(tmp_path / "home")


def view(desk: Rooms, handle: str) -> ProductView:
    """A product as the assistant reads it."""
    with database(desk).session() as session:
        found = ProductRepository(session).by_handle(handle)
    assert found is not None
    return found


def database(desk: Rooms) -> Database:
    """The shop's."""
    return desk.talks._database


def titles(page: str) -> list[str]:
    """The products of a list, in its order."""
    return re.findall(r'<a href="product\?handle=[^"]*">([^<]*)</a>', page)


def tried(page: str) -> str:
    """The mark of the list that was shown as read."""
    found = re.search(r'name="tried" value="([0-9a-f]*)"', page)
    assert found is not None
    return found[1]


def test_only_owners_see_and_mend(desk: Rooms, owner: Browser, home: Home, write_csv: WriteCsv) -> None:
    import_file(database(desk), write_csv(product()))
    agent, stranger = desk.browser("Joon"), desk.stranger()
    for path in ("products", "product?handle=moss-toner"):
        assert (owner.get(path).status_code, agent.get(path).status_code, stranger.get(path).status_code) == (200, 403, 303), path
    sent = {"handle": "moss-toner", "act": "kind", "kind": "serum"}
    assert agent.post("product", sent).status_code == owner.post("product", sent, proof="wrong").status_code == 403
    assert stranger.post("product", sent).status_code == 303 and home.text(PRODUCTS) is None


def test_the_list_is_narrowed_by_words_and_gaps_and_goes_on_page_by_page(desk: Rooms, owner: Browser, write_csv: WriteCsv) -> None:
    import_file(database(desk), write_csv(
        product("odd-one", Title="Zzyzx Thing", Type="", **{"Body_(HTML)": "Nice.", "Variant_Inventory_Qty": ""}),
        product("half-list", Title="Zzyzx Cream", **{"Body_(HTML)": "<p>Key ingredients: niacinamide, panthenol</p>"}),
        product("gone", Title="Zzyzx Toner", Variant_Inventory_Qty="0"),
    ))
    page = owner.get("products").text
    assert len(titles(page)) == 50 and "Further" in page and len(page) < 100_000
    assert titles(owner.get("products?skip=50").text)[0] not in titles(page)
    of = {gap: titles(owner.get(f"products?q=zzyzx&gap={gap}").text) for gap in ("", "no_list", "doubtful", "no_kind", "uncounted", "sold_out", "mended")}
    assert of[""] == ["Zzyzx Cream", "Zzyzx Thing", "Zzyzx Toner"]
    assert of["no_list"] == of["no_kind"] == of["uncounted"] == ["Zzyzx Thing"] and of["doubtful"] == ["Zzyzx Cream"] and of["sold_out"] == ["Zzyzx Toner"] and not of["mended"]
    assert titles(owner.get("products?q=SKU-gone").text) == ["Zzyzx Toner"] == titles(owner.get("products?q=gone").text)
    assert titles(owner.get("products?q=testari+zzyzx+cream").text) == ["Zzyzx Cream"] and "Nothing found" in owner.get("products?q=%25").text
    hostile = owner.get(f"products?q={HOSTILE}&gap=x&skip=-1").text
    assert "<script>alert" not in hostile and "No product on sale has these words" in hostile


def test_one_product_is_shown_with_what_is_made_of_it(desk: Rooms, owner: Browser) -> None:
    with database(desk).session() as session:
        handle = next(one for one in (row[0] for row in ProductRepository(session).titles()) if "retinol" in one)
    page = owner.get(f"product?handle={handle}")
    made = view(desk, handle)
    assert page.status_code == 200 and len(page.content) < 100_000
    for text in (made.title, made.kind_reason.split(":")[0], "Somebody pregnant", "pregnan", made.variants[0].sku or "", "names, of which the assistant knows"):
        assert text in page.text, text
    assert owner.get("product?handle=nothing").status_code == 404


def test_a_mended_kind_counts_at_once_and_is_taken_back(desk: Rooms, owner: Browser, home: Home, write_csv: WriteCsv) -> None:
    import_file(database(desk), write_csv(product(Title="Moss Wonder", Type="")))
    assert view(desk, "moss-toner").kind == ""
    assert owner.post("product", {"handle": "moss-toner", "act": "kind", "kind": "nonsense"}).status_code == 422
    done = owner.post("product", {"handle": "moss-toner", "act": "kind", "kind": "toner"})
    assert done.headers["Location"] == "product?handle=moss-toner&told=kind"
    assert (view(desk, "moss-toner").kind, view(desk, "moss-toner").kind_reason) == ("toner", "your own word")
    page = owner.get("product?handle=moss-toner&told=kind").text
    assert "stays with every import" in page and "Your shop’s words gave: none" in page
    assert titles(owner.get("products?gap=mended").text) == ["Moss Wonder"]
    (change,) = Versions(home).all()
    assert (change.who, change.what) == ("Mina", "Mended the kind of “Moss Wonder”")
    assert owner.post("product", {"handle": "moss-toner", "act": "back_kind"}).headers["Location"].endswith("told=back")
    assert view(desk, "moss-toner").kind == "" and yaml.safe_load(home.text(PRODUCTS) or "") == {}
    again = owner.post("product", {"handle": "moss-toner", "act": "back_kind"})
    assert again.status_code == 422 and "not mended any more" in again.text
    assert "Mended the kind of" in owner.get("lessons").text
    owner.post("lessons", {"act": "back", "number": "2"})
    assert view(desk, "moss-toner").kind == "toner", "the way back counts at once too"
    import_file(database(desk), write_csv(product(Title="Moss Wonder", Type="", Variant_Price="9.00")))
    assert (view(desk, "moss-toner").kind, view(desk, "moss-toner").price_min) == ("toner", 900), "the next import keeps it"


def test_a_pasted_list_is_shown_as_read_before_it_is_saved(desk: Rooms, owner: Browser, home: Home, write_csv: WriteCsv) -> None:
    import_file(database(desk), write_csv(product(**{"Body_(HTML)": "With niacinamide."})))
    send = {"handle": "moss-toner", "ingredients": PASTED}
    shown = owner.post("product", {**send, "act": "read"})
    assert shown.status_code == 200 and "Read as 7 names, of which the assistant knows 6" in shown.text and "not known" in shown.text
    assert home.text(PRODUCTS) is None and not view(desk, "moss-toner").ingredients
    owner.post("product", {**send, "ingredients": f"{PASTED}, Retinol", "act": "save", "tried": tried(shown.text)})
    assert home.text(PRODUCTS) is None, "another list than was shown is shown first"
    owner.post("product", {**send, "act": "save", "tried": tried(shown.text)})
    found = view(desk, "moss-toner")
    assert found.ingredients == NAMES and found.named == () and titles(owner.get("products?gap=no_list&q=moss").text) == []
    assert "You gave this list." in owner.get("product?handle=moss-toner").text
    owner.post("product", {"handle": "moss-toner", "act": "back_label"})
    assert view(desk, "moss-toner").ingredients == () and view(desk, "moss-toner").named == ("NIACINAMIDE",)


@pytest.mark.parametrize(("pasted", "why"), [
    ("It makes your skin glow. You will love it.", "no name"), ("niacinamide, panthenol", "only some ingredients"), ("lovely, nice, mossy, fresh, morning", "prose stands"), (HOSTILE, "no whole"),
])
def test_what_is_no_list_is_refused_with_a_sentence(desk: Rooms, owner: Browser, home: Home, write_csv: WriteCsv, pasted: str, why: str) -> None:
    import_file(database(desk), write_csv(product()))
    shown = owner.post("product", {"handle": "moss-toner", "ingredients": pasted, "act": "read"})
    assert shown.status_code == 422 and why in (re.search(r'role="alert">([^<]*)', shown.text) or [""])[0], shown.text
    assert "<script>alert" not in shown.text and "Save this list" not in shown.text and home.text(PRODUCTS) is None


@pytest.mark.parametrize("pasted", [
    ", ".join(["Water", "Glycerin", *(f"Mossy Extract {number}" for number in range(200)), "Retinol"]),
    ", ".join(["Water", "Glycerin", *(f"{'Mossy ' * 20}Extract {number}" for number in range(100)), "Retinol"]),
], ids=["many names", "many letters"])
def test_a_list_that_is_too_long_to_be_read_to_its_end_is_not_saved(desk: Rooms, owner: Browser, home: Home, write_csv: WriteCsv, pasted: str) -> None:
    import_file(database(desk), write_csv(product()))
    shown = owner.post("product", {"handle": "moss-toner", "ingredients": pasted, "act": "read"})
    assert shown.status_code == 422 and "too long to be read to its end" in shown.text and "Save this list" not in shown.text
    assert pasted in shown.text and "maxlength" not in shown.text.partition('name="ingredients"')[2].partition(">")[0], "nothing of it is lost"
    owner.post("product", {"handle": "moss-toner", "ingredients": pasted, "act": "save", "tried": _token(pasted)})
    assert home.text(PRODUCTS) is None
