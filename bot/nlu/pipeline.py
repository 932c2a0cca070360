"""The spaCy pipeline that finds subjects in a message and gives each its id in the knowledge.

The span groups "subjects", "safety" and "products" carry the label (product_type, ingredient, family, concern, skin_type,
safety, time_of_day) and the id as `id_`; `doc.user_data["roles"]` tells by first token what a subject's place in
the sentence makes of it: "form" (a *serum* in "vitamin C serum") or "negated" ("without *fragrance*"), and
`doc.user_data["denied"]` the first tokens of safety entries that are said not to hold ("not *pregnant*").
"""

from __future__ import annotations

import re
from typing import AbstractSet, Iterable, Mapping, Sequence

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.nlu.bounds import in_short_runs
from bot.nlu.danger import DENIALS, NEGATION_REACH, NEGATIONS, NEVER_ASKED, denied_before, hypothetical, shown
from bot.nlu.names.product_names import ProductNames
from bot.nlu.ordinary_words import OrdinaryWords
from bot.nlu.plain import WRITTEN_OUT, at_same_places
from bot.nlu.spelling import Spelling
from bot.nlu.tokens import MessageTokens
from bot.nlu.vocabulary import NO_SUBJECT_LABEL, SAFETY_LABEL, TERM_LABEL, Signs, Wording

BETWEEN = {"%", "percent", "face", "facial", "korean", "based", "infused", "rich", "type", "skin", "daily", "hydrating", "good"}
NEGATION_ENDS = {".", ";", "!", "?", "but"}
NOT = {"not", "n't"}
NEGATION_LEAVES = {"for", "with"}
LIST_BEGINS = {":"}  # "not oily: combination", but "without: fragrance"
AVOIDING = frozenset({"avoid", "avoiding", "avoids", "prevent", "preventing"})
BEFORE_AM = {"i", "who", "what", "how", "why", "when", "where", "which", "and"}
AFTER_AM = {":", "=", "routine", "pm", "skincare"}
PRODUCT_LABEL = "product"
SAID_BY_A_TITLE = {"product_type", "ingredient", "family"}
NEAREST = 4
MOST_SLIPS = 80
FORM_AFTER = {"ingredient", "family", "concern", "skin_type"}


class SubjectFinder:
    """Matches wordings in a message, longest first, forgiving typing slips."""

    def __init__(
        self,
        wordings: Iterable[Wording],
        signs: Sequence[Signs] = (),
        products: ProductNames | None = None,
        counts: Mapping[str, int] | None = None,
        right: Iterable[str] = (),
    ) -> None:
        """
        Args:
            wordings: see `bot.nlu.vocabulary.wordings`.
            signs: see `bot.nlu.vocabulary.signs`.
            products: the shop's product names, where they are known.
            counts: how often the training examples hold each word, where that was learned.
            right: further words that are no slips.
        """
        self._signs = signs
        self._products = products
        self._red_flags = {sign.id for sign in signs}
        nlp: Language = spacy.blank("en")
        self._tokens = MessageTokens(nlp)
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._keys = nlp.vocab.strings
        self._found: dict[str, tuple[str, str]] = {}
        self._korean: dict[str, tuple[str, str]] = {}
        words: set[str] = set()
        names: set[str] = set()
        ordinary: set[str] = set()
        for wording in wordings:
            if wording.korean:
                self._korean.setdefault(wording.text, (wording.label, wording.id))
                continue
            text = at_same_places(wording.text)
            key = f"{wording.label}:{wording.id}"
            self._found[key] = (wording.label, wording.id)
            self._matcher.add(key, [self._tokens(text)])
            if wording.label not in (SAFETY_LABEL, NO_SUBJECT_LABEL, TERM_LABEL):
                words.update(text.split())
                names.update([text] if " " not in text else [])
            elif wording.label in (TERM_LABEL, SAFETY_LABEL) or " " not in wording.text:
                ordinary.update(word for word in re.findall(r"[a-z]+", text))
        never_mended = {word for sign in signs for group in (*sign.groups, sign.unless) for word in group}
        self._spelling = Spelling(words, never_mended | ordinary | set(WRITTEN_OUT) | set(right), names, OrdinaryWords(counts))
        self._danger_spelling = Spelling(word for word in never_mended if word.isalpha())
        texts = sorted(self._korean, key=len, reverse=True)
        self._korean_search = re.compile("|".join(map(re.escape, texts))) if texts else None

    def __call__(self, text: str) -> Doc:
        """The message as a spaCy document with its subjects as span groups, at the message's own offsets."""
        plain = at_same_places(text)
        doc = self._tokens(in_short_runs(plain))
        words = self._mended_words([token.lower_ for token in doc])
        mended = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
        spans = []
        for match, start, end in self._matcher(mended):
            if _is_verb(doc, start, end):
                continue
            label, subject_id = self._found[self._keys[match]]
            spans.append(Span(doc, start, end, label=label, span_id=subject_id))
        spans.extend(self._korean_spans(doc, plain))
        kept = filter_spans([span for span in spans if span.label_ != SAFETY_LABEL])
        subjects = [span for span in kept if span.label_ != NO_SUBJECT_LABEL]
        doc.spans["products"] = self._product_spans(doc)
        inside = [False] * len(doc)
        for product in doc.spans["products"]:
            inside[product.start : product.end] = [True] * len(product)
        subjects = [span for span in subjects if not inside[span.start] or span.label_ in SAID_BY_A_TITLE]
        doc.spans["subjects"] = subjects
        safety = [span for span in spans if span.label_ == SAFETY_LABEL]
        safety.extend(shown(doc, self._signs, self._danger_spelling.corrected))
        safety.sort(key=lambda one: one.id_ not in NEVER_ASKED)  # of two about the same word the graver one
        doc.spans["safety"] = filter_spans(safety)
        doc.user_data["roles"] = {
            span.start: role
            for number, span in enumerate(subjects)
            if (role := _role(doc, subjects[max(0, number - NEAREST) : number], span))
        }
        doc.user_data["denied"] = {span.start for span in doc.spans["safety"] if self._is_denied(doc, span)}
        doc.user_data["mended"] = mended
        return doc

    def knows(self, word: str) -> bool:
        """True for ordinary English words, words of the field and of products' names."""
        return self._spelling.knows(word) or self._is_of_a_product(word)

    def rarely_met(self, word: str) -> bool:
        """True for an English word that is none of the field's and that customers hardly write."""
        return self._spelling.rarely_met(word) and not self._is_of_a_product(word)

    def _is_of_a_product(self, word: str) -> bool:
        return bool(self._products and self._products.holds(word))
    def _mended_words(self, words: Sequence[str]) -> list[str]:
        """Lower-case words without slips. A slip costs a search, so that only so many are looked up."""
        mended: list[str] = []
        slips: set[str] = set()
        for word in words:
            if not self._spelling.is_right(word) and len(slips) < MOST_SLIPS:
                slips.add(word)
            mended.append(self._mended(word) if word in slips else word)
        return mended

    def _mended(self, word: str) -> str:
        """The word that a misspelt lower-case word stands for: one of the field's before ordinary ones."""
        meant = self._spelling.ordinary(self._spelling.corrected(word))
        return word if meant != word and self._is_of_a_product(word) else meant

    def _product_spans(self, doc: Doc) -> list[Span]:
        found = self._products.find(doc) if self._products else []
        return [Span(doc, one.start, one.end, label=PRODUCT_LABEL, span_id=one.handle) for one in found]

    def _is_denied(self, doc: Doc, span: Span) -> bool:
        """True where a safety entry is named to say that it does not hold: "not pregnant", "no longer pregnant"; and
        where a red flag is only asked about: "how do I avoid a chemical burn?"."""
        if any(token.lower_ in NEGATIONS for token in span):
            return False
        words = [token.lower_ for token in doc]
        if span.id_ not in self._red_flags:
            return denied_before(words, span.start, DENIALS)
        # The finder of signs has seen to this for what signs show, which is a single word.
        asked_about = span.id_ not in NEVER_ASKED and hypothetical(words, span.start)
        return len(span) > 1 and (denied_before(words, span.start) or asked_about)

    def _korean_spans(self, doc: Doc, text: str) -> Iterable[Span]:
        if self._korean_search is None:
            return
        for match in self._korean_search.finditer(text):
            label, subject_id = self._korean[match.group()]
            span = doc.char_span(*match.span(), label=label, span_id=subject_id, alignment_mode="expand")
            if span is not None:
                yield span


