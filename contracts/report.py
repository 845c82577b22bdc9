"""A report: a fact that an agency states about people, with three times, kinds of statement, basis and telling.

The received time is the hub's to state; the other two, happened and recorded, are the agency's.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, ValidationInfo, model_validator

from contracts.event import Fact, Shape, checked_before
from contracts.identifiers import Identifier
from contracts.strict_json import MAX_STRING_LENGTH
from contracts.vocabulary import (
    ChangeKind,
    Confidence,
    ConsentState,
    FieldClass,
    NeedLevel,
    PersonRole,
    Purpose,
    Regime,
    RestrictedKind,
    SensitivityTag,
    Sex,
    StatementKind,
    Telling,
)
from contracts.when import When

Ref = str
_REF = r"^[a-z][a-z0-9_]{0,19}$"
_BASIS_CODE = r"^[ -~]{1,64}$"  # as its sender writes it: a code nobody knows is kept and marked, never set aside


class Record(Shape):
    """Where the agency keeps it: system, number and version there. Together with the source it makes the event id."""

    system: str = Field(min_length=1, max_length=80)
    record_id: str = Field(min_length=1, max_length=200)
    record_version: str | None = Field(default=None, max_length=80)
    part: str | None = Field(default=None, max_length=120)


class RecordTokens(Shape):
    """Keyed hashes (hex) of where a report stands at its agency, so that what changes it is known without opening it.

    `item` stands for record, part and type; `record` for the record; `above` for each record above it, nearest first.
    `all_below` says that a change of this record is one of everything under it too.
    """

    item: str
    record: str
    above: tuple[str, ...] = ()
    all_below: bool = False


class Change(Shape):
    """Whether this report is new, or corrects or retracts the earlier report `of`, and why (a code or short words)."""

    kind: ChangeKind = ChangeKind.NEW
    of: UUID | None = None
    reason: str | None = Field(default=None, max_length=400)

    @model_validator(mode="after")
    def _names_what_it_changes(self, info: ValidationInfo) -> Self:
        if checked_before(info):
            return self
        if (self.kind is ChangeKind.NEW) != (self.of is None):
            raise ValueError("a correction or retraction names the report it changes; a new report names none")
        return self


class Name(Shape):
    """A name as recorded; `use` tells the legal name from the others."""

    family: str | None = Field(default=None, max_length=200)
    given: str | None = Field(default=None, max_length=200)
    text: str | None = Field(default=None, max_length=400)
    use: Literal["official", "usual", "alias", "maiden", "old"] = "official"


class Place(Shape):
    """A place. `withheld` means the agency knows it and does not send it, or sends it not to be shown."""

    text: str | None = Field(default=None, max_length=500)
    postcode: str | None = Field(default=None, max_length=12)
    uprn: str | None = Field(default=None, pattern=r"^[0-9]{1,12}$")
    withheld: bool = False
    withheld_reason: str | None = Field(default=None, max_length=200)


class Person(Shape):
    """A person in the report. `ref` is a label within this report, by which other parts point to the person."""

    ref: Ref = Field(pattern=_REF)
    role: PersonRole
    identifiers: tuple[Identifier, ...] = ()
    names: tuple[Name, ...] = ()
    birth_date: When | None = None
    birth_expected: bool = False
    sex: Sex = Sex.UNKNOWN
    address: Place | None = None
    relationship: str | None = Field(default=None, max_length=80)


class RoleOf(Shape):
    """The role in which a report names a person, by the report's own label."""

    person: str
    role: PersonRole


class Code(Shape):
    """A coded value as the source sent it; `recognised` is False when our tables do not hold it."""

    system: str = Field(min_length=1, max_length=200)
    code: str = Field(min_length=1, max_length=80)
    display: str | None = Field(default=None, max_length=400)
    recognised: bool = True


class Statement(Shape):
    """One thing stated, with what sort of statement it is, who says so and about whom."""

    field: str = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
    kind: StatementKind
    value: Annotated[str, Field(max_length=MAX_STRING_LENGTH)] | int | float | bool | None = None
    code: Code | None = None
    about: Ref | None = Field(default=None, pattern=_REF)
    by: str | None = Field(default=None, max_length=200)
    said_by: str | None = Field(default=None, max_length=200)
    confidence: Literal["given_high", "given_medium", "given_low", "low_mapping"] | None = None


class Handling(Shape):
    """How the report is to be handled: purpose of sharing, marks, restricted kinds, how much is at stake."""

    purpose: Purpose
    sensitivity: tuple[SensitivityTag, ...] = (SensitivityTag.OFFICIAL_SENSITIVE,)
    restricted: tuple[RestrictedKind, ...] = ()
    not_to_be_seen_by: tuple[str, ...] = ()
    need: NeedLevel | None = None
    urgent: bool = False
    collected_on_consent: bool = False


