"""Which column of a file holds what, as its owner says with --map, kept for the next file with the same columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from bot.store.importers.base import CatalogueFileError
from bot.store.importers.csvfile import beginning, headers_of
from bot.store.importers.opening import readable

KEPT = "columns.json"


def named_columns(said: Sequence[str], path: Path, var: Path) -> Mapping[str, str] | None:
    """The columns by our names: those said, else those that were said for a file with the same columns; None where
    nothing was. Nothing is kept yet: see `keep_columns`.

    Args:
        said: each as "title=Product name".
        path: the shop's file.
        var: the folder in which they are kept.

    Raises:
        CatalogueFileError: when one is not of this form, or the file cannot be read.
    """
    known = _known(var)
    if not said and not known:
        return None
    return dict(map(_parted, said)) if said else known.get(_columns_of(path))


def keep_columns(named: Mapping[str, str] | None, path: Path, var: Path) -> None:
    """Keeps what the columns of a file that went in hold, for the next with the same; nothing where nothing was said."""
    known = _known(var)
    more = {**known, _columns_of(path): dict(named)} if named is not None else known
    if more != known:
        part = var / f".{KEPT}.{uuid4().hex}"
        part.write_text(json.dumps(more, ensure_ascii=False, indent=2), encoding="utf-8")
        part.replace(var / KEPT)  # whoever reads it has the old ones or the new ones, and nothing between


def _known(var: Path) -> dict[str, dict[str, str]]:
    kept = var / KEPT
    found: dict[str, dict[str, str]] = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    return found


def _parted(text: str) -> tuple[str, str]:
    name, equals, column = text.partition("=")
    if not equals or not column.strip():
        raise CatalogueFileError(f'--map {text}: write it as --map title="Product name".')
    return name.strip().lower(), column.strip()


def _columns_of(path: Path) -> str:
    """The columns of the file's first line, as one text."""
    with readable(path) as (text, _):
        header = next(iter(headers_of(beginning(text))), None)
    return ", ".join(header.columns) if header else ""
