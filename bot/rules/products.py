"""Questions about a product, answered through its kind and its label; the product's name stands in the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Mapping, Sequence

from bot.rules import pairs, suiting
from bot.rules.advice import Advice, Line, Question, joined, line_of, merge
from bot.rules.answers import answer
from bot.rules.conflicts import pregnancy_concerns
from bot.rules.items import Item, covers, key_ingredients, strong
from bot.rules.knowledge import Knowledge
from bot.rules.layering import step_of
from bot.rules.names import name, several, with_article
from bot.rules.resting import resting_first
from bot.rules.safety import pregnancy_status
from bot.rules.schema import Ingredient, Verdict

ProductRule = Callable[[Knowledge, Question, Item], "Advice | None"]
MOST_NAMED = 3
OF_KIND = frozenset({
    "order", "next_step", "amount", "rinse_off", "texture", "packaging", "storage", "need", "waiting_time", "pilling",
    "shelf_life", "how_many_at_once",
})
"""Kinds of question that a product's kind answers; the others are for its strongest active first."""


ABOUT_ITSELF = frozenset({"what_is", "benefits", "how_to_apply"})
NO_LABEL = frozenset({"product_no_label", "product_list_unknown"})


def about(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    """Answers a question whose subject is a product; None where neither its kind nor its label is known.

    `question.subjects` are the other subjects that it names ("with *retinol*").
    """
    rule = RULES.get(question.kind)
    advice = rule(knowledge, question, item) if rule else _through(knowledge, question, item)
    if advice is None:
        return None
    told = {line.key for line in advice.lines}
    if not item.labelled and not told & NO_LABEL and question.kind not in OF_KIND | ABOUT_ITSELF:
        advice = replace(advice, lines=(*advice.lines, *list_unknown(item)))
    return resting_first(knowledge, question, replace(advice, follow_ups=()), strong(knowledge, item))


def list_unknown(item: Item) -> tuple[Line, ...]:
    """That a product's ingredient list is not known, so that nothing can be said of what else is in it; none where it is."""
    return () if item.labelled else (Line(key="product_list_unknown", params={"product": item.title}),)


def both(knowledge: Knowledge, question: Question, first: Item, second: Item) -> Advice | None:
    """May two products be used together: the strictest rule about their labels, else in which order they go on."""
    found = _worst(knowledge, question, _speaking(knowledge, first), _speaking(knowledge, second))
    if found:
        mine, theirs, advice = found
        lines = (_introduced(knowledge, first, mine), _introduced(knowledge, second, theirs))
        advice = replace(advice, lines=(*lines, *advice.lines))
        return resting_first(knowledge, question, advice, (*strong(knowledge, first), *strong(knowledge, second)))
    if not first.type or not second.type:
        return None
    before, after = sorted((first, second), key=lambda item: step_of(knowledge, item.type))
    key = "products_same_step" if step_of(knowledge, first.type) == step_of(knowledge, second.type) else "products_in_order"
    line = Line(key=key, params={"a": before.title, "b": after.title})
    return Advice(Verdict.YES, (line,), sources=tuple(knowledge.product_types[before.type].sources[:1]))


def _through(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    """The answer about the active or the kind that decides this question, after a sentence that says so."""
    subject = _deciding(knowledge, question.kind, item)
    if subject is None:
        return None
    asked = replace(question, subjects=(subject, *question.subjects), forms=())
    advice = answer(knowledge, asked)
    if advice.verdict is Verdict.UNKNOWN and item.type and subject != item.type:
        return _through_kind(knowledge, question, item)
    return replace(advice, lines=(_introduced(knowledge, item, subject), *advice.lines))


def _through_kind(knowledge: Knowledge, question: Question, item: Item) -> Advice:
    advice = answer(knowledge, replace(question, subjects=(item.type, *question.subjects), forms=()))
    return replace(advice, lines=(_introduced(knowledge, item, item.type), *advice.lines))


def _introduced(knowledge: Knowledge, item: Item, subject_id: str) -> Line:
    if subject_id in knowledge.product_types:
        params = {"product": item.title, "kind": with_article(knowledge, subject_id)}
        return Line(key="product_is", params=params, mentions=(subject_id,))
    params = {"product": item.title, "lists": item.lists, "actives": name(knowledge, subject_id)}
    return Line(key="product_lists", params=params, mentions=(subject_id,))


def _deciding(knowledge: Knowledge, kind: str, item: Item) -> str | None:
    """The subject whose rule is the strictest for this kind of question."""
    known = item.type in knowledge.product_types
    actives = strong(knowledge, item)
    if known and (kind in OF_KIND or knowledge.product_types[item.type].rinse_off):
        return item.type
    if kind == "frequency" and known:
        return min((*actives, item.type), key=lambda one: _most_sessions(knowledge, one))
    if kind == "time_of_day" and known:
        return next((one for one in actives if _when(knowledge, one) in ("am", "pm")), item.type)
    ids = actives or key_ingredients(knowledge, item)
    return ids[0] if ids else item.type if known else None


def _most_sessions(knowledge: Knowledge, subject_id: str) -> int:
    subject = knowledge.subject(subject_id)
    if isinstance(subject, Ingredient):
        return subject.use.per_week.high if subject.use else 99
    return knowledge.product_types[subject_id].per_week.high


def _when(knowledge: Knowledge, subject_id: str) -> str:
    use = knowledge.ingredients[subject_id].use
    return use.when if use else ""


def _how_to_use(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    """How it goes on, how often and when: three answers in one."""
    kinds = ("how_to_apply", "frequency", "time_of_day")
    parts = [found for kind in kinds if (found := _use_part(knowledge, replace(question, kind=kind), item))]
    if not parts:
        return None
    advice = joined([replace(part, lines=part.lines[:1]) for part in parts])
    intro = _introduced(knowledge, item, item.type or key_ingredients(knowledge, item)[0])
    return replace(advice, verdict=None, lines=(intro, *advice.lines))


def _use_part(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    subject = item.type if question.kind == "how_to_apply" else _deciding(knowledge, question.kind, item)
    if not subject:
        return None
    found = answer(knowledge, replace(question, subjects=(subject,), forms=()))
    return None if found.verdict is Verdict.UNKNOWN else found


def _together(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    """With another subject: the strictest rule between it and the label; without one, the partners of its active."""
    if not question.subjects:
        return _partners(knowledge, item)
    already = [one for one in question.subjects if covers(knowledge, item, one) and one != item.type]
    if already and len(question.subjects) == 1:
        params = {"product": item.title, "lists": item.lists, "actives": name(knowledge, already[0])}
        return Advice(Verdict.CAREFUL, (Line(key="product_already", params=params, mentions=tuple(already[:1])),))
    found = _worst(knowledge, question, _speaking(knowledge, item), question.subjects)
    if found is None:
        return _no_rule(knowledge, question, item)
    mine, _, advice = found
    return replace(advice, lines=(_introduced(knowledge, item, mine), *advice.lines))


def _speaking(knowledge: Knowledge, item: Item) -> tuple[str, ...]:
    """What of a label pair rules are asked about: strong actives, key ingredients, then the rest of the label."""
    return tuple(dict.fromkeys((*strong(knowledge, item), *key_ingredients(knowledge, item), *item.ingredients)))


def _worst(
    knowledge: Knowledge, question: Question, mine: Sequence[str], theirs: Sequence[str]
) -> tuple[str, str, Advice] | None:
    """The strictest pair rule between two groups, as (one of the first, one of the second, advice)."""
    found = [
        (one, other, rule)
        for one in mine
        for other in theirs
        if one != other and (rule := pairs.rule_for(knowledge, one, other))
    ]
    if not found:
        return None
    one, other, _ = min(found, key=lambda pair: pairs.STRICTEST_FIRST.index(pair[2].verdict))
    advice = pairs.together(knowledge, (one, other), question.profile)
    return (one, other, advice) if advice else None


def _no_rule(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    kinds = [one for one in question.subjects if one in knowledge.product_types]
    if kinds and item.type:
        advice = answer(knowledge, replace(question, subjects=(item.type, kinds[0]), forms=()))
        return replace(advice, lines=(_introduced(knowledge, item, item.type), *advice.lines))
    if not item.labelled:
        return Advice(Verdict.UNKNOWN, (Line(key="product_no_label", params={"product": item.title}),))
    others = question.subjects[:MOST_NAMED]
    params = {"product": item.title, "other": several(knowledge, others)}
    return Advice(None, (Line(key="product_no_clash", params=params, recommends=others),))


def _partners(knowledge: Knowledge, item: Item) -> Advice | None:
    for one in (*strong(knowledge, item), *key_ingredients(knowledge, item)):
        found = pairs.partners(knowledge, one)
        if found:
            return replace(found, lines=(_introduced(knowledge, item, one), *found.lines))
    if not item.type:
        return None
    return _through_kind(knowledge, replace(question_of("together"), subjects=()), item)


def question_of(kind: str) -> Question:
    """A question of a kind by nobody in particular."""
    return Question(kind)


def _pregnancy(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    """Safe in pregnancy: by its whole label. "Yes" is never said: no source speaks for every ingredient."""
    avoid, ask = pregnancy_concerns(knowledge, item)
    ids = avoid or ask
    if not ids and not item.labelled:
        return Advice(Verdict.UNKNOWN, (Line(key="product_no_label", params={"product": item.title}),))
    if not ids:
        general = answer(knowledge, Question("pregnancy"))
        line = Line(key="product_pregnancy_none", params={"product": item.title})
        return Advice(None, (line,), more=general.lines, sources=general.sources)
    key = "product_pregnancy_avoid" if avoid else "product_pregnancy_doctor"
    params = {"product": item.title, "lists": item.lists, "ingredient": several(knowledge, ids[:MOST_NAMED])}
    sources = merge(*(found[1] for one in ids if (found := pregnancy_status(knowledge, one))))
    line = Line(key=key, params=params, mentions=ids[:MOST_NAMED])
    return Advice(Verdict.NO if avoid else Verdict.DOCTOR, (line, *list_unknown(item)), sources=sources)


def _allergy(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    """With an allergy, medicine or condition named: what of the label speaks against it."""
    profile = replace(question.profile, safety=(*question.profile.safety, *question.safety))
    return suiting.suits(knowledge, replace(question, profile=profile), item)


def _what_is(knowledge: Knowledge, question: Question, item: Item) -> Advice | None:
    lines = [_introduced(knowledge, item, item.type)] if item.type else []
    if item.concerns:
        concerns = several(knowledge, item.concerns[:MOST_NAMED])
        lines.append(Line(key=item.told("product_for", "concerns"), params={"product": item.title, "concerns": concerns}))
    ids = key_ingredients(knowledge, item)
    if ids:
        lines.append(Line(key="product_key", params={"ingredients": several(knowledge, ids)}, mentions=ids))
    facts = [knowledge.ingredients[one].what for one in ids[:1]]
    lines.extend(line_of(knowledge, fact.say) for fact in facts)
    return Advice(None, tuple(lines), sources=tuple(key for fact in facts for key in fact.sources)) if lines else None


RULES: Mapping[str, ProductRule] = {
    "how_to_apply": _how_to_use,
    "together": _together,
    "avoid_mixing": lambda knowledge, question, item: _together(knowledge, replace(question, subjects=()), item),
    "pregnancy": _pregnancy,
    "allergy": _allergy,
    "medical": _allergy,
    "what_is": _what_is,
    "benefits": _what_is,
    "can_use": suiting.suits,
    "for_skin_type": suiting.suits,
    "for_concern": suiting.suits,
    "age": suiting.suits,
    "choose": suiting.suits,
}
