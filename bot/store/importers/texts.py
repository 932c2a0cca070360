"""Texts of a shop's export as people read them: HTML, tables, entities, shortcodes, and what is too long."""

from __future__ import annotations

import html
import re

import nh3

_BLOCK_END = re.compile(r"</(?:p|div|li|ul|ol|dd|dt|h[1-6]|section|summary|details)\s*>|<br\s*/?>", re.IGNORECASE)
_TABLE = re.compile(r"<t[dhr]\b", re.IGNORECASE)
_ROW_END = re.compile(r"</tr\s*>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s*>\s*(?=<t[dh]\b)", re.IGNORECASE)
_TABLE_TAG = re.compile(r"</?(?:table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col)\b[^>]*>", re.IGNORECASE)
_GLUED = re.compile(r"([^\W\d_]{4}\s?)(</(?:strong|b)>)(?=[A-ZÀ-Þ가-힣])")
"""A bold heading right before the text that it stands over."""
_MARKUP = re.compile(r"[<>&]")
_DATA_ADDRESS = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]+")
_SHORTCODE = re.compile(r"\[/?[a-z]+[_-][a-z0-9_-]*(?:\s[^\[\]]{0,300})?\]", re.IGNORECASE)


_SHORTCODE_TITLE = re.compile(r"\s(?:title|heading|tab_title|tab)=[\"'“”]([^\"'“”]{1,120})[\"'“”]", re.IGNORECASE)


def name_text(text: str) -> str:
    """A name in one line: entities decoded, line ends and repeated spaces one space."""
    return " ".join((html.unescape(text) if "&" in text else text).split())


def plain_text(body: str) -> str:
    """HTML as text, a line for each block and for each row of a table; scripts, styles and comments are left out.

    The result is text, not safe HTML: "&lt;b&gt;" becomes "<b>" again.
    """
    if not _MARKUP.search(body):
        return "\n".join(filter(None, (" ".join(line.split()) for line in body.splitlines())))
    if "</strong" in body or "</b" in body:
        body = _GLUED.sub(r"\1\2\n", body)
    if ("<t" in body or "<T" in body) and _TABLE.search(body):  # an HTML parser moves text out of tables
        body = _TABLE_TAG.sub(" ", _CELL_END.sub(": ", _ROW_END.sub("\n", body)))
    stripped = nh3.clean(_BLOCK_END.sub("\n", body), tags=set())
    lines = (" ".join(line.split()) for line in html.unescape(stripped).splitlines())
    return "\n".join(line for line in lines if line)


def without_shortcodes(body: str) -> str:
    """A body of WordPress without the marks of its page builders: "[vc_row]Soft.[/vc_row]"; the titles of tabs and
    accordions stay as headings."""
    return _SHORTCODE.sub(_heading_of, body) if "[" in body else body


def _heading_of(shortcode: re.Match[str]) -> str:
    title = _SHORTCODE_TITLE.search(shortcode[0])
    return f"\n<h4>{title[1]}</h4>\n" if title else "\n" if shortcode[0].startswith("[/") else " "


def without_pictures(body: str) -> str:
    """A body without pictures that were pasted into it."""
    return _DATA_ADDRESS.sub("", body) if ";base64," in body else body


def cut(text: str, longest: int) -> str:
    """At most so many characters, up to the end of a word."""
    if len(text) <= longest:
        return text
    kept = text[:longest]
    return kept.rsplit(None, 1)[0] if " " in kept[-200:] else kept
