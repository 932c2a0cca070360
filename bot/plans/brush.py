"""Drawing in points: a canvas three pixels to the point, with text that wraps, rounded boxes and two small icons."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.plans.faces import Face, manrope, suited

SCALE = 3
SMOOTH = 4
Colour = str
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def font(weight: str, size: float) -> Face:
    """The picture's typeface in a weight ("Regular", "SemiBold", "Bold") and a size in points."""
    return manrope(weight, round(size * SCALE))


def width(text: str, face: Face) -> float:
    """Width of a text in points."""
    return suited(text, face).getlength(text) / SCALE


def wrapped(text: str, face: Face, room: float, most: int = 3) -> list[str]:
    """The text in lines no wider than `room` points, at most `most` of them; what does not fit ends in three dots."""
    lines: list[str] = []
    for word in _pieces(text, face, room):
        if lines and width(f"{lines[-1]} {word}", face) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(f"{last}…", face) > room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _pieces(text: str, face: Face, room: float) -> list[str]:
    """Words; one that is wider than a line alone is cut."""
    pieces = []
    for word in text.split():
        while width(word, face) > room:
            fits = max(1, next(end for end in range(len(word), 0, -1) if width(word[:end], face) <= room or end == 1))
            pieces.append(word[:fits])
            word = word[fits:]
        pieces.append(word)
    return [piece for piece in pieces if piece]


class Brush:
    """Draws on a picture; all places and sizes are in points from the upper left corner."""

    def __init__(self, size: Point, ground: Colour) -> None:
        self.image = Image.new("RGB", (round(size[0] * SCALE), round(size[1] * SCALE)), ground)
        self._draw = ImageDraw.Draw(self.image)

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float) -> None:
        """A soft round light."""
        small = 8
        size = (self.image.width // small, self.image.height // small)
        mask = Image.new("L", size, 0)
        x, y, reach = (round(value * SCALE / small) for value in (*centre, radius))
        ImageDraw.Draw(mask).ellipse((x - reach, y - reach, x + reach, y + reach), fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(reach / 2)).resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)

    def box(self, box: Box, radius: float, fill: Colour, edge: Colour | None = None, shadow: Colour | None = None) -> None:
        """A rounded box, with a fine edge and a soft shadow where colours for them are given."""
        left, top, right, bottom = (round(value * SCALE) for value in box)
        if shadow:
            self._shadow((left, top, right, bottom), radius, shadow)
        for grow, colour in ((0, edge or fill), (2 if edge else 0, fill)):
            inner = (left + grow, top + grow, right - grow, bottom - grow)
            self._paste(inner, colour, radius - grow / SCALE)

    def text(self, place: Point, text: str, face: Face, colour: Colour) -> None:
        """One line of text; `place` is the left end of its middle."""
        self._draw.text((place[0] * SCALE, place[1] * SCALE), text, font=suited(text, face), fill=colour, anchor="lm")

    def sun(self, centre: Point, size: float, colour: Colour) -> None:
        """A small sun, `size` across."""
        unit = size / 2
        mask, draw = self._canvas(size)
        middle = mask.width / 2
        scale = middle / unit
        draw.ellipse([middle - unit * 0.46 * scale] * 2 + [middle + unit * 0.46 * scale] * 2, fill=255)
        for x, y in ((1, 0), (0.707, 0.707), (0, 1), (-0.707, 0.707), (-1, 0), (-0.707, -0.707), (0, -1), (0.707, -0.707)):
            inner, outer = unit * 0.68 * scale, unit * 0.95 * scale
            ends = [middle + x * inner, middle + y * inner, middle + x * outer, middle + y * outer]
            draw.line(ends, fill=255, width=round(scale * size * 0.085))
        self._stamp(centre, size, mask, colour)

    def moon(self, centre: Point, size: float, colour: Colour) -> None:
        """A small crescent, `size` across."""
        mask, draw = self._canvas(size)
        edge = mask.width
        draw.ellipse((edge * 0.08, edge * 0.08, edge * 0.92, edge * 0.92), fill=255)
        draw.ellipse((edge * 0.36, edge * -0.06, edge * 1.12, edge * 0.70), fill=0)
        self._stamp(centre, size, mask, colour)

    def drop(self, place: Point, size: float, top: Colour, foot: Colour) -> None:
        """The drop of the logo, `size` high, its upper left corner at `place`."""
        mask, draw = self._canvas(size)
        edge = mask.width
        draw.ellipse((edge * 0.17, edge * 0.32, edge * 0.83, edge * 0.98), fill=255)
        draw.polygon([(edge * 0.5, edge * 0.02), (edge * 0.205, edge * 0.5), (edge * 0.795, edge * 0.5)], fill=255)
        shade = Image.linear_gradient("L").resize((round(size * SCALE),) * 2)
        colour = Image.composite(Image.new("RGB", shade.size, foot), Image.new("RGB", shade.size, top), shade)
        small = mask.resize(shade.size, Image.Resampling.LANCZOS)
        self.image.paste(colour, (round(place[0] * SCALE), round(place[1] * SCALE)), small)

    def _canvas(self, size: float) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        mask = Image.new("L", (round(size * SCALE) * SMOOTH,) * 2, 0)
        return mask, ImageDraw.Draw(mask)

    def _stamp(self, centre: Point, size: float, mask: Image.Image, colour: Colour) -> None:
        small = mask.resize((round(size * SCALE),) * 2, Image.Resampling.LANCZOS)
        place = (round((centre[0] - size / 2) * SCALE), round((centre[1] - size / 2) * SCALE))
        self.image.paste(Image.new("RGB", small.size, colour), place, small)

    def _paste(self, box: tuple[int, int, int, int], colour: Colour, radius: float) -> None:
        size = (box[2] - box[0], box[3] - box[1])
        mask = _rounded(size, round(max(radius, 0) * SCALE))
        self.image.paste(Image.new("RGB", size, colour), box[:2], mask)

    def _shadow(self, box: tuple[int, int, int, int], radius: float, colour: Colour) -> None:
        spread = 6 * SCALE
        size = (box[2] - box[0] + 2 * spread, box[3] - box[1] + 2 * spread)
        mask = Image.new("L", size, 0)
        inner = (spread, spread, size[0] - spread, size[1] - spread)
        ImageDraw.Draw(mask).rounded_rectangle(inner, radius * SCALE, fill=28)
        mask = mask.filter(ImageFilter.GaussianBlur(spread / 2))
        self.image.paste(Image.new("RGB", size, colour), (box[0] - spread, box[1] - spread + 2 * SCALE), mask)


@lru_cache(maxsize=64)
def _rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """A mask with smooth round corners."""
    corner = Image.new("L", (radius * 2 * SMOOTH + SMOOTH,) * 2, 0)
    ImageDraw.Draw(corner).ellipse((0, 0, radius * 2 * SMOOTH, radius * 2 * SMOOTH), fill=255)
    corner = corner.resize((radius * 2 + 1,) * 2, Image.Resampling.LANCZOS)
    mask = Image.new("L", size, 255)
    for x, y in ((0, 0), (size[0] - radius, 0), (0, size[1] - radius), (size[0] - radius, size[1] - radius)):
        source = (radius + 1 if x else 0, radius + 1 if y else 0)
        mask.paste(corner.crop((source[0], source[1], source[0] + radius, source[1] + radius)), (x, y))
    return ImageChops.darker(mask, Image.new("L", size, 255))
