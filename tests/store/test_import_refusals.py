"""Bad rows are refused singly and said why; a bad file, or a crash, leaves the catalogue whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.importers.base import CatalogueFileError
from bot.store.importers.importing import import_file
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView
from tests.store.conftest import SAMPLE, WriteCsv, product, size


def everything(database: Database) -> list[ProductView]:
    with database.session() as session:
        return ProductRepository(session).search(ProductQuery(sort="name", limit=1000))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Variant Price": "-1.00"}, "negative"),
        ({"Variant Price": "cheap"}, "not a number"),
        ({"Variant Price": "1e3"}, "not a number"),
        ({"Variant Price": "NaN"}, "not a number"),
        ({"Variant Price": ""}, "price is missing"),
        ({"Variant Price": "18.005"}, "thousands or decimals"),
        ({"Variant Price": "10.00 - 20.00"}, "is a range"),
        ({"Variant Price": "1.23.4"}, "not a number"),
        ({"Variant Price": "99999999999.00"}, "too high"),
        ({"Variant SKU": "S" * 101}, "SKU is too long: 101"),
        ({"Option1 Value": "x" * 121}, "size is too long"),
        ({"Title": ""}, "title is missing"),
        ({"Title": "T" * 256}, "title is too long: 256"),
        ({"Vendor": "V" * 256}, "vendor is too long"),
        ({"Handle": ""}, "handle is missing"),
        ({"Handle": "moss toner"}, "web address"),
        ({"Handle": "h" * 256}, "handle is too long"),
    ],
)
def test_bad_row_is_refused_with_its_line_and_reason(
    database: Database, write_csv: WriteCsv, cells: dict[str, str], reason: str
) -> None:
    report = import_file(database, write_csv(product("good"), product() | cells, product("fine")))
    assert report.created == ["good", "fine"]
    assert [row.line for row in report.refused] == [3]
    assert reason in report.refused[0].reason


def test_bad_size_is_refused_and_the_others_go_in(database: Database, write_csv: WriteCsv) -> None:
    rows = (
        product(),
        size("moss-toner", "300 ml", "M-300", "-1"),
        size("moss-toner", "500 ml", "M-500", "40"),
    )
    report = import_file(database, write_csv(*rows))
    assert [(row.line, "negative" in row.reason) for row in report.refused] == [(3, True)]
    assert everything(database)[0].sizes == ("150 ml", "500 ml")


def test_refused_size_keeps_what_the_catalogue_has(database: Database, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product(), size("moss-toner", "300 ml", "M-300", "30.00")))
    broken = write_csv(product(), size("moss-toner", "300 ml", "M-300", "oops"))
    assert import_file(database, broken).unchanged == ["moss-toner"]
    broken = write_csv(product(Title="Moss Toner 2"), size("moss-toner", "300 ml", "M-300", "oops"))
    assert import_file(database, broken).updated == ["moss-toner"]
    assert [variant.price for variant in everything(database)[0].variants] == [1800, 3000]


def test_sizes_of_a_refused_product_are_accounted_for(database: Database, write_csv: WriteCsv) -> None:
    report = import_file(database, write_csv(product(Title=""), size("moss-toner", "300 ml", "M", "30"), product("fern")))
    assert [row.line for row in report.refused] == [2, 3]
    assert "line 2, was refused" in report.refused[1].reason
    assert [one.handle for one in everything(database)] == ["fern"]


def test_equal_skus_are_two_products(database: Database, write_csv: WriteCsv) -> None:
    """Shopify allows equal SKUs: the handles tell the products apart, tonight and tomorrow."""
    path = write_csv(product("a", Variant_SKU="X"), product("b", Variant_SKU="X", Title="Fern Toner"))
    assert import_file(database, path).created == ["a", "b"]
    assert import_file(database, path).unchanged == ["a", "b"]
    assert [one.variants[0].sku for one in everything(database)] == ["X", "X"]


def test_rows_of_a_product_must_stand_together(database: Database, write_csv: WriteCsv) -> None:
    report = import_file(database, write_csv(product("a"), product("b"), product("a", Variant_SKU="Y")))
    assert report.created == ["a", "b"]
    assert "already began on line 2" in report.refused[0].reason


def test_size_twice_without_sku(database: Database, write_csv: WriteCsv) -> None:
    report = import_file(
        database, write_csv(product(Variant_SKU=""), size("moss-toner", "150 ml", "", "20"))
    )
    assert "stands twice" in report.refused[0].reason


def test_dangerous_picture_address_is_left_out(database: Database, write_csv: WriteCsv) -> None:
    for address in ("javascript:alert(1)", "//evil.example/x.png", "data:image/png;base64,AA"):
        report = import_file(database, write_csv(product(Image_Src=address)))
        assert "only the picture was left out" in report.refused[0].reason
        assert everything(database)[0].image is None


def test_row_with_too_many_cells(database: Database, write_csv: WriteCsv) -> None:
    path = write_csv(product())
    path.write_text(path.read_text(encoding="utf-8") + "a" + ",x" * 40 + "\n", encoding="utf-8")
    report = import_file(database, path)
    assert report.created == ["moss-toner"]
    assert "more cells than the header" in report.refused[0].reason


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"PK\x03\x04rest of a workbook", "cannot be unpacked"),
        (b"\x1f\x8brest of a packed file", "cannot be unpacked"),
        (b"a\x00b", "not a text file"),
        (b"Handle,Title,Variant Price\na,\x81 ,1\n", "not UTF-8"),
        (b"Name,Cost\nx,1\n", "no product list"),
        (b"Handle,Title\nx,y\n", "'handle, title'"),
        (b"<html><body>Log in</body></html>", "a web page"),
        (b'Handle,Title,Variant Price\na,"x,1\n', "line 2"),
        (b"Handle,Title,Variant Price\na," + b"x" * 140_000 + b",1\n", "line 2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_wrong_file_is_refused_with_advice(
    sample: Database, tmp_path: Path, content: bytes, message: str
) -> None:
    before = everything(sample)
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(CatalogueFileError, match=message):
        import_file(sample, path)
    assert everything(sample) == before


def test_missing_file_and_folder(database: Database, tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match="There is no file"):
        import_file(database, tmp_path / "none.csv")
    with pytest.raises(CatalogueFileError, match="cannot be read"):
        import_file(database, tmp_path)


def test_broken_text_late_in_the_file_leaves_the_old_catalogue(sample: Database, write_csv: WriteCsv) -> None:
    before = everything(sample)
    path = write_csv(*(product(f"p{number}") for number in range(300)))
    path.write_bytes(path.read_bytes() + b"last,\x81 ,\n")
    with pytest.raises(CatalogueFileError, match="not UTF-8"):
        import_file(sample, path)
    assert everything(sample) == before


def test_crash_in_the_middle_leaves_the_old_catalogue(sample: Database, write_csv: WriteCsv) -> None:
    before = everything(sample)

    def crash(done: int, total: int) -> None:
        if done > 0 and done > total // 2:
            raise KeyboardInterrupt

    path = write_csv(*(product(f"p{number}") for number in range(450)))
    with pytest.raises(KeyboardInterrupt):
        import_file(sample, path, progress=crash)
    assert everything(sample) == before
    assert import_file(sample, SAMPLE).created == []
