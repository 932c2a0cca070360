"""What an owner mends of a product stays with every import and sync, whatever the product is called by then, and goes when it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.home.folder import PRODUCTS, Home, HomeError
from bot.rules.knowledge import load
from bot.settings import Settings
from bot.store.browsing import GAPS, counts, found
from bot.store.database import Database, catalogue_version, writing_turn
from bot.store.importers import stored, writer
from bot.store.importers.base import CatalogueFileError, ProductRecord
from bot.store.importers.importing import import_file
from bot.store.importers.known_names import known_names
from bot.store.mends import mending as mending_module
from bot.store.mends.file import Mend, parsed, written
from bot.store.mends.mending import KIND, LABEL, Mending
from bot.store.mends.overlay import BY_OWNER, Overlay, kinds_of
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery
from tests.store.conftest import WriteCsv, product, size

LIST = ("Water", "Glycerin", "Retinol")
MakeMending = Callable[[Database], Mending]


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with an owner's folder, which imports read too."""
    made = Settings(var=tmp_path)
    monkeypatch.setattr(writer, "settings", lambda: made)
    return made


def record(database: Database, handle: str = "moss-toner") -> ProductRecord:
    """A product as it is kept."""
    with database.session() as session:
        return stored.by_handles(session, [handle])[handle].record


def holders(database: Database, name: str) -> list[str]:
    """What the assistant finds by an ingredient."""
    with database.session() as session:
        return [one.handle for one in ProductRepository(session).search(ProductQuery(with_ingredients=(name,)))]


def test_a_mend_stays_with_every_import_and_goes_when_it_is_taken_back(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(), product("other")))
    before, mending = record(database), Mending(chosen, database)
    mending.mend(before, "Mina", kind="essence")
    mending.mend(record(database), "Mina", ingredients=LIST)
    assert holders(database, "retinol") == ["moss-toner"]
    import_file(database, write_csv(product(Variant_Price="20.00", Title="Moss Toner, renewed"), product("other")))
    after = record(database)
    assert (after.kind, after.kind_reason, after.ingredients, after.variants[0].price) == ("essence", BY_OWNER, LIST, 2000)
    assert record(database, "other").kind == "toner" and holders(database, "retinol") == ["moss-toner"]
    mending.take_back(after, "Mina", KIND)
    assert record(database).kind == "toner" and record(database).ingredients == LIST
    mending.take_back(record(database), "Mina", LABEL)
    again = import_file(database, write_csv(product(), product("other")))
    assert record(database) == before and not holders(database, "retinol") and "moss-toner" in again.updated


def test_the_file_of_a_shop_that_says_more_by_now_is_kept_beside(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(**{"Body_(HTML)": "Nice."})))
    mending = Mending(chosen, database)
    mending.mend(record(database), "Mina", ingredients=LIST)
    import_file(database, write_csv(product()))
    kept = record(database)
    with database.session() as session:
        assert [one.handle for one in found(session, "", "other_list", 9, 0)] == ["moss-toner"], "which its owner should look at"
    assert kept.ingredients == LIST and kept.unmended is not None and kept.unmended.ingredients == ("Water", "Glycerin", "1,2-Hexanediol")
    mending.take_back(kept, "Mina", LABEL)
    assert record(database).ingredients == ("Water", "Glycerin", "1,2-Hexanediol")


def test_a_product_of_a_new_handle_keeps_its_mend(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product()))
    Mending(chosen, database).mend(record(database), "Mina", ingredients=LIST)
    for handle in ("moss-tonic", "moss-lotion"):
        assert import_file(database, write_csv(product(handle, Variant_SKU="SKU-moss-toner"))).renamed
        assert record(database, handle).ingredients == LIST, handle


def test_a_mend_finds_its_product_in_an_empty_catalogue(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    mends = {"moss-toner": Mend(title="Moss Toner", skus=["SKU-1"], ingredients=LIST), "other": Mend(title="Other", skus=["SKU-other"], kind="essence")}
    Home(chosen.home).put(PRODUCTS, written(mends))
    import_file(database, write_csv(
        product("moss-tonic", Variant_SKU="SKU-1"), product("moss-mist", Title="Another", Variant_SKU="SKU-1"), product("other", Variant_SKU="NEW"), product("third"),
    ))
    assert record(database, "moss-tonic").ingredients == LIST, "the same title and SKUs"
    assert all(record(database, one).unmended is None for one in ("moss-mist", "other", "third")), "where it is in doubt it is nobody's"


def test_a_product_with_another_id_of_the_shop_is_another_one() -> None:
    mend = Mend(title="Moss", source="woocommerce", shop_id="7", skus=["A"], kind="essence")
    overlay = Overlay({"moss": mend}, lambda: known_names(Settings().knowledge))

    def key(handle: str, shop_id: str, source: str = "woocommerce") -> str:
        made = ProductRecord(handle, "Moss", "", "", "", True, "", (), (), (), (), (), (), source=source, shop_id=shop_id)
        return overlay.key(made)

    assert [key("moss", "7"), key("new", "7"), key("moss", "8"), key("moss", "", ""), key("new", "8"), key("moss", "8", "google")] == ["moss", "moss", "", "moss", "", "moss"]


def test_what_the_knowledge_has_no_rules_for_has_concerns_once_it_is_one_of_its_kinds(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(Title="Gift Card", Tags="", **{"Body_(HTML)": "For dry skin and dark spots."})))
    mending = Mending(chosen, database)
    assert (record(database).kind, record(database).derived_concerns) == ("other", ())
    mending.mend(record(database), "Mina", kind="serum")
    assert "dark_spots" in record(database).derived_concerns and record(database).derived_skin_types == ("dry",)
    mending.mend(record(database), "Mina", kind="other")
    assert (record(database).kind, record(database).derived_concerns) == ("other", ())


