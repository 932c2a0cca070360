"""Draws the week's plan as a picture for a phone: what every day has on top, then seven rows with what is special
about each day, then how to go on."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Sequence

from bot.plans.brush import SCALE, Brush, font, width, wrapped
from bot.plans.page import MORNING, NIGHT, PageDay, WeekPage
from bot.plans.shades import LIGHT, Shades

WIDTH = 360
EDGE = 16
GAP = 8
# The drop is the project's mark, the same on any ground.
DROP_TOP, DROP = "#8fdccb", "#0b6b63"

LEFT = 70.0
ICON = 15.0
PILL_HEIGHT = 25.0
LINE_HEIGHT = 16.5
HEADER = 64.0


@dataclass(frozen=True)
class _Pill:
    """A label in a day's row: what stands in it, on which line, where, and how wide it is."""

    text: str
    half: str
    line: int
    x: float
    width: float
    rest: bool = False


def picture(page: WeekPage, shades: Shades = LIGHT) -> bytes:
    """The plan as the bytes of a PNG, 1,080 pixels wide."""
    rows = [_pills(page, day) for day in page.days]
    cards = [_card_lines(page.daily_morning), _card_lines(page.daily_night)]
    notes = [line for note in page.notes for line in wrapped(note, font("Regular", 12), WIDTH - 2 * EDGE, most=4)]
    card_height = 44 + LINE_HEIGHT * max(sum(len(lines) for lines in card) for card in cards) + 12
    row_heights = [_row_height(pills) for pills in rows]
    height = HEADER + card_height + GAP + sum(row_heights) + GAP * len(rows) + (12 + 17 * len(notes) if notes else 0) + 44
    brush = Brush((WIDTH, height), shades.page)
    brush.glow((WIDTH - 10, 20), 150, shades.peach, 0.75)
    brush.glow((10, 60), 150, shades.mint, 0.7)
    brush.glow((WIDTH, height - 40), 170, shades.mint, 0.45)
    brush.drop((EDGE, 20), 30, DROP_TOP, DROP)
    brush.text((EDGE + 36, 36), page.words["title"], font("Bold", 23), shades.ink)
    top = HEADER
    _draw_cards(brush, shades, page, cards, top, card_height)
    top += card_height + GAP
    for day, pills, tall in zip(page.days, rows, row_heights):
        _draw_row(brush, shades, page, day, pills, top, tall)
        top += tall + GAP
    _draw_notes(brush, shades, page, notes, top)
    return _png(brush)


def _card_lines(steps: Sequence[str]) -> list[list[str]]:
    room = (WIDTH - 2 * EDGE - GAP) / 2 - 40
    return [wrapped(step, font("Regular", 12.5), room) for step in steps]


def _draw_cards(brush: Brush, shades: Shades, page: WeekPage, cards: Sequence[list[list[str]]], top: float, height: float) -> None:
    wide = (WIDTH - 2 * EDGE - GAP) / 2
    for number, (half, lines) in enumerate(zip((MORNING, NIGHT), cards)):
        left = EDGE + number * (wide + GAP)
        brush.box((left, top, left + wide, top + height), 16, shades.surface, shades.line, shades.shade)
        _icon(brush, half, (left + 22, top + 24), shades.sun if half == MORNING else shades.accent)
        brush.text((left + 35, top + 24), page.words[f"every_{half}"], font("Bold", 13.5), shades.ink)
        y = top + 49
        for count, step in enumerate(lines, start=1):
            brush.text((left + 14, y), str(count), font("SemiBold", 12), shades.accent)
            for line in step:
                brush.text((left + 28, y), line, font("Regular", 12.5), shades.ink)
                y += LINE_HEIGHT


def _pills(page: WeekPage, day: PageDay) -> list[_Pill]:
    """The labels of a day's row: morning extras, then night extras or the rest night, wrapped into lines."""
    pills: list[_Pill] = []
    line = 0
    for half in (MORNING, NIGHT):
        extras = page.extras(day, half)
        texts = [(text, False) for text in extras]
        if half == NIGHT and day.rest and not extras:
            texts = [(page.words["rest"], True)]
        x = LEFT + ICON + 10
        for text, rest in texts:
            room = WIDTH - EDGE - 12 - (LEFT + ICON + 10)
            shown = wrapped(text, font("SemiBold", 12.5), room - 22, most=1)[0]
            wide = width(shown, font("SemiBold", 12.5)) + 22
            if x + wide > WIDTH - EDGE - 12 and x > LEFT + ICON + 10:
                line, x = line + 1, LEFT + ICON + 10
            pills.append(_Pill(shown, half, line, x, wide, rest))
            x += wide + 6
        line += bool(texts)
    return pills


def _row_height(pills: Sequence[_Pill]) -> float:
    lines = max((pill.line for pill in pills), default=0) + 1
    return 20 + lines * PILL_HEIGHT + (lines - 1) * 6


def _draw_row(brush: Brush, shades: Shades, page: WeekPage, day: PageDay, pills: Sequence[_Pill], top: float, tall: float) -> None:
    brush.box((EDGE, top, WIDTH - EDGE, top + tall), 14, shades.surface, shades.line)
    first = top + 10 + PILL_HEIGHT / 2
    brush.text((EDGE + 14, first), day.short, font("Bold", 14), shades.accent)
    if not pills:
        brush.text((LEFT, first), page.words["as_every_day"], font("Regular", 12.5), shades.soft)
    marked: set[str] = set()
    for pill in pills:
        y = top + 10 + pill.line * (PILL_HEIGHT + 6)
        if pill.half not in marked:
            _icon(brush, pill.half, (LEFT + ICON / 2, y + PILL_HEIGHT / 2), shades.sun if pill.half == MORNING else shades.accent)
            marked.add(pill.half)
        fill, ink = (shades.day_pill, shades.day_ink) if pill.half == MORNING else (shades.night_pill, shades.night_ink)
        if pill.rest:
            fill, ink = shades.rest_pill, shades.soft
        brush.box((pill.x, y, pill.x + pill.width, y + PILL_HEIGHT), PILL_HEIGHT / 2 - 0.5, fill)
        brush.text((pill.x + 11, y + PILL_HEIGHT / 2), pill.text, font("SemiBold", 12.5), ink)


def _icon(brush: Brush, half: str, centre: tuple[float, float], colour: str) -> None:
    if half == MORNING:
        brush.sun(centre, ICON + 2, colour)
    else:
        brush.moon(centre, ICON, colour)


def _draw_notes(brush: Brush, shades: Shades, page: WeekPage, notes: Sequence[str], top: float) -> None:
    y = top + 12
    for line in notes:
        brush.text((EDGE + 2, y), line, font("Regular", 12), shades.ink)
        y += 17
    brush.text((EDGE + 2, y + (12 if notes else 2)), page.words["footer"], font("Regular", 10.5), shades.soft)


def _png(brush: Brush) -> bytes:
    """The picture as a file, in full colour: fewer would show as bands in the soft ground."""
    out = BytesIO()
    brush.image.save(out, "PNG", compress_level=6, dpi=(72 * SCALE, 72 * SCALE))
    return out.getvalue()
