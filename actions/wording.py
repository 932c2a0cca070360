"""Turns advice into the words of domain.yml and hands it to the dispatcher."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions.resources import knowledge
from bot.rules.advice import Advice, FollowUp, Line
from bot.rules.names import name, several, with_article
from bot.rules.schema import Verdict

MOST_SOURCES = 3
MOST_BUTTONS = 3
STRONG = frozenset({"regulator", "medical", "evidence"})
SOURCE = FollowUp("source", ())
FIRST = 3
ITEM = "- "
# Sentences that say in their own way what a verdict would; statements of the knowledge never say yes or no themselves.
SAYS_AS_MUCH = ("not ", "no longer", "no single", "with care", "i know of nothing", "it depends", "please", "stop")


class Wording:
    """The responses of the domain, filled with values."""

    def __init__(self, domain: Mapping[str, Any]) -> None:
        self._responses: Mapping[str, Any] = domain["responses"]

    def has(self, key: str) -> bool:
        """True when domain.yml has a response `utter_<key>`."""
        return f"utter_{key}" in self._responses

    def say(self, key: str, **params: str) -> str:
        """The first text of `utter_<key>`, filled; {Name} gives the value of `name` with a capital.

        Raises:
            KeyError: when domain.yml has no such response or a value is missing.
        """
        text: str = self._responses[f"utter_{key}"][0]["text"]
        capitals = {capital(name): capital(value) for name, value in params.items()}
        return capital(text.format_map({**params, **capitals}))

    def buttons_of(self, key: str) -> list[dict[str, str]]:
        """The buttons that domain.yml gives `utter_<key>`."""
        return list(self._responses[f"utter_{key}"][0].get("buttons") or [])

    def line(self, line: Line) -> str:
        """One line of advice as a sentence."""
        return line.text or self.say(line.key, **line.params)

    def question(self, item: FollowUp) -> str | None:
        """A question in human words, as a button shows and sends it; None when its kind has no wording."""
        subjects = list(item.subjects)
        key = f"question_{item.kind}"
        if not subjects:
            key = f"{key}_general"
            return self.say(key) if self.has(key) else None
        if not self.has(key):
            return None
        both = several(knowledge(), subjects[:2])
        plain, full = name(knowledge(), subjects[0]), with_article(knowledge(), subjects[0])
        return self.say(key, subject=full, name=plain, subjects=both)


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """The text with its first letter in lower case, as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def body(wording: Wording, advice: Advice, polar: bool) -> str:
    """The answer without its sources: lines and cautions, the verdict in front where yes or no was asked for (`polar`)."""
    sentences = list(dict.fromkeys(wording.line(line) for line in advice.lines))
    if polar and advice.verdict and not any(one.lower().startswith(SAYS_AS_MUCH) for one in sentences[:FIRST]):
        sentences.insert(0, wording.say(f"verdict_{advice.verdict.value}"))
    text = flowing(sentences)
    if advice.cautions:
        text += "\n\n" + " ".join(wording.line(line) for line in advice.cautions[:2])
    return text


def flowing(sentences: Sequence[str]) -> str:
    """Sentences as one text; items of a list ("- ...") stand on lines of their own."""
    text = sentences[0] if sentences else ""
    for before, sentence in zip(sentences, sentences[1:]):
        text += ("\n" if ITEM in (before[:2], sentence[:2]) else " ") + sentence
    return text


def source_data(keys: Sequence[str]) -> list[dict[str, Any]]:
    """Sources as data for channels that show them their own way."""
    sources = knowledge().sources
    return [
        {"publisher": sources[key].publisher, "kind": sources[key].kind, "address": sources[key].address} for key in keys
    ]


def source_line(wording: Wording, sources: Sequence[Mapping[str, Any]]) -> str:
    """Who says so, in one line: publishers and their kind, the most trusted first; where none of them is a regulator, a
    medical source or an evidence register, only that it is commonly advised, and by whom."""
    named = [source for source in sources if source["kind"] != "unsourced"]
    strong = [source for source in named if source["kind"] in STRONG]
    if not named:
        return wording.say("source_none") if sources else ""
    shown = [*strong, *(source for source in named if source not in strong)][:MOST_SOURCES]
    texts = dict.fromkeys(
        wording.say("source_named", publisher=source["publisher"], kind=wording.say(f"kind_{source['kind']}").lower())
        for source in shown
    )
    return wording.say("source" if strong else "source_weak", sources="; ".join(texts))


def show(dispatcher: CollectingDispatcher, wording: Wording, advice: Advice, polar: bool = False) -> None:
    """Sends an answer: text with its source, buttons for what may come next, and the same as data for channels
    that show it their own way. `polar`: see `body`."""
    verdict = advice.verdict if polar or advice.verdict is Verdict.DOCTOR else None
    cite = _has_weight(advice)
    choices = buttons(wording, _with_source(advice))
    send(dispatcher, wording, body(wording, advice, polar), verdict, advice.sources, choices, cite)


def send(
    dispatcher: CollectingDispatcher,
    wording: Wording,
    text: str,
    verdict: Verdict | None,
    keys: Sequence[str],
    choices: list[dict[str, str]],
    cite: bool = True,
    **more: Any,
) -> None:
    """Sends a body with its sources as text and as data.

    Args:
        text: the body, in the page's small markup.
        keys: source keys of the knowledge, the most important first.
        choices: buttons.
        cite: whether the text names its sources at its end.
        more: further keys of the payload, such as "products", "image" and "files"; empty ones are left out.
    """
    sources = source_data(keys)
    source = source_line(wording, sources) if cite else ""
    dispatcher.utter_message(
        text=f"{text}\n\n{source}" if source else text,
        buttons=choices,
        json_message={
            "verdict": verdict.value if verdict else None,
            "body": text,
            "sources": sources,
            **{key: value for key, value in more.items() if value},
        },
    )


def _with_source(advice: Advice) -> Sequence[FollowUp]:
    """What may come next, the sources last; nothing keeps anybody from going to a doctor."""
    named = any(knowledge().sources[key].kind != "unsourced" for key in advice.sources)
    if not named or advice.verdict is Verdict.DOCTOR:
        return advice.follow_ups
    return (*[item for item in advice.follow_ups if item != SOURCE][: MOST_BUTTONS - 1], SOURCE)


def _has_weight(advice: Advice) -> bool:
    """False where "commonly advised" would only weaken the advice to get help now."""
    named = any(knowledge().sources[key].kind != "unsourced" for key in advice.sources)
    return named or advice.verdict is not Verdict.DOCTOR


def buttons(wording: Wording, items: Sequence[FollowUp]) -> list[dict[str, str]]:
    """Questions as buttons. What a button sends is the question itself, so that it works on every channel and
    nothing but plain text ever comes back."""
    texts = dict.fromkeys(text for item in items if (text := wording.question(item)))
    return [{"title": text, "payload": text} for text in list(texts)[:MOST_BUTTONS]]
