"""Which classes of content a reader or a recipient may see: no more than the grounds, and the need, let through.

Sources: UK GDPR Art 5(1)(c); DPA 2018 s37; DfE information sharing advice 2024, rules 5 and 6.
"""

from dataclasses import dataclass
from uuid import UUID

from consent.bodies import SECTION_115
from consent.circumstances import Circumstances
from consent.finding import Question
from consent.request import Item, Request
from contracts.vocabulary import AgencyKind, FieldClass, Purpose, SensitivityTag, StaffRole

Withheld = tuple[tuple[FieldClass, str], ...]

ALL_CLASSES = frozenset(FieldClass)
NOTHING: frozenset[FieldClass] = frozenset()
ADMINISTRATIVE_ONLY = frozenset({FieldClass.ADMINISTRATIVE})
SCHOOL_NOTICE = frozenset({FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.NARRATIVE})
WHO_IS_MEANT = frozenset({FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.LOCATION})
LEADS_TO_THE_CHILD = frozenset({FieldClass.LOCATION, FieldClass.EDUCATION, FieldClass.SOURCE})
STATUTORY = SECTION_115 | {AgencyKind.YOUTH_OFFENDING_TEAM, AgencyKind.HUB}
ASK_THE_HOLDER = frozenset({SensitivityTag.SEXUAL_HEALTH_FGM, SensitivityTag.MENTAL_HEALTH, SensitivityTag.ADOPTION})

