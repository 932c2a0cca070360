"""Which of the owner's sentences and topics a question asks for: by the words that they share."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import FrozenSet, List, Sequence, Tuple

from bot.store.policies import Shop, Topic
from bot.store.text import words

RARE = 2
SHORTEST = 4
MOST_HERE = 2
ENDINGS = ("ing", "ed", "es", "s", "e")
SENTENCE_ENDS = ".!?"
# A sentence that begins so needs the one before it.
POINTS_BACK = frozenset({"it", "they", "this", "these", "that", "those", "then", "there"})


def topics_in(shop: Shop, question: Sequence[str], talk: Sequence[str] = ()) -> List[Topic]:
    """The topics that a question is about. The last two words of what is asked must stand
    in the question itself, those before them there or in the talk around it ("can I *return* it? *who pays*?").

    Args:
        question, talk: folded words.
    """
    here = _roots(question)
    around = here | _roots(talk)
    return [topic for topic in shop.topics.values() if any(_asks(words(asked), here, around) for asked in topic.asked)]


def asked_for(shop: Shop, kind: str, question: Sequence[str]) -> str:
    """The sentence of a policy that the question asks for, empty where none stands out from the first: the one that holds
    most of the question's rare words ("charged twice"); rare are words in no more than a few sentences of all policies."""
    policy = shop.policy(kind)
    if policy is None:
        return ""
    found = sentences(policy.say)
    rare = _stems(question) & _rare(tuple(one.say for one in shop.policies.values()))
    best = max(found, key=lambda one: len(_stems(words(one)) & rare))
    stands_out = len(_stems(words(best)) & rare) > len(_stems(words(found[0])) & rare)
    return best if stands_out and not POINTS_BACK.intersection(words(best)[:1]) else ""


def said_for(shop: Shop, kind: str, question: Sequence[str]) -> str:
    """The policy's words; where one sentence is asked for, that one and the first alone. Empty where the owner wrote no
    policy."""
    policy = shop.policy(kind)
    if policy is None:
        return ""
    asked = asked_for(shop, kind, question)
    return f"{asked} {sentences(policy.say)[0]}" if asked else policy.say


def sentences(text: str) -> List[str]:
    """The sentences of a text, at least one."""
    found = [""]
    for word in text.split():
        if found[-1] and found[-1][-1] in SENTENCE_ENDS:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def _asks(asked: Sequence[str], here: FrozenSet[str], around: FrozenSet[str]) -> bool:
    roots = [_root(word) for word in asked]
    return here.issuperset(roots[-MOST_HERE:]) and around.issuperset(roots)


@lru_cache(maxsize=4)
def _rare(policies: Tuple[str, ...]) -> FrozenSet[str]:
    """Stems that stand in no more than a few sentences of all policies."""
    counts = Counter(stem for policy in policies for one in sentences(policy) for stem in _stems(words(one)))
    return frozenset(stem for stem, count in counts.items() if count <= RARE)


def _stems(said: Sequence[str]) -> FrozenSet[str]:
    """The longer words without their commonest endings, so that "charge" is "charged" too."""
    return frozenset(_root(word) for word in said if len(word) >= SHORTEST)


def _roots(said: Sequence[str]) -> FrozenSet[str]:
    """All words without their commonest endings."""
    return frozenset(map(_root, said))


def _root(word: str) -> str:
    ending = next((one for one in ENDINGS if word.endswith(one)), "") if len(word) >= SHORTEST else ""
    return word.removesuffix(ending) if ending else word
