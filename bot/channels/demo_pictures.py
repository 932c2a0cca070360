"""Draws the sample shop's products, of which no photographs exist: a shape for the kind, colours for the brand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store.views import ProductView

SHAPES = {
    "dropper": ("ampoule", "serum", "eye_serum", "facial_oil"),
    "bottle": ("toner", "essence"),
    "pump": ("lotion", "emulsion", "cleansing_oil", "gel_cleanser"),
    "spray": ("mist", "face_mist"),
    "jar": ("cream", "gel_cream", "eye_cream", "sleeping_mask", "sleeping_pack", "overnight_mask", "cleansing_balm"),
    "tube": ("sunscreen", "sun_cream", "foam_cleanser", "peeling", "exfoliant", "scrub"),
    "sachet": ("sheet_mask",),
}
TUB = "tub"
LONGEST_ON_LABEL = 16


@dataclass(frozen=True)
class Palette:
    """Colours of a drawing: of the backdrop, of the vessel from left to right, of cap, dropper bulb and writing; `label`
    is for writing on the vessel itself."""

    light: str
    back: str
    glass: str
    deep: str
    cap: str
    bulb: str
    ink: str
    label: str


PALETTES = (
    Palette("#eff8f5", "#cfe8e0", "#a9d6c9", "#5ea18f", "#fcfbf7", "#dfeae4", "#1f5a4b", "#12443a"),
    Palette("#fff5f2", "#f8dcd5", "#f8cfc6", "#e39d92", "#fffaf8", "#f1b7ac", "#8a3d38", "#6f2c28"),
    Palette("#f1f3fa", "#d8deef", "#5462a0", "#262f5e", "#d8ba7c", "#b99855", "#2c3566", "#f4e3bf"),
    Palette("#f5f8f8", "#dce7e7", "#d3e3e1", "#90b4b1", "#2f4a4a", "#223838", "#2f4a4a", "#213737"),
    Palette("#eff7fb", "#d3e7f1", "#c3e2f0", "#7db7d2", "#f6fafc", "#e9f1f5", "#275468", "#1f4a5d"),
    Palette("#f3f8f0", "#d9e8d4", "#c2dab9", "#82aa78", "#f7f2e6", "#3f5a38", "#37592f", "#284621"),
    Palette("#faf7ee", "#ece2c9", "#d49d5d", "#8f5b2c", "#2a2622", "#1d1a17", "#5d4522", "#fff3e0"),
    Palette("#f6f4fa", "#e2dcee", "#dcd5ec", "#a79acb", "#fbfafd", "#cfc6e2", "#4b3f73", "#3d3263"),
    Palette("#fbfbee", "#eaf0c4", "#dfe9a4", "#acc053", "#fdfdf7", "#7d8d33", "#56651b", "#414d12"),
)


def drawing(product: ProductView, brands: Sequence[str]) -> dict[str, object]:
    """What the template `picture.svg` draws of a product, with the colours of its brand among `brands`."""
    shape = next((shape for shape, types in SHAPES.items() if product.product_type in types), TUB)
    return {
        "shape": shape,
        "palette": PALETTES[brands.index(product.brand) % len(PALETTES)],
        "brand": product.brand.upper()[:LONGEST_ON_LABEL],
        "kind": product.product_type_text,
        "title": product.title,
    }