class LawfulBasis(Shape):
    """The basis the agency states for sharing information about one person.

    `article6`, `annex1`, `article9`, `no_consent_reason` and `gateway` hold the codes of the vocabulary. They are not
    closed here: a report whose basis is unknown or unsound is kept and marked, never refused for it.
    """

    person: Ref = Field(pattern=_REF)
    regime: Regime = Regime.UK_GDPR
    article6: str | None = Field(default=None, pattern=_BASIS_CODE)
    annex1: str | None = Field(default=None, pattern=_BASIS_CODE)
    article9: str | None = Field(default=None, pattern=_BASIS_CODE)
    no_consent_reason: str | None = Field(default=None, pattern=_BASIS_CODE)
    article10: bool = False
    gateway: str | None = Field(default=None, pattern=_BASIS_CODE)
    authority_36_4: str | None = Field(default=None, max_length=200)
    policy_document: bool = False
    request_states_public_task: bool = False
    confidence: Confidence = Confidence.NOT_ENGAGED
    consent: ConsentState = ConsentState.NOT_BASIS


class Told(Shape):
    """Whether one person has been told, who decided, why not, and when it is looked at again."""

    person: Ref = Field(pattern=_REF)
    state: Telling
    reason: str | None = Field(default=None, max_length=400)
    decided_by: str | None = Field(default=None, max_length=200)
    approved_by: str | None = Field(default=None, max_length=200)
    on: When | None = None
    review_on: When | None = None


class Provenance(Shape):
    """What native message this was made from (SHA-256, hex) and by which adapter; notes are codes, never values."""

    native_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    adapter: str = Field(max_length=80)
    adapter_version: str = Field(max_length=20)
    notes: tuple[str, ...] = ()


class FieldRule(Shape):
    """A statement that a report of some type may carry: which kinds it may be of and what class of content it is."""

    name: str
    kinds: tuple[StatementKind, ...]
    content: FieldClass
    tags: tuple[SensitivityTag, ...] = ()
    meaning: str


class Report(Fact):
    """Base of every report. FIELDS lists the statements its type may carry; TITLE is its name on the page."""

    FIELDS: ClassVar[tuple[FieldRule, ...]]
    TITLE: ClassVar[str]

    record: Record
    change: Change = Change()
    happened: When
    ended: When | None = None
    recorded: When
    about: Ref = Field(pattern=_REF)
    people: tuple[Person, ...] = Field(min_length=1, max_length=60)
    statements: tuple[Statement, ...] = Field(default=(), max_length=500)
    place: Place | None = None
    handling: Handling
    bases: tuple[LawfulBasis, ...] = ()
    telling: tuple[Told, ...] = ()
    provenance: Provenance

    @model_validator(mode="after")
    def _parts_point_at_people(self, info: ValidationInfo) -> Self:
        if checked_before(info):
            return self
        refs = [person.ref for person in self.people]
        if len(set(refs)) != len(refs):
            raise ValueError("two people share a ref")
        named = {self.about, *(basis.person for basis in self.bases), *(told.person for told in self.telling)}
        named |= {statement.about for statement in self.statements if statement.about is not None}
        if not named <= set(refs):
            raise ValueError("a part points at nobody in the report")
        return self

    @model_validator(mode="after")
    def _statements_fit_the_type(self, info: ValidationInfo) -> Self:
        if checked_before(info):
            return self
        rules = _rules(type(self))
        for statement in self.statements:
            rule = rules.get(statement.field)
            if rule is None or statement.kind not in rule.kinds:
                raise ValueError("a statement's field or kind is not one that this type may carry")
        return self

    def subject(self) -> Person:
        """The person whose chronology this report belongs to."""
        return next(person for person in self.people if person.ref == self.about)

    def rule_of(self, field: str) -> FieldRule:
        """What may be stated in a statement's field."""
        return _rules(type(self))[field]

    def content_of(self, field: str) -> FieldClass:
        """What class of content a statement's field is."""
        return self.rule_of(field).content

    def classes(self) -> frozenset[FieldClass]:
        """Every class of content that the report holds."""
        found = {FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY}
        found |= {self.content_of(statement.field) for statement in self.statements}
        if self.place is not None or any(person.address is not None for person in self.people):
            found.add(FieldClass.LOCATION)
        return frozenset(found)


@cache
def _rules(kind: type[Report]) -> Mapping[str, FieldRule]:
    return {rule.name: rule for rule in kind.FIELDS}
