"""Who a child in the DfE daily JSON is, turned into facts: details, disabilities, asylum, and scores."""

from agencies.agency import Stated
from agencies.formats.dates import time_or_unknown
from agencies.formats.draft import Content, says
from agencies.social_care import codes
from agencies.social_care.native import Child, Details, Wellbeing
from agencies.social_care.told import Told, dated, purged
from contracts.events.shared import PersonDescribed
from contracts.events.social_care import WellbeingScored
from contracts.identifiers import Identifier, Scheme, identifier
from contracts.report import Code, Name, Person, Place, Statement
from contracts.strict_json import Json
from contracts.vocabulary import PersonRole, SensitivityTag, Sex, StatementKind

FACT = StatementKind.FACT_RECORDED


def is_unborn(details: Details | None) -> bool:
    """Whether the details are of a child not yet born."""
    return details is not None and details.date_of_birth is None and details.expected_date_of_birth is not None


def child_facts(told: Told, native: Child) -> tuple[Stated, ...]:
    """The facts about who the child is; the first is the one that describes the child."""
    details = native.child_details
    below = told.below("details", "1")
    if details is None:
        return _scores(told, native.health_and_wellbeing)
    if purged(details):
        return (*below.retract(PersonDescribed, "of_all_below"), *_scores(told, native.health_and_wellbeing))
    return (
        *_described(below, native, details),
        *_disabilities(below, details),
        *_asylum(below, details),
        *_scores(told, native.health_and_wellbeing),
    )


def _described(told: Told, native: Child, details: Details) -> tuple[Stated, ...]:
    person = _person(told, native, details)
    said = (
        *_coded("characteristic", codes.coded("ethnicity", codes.ETHNICITY, details.ethnicity)),
        *_coded(
            "characteristic",
            codes.coded("upn-unknown", codes.UPN_UNKNOWN, details.unique_pupil_number_unknown_reason),
        ),
        *_sex_said(details.sex),
    )
    named: Json = [details.first_name, details.surname, dated(details.date_of_birth)]
    depends: Json = {
        "identifiers": [str(each) for each in person.identifiers],
        "named": named,
        "expected": dated(details.expected_date_of_birth),
        "sex": details.sex,
        "ethnicity": details.ethnicity,
        "upn_unknown": details.unique_pupil_number_unknown_reason,
        "address": None if person.address is None else [person.address.postcode, person.address.withheld_reason],
    }
    hidden = person.address is not None and person.address.withheld
    content = Content(
        people=(person,),
        statements=said,
        tags=(SensitivityTag.ADDRESS_PROTECTED,) if hidden else (),
        notes=(*native.notes, *details.notes),
    )
    return (told.state(PersonDescribed, depends, content),)


def _person(told: Told, native: Child, details: Details) -> Person:
    unborn = is_unborn(details)
    numbers = (
        (Scheme.UPN, details.unique_pupil_number),
        (Scheme.FORMER_UPN, details.former_unique_pupil_number),
        (Scheme.LOCAL, native.mis_child_id),
    )
    others = tuple(identifier(scheme, raw) for scheme, raw in numbers if raw and raw.strip())
    named = details.first_name or details.surname
    return Person(
        ref="child",
        role=told.child.role,
        identifiers=_once((*told.child.identifiers, *others)),
        names=(Name(family=details.surname, given=details.first_name),) if named else (),
        birth_date=details.expected_date_of_birth if unborn else details.date_of_birth,
        birth_expected=unborn,
        sex=_sex(details.sex),
        address=_home(native, details.postcode),
    )


def _once(found: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
    return tuple(dict.fromkeys(found))


def _home(native: Child, postcode: str | None) -> Place | None:
    """The child's postcode, held back unless the object shows an episode and no placement or adoption in any.

    A looked-after child's own postcode may be that of the placement, and an object that holds only what has changed
    cannot show that it is not.
    """
    if not postcode or not postcode.strip():
        return None
    episodes = native.social_care_episodes
    if not episodes:
        return Place(withheld=True, withheld_reason="placement_not_known")
    if any(episode.child_looked_after_placements or episode.adoption for episode in episodes):
        return Place(withheld=True, withheld_reason="looked_after")
    return Place(postcode=postcode.strip())


def _sex(raw: str | None) -> Sex:
    key = codes.folded(raw or "")
    return codes.SEX.get(key) or codes.OLD_SEX.get(key, Sex.UNKNOWN)


def _sex_said(raw: str | None) -> tuple[Statement, ...]:
    if raw is None or not raw.strip():
        return ()
    known = codes.folded(raw) in codes.SEX
    code = Code(system="dfe:sex", code=raw.strip(), recognised=known)
    return says("characteristic", FACT, code=code, confidence=None if known else "low_mapping")


def _coded(field: str, code: Code | None) -> tuple[Statement, ...]:
    return () if code is None else says(field, FACT, code=code)


def _disabilities(told: Told, details: Details) -> tuple[Stated, ...]:
    raw = [each for each in details.disabilities or () if each.strip()]
    said = tuple(
        each for code in raw for each in _coded("disability", codes.coded("disability", codes.DISABILITY, code))
    )
    if not said:
        return ()
    content = Content(people=(told.child,), statements=said, notes=("state_without_a_date",))
    depends: Json = [*raw]
    return (told.below("disability", "1").state(PersonDescribed, depends, content),)


def _asylum(told: Told, details: Details) -> tuple[Stated, ...]:
    until = dated(details.uasc_end_date)
    flag = says("unaccompanied_asylum", FACT, details.uasc_flag)
    ended = says("unaccompanied_asylum", FACT, until, code=Code(system="dfe:uasc", code="end_date")) if until else ()
    if not flag and not ended:
        return ()
    content = Content(people=(told.child,), statements=(*flag, *ended), notes=("state_without_a_date",))
    depends: Json = [details.uasc_flag, until]
    return (told.below("asylum", "1").state(PersonDescribed, depends, content),)


def _scores(told: Told, wellbeing: Wellbeing | None) -> tuple[Stated, ...]:
    below = told.below("wellbeing", "1")
    if wellbeing is None:
        return ()
    if purged(wellbeing):
        return below.retract(WellbeingScored, "of_all_below")
    facts: list[Stated] = []
    for each in wellbeing.sdq_assessments or ():
        depends: Json = [dated(each.date), each.score]
        one = below.below("sdq", dated(each.date), depends)
        if purged(each):
            facts.extend(one.retract(WellbeingScored))
            continue
        said = says("score", StatementKind.OBSERVATION, each.score)
        content = Content(people=(told.child,), statements=said, happened=time_or_unknown(each.date), notes=each.notes)
        facts.append(one.state(WellbeingScored, depends, content))
    return tuple(facts)


def person_of(la_code: str, native: Child) -> Person | None:
    """The child by the council's own number, or by the case system's; None when there is neither."""
    found: tuple[Identifier, ...] = ()
    if native.la_child_id and native.la_child_id.strip():
        found = (identifier(Scheme.LA_CHILD, f"{la_code}/{native.la_child_id.strip()}"),)
    elif native.mis_child_id and native.mis_child_id.strip():
        found = (identifier(Scheme.LOCAL, native.mis_child_id),)
    if not found:
        return None
    unborn = is_unborn(native.child_details)
    role = PersonRole.UNBORN_CHILD if unborn else PersonRole.CHILD
    return Person(ref="child", role=role, identifiers=found, birth_expected=unborn)
