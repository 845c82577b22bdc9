"""Being looked after, adoption and leaving care in the DfE daily JSON, turned into facts; where a child lives is held.

No postcode of a placement goes into a statement, a place, or a digest: a digest beside known values could be tried
out over every postcode until it fits.
"""

from agencies.agency import Stated
from agencies.formats.dates import time_or_unknown
from agencies.formats.draft import Content, says
from agencies.social_care import codes
from agencies.social_care.native import Adoption, CareLeaver, Placement
from agencies.social_care.told import Told, dated, purged
from contracts.events.social_care import AdoptionStep, CareLeaverContact, LookedAfterEnded, LookedAfterStarted
from contracts.report import Code, Place
from contracts.strict_json import Json
from contracts.vocabulary import SensitivityTag, StatementKind

FACT = StatementKind.FACT_RECORDED


def placement_facts(told: Told, placement: Placement) -> tuple[Stated, ...]:
    """That a placement began, and that it ended; the place itself withheld."""
    began: Json = [dated(placement.start_date)]
    below = told.below("placement", placement.child_looked_after_placement_id, began)
    if purged(placement):
        return below.retract(LookedAfterStarted, "of_all_below")
    return (*_began(below, placement), *_ended(below, placement))


def _began(told: Told, placement: Placement) -> tuple[Stated, ...]:
    reason = codes.coded("start-reason", codes.START_REASON, placement.start_reason)
    kind = codes.coded("placement-type", codes.PLACEMENT_TYPE, placement.placement_type)
    if placement.start_date is None and reason is None and kind is None and placement.postcode is None:
        return ()
    marked = None if kind is None else codes.PLACEMENT_TAGS.get(codes.folded(kind.code))
    content = Content(
        people=(told.child,),
        statements=(
            *(says("start_reason", FACT, code=reason) if reason else ()),
            *(says("placement_type", FACT, code=kind) if kind else ()),
        ),
        happened=time_or_unknown(placement.start_date),
        place=Place(withheld=True, withheld_reason="placement"),
        tags=(SensitivityTag.ADDRESS_PROTECTED, *((marked,) if marked else ())),
        notes=(*(() if placement.start_date else ("partial_item",)), *placement.notes),
    )
    depends: Json = [dated(placement.start_date), placement.start_reason, placement.placement_type]
    return (told.state(LookedAfterStarted, depends, content),)


def _ended(told: Told, placement: Placement) -> tuple[Stated, ...]:
    end = codes.coded("end-reason", codes.END_REASON, placement.end_reason)
    change = codes.coded("change-reason", codes.CHANGE_REASON, placement.change_reason)
    if placement.end_date is None and end is None and change is None:
        return ()
    marked = None if end is None else codes.END_TAGS.get(codes.folded(end.code))
    content = Content(
        people=(told.child,),
        statements=(
            *(says("end_reason", FACT, code=end) if end else ()),
            *(says("change_reason", FACT, code=change) if change else ()),
        ),
        happened=time_or_unknown(placement.end_date),
        tags=(SensitivityTag.ADDRESS_PROTECTED, *((marked,) if marked else ())),
    )
    depends: Json = [dated(placement.end_date), placement.end_reason, placement.change_reason]
    return (told.state(LookedAfterEnded, depends, content),)


def adoption_facts(told: Told, adoption: Adoption | tuple[Adoption, ...] | None) -> tuple[Stated, ...]:
    """One fact for each step towards adoption that has a date."""
    found = adoption if isinstance(adoption, tuple) else ((adoption,) if adoption else ())
    return tuple(fact for each in found for fact in _adoption(told, each))


def _adoption(told: Told, adoption: Adoption) -> tuple[Stated, ...]:
    below = told.below("adoption", "1")
    if purged(adoption):
        return below.retract(AdoptionStep, "of_all_below")
    steps = (
        ("initial_decision", adoption.initial_decision_date),
        ("matched", adoption.matched_date),
        ("placed", adoption.placed_date),
    )
    facts = []
    for step, when in steps:
        if when is not None:
            said = says("step", FACT, code=Code(system="dfe:adoption", code=step))
            content = Content(people=(told.child,), statements=said, happened=when, notes=adoption.notes)
            facts.append(below.below("step", step).state(AdoptionStep, [step, dated(when)], content))
    return tuple(facts)


def care_leaver_facts(told: Told, leaver: CareLeaver | tuple[CareLeaver, ...] | None) -> tuple[Stated, ...]:
    """The last contact with a care leaver."""
    found = leaver if isinstance(leaver, tuple) else ((leaver,) if leaver else ())
    return tuple(fact for each in found for fact in _care_leaver(told, each))


def _care_leaver(told: Told, leaver: CareLeaver) -> tuple[Stated, ...]:
    below = told.below("care-leaver", "1")
    if purged(leaver):
        return below.retract(CareLeaverContact, "of_all_below")
    activity = codes.coded("activity", codes.ACTIVITY, leaver.activity)
    accommodation = codes.coded("accommodation", codes.ACCOMMODATION, leaver.accommodation)
    if leaver.contact_date is None and activity is None and accommodation is None:
        return ()
    content = Content(
        people=(told.child,),
        statements=(
            *(says("activity", FACT, code=activity) if activity else ()),
            *(says("accommodation", FACT, code=accommodation) if accommodation else ()),
        ),
        happened=time_or_unknown(leaver.contact_date),
        notes=leaver.notes,
    )
    depends: Json = [dated(leaver.contact_date), leaver.activity, leaver.accommodation]
    return (below.state(CareLeaverContact, depends, content),)
