"""The spaCy pipeline that finds subjects in a message and gives each its id in the knowledge.

The span groups "subjects" and "safety" carry the label (product_type, ingredient, family, concern, skin_type,
safety, time_of_day) and the id as `id_`; `doc.user_data["roles"]` tells by first token what a subject's place in
the sentence makes of it: "form" (a *serum* in "vitamin C serum") or "negated" ("without *fragrance*").
"""

from __future__ import annotations

import re
from typing import Iterable

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.nlu.spelling import Spelling
from bot.nlu.vocabulary import SAFETY_LABEL, Wording

SAME_LENGTH = str.maketrans({
    "-": " ", "/": " ", "_": " ", "+": " ", "&": " ", "\u2013": " ", "\u2014": " ", "\u00a0": " ",
    "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"',
})
BETWEEN = {"face", "facial", "korean", "based", "infused", "rich", "type", "skin", "daily", "hydrating", "good"}
NEGATIONS = {"not", "n't", "no", "without", "never", "hate", "avoid", "avoiding", "dont", "isnt", "arent"}
NEGATION_REACH = 3
FORM_AFTER = {"ingredient", "family", "concern", "skin_type"}


class SubjectFinder:
    """Matches wordings in a message, longest first, forgiving typing slips."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        """
        Args:
            wordings: see `bot.nlu.vocabulary.wordings`.
        """
        self.nlp: Language = spacy.blank("en")
        self._matcher = PhraseMatcher(self.nlp.vocab, attr="LOWER")
        self._found: dict[str, tuple[str, str]] = {}
        self._korean: dict[str, tuple[str, str]] = {}
        words: set[str] = set()
        for wording in wordings:
            if wording.korean:
                self._korean.setdefault(wording.text, (wording.label, wording.id))
                continue
            text = wording.text.translate(SAME_LENGTH)
            key = f"{wording.label}:{wording.id}"
            self._found[key] = (wording.label, wording.id)
            self._matcher.add(key, [self.nlp.make_doc(text)])
            if wording.label != SAFETY_LABEL:
                words.update(text.split())
        self._spelling = Spelling(words)
        texts = sorted(self._korean, key=len, reverse=True)
        self._korean_search = re.compile("|".join(map(re.escape, texts))) if texts else None

    def __call__(self, text: str) -> Doc:
        """The message as a spaCy document with its subjects as span groups, at the message's own offsets."""
        plain = text.translate(SAME_LENGTH)
        doc = self.nlp.make_doc(plain)
        mended = Doc(
            self.nlp.vocab,
            words=[self._spelling.corrected(token.lower_) for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
        )
        spans = []
        for match, start, end in self._matcher(mended):
            label, subject_id = self._found[self.nlp.vocab.strings[match]]
            spans.append(Span(doc, start, end, label=label, span_id=subject_id))
        spans.extend(self._korean_spans(doc, plain))
        subjects = filter_spans([span for span in spans if span.label_ != SAFETY_LABEL])
        doc.spans["subjects"] = subjects
        doc.spans["safety"] = filter_spans([span for span in spans if span.label_ == SAFETY_LABEL])
        doc.user_data["roles"] = {span.start: role for span in subjects if (role := _role(doc, subjects, span))}
        doc.user_data["mended"] = mended
        return doc

    def _korean_spans(self, doc: Doc, text: str) -> Iterable[Span]:
        if self._korean_search is None:
            return
        for match in self._korean_search.finditer(text):
            label, subject_id = self._korean[match.group()]
            span = doc.char_span(*match.span(), label=label, span_id=subject_id, alignment_mode="expand")
            if span is not None:
                yield span


def _role(doc: Doc, subjects: list[Span], span: Span) -> str | None:
    before = doc[max(0, span.start - NEGATION_REACH) : span.start]
    if any(token.lower_ in NEGATIONS for token in before):
        return "negated"
    if span.label_ == "product_type":
        for other in subjects:
            if other.label_ in FORM_AFTER and other.end <= span.start and _in_form(doc[other.end : span.start]):
                return "form"
    return None


def _in_form(gap: Span) -> bool:
    """True where nothing stands between an ingredient and a product type that would part the two."""
    return all(token.lower_ in BETWEEN or token.is_space for token in gap)
