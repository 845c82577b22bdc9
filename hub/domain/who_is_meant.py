"""Which child an agency is asked about: who that is, as agencies last stated it, and no word of what happened.

Whoever a child is to be kept from may work at the agency that is asked. So where the child may be is left out as soon
as anything says that somebody is kept away, and a name that may be new is said by the MASH, and by nobody else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor, ReportLinked, Withheld
from contracts.identifiers import Identifier, Scheme
from contracts.report import Person, Place, Report
from contracts.vocabulary import ChangeKind, FieldClass, SensitivityTag
from contracts.when import When
from hub.domain.access import Asked, Before, Decision, decide_chronology
from hub.domain.chronology import entry_of, in_order, names_of
from hub.domain.identity import fold
from hub.domain.requests import Request

MEANT: Final = "who_is_meant"  # what the record of access calls it
RULES: Final = frozenset({"read-to-answer", "identity-changed"})
KEPT_AWAY: Final = "Somebody may have to be kept from where the child is, so it is not told to an agency that is asked"
_KEPT_FROM: Final = frozenset({SensitivityTag.ADDRESS_PROTECTED, SensitivityTag.VICTIM_SAFETY})
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Meant:
    """Who the child is: each name and day of birth that stands, numbers that are sound, and one address at most."""

    names: tuple[str, ...] = ()
    born: tuple[When, ...] = ()
    numbers: tuple[Identifier, ...] = ()
    address: Place | None = None

    @property
    def is_told(self) -> bool:
        """Whether somebody can know by it which child is meant: a birth date or an address alone says it of nobody."""
        return bool(self.names or self.numbers)


NOT_TOLD: Final = Meant()


def decide_meant(
    asked: Asked, before: Before, ever: Iterable[ReportLinked], decision_id: UUID, settings: LawSettings
) -> Decision:
    """Whether who answers for an agency may see which child is meant, by the law; `ever`: all that was ever linked."""
    decision = decide_chronology(replace(asked, to_answer=True), before, decision_id, settings)
    return _without_place(decision) if keeps_place_shut(ever, protected=before.protected) else decision


def keeps_place_shut(ever: Iterable[ReportLinked], *, protected: bool) -> bool:
    """Whether anything ever said of the child keeps somebody away, or is held apart, or waits to be looked at."""
    return protected or any(
        one.held_apart or one.to_review or one.not_to_be_seen_by or _KEPT_FROM & set(one.tags) for one in ever
    )


def is_to_answer(kept: AccessDecided) -> bool:
    """Whether a decision was about who is meant, and so never about the rest of the chronology."""
    return any(one.rule in RULES for one in (*kept.grounds, *kept.bars))


def has_seen(actor: Actor, access: Iterable[AccessDecided], request: Request) -> bool:
    """Whether this person opened the request, or one about the same child, since it was made, and might be told who.

    What was decided is known, and not whether the reports then held a name: that is found by looking again.
    """
    return any(is_to_answer(one) and FieldClass.IDENTITY in one.classes for one in _looks(actor, access, request))


def has_read(actor: Actor, access: Iterable[AccessDecided], request: Request) -> bool:
    """Whether this person was shown the child's chronology since the request was made."""
    return any(not is_to_answer(one) for one in _looks(actor, access, request))


def _looks(actor: Actor, access: Iterable[AccessDecided], request: Request) -> Iterator[AccessDecided]:
    """Each look at the child that this person was let have since the request was made."""
    return (
        one
        for one in access
        if (one.actor.issuer, one.actor.subject) == (actor.issuer, actor.subject)
        if one.effect == "permitted" and one.at >= request.asked
    )


def meant(found: Iterable[tuple[Report, ReportLinked, frozenset[FieldClass]]], agency: str, *, shut: bool) -> Meant:
    """Who it is, by what each report may show; `agency` is the source that is asked, whose own numbers it knows.

    `shut`: where the child may be is not told. Then a number that tells of a school is not, and where the child goes by
    several family names nothing is: one of them may be new.
    """
    stated = _as_last_stated(found)
    subjects = tuple(report.subject() for report, _, classes in stated if FieldClass.IDENTITY in classes)
    if shut and len(_families(subjects)) > 1:
        return NOT_TOLD
    born = (one.birth_date for one in subjects if one.birth_date is not None and one.birth_date.value is not None)
    own = tuple(report.subject() for report, linked, classes in stated if linked.source == agency and classes)
    national = frozenset({Scheme.NHS_NUMBER} if shut else {Scheme.NHS_NUMBER, Scheme.UPN})
    numbers = (*_numbers(subjects, national), *_numbers(own, frozenset({Scheme.LOCAL})))
    return Meant(
        names=names_of(subjects),
        born=tuple(dict.fromkeys(born)),
        numbers=tuple({str(one): one for one in numbers}.values()),
        address=None if shut else _address(stated),
    )


def _as_last_stated(
    found: Iterable[tuple[Report, ReportLinked, frozenset[FieldClass]]],
) -> tuple[tuple[Report, ReportLinked, frozenset[FieldClass]], ...]:
    """The reports less those withdrawn, or corrected since."""
    by_id = {linked.report_id: (report, linked, classes) for report, linked, classes in found}
    entries = in_order((entry_of(report, linked, classes, ()), report) for report, linked, classes in by_id.values())
    last = (one.later[-1] if one.later else one for one in entries if not one.withdrawn)
    return tuple(by_id[one.report_id] for one in last if one.change is not ChangeKind.RETRACTION)


def _families(subjects: Iterable[Person]) -> frozenset[str]:
    """The different family names; of a name that is written in one, its last word."""
    names = (name for one in subjects for name in one.names)
    families = (fold(one.family or (one.text or "").rpartition(" ")[2]) for one in names)
    return frozenset(one for one in families if one)


def _numbers(subjects: Iterable[Person], schemes: frozenset[Scheme]) -> tuple[Identifier, ...]:
    return tuple(each for one in subjects for each in one.identifiers if each.scheme in schemes and each.may_match)


def _address(stated: Iterable[tuple[Report, ReportLinked, frozenset[FieldClass]]]) -> Place | None:
    """Where the child lives by what was recorded last; None where nothing that may be shown says it."""
    found = (
        (report.recorded.earliest() or _FIRST, place)
        for report, _, classes in stated
        if FieldClass.LOCATION in classes and (place := report.subject().address) is not None
        if not place.withheld and (place.text or place.postcode)
    )
    return max(found, key=lambda pair: pair[0], default=(_FIRST, None))[1]


def _without_place(decision: Decision) -> Decision:
    """The decision with no place in it, and on record why."""
    place = FieldClass.LOCATION
    held = tuple(
        Withheld(report_id=report_id, content=place, reason=KEPT_AWAY)
        for report_id, classes in decision.shown.items()
        if place in classes
    )
    classes = tuple(one for one in decision.fact.classes if one is not place)
    fact = decision.fact.model_copy(update={"classes": classes, "withheld": (*decision.fact.withheld, *held)})
    return Decision(fact, {report_id: each - {place} for report_id, each in decision.shown.items()})
