"""A shop's words that no file changes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from bot.answers.shop.words import ShopFiles, ShopWords
from bot.store.policies import Shop


def unchanging(shop: Shop) -> SimpleNamespace:
    """In the place of `Resources._files`."""
    nowhere = Path("nowhere")
    return SimpleNamespace(value=ShopFiles(ShopWords.of(shop), nowhere, nowhere))
