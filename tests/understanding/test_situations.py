"""Which of the situations that a message may tell of is taken for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.rules.advice import Profile
from bot.rules.knowledge import Knowledge, load
from bot.rules.schema import Fact, Situation
from bot.settings import settings
from bot.understanding.frame import Frame, Guess, Mention
from bot.understanding.memory import Asked, Memory, Shown
from bot.understanding.resolve import resolve
from bot.understanding.situations import SituationError, emergency, examples, fitting, mistakes
from tests.understanding.reading import read

KNOWN = load(settings().knowledge)


def situation(about: list[str] | None = None, say: str = "Rest.", **tags: list[str]) -> Situation:
    return Situation(kind="irritation", about=about or [], fact=Fact(say=say, sources=["UNSOURCED"], **tags))


def knowledge(**entries: Situation) -> Knowledge:
    return replace(KNOWN, situations=entries)


def frame(*guesses: tuple[str, float], asked: tuple[str, ...] = (), **more: object) -> Frame:
    mentions = tuple(Mention("ingredient", one, one, 0, 0) for one in asked)
    return replace(Frame(text="x"), situations=tuple(Guess(*one) for one in guesses), mentions=mentions, **more)  # type: ignore[arg-type]


def named(found: Guess | None) -> str:
    return found.name if found else ""


def test_the_likeliest_is_meant() -> None:
    told = knowledge(hot=situation(), cold=situation())
    assert named(fitting(frame(("hot", 0.5), ("cold", 0.2)), Profile(), told)) == "hot"


def test_what_it_is_about_must_be_named_or_told() -> None:
    told = knowledge(lips=situation(["isotretinoin_oral"]), plain=situation())
    message = frame(("lips", 0.6), ("plain", 0.2))
    assert named(fitting(message, Profile(), told)) == "plain"
    assert named(fitting(message, Profile(safety=("isotretinoin_oral",)), told)) == "lips"


def test_pregnancy_told_before_counts() -> None:
    told = knowledge(spots=situation(["pregnancy"]))
    assert fitting(frame(("spots", 0.6)), Profile(), told) is None
    assert named(fitting(frame(("spots", 0.6)), Profile(pregnant=True), told)) == "spots"


def test_it_must_speak_of_what_is_asked_about() -> None:
    told = knowledge(peel=situation(say="Leave glycolic acid.", mentions=["glycolic_acid"]))
    assert named(fitting(frame(("peel", 0.9), asked=("glycolic_acid",)), Profile(), told)) == "peel"
    assert fitting(frame(("peel", 0.9), asked=("tretinoin",)), Profile(), told) is None


def test_an_unknown_word_must_stand_in_it() -> None:
    told = knowledge(tallow=situation(say="Beef tallow is a heavy fat."))
    assert named(fitting(frame(("tallow", 0.9), unknown=("tallow",)), Profile(), told)) == "tallow"
    assert fitting(frame(("tallow", 0.9), unknown=("minoxidil",)), Profile(), told) is None


def test_a_talk_goes_on_with_what_it_was_about() -> None:
    told = knowledge(hot=situation(), cold=situation())
    assert named(fitting(frame(("hot", 0.3), ("cold", 0.2)), Profile(), told, before=("cold",))) == "cold"


def test_red_flags_count_together() -> None:
    flags = frame(("severe_allergic_reaction", 0.15), ("burn_or_blisters", 0.12))
    assert emergency(flags, KNOWN) == "severe_allergic_reaction"
    assert emergency(frame(("severe_allergic_reaction", 0.15), ("hot", 0.5)), KNOWN) == ""


def test_every_situation_has_examples_and_every_example_one() -> None:
    assert list(mistakes(KNOWN)) == []


def test_an_example_stands_once(tmp_path: Path) -> None:
    texts = "".join(f"- words {number}\n" for number in range(6))
    (tmp_path / "one.yml").write_text(f"hot:\n{texts}cold:\n{texts}")
    with pytest.raises(SituationError, match="words 0"):
        examples(tmp_path)


def test_few_examples_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text("hot:\n- only this\n")
    with pytest.raises(SituationError, match="at least"):
        examples(tmp_path)


def goes_on(text: str, memory: Memory, *in_talk: tuple[str, float]) -> str:
    """How a message that goes on is taken."""
    found = replace(read(text, "follow_up"), intent="follow_up", kind="follow_up", in_talk=tuple(Guess(*one) for one in in_talk))
    return resolve(found, memory, KNOWN, "", 1.0).frame.kind


def test_what_no_subject_is_may_be_a_situation() -> None:
    talk = Memory(asked=Asked("sunscreen", ("sunscreen",)))
    assert goes_on("and through a window?", talk, ("sunscreen_indoors_window_car", 0.1)) == "situation"
    assert goes_on("and through a window?", talk) == "sunscreen"
    assert goes_on("and through a window?", replace(talk, shown=Shown(handle="serum")), ("sunscreen_indoors_window_car", 0.1)) != "situation"


def test_what_is_asked_of_two_says_little_of_one() -> None:
    asked = replace(read("does collagen in a cream become my own collagen", "replace"), intent="ask_replace", kind="replace", rules=())
    told = replace(asked, situations=(Guess("collagen_cream_and_drinks", 0.4),))
    assert resolve(told, Memory(), KNOWN, "", 1.0).frame.kind == "situation"
    assert resolve(replace(told, situations=()), Memory(), KNOWN, "", 1.0).frame.kind == "replace"


@pytest.mark.parametrize(("text", "kind", "share", "taken"), [
    ("how many pumps do i need", "amount", 0.75, True),
    ("how many pumps do i need", "amount", 0.4, False),
    ("what is retinol", "what_is", 0.9, False),
    ("can i use retinol together with glycolic acid", "together", 0.85, False),
    ("can i use retinol together with glycolic acid", "together", 0.97, True),
])
def test_one_that_is_nearly_certain_goes_before_what_is_said_in_general(text: str, kind: str, share: float, taken: bool) -> None:
    told = knowledge(pumps=situation(say="Count the pumps with retinol and glycolic acid.", mentions=["retinol", "glycolic_acid"]))
    asked = replace(read(text, kind), situations=(Guess("pumps", share),))
    assert (resolve(asked, Memory(), told, "", 0.0).frame.kind == "situation") is taken


def test_a_sure_question_goes_on_with_the_situation_where_that_is_likely_enough() -> None:
    told = knowledge(lenses=situation(say="Lenses first."))
    memory = Memory(asked=Asked("order"), situation="lenses")
    for share, kind in ((0.7, "show_more"), (0.55, "order")):
        asked = replace(read("so serum before or after?", "order"), in_talk=(Guess("lenses", share),))
        assert resolve(asked, memory, told, "", 0.0).frame.kind == kind