def _role(doc: Doc, before: Sequence[Span], span: Span) -> str | None:
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    # Who wants to avoid damage speaks of it all the same.
    negations = NEGATIONS - AVOIDING if span.label_ == "concern" else NEGATIONS
    if _negated_before(doc, span.start, negations) or after == "free":
        return "negated"
    if span.label_ == "product_type":
        for other in before:
            if other.label_ in FORM_AFTER and other.end <= span.start and _in_form(doc[other.end : span.start]):
                return "form"
    return None


def _is_verb(doc: Doc, start: int, end: int) -> bool:
    """True for the "am" of "I am" and "am I", which is no time of day."""
    if end - start != 1 or doc[start].lower_ != "am":
        return False
    after = doc[end].lower_ if end < len(doc) else ""
    if doc[start].text == "AM" or after in AFTER_AM:
        return False
    if after == "i":
        return True
    return start == 0 or doc[start - 1].lower_ in BEFORE_AM


def _negated_before(doc: Doc, start: int, negations: AbstractSet[str] = NEGATIONS) -> bool:
    """True where a negation stands shortly before and nothing between ends it: "without fragrance for dry skin" denies
    the fragrance alone, "no, I'm pregnant" nothing."""
    for position in range(start - 1, max(-1, start - NEGATION_REACH - 1), -1):
        word = doc[position].lower_
        before = doc[position - 1].lower_ if position else ""
        if word in NOT and _is_set_right(doc, position + 1, start):
            return False
        if word in negations:
            return True
        ends = word in NEGATION_ENDS or (word in NEGATION_LEAVES | LIST_BEGINS and before not in NEGATIONS)
        if ends or (word == "," and before == "no"):
            return False
    return False


def _is_set_right(doc: Doc, start: int, end: int) -> bool:
    """True for the last of "not tretinoin, adapalene", which is meant; in "not tretinoin, adapalene or acids" neither is."""
    after = doc[end + 1].lower_ if end + 1 < len(doc) else ""
    return any(token.lower_ == "," for token in doc[start:end]) and after not in ("or", "and", "nor", ",")


def _in_form(gap: Span) -> bool:
    """True where nothing stands between an ingredient and a product type that would part the two."""
    return all(token.lower_ in BETWEEN or token.is_space or token.like_num for token in gap)
