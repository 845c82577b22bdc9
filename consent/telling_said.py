"""Whether what somebody states of telling a person is whole in law: the rules on telling, and when, how and by whom.

Sources: UK GDPR Arts 5(2), 13, 14; DPA 2018 s44(7); DfE information sharing advice 2024, rules 2 and 7. That two people
decide on silence is this design's own demand, not law.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consent.decide import RULEBOOK, decide
from consent.finding import Effect, Evidence, Finding, Question
from consent.packs import LawSettings, pack_on
from consent.people_named import is_blank, names_alike
from consent.periods import months_after
from consent.request import Act, FactsInLaw, Item, PersonTelling, Request
from consent.transparency import WITHHELD
from contracts.vocabulary import AgencyKind, Telling

TOLD = frozenset({Telling.TOLD_BEFORE, Telling.TOLD_AT, Telling.TOLD_AFTER})
_OF_TELLING = frozenset(rule.law.id for rule in RULEBOOK if rule.law.question is Question.TELLING)
_KEEP_IT = "UK GDPR Arts 5(2), 13, 14; DfE information sharing advice 2024, rules 2 and 7"
_BY_TWO = "DPA 2018 s44(7); DfE information sharing advice 2024, rule 7; that two people decide is this design's demand"
_IN_TIME = "UK GDPR Art 14(3)"
_CHILD = "Children Act 1989 s17(4A), s47(5A); UN Convention on the Rights of the Child Art 12"


@dataclass(frozen=True, slots=True)
class Saying:
    """What is stated on `on`: the telling; the day, way and teller where somebody was told; what the child says.

    `happened` is the day of what the report is about, where it is known; `called` is the name of whoever decides.
    """

    telling: PersonTelling
    on: date
    done_on: date | None = None
    how: str | None = None
    told_by: str | None = None
    child_objects: bool = False
    happened: date | None = None
    called: str | None = None


@dataclass(frozen=True, slots=True)
class SayingOutcome:
    """Whether it stands, what the law says to it, and the pack by which it was judged."""

    stands: bool
    findings: tuple[Finding, ...]
    pack: str


def judge(saying: Saying, settings: LawSettings = LawSettings()) -> SayingOutcome:
    """The answer to a statement about telling. What is to be put right keeps it from standing; a warning does not."""
    findings = (*_by_rules(saying, settings), *_by_record(saying))
    stands = all(each.effect is not Effect.FIX for each in findings)
    return SayingOutcome(stands, findings, pack_on(saying.on, settings).name)


def _by_rules(saying: Saying, settings: LawSettings) -> tuple[Finding, ...]:
    """What the rulebook says of the telling alone; the statement is as new as an item received that day."""
    item = Item(
        item_id=UUID(int=0),
        type="",
        agency="",
        agency_kind=AgencyKind.HUB,
        happened=None,
        received=saying.on,
        classes=frozenset(),
        tags=frozenset(),
        restricted=frozenset(),
        bases=(),
        tellings=(saying.telling,),
    )
    request = Request(
        act=Act.HOLD, on=saying.on, purpose=None, agency="", agency_kind=AgencyKind.HUB, role=None, need=None,
        urgent=False,
    )  # fmt: skip
    found = decide(request, FactsInLaw((item,)), settings=settings).findings
    return tuple(each for each in found if each.rule in _OF_TELLING and each.effect is not Effect.GROUND)


def _by_record(saying: Saying) -> Iterator[Finding]:
    telling = saying.telling
    if telling.state is Telling.NOT_KNOWN:
        yield _fix("telling-says-nothing", _KEEP_IT, "That it is not known says nothing new: find out, and state that.")
    if telling.state in TOLD and (None in (saying.done_on, saying.how) or is_blank(saying.told_by)):
        yield _fix("telling-unrecorded", _KEEP_IT, "Say on which day the person was told, how, and by whom.")
    yield from _by_days(saying)
    if telling.state in WITHHELD and names_alike(telling.approved_by, telling.decided_by, saying.called):
        yield _fix(
            "telling-by-one", _BY_TWO, "Whoever decides not to tell does not also approve it: ask somebody else."
        )
    if telling.state in TOLD and saying.child_objects:
        yield Finding(
            "telling-against-the-child",
            Effect.WARNING,
            _CHILD,
            Evidence.KNOWLEDGE,
            "The child did not agree. Their wish does not decide it; say what outweighed it, and tell the child.",
            person=telling.person,
            propose=("tell the child beforehand", "record what outweighed the child's wish"),
        )


def _by_days(saying: Saying) -> Iterator[Finding]:
    """What is wrong with the days that are given."""
    telling = saying.telling
    if saying.done_on is not None and saying.done_on > saying.on:
        yield _fix(
            "telling-ahead", _KEEP_IT, "The day on which the person was told lies ahead: state it when it is done."
        )
    if saying.done_on is not None and saying.happened is not None and saying.done_on < saying.happened:
        yield _fix("telling-too-early", _KEEP_IT, "On that day it had not happened yet: nobody could be told of it.")
    if telling.review_on is not None and telling.review_on < saying.on:
        yield _fix("telling-review-behind", _KEEP_IT, "The date given is over already: give one that is still to come.")
    if (
        telling.state is Telling.DUE
        and telling.review_on is not None
        and telling.review_on > months_after(saying.on, 1)
    ):
        yield _fix(
            "telling-due-too-late",
            _IN_TIME,
            "That is more than a month off: tell sooner, or say why this person is not told.",
        )


def _fix(rule: str, citation: str, says: str) -> Finding:
    evidence = Evidence.UNCERTAIN if citation == _BY_TWO else Evidence.SECONDARY
    return Finding(rule, Effect.FIX, citation, evidence, says)
