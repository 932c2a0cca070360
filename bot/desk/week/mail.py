"""The mail on a week as it leaves: plain text, and the same as simple HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.desk.pages import DESK
from bot.desk.review.figures import Rows
from bot.desk.week.report import Line, Report
from bot.support.mailing import Mailer, to_customer

TEMPLATE = "week_mail.html"
VAIN, LACKING, STOCK = "Asked in vain, what most people asked first", "Asked for and not in the shop", "Wanted when it is back in stock"
WHY = "Wordings stand here only where several people used them. You get this mail because WEEK_MAIL_TO names you."
WIDTH = 32


@dataclass(frozen=True)
class Letter:
    """A report in words. `desk` is the desk's address."""

    shop: str
    desk: str
    report: Report

    @property
    def subject(self) -> str:
        """The mail's subject."""
        return f"{' '.join(self.shop.split())}: the week from {self.report.monday:%d %b} to {self.report.sunday:%d %b}"

    @property
    def groups(self) -> str:
        """The address of what was asked in vain that week."""
        return f"{self.desk}groups?{urlencode({'since': self.report.monday.isoformat(), 'until': self.report.sunday.isoformat()})}"

    @property
    def lists(self) -> Sequence[tuple[str, Rows, str]]:
        """Titles with what stands under them, and what its numbers count."""
        found = self.report
        return [(VAIN, found.vain, "people"), (LACKING, found.lacking, "times"), (STOCK, found.stock, "times")]

    @property
    def text(self) -> str:
        """As plain text."""
        rows = [f"{one.name:<{WIDTH}} {shown(one, one.now):>7}   ({shown(one, one.before)})" for one in self.report.lines]
        parts = [f"{self.subject}\n(the week before in brackets)", "\n".join(rows)]
        for title, found, unit in self.lists:
            if found:
                parts.append("\n".join([title, *(f"- {' '.join(name.split())} ({count} {unit})" for name, count in found)]))
        if self.report.vain or self.report.further:
            parts.append(f"{self.more}: {self.groups}")
        return "\n\n".join([*parts, f"All figures: {self.desk}insight", WHY]) + "\n"

    @property
    def more(self) -> str:
        """What leads to the rest of what was asked in vain."""
        return f"And {self.report.further} more at the desk" if self.report.further else "See and teach them at the desk"

    @property
    def html(self) -> str:
        """As HTML, without anything that would be loaded from elsewhere."""
        values: dict[str, Any] = {"letter": self, "report": self.report, "shown": shown, "why": WHY}
        made = Environment(loader=FileSystemLoader(DESK / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        return made.get_template(TEMPLATE).render(values)

    def mail(self, mailer: Mailer, to: Sequence[str]) -> EmailMessage:
        """As a mail, marked as automatic.

        Raises:
            ValueError: when an address cannot stand in a mail.
        """
        made = to_customer(mailer, self.shop, ", ".join(to), self.subject, self.text)
        made.add_alternative(self.html, subtype="html")
        return made


def shown(line: Line, count: int) -> str:
    """A count as it is written."""
    return f"{count} %" if line.share else f"{count:,}"
