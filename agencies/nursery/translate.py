"""The nursery's concern table turned into facts: one concern for each row, the child's own words kept apart."""

from agencies.agency import Outcome, Stated
from agencies.formats.bases import recognised_interest
from agencies.formats.concern_table import Row, translate_table
from agencies.formats.dates import time_or_unknown
from agencies.formats.draft import Content, Desk, Item, says, state
from agencies.formats.people import child, names, told
from agencies.nursery.native import FORM
from contracts.events.shared import ConcernRaised
from contracts.report import Person, Statement, Told
from contracts.vocabulary import PersonRole, StatementKind

SOURCE = "urn:childhub:agency:nursery"
_DESK = Desk(source=SOURCE, adapter="nursery", basis=lambda person, _: recognised_interest(person))


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each row of the file; its name says nothing here."""
    return translate_table(raw, FORM, _concern)


def _concern(row: Row) -> tuple[Stated, ...]:
    content = Content(
        people=_people(row),
        statements=_statements(row),
        happened=time_or_unknown(row.time("noted_at")),
        recorded=time_or_unknown(row.time("recorded_at")),
        telling=_telling(row),
        notes=row.notes,
    )
    item = Item(FORM.system, row.required("concern_ref"), row.native, row.get("version"))
    return (state(_DESK, ConcernRaised, item, content),)


def _statements(row: Row) -> tuple[Statement, ...]:
    opinion = StatementKind.PROFESSIONAL_OPINION
    return (
        *says("category", StatementKind.FACT_RECORDED, row.get("category")),
        *says("what_happened", StatementKind.OBSERVATION, row.get("seen"), by="key worker"),
        *says("child_words", StatementKind.CHILD_VOICE, row.get("words"), about="child", said_by="child"),
        *says("professional_view", opinion, row.get("view"), by="key worker"),
        *says("action_taken", StatementKind.FACT_RECORDED, row.get("action")),
        *says("why_not_referred", opinion, row.get("not_referred"), by="safeguarding lead"),
    )


def _people(row: Row) -> tuple[Person, ...]:
    subject = child(
        "child",
        PersonRole.CHILD,
        given=row.get("given"),
        family=row.get("family"),
        born=row.time("born"),
        nhs_number=row.get("nhs_number"),
        sex=row.get("sex"),
    )
    other = Person(ref="adult1", role=PersonRole.OTHER, names=names(None, None, row.get("other_adult")))
    return (subject, *_carer(row), *((other,) if row.get("other_adult") else ()))


def _carer(row: Row) -> tuple[Person, ...]:
    named = names(row.get("carer_given"), row.get("carer_family"))
    if not named:
        return ()
    return (
        Person(
            ref="carer",
            role=PersonRole.PARENT_OR_CARER,
            names=named,
            birth_date=row.time("carer_born"),
            relationship=row.get("carer_relationship"),
        ),
    )


def _telling(row: Row) -> tuple[Told, ...]:
    said = row.get("carer_told")
    if said is None or not _carer(row):
        return ()
    return (told("carer", said, decided_by=row.get("carer_told_by"), on=row.time("carer_told_on")),)