def test_a_file_changed_by_hand_is_brought_into_the_catalogue(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product()))
    mending = Mending(chosen, database)
    assert mending.settle() == 0
    with database.session() as session:
        version = catalogue_version(session)
    Home(chosen.home).put(PRODUCTS, "moss-toner: {kind: serum}\n")
    assert (mending.settle(), mending.settle(), record(database).kind) == (1, 0, "serum")
    with database.session() as session:
        assert catalogue_version(session) != version, "every process reads it anew"
    Home(chosen.home).put(PRODUCTS, None)
    assert (mending.settle(), record(database).kind) == (1, "toner")


def test_whoever_settles_late_settles_what_the_file_says_by_then(
    database: Database, chosen: Settings, write_csv: WriteCsv, monkeypatch: pytest.MonkeyPatch,
) -> None:
    import_file(database, write_csv(product(), product("other")))
    Home(chosen.home).put(PRODUCTS, "moss-toner: {kind: serum}\n")

    @contextmanager
    def after_another(engine: Engine) -> Iterator[None]:
        with monkeypatch.context() as alone:
            alone.setattr(mending_module, "writing_turn", writing_turn)
            Home(chosen.home).put(PRODUCTS, "moss-toner: {kind: serum}\nother: {kind: essence}\n")
            Mending(chosen, database).settle()
        with writing_turn(engine):
            yield

    monkeypatch.setattr(mending_module, "writing_turn", after_another)
    Mending(chosen, database).settle()
    assert (record(database).kind, record(database, "other").kind) == ("serum", "essence")


def test_an_import_without_the_mends_changes_nothing(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product()))
    Mending(chosen, database).mend(record(database), "Mina", ingredients=LIST)
    Home(chosen.home).put(PRODUCTS, "moss-toner: [")
    with pytest.raises(CatalogueFileError, match="products.yml is not YAML"):
        import_file(database, write_csv(product(Variant_Price="99.00")))
    assert record(database).ingredients == LIST and record(database).variants[0].price == 1800


@pytest.mark.parametrize(("text", "why"), [
    ("- a", "mapping"), ("a: [", "not YAML"), ("a: {kind: toner, colour: red}", "a, colour"), ("a: {title: x}", "give `kind` or `ingredients`"), ("a: {kind: nonsense}", "knows no kind"),
    ("a: {ingredients: []}", "a, ingredients"), ("a: {ingredients: ['']}", "a, ingredients"), ("a: 5", "a"), ("a: {yes: 5, kind: toner}", "a, True"),
])
def test_a_mistake_in_the_file_is_named(text: str, why: str) -> None:
    with pytest.raises(HomeError, match=why):
        parsed(text, kinds_of(load(Settings().knowledge)))


def test_what_is_written_is_read_again() -> None:
    mends = {"ümlaut": Mend(title="T: x", source="shopify", shop_id="1", skus=["A"], kind="toner", ingredients=LIST)}
    assert parsed(written(mends), ["toner"]) == mends and parsed(written({}), []) == parsed(None, []) == {}


def test_a_list_is_narrowed_and_counted(database: Database, chosen: Settings, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(
        product("a", Title="100% Moss_Oil", Variant_Inventory_Qty=""), product("b", Title="Ämber Cream", Vendor="Bäume", Variant_Inventory_Qty="0"), size("b", "5 ml", "B5", "3.00", ""),
        product("c", Title="Archived", Status="archived"), product("d", Title="Zeal", Type="", **{"Body_(HTML)": ""}),
    ))
    Mending(chosen, database).mend(record(database, "a"), "Mina", kind="face_oil" if "face_oil" in load(chosen.knowledge).product_types else "serum")
    with database.session() as session:
        listed = {gap: [one.handle for one in found(session, "", gap, 10, 0)] for gap in ("", *GAPS)}
        assert listed == {"": ["a", "b", "d"], "no_list": ["d"], "doubtful": [], "no_kind": ["d"], "other_kind": [], "sold_out": [], "uncounted": ["a"], "mended": ["a"], "other_list": []}
        assert counts(session, "") == {gap: len(handles) for gap, handles in listed.items()}
        for words, handles in {"amber": ["b"], "baume": ["b"], "B5": ["b"], "%": [], "100%": ["a"], "moss_oil": ["a"], "testari": ["a", "d"], "c": ["a", "b", "d"][1:2]}.items():
            assert [one.handle for one in found(session, words, "", 10, 0)] == handles, words
        assert [one.handle for one in found(session, "", "", 1, 1)] == ["b"]
