"""The form of `data/knowledge`: what every entry holds, checked when it is loaded.

Every file holds a mapping from id to entry. An id is lower case with underscores and is what the rest
of the code calls the subject ("ampoule", "salicylic_acid", "dark_spots").
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Optional

from pydantic import BaseModel, Extra, Field, conint, conlist, constr, root_validator

if TYPE_CHECKING:
    Id = str
    SourceKey = str
    Text = str
    Sources = list[str]
    Sessions = int
else:
    Id = constr(regex=r"^[a-z][a-z0-9_]*$")
    SourceKey = constr(regex=r"^[A-Z][A-Z0-9_]*$")
    Text = constr(strip_whitespace=True, min_length=1, max_length=400)
    Sources = conlist(SourceKey, min_items=1)
    Sessions = conint(ge=0, le=21)


class Verdict(str, Enum):
    """What an answer comes down to, before any word of explanation."""

    YES = "yes"
    NO = "no"
    CAREFUL = "careful"
    DEPENDS = "depends"
    UNKNOWN = "unknown"
    DOCTOR = "doctor"


class Strict(BaseModel):
    """An entry that refuses fields it does not know, so that a typing slip is an error."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Tagged(Strict):
    """What holds statements, with the ingredients, families and exfoliants that they name: `recommends` what somebody
    who follows them would put on or is told is fine, `mentions` what is named otherwise, to be left out, kept apart,
    compared or explained. `bot.rules.statements` says what need not be tagged."""

    recommends: list[Id] = []
    mentions: list[Id] = []


class Source(Strict):
    """Where a statement comes from. `kind` tells how far to trust it."""

    publisher: Text
    kind: Literal["regulator", "medical", "evidence", "editorial", "brand", "dataset", "article", "unsourced"]
    address: Optional[str] = None


class Fact(Tagged):
    """One statement as it is shown to people, with where it comes from.

    `say` is the answer in one or two short sentences, `verdict` what it comes down to where it answers a yes-or-no
    question of its kind, `more` are further sentences for whoever asks.
    """

    say: Text
    verdict: Optional[Verdict] = None
    more: list[Text] = []
    sources: Sources


class Named(Strict):
    """What every subject has: how it is called in an answer and how people may call it."""

    name: Text
    article: Literal["a", "an", ""] = ""
    plural: Optional[Text] = None
    aliases: list[Text] = []
    ko: list[Text] = []

    @property
    def wordings(self) -> tuple[str, ...]:
        """The English ones, each as it is written: its name, the plural where there is one, the aliases."""
        return (self.name, *([self.plural] if self.plural else []), *self.aliases)


