"""A large shop's product export, made of the sample shop's own words: the same file for the same seed and size."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from pathlib import Path

from bot.paths import CATALOGUE
from bot.store.text import slug, words

SAMPLE = CATALOGUE / "sample_shop_shopify.csv"
SEED = 20_241
SOLD_OUT = 0.08
SECOND_SIZE = 0.18
HEADING = "<p>Ingredients: "


class SampleWords:
    """What the sample shop's products are made of, by kind of product where it matters."""

    def __init__(self) -> None:
        with SAMPLE.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = [row for row in reader if row["Title"]]
            self.columns = list(reader.fieldnames or [])
        self.rows = rows
        self.brands = sorted({row["Vendor"] for row in rows})
        brand_words = {word for brand in self.brands for word in words(brand)}
        self.title_words = sorted({
            word for row in rows for word in words(row["Title"]) if word not in brand_words and not word.isdigit()
        })
        self.ingredients: defaultdict[str, list[list[str]]] = defaultdict(list)
        self.sentences = sorted({row["Body (HTML)"].partition(HEADING)[0] for row in rows})
        for row in rows:
            listed = row["Body (HTML)"].partition(HEADING)[2].removesuffix("</p>")
            self.ingredients[row["Type"]].append(listed.split(", "))


def write_catalogue(path: Path, products: int, seed: int = SEED) -> int:
    """Writes a Shopify export of so many products to `path`. Returns the number of its rows."""
    sample, chance = SampleWords(), random.Random(seed)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sample.columns, restval="")
        writer.writeheader()
        for number in range(products):
            for row in _product(sample, chance, number):
                writer.writerow(row)
                count += 1
    return count


def _product(sample: SampleWords, chance: random.Random, number: int) -> list[dict[str, str]]:
    model = chance.choice(sample.rows)
    brand = chance.choice(sample.brands)
    title = " ".join((brand, *(word.title() for word in chance.sample(sample.title_words, 2)), model["Type"]))
    handle = f"{slug(title).replace('_', '-')}-{number}"
    label = _label(sample, chance, model["Type"])
    price = max(4, float(model["Variant Price"]) * chance.uniform(0.6, 1.7))
    first = {
        **model,
        "Handle": handle,
        "Title": title,
        "Vendor": brand,
        "Body (HTML)": f"{chance.choice(sample.sentences)}{HEADING}{', '.join(label)}</p>",
        "Tags": ", ".join(tag for tag in model["Tags"].split(", ") if chance.random() < 0.85),
        "Option1 Value": "30 ml",
        "Variant SKU": f"B-{number}",
        "Variant Inventory Qty": "0" if chance.random() < SOLD_OUT else str(chance.randint(1, 90)),
        "Variant Price": f"{price:.2f}",
        "Image Src": f"https://shop.example/images/{handle}.jpg",
    }
    if chance.random() >= SECOND_SIZE:
        return [first]
    second = {"Handle": handle, "Option1 Value": "50 ml", "Variant SKU": f"B-{number}-50", "Variant Inventory Qty": "7"}
    return [first, {**second, "Variant Price": f"{price * 1.5:.2f}"}]


def _label(sample: SampleWords, chance: random.Random, kind: str) -> list[str]:
    """The beginning of one label of this kind and some of another product's names after it."""
    first = chance.choice(sample.ingredients[kind])
    other = chance.choice(sample.ingredients[chance.choice(sample.rows)["Type"]])
    kept = first[: chance.randint(12, 24)]
    return list(dict.fromkeys([*kept, *chance.sample(other, min(6, len(other)))]))
