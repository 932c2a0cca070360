"""Exports in the shop's own language: sizes, brands, kinds, concerns."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import settings
from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.importers.known_names import known_names
from tests.store.cases import only

HEADERS = {
    "german": (
        "ID,Typ,Artikelnummer,Name,Veröffentlicht,Kurzbeschreibung,Beschreibung,Vorrätig?,Lager,Regulärer Preis,Kategorien,Übergeordnet,Marken,"
        "Attribut 1 Name,Attribut 1 Wert(e)", "Größe",
    ),
    "french": (
        "ID,Type,UGS,Nom,Publié,Description courte,Description,En stock ?,Stock,Tarif régulier,Catégories,Parent,Marques,"
        "Nom de l'attribut 1,Valeur(s) de l'attribut 1", "Contenance",
    ),
    "spanish": (
        "ID,Tipo,SKU,Nombre,Publicado,Descripción corta,Descripción,¿Existencias?,Inventario,Precio normal,Categorías,Superior,Marcas,"
        "Nombre del atributo 1,Valor(es) del atributo 1", "Tamaño",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", HEADERS)
def test_variations_have_their_sizes_and_brand_in_any_language(database: Database, tmp_path: Path, language: str) -> None:
    header, size = HEADERS[language]
    rows = [
        f'1,variable,M,Moos Serum,1,<p>Soft.</p>,"<p>Soft.</p><p>For dry skin.</p>",1,,,Serums,,Testari,{size},"30 ml, 50 ml"',
        f'2,variation,M-1,Moos Serum - 30,1,,,1,7,"19,90",,M,,{size},30 ml',
        f'3,variation,M-2,Moos Serum - 50,1,,,0,0,"29,90",,M,,{size},50 ml',
    ]
    file = tmp_path / "export.csv"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    import_file(database, file)
    found = only(database)
    assert (found.brand, found.sizes, [one.stock for one in found.variants]) == ("Testari", ("30 ml", "50 ml"), [7, 0])
    assert found.description == "Soft.\nFor dry skin."


@pytest.mark.parametrize(
    ("title", "filed", "kind"),
    [
        ("Moos", "Gesichtspflege > Seren & Ampullen", "ampoule"),
        ("Moos Reinigungsöl", "", "oil_cleanser"),
        ("Moos", "Masken > Tuchmasken", "sheet_mask"),
        ("Moos Handcreme", "", "other"),
        ("Crème solaire Mousse", "", "sunscreen"),
        ("Contorno de ojos", "Cremas", "eye_cream"),
        ("Geschenkgutschein", "Gutscheine", "other"),
    ],
)
def test_kinds_in_other_languages(title: str, filed: str, kind: str) -> None:
    assert known_names(settings().knowledge).kinds.kind(title, filed).kind == kind


def test_concerns_and_skin_types_in_other_languages() -> None:
    deriving = known_names(settings().knowledge).deriving
    assert deriving.concerns("Moos", "Beruhigt Rötungen.", "Unreine Haut, Pigmentflecken", ()) == ("acne", "dark_spots", "redness_sensitivity")
    assert deriving.skin_types("Moos", "Für empfindliche, trockene Haut.", "Fettige Haut") == ("oily", "sensitive", "dry")
    assert deriving.skin_types("Mousse", "Convient aux peaux sèches.", "") == ("dry",)
    assert deriving.concerns("Moss", "She rides a bike; soft as ever.", "", ()) == ()