class Frequency(Strict):
    """Sessions a week (7 = once a day, 14 = morning and night), as inclusive bounds."""

    low: Sessions
    high: Sessions

    @root_validator(skip_on_failure=True)
    def ordered(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["low"] > values["high"]:
            raise ValueError("low is above high")
        return values


class ProductType(Named):
    """A kind of product. `order` is its place in the ten-step routine (halves sit between two steps). `sold_as` are
    words under which shops file it and that would mean something else in a question ("peeling"). `may_purge`: it may
    hold an active that does."""

    sold_as: list[Text] = []
    order: Optional[float] = None
    morning: Literal["yes", "no", "optional"]
    night: Literal["yes", "no", "optional"]
    rinse_off: bool = False
    core: bool = False
    may_purge: bool = False
    concentration: Optional[int] = Field(None, ge=1, le=5)
    per_week: Frequency
    first_weeks: Optional[Frequency] = None
    facts: dict[Id, Fact] = {}
    sources: Sources


class Pregnancy(Strict):
    """`status` as the sources put it; "ok" may only be shown where a source with an address stands."""

    status: Literal["ok", "avoid", "ask_doctor"]
    sources: Sources


class Percent(Tagged):
    low: float
    high: float
    note: Optional[Text] = None
    sources: Sources


class Use(Strict):
    """How often and when to begin with an active."""

    per_week: Frequency
    when: Literal["am", "pm", "am_or_pm", "am_and_pm"]
    sources: Sources


class Ingredient(Named, Tagged):
    """`plain`: what products are made of rather than for. `low`: normally used at 1 % or less, so that it shows on a
    label where the 1 % line lies. `made_of`: what it is won from or a form of, so that who is allergic to one leaves the other too."""

    inci: Text
    family: Id
    made_of: list[Id] = []
    what: Fact
    helps: list[Id] = []
    helps_sources: list[SourceKey] = []
    suits: list[Id] = []
    cautions: list[Text] = []
    pregnancy: Pregnancy
    sun: Literal["yes", "possible", "no", "not_reported"]
    percent: Optional[Percent] = None
    use: Optional[Use] = None
    plain: bool = False
    low: bool = False
    recommendable: Literal["yes", "pharmacist_or_doctor", "no"] = "yes"
    facts: dict[Id, Fact] = {}
    sources: Sources


class Family(Named):
    """Ingredients that follow the same pair rules (retinoids, AHA, ...). `active` ones count as strong, `irritant` ones
    are pointed out on a label, `gentle` ones go with everything that no pair keeps them apart from. What `may_purge`
    speeds up renewal, or sources do not agree on it. `forms`: its members are forms of one substance (an acid and its
    salts), so that who looks for one finds them all. `carrier` is the product type that they mostly come in."""

    carrier: Id = "serum"
    members: list[Id] = Field(..., min_items=1)
    active: bool = False
    irritant: bool = False
    gentle: bool = False
    may_purge: bool = False
    forms: bool = False
    inherits: bool = True
    facts: dict[Id, Fact] = {}


class Pair(Tagged):
    """What happens when two subjects meet. `a` and `b` are ids of ingredients, families, product types or
    conditions; the order of the two means nothing. `exception`: it differs from its families' pair on purpose."""

    a: Id
    b: Id
    verdict: Literal["helpful", "fine", "separate_am_pm", "alternate_nights", "refer", "avoid"]
    reason: Text
    sensitive: Optional[Text] = None
    confidence: Literal["high", "medium", "low"]
    exception: bool = False
    sources: Sources


class Suggestion(Strict):
    ingredient: Id
    sources: Sources


class Condition(Named):
    """What pair rules may name besides substances; `entry` is the safety entry about the same. `steps` are the words by which it is a step of
    a routine, each with the product type of such a step: a scrub, but no brush."""
    entry: Optional[Id] = None
    steps: dict[Text, Id] = {}


class Concern(Named, Tagged):
    """What a person wants to change. `medical` ones are answered with a doctor first; those `of_age` are none of the young."""

    suggest: list[Suggestion] = []
    daily_types: list[Id] = []
    crisis_types: list[Id] = []
    avoid: list[Id] = []
    advice: list[Text] = []
    medical: bool = False
    of_age: bool = False
    facts: dict[Id, Fact] = {}
    sources: Sources


class SkinType(Named):
    good_ingredients: list[Id] = []
    exfoliate_per_week: Frequency
    facts: dict[Id, Fact] = {}
    sources: Sources


class ShelfLife(Tagged):
    """Months after opening. `subjects` are the product types, ingredients or families it speaks for."""

    subjects: list[Id]
    low: int = Field(..., ge=0)
    high: int = Field(..., ge=0)
    estimate: bool
    say: Text
    signs: list[Text] = []
    sources: Sources


class Guideline(Tagged):
    """A rule of a whole routine. `number` is the figure that the rules count with: products, weeks, years."""

    say: Text
    number: Optional[int] = Field(None, ge=1)
    sources: Sources


class Routine(Strict):
    """A routine to build: product types of each half of the day. `active` types are chosen for the concern."""

    name: Text
    morning: list[Id] = Field(..., min_items=1)
    night: list[Id] = Field(..., min_items=1)
    active: list[Id] = []
    sources: Sources


class Topic(Strict):
    """An answer to a kind of question that belongs to no single subject, or to exactly these subjects.

    It wins over what the rules would work out, when `about` equals the subjects asked about.
    """

    kind: Id
    about: list[Id] = []
    fact: Fact


class Situation(Topic):
    """What to do in a situation that people tell of, in whatever words; `data/understanding/situations` has examples of them.

    `kind` is the kind of question that comes nearest, as which the conversation goes on. `about` is what whoever is in it names.
    """


class Claim(Strict):
    """A statement of the source article, the question that brings it up, and where its answer stands.

    `answer` names the statement that must be in the reply: file.id.field, e.g. product_types.ampoule.amount.
    `expect` are wordings of which the reply must hold every one (each a list of alternatives). `after` is the claim
    whose question comes before, where this one's makes sense only then.
    """

    claim: Text
    question: Text
    stance: Literal["agree", "soften", "do_not_generalise"]
    answer: str
    expect: list[list[Text]] = Field(..., min_items=1)
    after: Optional[Id] = None
    note: Optional[Text] = None

