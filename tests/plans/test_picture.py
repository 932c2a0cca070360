"""The picture: sharp on a phone, everything inside its edges, whatever the names are."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.plans.brush import SCALE, font, width, wrapped
from bot.plans.faces import EASTERN, _eastern, suited
from bot.plans.page import PageDay, WeekPage
from bot.plans.picture import WIDTH, picture
from bot.plans.shades import DARK, LIGHT, Shades
from tests.plans.pages import week

LARGEST = 600_000


def opened(page: WeekPage) -> Image.Image:
    """The picture of a page, read by Pillow."""
    data = picture(page)
    assert len(data) < LARGEST
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_it_is_three_pixels_to_a_point_of_a_phone() -> None:
    image = opened(week())
    assert image.format == "PNG"
    assert image.width == 3 * WIDTH


def test_a_fuller_week_makes_a_taller_picture() -> None:
    assert opened(week(notes=("Go slowly.",))).height > opened(week()).height
    assert opened(week(retinol=(0,), ampoule=(1,))).height == opened(week(retinol=(0,), ampoule=(2,))).height


def test_different_weeks_look_different_and_the_same_week_the_same() -> None:
    assert picture(week()) == picture(week())
    assert picture(week(retinol=(0, 3))) != picture(week(retinol=(1, 4)))


@pytest.mark.parametrize("name", ["A" * 90, "Retinol " * 20, "레티놀 세럼", "x", "<b>50 %</b>"])
def test_no_name_leaves_its_card(name: str) -> None:
    page = week()
    days = tuple(replace(day, morning=(name, *day.morning), night=(*day.night, f"{name} {day.short}")) for day in page.days)
    image = opened(replace(page, days=days)).convert("RGB")
    margin = image.crop((3 * WIDTH - 12, 300, 3 * WIDTH, image.height - 200)).convert("L")
    assert min(margin.tobytes()) > 200


@given(st.text(min_size=1, max_size=200).filter(lambda text: bool(text.split())), st.floats(20, 300))
@settings(max_examples=100, deadline=None)
def test_wrapped_text_fits_its_room(text: str, room: float) -> None:
    face = font("Regular", 12)
    lines = wrapped(text, face, room)
    assert 1 <= len(lines) <= 3
    assert all(width(line, face) <= room + 1 or len(line) <= 2 for line in lines)


@pytest.mark.parametrize("shades", [LIGHT, DARK], ids=["light", "dark"])
def test_all_words_stand_out_from_their_ground(shades: Shades) -> None:
    pairs = [(ink, ground) for ink in (shades.ink, shades.soft, shades.accent) for ground in (shades.page, shades.surface)]
    pairs += [(shades.day_ink, shades.day_pill), (shades.night_ink, shades.night_pill), (shades.soft, shades.rest_pill)]
    assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_a_dark_picture_is_the_same_in_other_colours() -> None:
    light, dark = (Image.open(BytesIO(picture(week(), shades))).convert("L") for shades in (LIGHT, DARK))
    assert light.size == dark.size
    assert sum(dark.histogram()[:128]) > 0.8 * dark.width * dark.height < sum(light.histogram()[128:])


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, as WCAG counts it: from 1 to 21."""
    def light(colour: str) -> float:
        parts = [value / 255 for value in ImageColor.getrgb(colour)[:3]]
        red, green, blue = (value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4) for value in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_hangul_is_drawn_where_the_system_can(monkeypatch: pytest.MonkeyPatch) -> None:
    face = font("Bold", 12)
    assert suited("Retinol", face) is face
    drawn = suited("레티놀 세럼", face)
    if drawn is face:
        assert not any(Path(one).is_file() for one, *_ in EASTERN), "Noto is here and not taken"
        pytest.skip("no typeface with Hangul here")
    # Letters, and not the same empty box for each.
    assert bytes(drawn.getmask("레")) != bytes(drawn.getmask("놀")) and bytes(face.getmask("레")) == bytes(face.getmask("놀"))
    assert width("레티놀", face) == drawn.getlength("레티놀") / SCALE
    monkeypatch.setattr("bot.plans.faces.EASTERN", ())
    _eastern.cache_clear()
    assert suited("레티놀", face) is face
    _eastern.cache_clear()


def test_an_empty_week_is_drawn_too() -> None:
    days = tuple(PageDay(day.short, day.name, (), (), False) for day in week().days)
    assert opened(replace(week(), days=days)).width == 3 * WIDTH
