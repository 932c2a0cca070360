"""What is wrong with the tags of a statement: ids left untagged, tagged without being named, or tagged both ways; and a
yes or no that stands in the words instead of in `verdict`."""

from __future__ import annotations

from typing import Iterator

from bot.rules.knowledge import Knowledge
from bot.rules.statements import Statement, statements

# A statement says yes or no in `verdict`, so that its words fit a question that was put the other way round too.
VERDICTS_IN_WORDS = ("yes", "no", "sure", "absolutely", "better not")


def mistagged(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every mistake, as where it stands and what to do about it."""
    for statement in statements(knowledge):
        place = ", ".join(part for part in (f"{statement.file}.yml", statement.entry, statement.field) if part)
        for what in (*_tags(knowledge, statement), *_words(statement)):
            yield place, what


def _tags(knowledge: Knowledge, statement: Statement) -> Iterator[str]:
    names, tags = knowledge.names_in_text, statement.tags
    named = statement.named(names)
    for one in statement.untagged(names):
        yield (
            f"it names {one} and does not say how. Write {one} under `recommends` if whoever follows the words would "
            "put it on or is told it is fine, under `mentions` if it is to be left, kept apart, compared or explained."
        )
    for one in tags.recommends:
        if one in tags.mentions:
            yield f"{one} stands under both `recommends` and `mentions`. Keep the first if any words recommend it."
    for field, ids in (("recommends", tags.recommends), ("mentions", tags.mentions)):
        for one in ids:
            if one not in named:
                yield f"{one} stands under `{field}`, but the words do not name it. Take it out there."


def _words(statement: Statement) -> Iterator[str]:
    for text in statement.texts:
        first, mark, _ = text.partition(",")
        if mark and first.lower() in VERDICTS_IN_WORDS:
            yield f'"{first}," begins the words. Take it out, and write `verdict` if it answers such a question.'
