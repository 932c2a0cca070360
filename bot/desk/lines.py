"""The lines of a conversation as the desk shows them: as the customer sees them, with the assistant's reading beside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Optional
from urllib.parse import urlencode

from markupsafe import Markup

from bot.desk.formatting import marked, plain
from bot.desk.reading import Reading, readings
from bot.support.handoff import PICTURE, Author, Line

ASSISTANT = "Assistant"
SENT = "Picture from the customer"
TOGETHER = timedelta(minutes=3)
VERDICTS = ("yes", "no", "careful", "depends", "unknown", "doctor")


@dataclass(frozen=True)
class ShownLine:
    """A line on the page. `mark` is another whenever what is shown of it is; `follows`: its writer goes on."""

    id: str
    kind: str
    name: str
    text: str
    html: Markup
    at: datetime
    mark: str
    follows: bool = False
    withheld: bool = False
    automatic: bool = False
    delivered: bool = True
    verdict: str = ""
    buttons: Sequence[str] = ()
    products: Sequence[Mapping[str, Any]] = ()
    pictures: Sequence[Mapping[str, str]] = ()
    table: Optional[Mapping[str, Any]] = None
    readings: Sequence[Reading] = field(default_factory=tuple)


def shown_lines(lines: Iterable[Line], customer: str) -> list[ShownLine]:
    """All lines for the page, given oldest first; `customer` is how the customer is called."""
    found: list[ShownLine] = []
    before: Optional[Line] = None
    for line in lines:
        found.append(_line(line, customer, before is not None and _goes_on(before, line)))
        before = line
    return found


def _goes_on(before: Line, line: Line) -> bool:
    same = before.author is line.author and before.agent == line.agent and before.withheld == line.withheld
    return same and line.at - before.at < TOGETHER and line.author is not Author.NOTICE


def _line(line: Line, customer: str, follows: bool) -> ShownLine:
    data, custom = line.data, _mapping(line.data.get("custom"))
    is_assistants = line.author in (Author.ASSISTANT, Author.WITHHELD)
    text = "\n\n".join(str(custom[key]) for key in ("body", "below") if custom.get(key)) or line.text
    verdict = str(custom.get("verdict") or "")
    delivered = line.delivered_at is not None
    names = {Author.CUSTOMER: customer, Author.ASSISTANT: ASSISTANT, Author.WITHHELD: ASSISTANT}
    return ShownLine(
        id=f"line-{line.id}", kind=line.author.value, name=names.get(line.author, line.agent or ASSISTANT), text=line.text,
        html=marked(text) if is_assistants else plain(text), at=line.at,
        mark=hashlib.sha256(f"{text}{delivered}{line.withheld}{follows}".encode()).hexdigest()[:12], follows=follows,
        withheld=line.withheld, automatic=bool(data.get("automatic")), delivered=delivered,
        verdict=verdict if verdict in VERDICTS else "",
        buttons=[str(one.get("title", "")) for one in _mappings(data.get("buttons"))],
        products=_products(custom), pictures=_pictures(data, custom), table=_table(custom),
        readings=readings(line.reading or _mapping(data.get("reading"))) if line.author is Author.CUSTOMER else (),
    )


def _products(custom: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = [one for one in _mappings(custom.get("products")) if one.get("title")]
    return [{**one, "image": _address(one.get("image")), "facts": _facts(one)} for one in found]


def _facts(product: Mapping[str, Any]) -> str:
    return " · ".join(filter(None, (str(product.get("brand") or ""), str(product.get("price") or ""), str(product.get("reason") or ""))))


def _pictures(data: Mapping[str, Any], custom: Mapping[str, Any]) -> list[Mapping[str, str]]:
    own = _mapping(custom.get("image"))
    given = [(data.get("image"), "Picture"), (own.get("src"), own.get("alt") or "Picture")]
    shown = [{"src": address, "alt": str(alt)} for src, alt in given if (address := _address(src))]
    # Relative, so that it holds wherever a proxy puts the desk.
    return [*shown, *({"src": f"picture?{urlencode({'name': str(name)})}", "alt": SENT} for name in (data.get(PICTURE),) if name)]


def _address(raw: Any) -> str:
    """An address that a page may load or lead to: of this server or of the web; empty for anything else."""
    text = raw if isinstance(raw, str) else ""
    is_own = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if is_own or text.startswith(("https://", "http://")) else ""


def _table(custom: Mapping[str, Any]) -> Optional[Mapping[str, Any]]:
    table = _mapping(custom.get("table"))
    head, rows = table.get("head"), table.get("rows")
    fits = isinstance(head, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows)
    return {"head": head, "rows": rows} if fits and head else None


def _mapping(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _mappings(raw: Any) -> list[Mapping[str, Any]]:
    return [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, (list, tuple)) else []
