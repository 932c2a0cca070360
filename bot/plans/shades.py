"""The colours of the week's picture: those of the chat's light and dark theme."""

from __future__ import annotations

from dataclasses import dataclass

from bot.plans.brush import Colour


@dataclass(frozen=True)
class Shades:
    """What each part of the picture is drawn in."""

    page: Colour
    surface: Colour
    line: Colour
    peach: Colour
    mint: Colour
    shade: Colour
    ink: Colour
    soft: Colour
    accent: Colour
    sun: Colour
    day_pill: Colour
    day_ink: Colour
    night_pill: Colour
    night_ink: Colour
    rest_pill: Colour


LIGHT = Shades(
    page="#f4f8f5", surface="#ffffff", line="#e2ece8", peach="#ffdfcf", mint="#c5ebe0", shade="#0d4842", ink="#16302d", soft="#47625e",
    accent="#0b6b63", sun="#c98a17", day_pill="#fdeccb", day_ink="#744700", night_pill="#0b6b63", night_ink="#ffffff", rest_pill="#e6edeb",
)
DARK = Shades(
    page="#0d1817", surface="#1a2b29", line="#294040", peach="#2c1f1a", mint="#0f3430", shade="#000000", ink="#e6f1ee", soft="#a5bdb7",
    accent="#7cd9c6", sun="#f0b64a", day_pill="#423010", day_ink="#f6ce85", night_pill="#7cd9c6", night_ink="#062a26", rest_pill="#29403c",
)
