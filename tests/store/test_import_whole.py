"""An import is done whole or not at all, tells what it did, and takes nothing off sale unasked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tracemalloc

from sqlalchemy import func, select

from bot.paths import ROOT
from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.models import Product
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView
from tests.store.conftest import SAMPLE, WriteCsv, product

IMPORT = """
import sys
from pathlib import Path
from bot.store.database import Database
from bot.store.importers.importing import import_file

def tell(done, size):
    print(done, size, flush=True)

import_file(Database(sys.argv[1]), Path(sys.argv[2]), progress=tell)
"""


def everything(database: Database) -> list[ProductView]:
    with database.session() as session:
        return ProductRepository(session).search(ProductQuery(limit=10_000))


def test_a_process_killed_in_the_middle_leaves_the_old_catalogue(sample: Database, write_csv: WriteCsv) -> None:
    before = everything(sample)
    path = write_csv(*(product(f"p{number}") for number in range(6000)))
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORT, sample.url, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    for line in process.stdout:
        done, size = map(int, line.split())
        if done > size // 2:  # several batches are written by then, none committed
            break
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=20)
    assert process.returncode == -signal.SIGKILL
    assert everything(sample) == before
    assert len(import_file(sample, SAMPLE).unchanged) == len(before)
    assert len(import_file(sample, path).created) == 6000


def test_dry_run_tells_and_changes_nothing(sample: Database, write_csv: WriteCsv) -> None:
    before = everything(sample)
    path = write_csv(product("new"), product("haneul-dew-hyaluronic-ampoule", Variant_SKU="HD-001-30"), product("bad", Title=""))
    told = import_file(sample, path, dry_run=True, deactivate_missing=True)
    assert (told.created, told.updated, len(told.refused)) == (["new"], ["haneul-dew-hyaluronic-ampoule"], 1)
    assert len(told.deactivated) == len(before) - 1
    assert everything(sample) == before
    done = import_file(sample, path, deactivate_missing=True, even_many=True)
    assert (done.created, done.updated, done.deactivated) == (told.created, told.updated, told.deactivated)


def test_changes_are_told_in_words(database: Database, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product()))
    report = import_file(database, write_csv(product(Title="Moss Toner 2", Variant_Price="19.00", Vendor="Other")))
    assert report.changes == {"moss-toner": ("title", "brand", "sizes, prices or stock")}


def test_vanished_products_go_off_sale_only_on_request(database: Database, write_csv: WriteCsv) -> None:
    import_file(database, write_csv(product("stays"), product("vanishes"), product("broken")))
    rest = write_csv(product("stays"), product("broken", Title=""))
    assert import_file(database, rest).deactivated == []
    assert len(everything(database)) == 3
    report = import_file(database, rest, deactivate_missing=True, even_many=True)
    assert report.deactivated == ["vanishes"]  # what is named in the file is there, even where its row is refused
    assert sorted(view.handle for view in everything(database)) == ["broken", "stays"]
    with database.session() as session:
        repository = ProductRepository(session)
        assert repository.search(ProductQuery(text="testari toner", limit=9)) == everything(database)
        assert session.execute(select(func.count(Product.id))).scalar_one() == 3
    assert import_file(database, rest, deactivate_missing=True).deactivated == []
    back = import_file(database, write_csv(product("vanishes")))
    assert back.updated == ["vanishes"] and len(everything(database)) == 3


def test_a_long_file_needs_little_memory(database: Database, write_csv: WriteCsv) -> None:
    """Three times the products may cost no more than their handles: some hundred bytes each."""
    peaks = []
    for count in (500, 1500):
        path = write_csv(*(product(f"p{number}") for number in range(count)), name=f"{count}.csv")
        tracemalloc.start()
        import_file(database, path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 1000 * 3000
