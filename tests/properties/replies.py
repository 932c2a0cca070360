"""What a reply says, sentence by sentence, and whether a sentence recommends what it names."""

from __future__ import annotations

from typing import Iterator, Sequence

from bot.answers.answer import Message
from tests.properties.held import Names, words

ENDS = (".", "!", "?")
# A sentence that holds one of these refuses, defers, warns or compares.
CAREFUL = frozenset(words(
    "not no never nothing avoid avoids leave leaves left without until unless ask asks doctor dermatologist pharmacist clinic midwife instead stop pause "
    "hold wait rather than free keep allergic less irritate irritates out allergy against cannot dont isnt doesnt sting swapped nobody thirty prescription medicine burn depend away"
))
ASKS_ABOUT_PREGNANCY = "safe in pregnancy?"
# Kinds of question that want to know what something is, or what the pack does; and the words that advise all the same.
EXPLAINING = frozenset({
    "what_is", "difference", "evidence", "texture", "packaging", "storage", "shelf_life", "gone_off", "spoiled", "purging", "side_effects", "cause",
    "myth", "vegan", "label", "strength", "comedogenic", "popular", "price", "worth_the_price", "source", "date_marks", "product_ingredients", "check_routine",
    "purging_not_expected", "not_working", "replace", "better", "tell_profile", "show_more", "sizes", "stock", "reaction", "irritation", "pregnancy_used",
})
ADVICE = frozenset(words("use choose try start begin apply add pick suit suits fits together should recommend"))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; a line ends one, and so does a semicolon."""
    for line in text.replace(";", "\n").split("\n"):
        start = ""
        for word in line.split():
            start = f"{start} {word}".strip()
            if word.endswith(ENDS):
                yield start
                start = ""
        if start:
            yield start


def said(messages: Sequence[Message]) -> list[str]:
    """Every sentence of the messages, those of buttons too."""
    texts = [message.text for message in messages] + [button["title"] for message in messages for button in message.buttons]
    return [one for text in texts for one in sentences(text)]


def recommending(messages: Sequence[Message], kind: str, names: Names, held: frozenset[str]) -> list[str]:
    """The sentences that name a held thing and neither refuse, defer nor compare; where a kind of question only wants an
    explanation, those that advise to use it."""
    found = []
    for sentence in said(messages):
        spoken = words(sentence)
        advises = kind not in EXPLAINING or ADVICE & set(spoken)
        if advises and not CAREFUL & set(spoken) and not sentence.endswith(ASKS_ABOUT_PREGNANCY) and names.held(spoken, held):
            found.append(sentence)
    return found
