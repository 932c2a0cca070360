"""The widget's colours made from one: shades that can be read on its light and dark surfaces."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

USUAL = "#0b6b63"
READABLE = 4.5
"""Contrast that text needs (WCAG 2)."""
PALE = 0.6
"""Of its saturation a tint keeps so much."""
WHITE = (255, 255, 255)
STEPS = 50
Colour = tuple[int, int, int]


class ColourError(ValueError):
    """It is no colour; the message is a sentence that says why."""


@dataclass(frozen=True)
class Shades:
    """The widget's properties of these names (`--gs-...`) for one theme.

    Attributes:
        accent, accent_ink, accent_deep: the colour, what stands on it, what it becomes when it is pressed.
        person, person_lit, person_edge, person_ink: what the customer wrote.
        tile: what lies under small things.
    """

    accent: str
    accent_ink: str
    accent_deep: str
    person: str
    person_lit: str
    person_edge: str
    person_ink: str
    tile: str


USUAL_SHADES = (
    Shades(USUAL, "#ffffff", "#08544e", "#d3f0e7", "#e3f6f0", "#b5dfd3", "#0d3834", "#e9f5f1"),
    Shades("#7cd9c6", "#062a26", "#a3e9da", "#195149", "#1d5c53", "#2a6f65", "#eafaf6", "#1f3d38"),
)
"""What the widget has by itself (`bot/web/widget/src/theme.css`)."""


def shades(colour: str) -> tuple[Shades, Shades]:
    """The shades of a colour, "#6b3fa0", for the light and the dark theme. What could not be read becomes darker there, and lighter here.

    Raises:
        ColourError: it is none.
    """
    asked = parsed(colour)
    return USUAL_SHADES if written(asked) == USUAL else (_of_light(asked), _of_dark(asked))


def _of_light(asked: Colour) -> Shades:
    tile, person = _tint(asked, 0.95), _tint(asked, 0.89)
    accent = _readable(asked, tile, 0.0)
    ink = _readable(_tint(asked, 0.15), person, 0.0)
    found = (accent, WHITE, _lit(accent, 0.0, 0.22), person, _tint(asked, 0.93), _tint(asked, 0.8), ink, tile)
    return Shades(*map(written, found))


def _of_dark(asked: Colour) -> Shades:
    tile, person = _tint(asked, 0.18), _tint(asked, 0.23)
    accent = _readable(asked, tile, 1.0)
    ink = _readable(_tint(asked, 0.95), person, 1.0)
    found = (accent, _readable(_lit(accent, 0.0, 0.8), accent, 0.0), _lit(accent, 1.0, 0.3), person, _tint(asked, 0.27), _tint(asked, 0.34), ink, tile)
    return Shades(*map(written, found))


def parsed(colour: str) -> Colour:
    """The parts of "#6b3fa0".

    Raises:
        ColourError: it is no such colour.
    """
    digits = colour.strip().lstrip("#")
    if len(digits) != 6 or any(one not in "0123456789abcdefABCDEF" for one in digits):
        raise ColourError("Write a colour as # and six digits, such as #6b3fa0.")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def written(colour: Colour) -> str:
    """As CSS has it."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def contrast(one: Colour, other: Colour) -> float:
    """How well one can be read on the other, 1 to 21 (WCAG 2)."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _readable(colour: Colour, on: Colour, towards: float) -> Colour:
    """The colour, made so much lighter (towards 1) or darker (towards 0) that it can be read."""
    tried = (_lit(colour, towards, step / STEPS) for step in range(STEPS + 1))
    return next((one for one in tried if contrast(one, on) >= READABLE), _lit(colour, towards, 1.0))


def _lit(colour: Colour, towards: float, share: float) -> Colour:
    """The colour with another lightness, so much of the way towards 1 or 0, and its hue."""
    if not share:
        return colour
    hue, light, full = rgb_to_hls(*(part / 255 for part in colour))
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, light + (towards - light) * share, full))
    return red, green, blue


def _tint(colour: Colour, light: float) -> Colour:
    """A pale colour of its hue, of this lightness."""
    hue, _, full = rgb_to_hls(*(part / 255 for part in colour))
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, light, full * PALE))
    return red, green, blue


def _light(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
