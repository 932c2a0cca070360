"""The picture of the shop as an owner gives it from a page: kept as it is made anew, so that nothing of the file itself is."""

from __future__ import annotations

from bot.home.folder import Home
from bot.home.pictures import PICTURES, SHOPS, shops_pictures
from bot.support.own_pictures import SHOPS_EDGE, shown

ENDS = {"image/png": ".png", "image/jpeg": ".jpg"}


def put_shops_picture(home: Home, raw: bytes) -> None:
    """Puts a picture in the place of the shop's.

    Raises:
        Unusable: it cannot be shown; the one before stays.
        HomeError: it cannot be written.
    """
    made = shown(raw, SHOPS_EDGE)
    name = f"{SHOPS}{ENDS[made.kind]}"
    home.put_bytes(f"{PICTURES}/{name}", made.body)
    _drop(home, but=name)


def drop_shops_picture(home: Home) -> None:
    """Takes the shop's picture away.

    Raises:
        HomeError: it cannot be.
    """
    _drop(home)


def _drop(home: Home, but: str = "") -> None:
    for path in shops_pictures(home):
        if path.name != but:
            home.put_bytes(f"{PICTURES}/{path.name}", None)