ADDRESS_PROTECTED = "The address is protected: nobody sees it in an ordinary view"
SOURCE_PROTECTED = "The source is protected: naming them could put them at risk"
SOURCE_NOT_NEEDED = "Who told the agency is not needed for this"
OTHER_AGENCY = "Held by another agency: you may see only what your own agency supplied"
NOT_NEEDED_TO_ANSWER = "An agency that is asked needs to know which child is meant, and no more"
AUDIT_ONLY = "Checking who looked does not need the content"
RESTRICTED = "Other law holds this content back"
NOT_FOR_THIS_NOTICE = "The notice to a school carries the least that the school needs"
NO_SPECIAL_CONDITION = "No condition for special-category data was found for every person"
NO_CRIMINAL_CONDITION = "No condition for criminal-offence data was found"
NOT_FOR_EARLY_HELP = "Criminal-offence data is not needed for early help"
NOT_FOR_THIS_RECIPIENT = "This kind of body does not need it unless a child may be suffering significant harm"
ABUSER_IN_REACH = "An alleged abuser could see this, and it would lead them to the child or to whoever told"
REFUSED = "The request was refused"
HELD_BACK = "This item waits until what the findings say is settled"


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What may be shown of one item; `withheld` gives the reason for each class that it holds and may not show."""

    item_id: UUID
    classes: frozenset[FieldClass]
    withheld: Withheld
    shown: bool


def held_classes(item: Item) -> frozenset[FieldClass]:
    """The classes of content in an item; every item has at least its dates and references."""
    return item.classes | ADMINISTRATIVE_ONLY


def withhold_all(item: Item, reason: str) -> ItemOutcome:
    """Nothing of this item may be shown."""
    return ItemOutcome(item.item_id, NOTHING, tuple((each, reason) for each in sorted(held_classes(item))), False)


def show_all(item: Item) -> ItemOutcome:
    """Everything in this item may be kept or shown."""
    return ItemOutcome(item.item_id, held_classes(item), (), True)


def _shown(held: frozenset[FieldClass], reasons: dict[FieldClass, str]) -> tuple[frozenset[FieldClass], Withheld]:
    withheld = tuple((each, reasons[each]) for each in sorted(held & reasons.keys()))
    return held - reasons.keys(), withheld


def _all_but(kept: frozenset[FieldClass], reason: str) -> dict[FieldClass, str]:
    return {each: reason for each in ALL_CLASSES - kept}


def _protected(item: Item) -> dict[FieldClass, str]:
    reasons: dict[FieldClass, str] = {}
    if SensitivityTag.ADDRESS_PROTECTED in item.tags:
        reasons[FieldClass.LOCATION] = ADDRESS_PROTECTED
    if SensitivityTag.INFORMANT in item.tags:
        reasons[FieldClass.SOURCE] = SOURCE_PROTECTED
    return reasons


def for_reader(request: Request, item: Item, barred: bool) -> tuple[frozenset[FieldClass], Withheld]:
    """The classes of one item that this reader may see, once a ground to read has been found.

    The answer depends only on the reader, whether the item is barred, and the item's agency, classes and tags.
    """
    held = held_classes(item)
    if request.to_answer:
        return _shown(held, _to_answer(item, barred))
    if request.role is StaffRole.PRACTITIONER and item.agency != request.agency:
        return NOTHING, tuple((each, OTHER_AGENCY) for each in sorted(held))
    if request.role is StaffRole.IG_OFFICER:
        return _shown(held, _all_but(ADMINISTRATIVE_ONLY, AUDIT_ONLY))
    if barred:
        return _shown(held, _all_but(ADMINISTRATIVE_ONLY, RESTRICTED))
    if request.role is StaffRole.MASH_RESEARCHER:
        if item.tags & ASK_THE_HOLDER:
            return _shown(held, _all_but(ADMINISTRATIVE_ONLY, f"Held by {item.agency}: ask them"))
        return _shown(held, {FieldClass.SOURCE: SOURCE_NOT_NEEDED} | _protected(item))
    return _shown(held, _protected(item))


def _to_answer(item: Item, barred: bool) -> dict[FieldClass, str]:
    """What somebody who wants to know which child is meant may not see of one item."""
    if barred:
        return _all_but(ADMINISTRATIVE_ONLY, RESTRICTED)
    return _all_but(WHO_IS_MEANT, NOT_NEEDED_TO_ANSWER) | _protected(item)


def for_recipient(
    request: Request, around: Circumstances, item: Item, answered: frozenset[Question]
) -> tuple[frozenset[FieldClass], Withheld]:
    """The classes of one item that may go to this recipient. `answered` are the questions met for every person."""
    if request.purpose is Purpose.SUBJECT_ACCESS:
        return _shown(held_classes(item), {FieldClass.SOURCE: SOURCE_PROTECTED} | _protected(item))
    reasons = _not_needed(request) | _not_answered(request, answered)
    if request.purpose is Purpose.DOMESTIC_ABUSE_SCHOOL:
        reasons |= _all_but(SCHOOL_NOTICE, NOT_FOR_THIS_NOTICE)
    if around.alleged_abuser_in_reach:
        reasons |= {each: ABUSER_IN_REACH for each in LEADS_TO_THE_CHILD}
    return _shown(held_classes(item), reasons | _protected(item))


def _not_needed(request: Request) -> dict[FieldClass, str]:
    """What a recipient of this kind does not need for this purpose."""
    reasons: dict[FieldClass, str] = {}
    grave = request.pressing or request.purpose is Purpose.SECTION_47
    if request.recipient_kind not in STATUTORY and not grave:
        reasons[FieldClass.HEALTH] = NOT_FOR_THIS_RECIPIENT
        reasons[FieldClass.CRIMINAL] = NOT_FOR_THIS_RECIPIENT
    if request.recipient_kind not in (AgencyKind.POLICE, AgencyKind.LOCAL_AUTHORITY):
        reasons[FieldClass.SOURCE] = SOURCE_NOT_NEEDED
    if request.purpose is Purpose.EARLY_HELP and not request.pressing:
        reasons[FieldClass.CRIMINAL] = NOT_FOR_EARLY_HELP
        reasons[FieldClass.SOURCE] = SOURCE_NOT_NEEDED
    return reasons


def _not_answered(request: Request, answered: frozenset[Question]) -> dict[FieldClass, str]:
    """What may not go because a condition for it was not found for every person; a pressing share is not held up."""
    if request.pressing:
        return {}
    reasons: dict[FieldClass, str] = {}
    if Question.SPECIAL not in answered:
        reasons[FieldClass.HEALTH] = NO_SPECIAL_CONDITION
    if Question.CRIMINAL not in answered:
        reasons[FieldClass.CRIMINAL] = NO_CRIMINAL_CONDITION
    return reasons
