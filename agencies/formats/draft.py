"""Writes a report from one native item, so that every partner's facts agree in ids, digests, bases and telling."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from pydantic import ValidationError

from agencies.agency import Outcome, Stated, accepted, digest, ignored, quarantined, stated
from agencies.formats.unsound import Unsound
from contracts.event_id import event_id
from contracts.report import (
    Change,
    Code,
    Handling,
    LawfulBasis,
    Person,
    Place,
    Provenance,
    Record,
    Report,
    Statement,
    Told,
)
from contracts.strict_json import Json
from contracts.vocabulary import (
    ChangeKind,
    FieldClass,
    NeedLevel,
    PersonRole,
    Purpose,
    SensitivityTag,
    StatementKind,
    Telling,
)
from contracts.when import When, unknown_time

ADAPTER_VERSION = "1"
_SPECIAL = frozenset(
    {
        SensitivityTag.HEALTH,
        SensitivityTag.MENTAL_HEALTH,
        SensitivityTag.SEXUAL_HEALTH_FGM,
        SensitivityTag.IMMIGRATION,
    }
)
AnyReport = TypeVar("AnyReport", bound=Report)
BasisFor = Callable[[str, bool], LawfulBasis]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who speaks: the source, the adapter's name, and the basis it states for one person (ref, whether special)."""

    source: str
    adapter: str
    basis: BasisFor


@dataclass(frozen=True, slots=True)
class Item:
    """A native item that a fact is made from. `record_id` is its own; `native` is all that the fact depends on.

    `version` is the source's; when it has none, the first sixteen hex digits of the digest of `native` stand for it.
    """

    system: str
    record_id: str
    native: Json
    version: str | None = None

    def record(self) -> Record:
        """Where the agency keeps the item."""
        version = self.version or digest(self.native)[:16]
        return Record(system=self.system, record_id=self.record_id, record_version=version)


@dataclass(frozen=True, slots=True)
class Content:
    """What a fact says: times, people (the first is whom it is about), statements, and how it is to be handled."""

    people: tuple[Person, ...]
    statements: tuple[Statement, ...] = ()
    happened: When = field(default_factory=unknown_time)
    ended: When | None = None
    recorded: When = field(default_factory=unknown_time)
    place: Place | None = None
    purpose: Purpose = Purpose.SECTION_17
    tags: tuple[SensitivityTag, ...] = ()
    need: NeedLevel | None = None
    urgent: bool = False
    not_to_be_seen_by: tuple[str, ...] = ()
    telling: tuple[Told, ...] = ()
    bases: tuple[LawfulBasis, ...] = ()
    change: Change = field(default_factory=Change)
    notes: tuple[str, ...] = ()


def state(desk: Desk, kind: type[AnyReport], item: Item, content: Content) -> Stated:
    """The fact that the item states. Raises pydantic's ValidationError when it is not one that `kind` may be."""
    tags = sensitivity(kind, content)
    special = bool(_SPECIAL & set(tags)) or FieldClass.HEALTH in {_class_of(kind, said) for said in content.statements}
    subjects = tuple(person.ref for person in content.people if person.role is not PersonRole.PROFESSIONAL)
    stated_for = {basis.person for basis in content.bases}
    told = {each.person for each in content.telling}
    report = kind(
        record=item.record(),
        change=content.change,
        happened=content.happened,
        ended=content.ended,
        recorded=content.recorded,
        about=content.people[0].ref,
        people=content.people,
        statements=content.statements,
        place=content.place,
        handling=Handling(
            purpose=content.purpose,
            sensitivity=tags,
            need=content.need,
            urgent=content.urgent,
            not_to_be_seen_by=content.not_to_be_seen_by,
        ),
        bases=(*content.bases, *(desk.basis(ref, special) for ref in subjects if ref not in stated_for)),
        telling=(*content.telling, *(_not_known(ref) for ref in subjects if ref not in told)),
        provenance=Provenance(
            native_sha256=digest(item.native),
            adapter=desk.adapter,
            adapter_version=ADAPTER_VERSION,
            notes=content.notes,
        ),
    )
    return stated(desk.source, report)


def sensitivity(kind: type[Report], content: Content) -> tuple[SensitivityTag, ...]:
    """The handling marks: the default, those given, and those of the fields used, each once, in a steady order.

    Who told the agency is marked by the adapter, for a body's own referral is not an informant's.
    """
    rules = {rule.name: rule for rule in kind.FIELDS}
    found = {SensitivityTag.OFFICIAL_SENSITIVE, *content.tags}
    for said in content.statements:
        rule = rules.get(said.field)
        if rule is not None and rule.content is not FieldClass.SOURCE:
            found.update(rule.tags)
    return tuple(tag for tag in SensitivityTag if tag in found)


def outcome_of(record: str, make: Callable[[], tuple[Stated, ...]]) -> Outcome:
    """What became of one native record when its facts were made; an exact repeat within it is stated once.

    Two facts that differ under one id would each hide the other, so the record is then quarantined.
    """
    try:
        facts = make()
    except Unsound as refused:
        return quarantined(record, refused.code)
    except ValidationError:
        return quarantined(record, "not_valid")
    if not facts:
        return ignored(record, "nothing_stated")
    once = {fact.event_id: fact for fact in facts}
    if any(once[fact.event_id].report != fact.report for fact in facts):
        return quarantined(record, "id_clash")
    return accepted(record, tuple(once.values()))


def of_any_version(desk: Desk, kind: type[Report], item: Item, person: Person, reason: str) -> Change:
    """A retraction of whatever version of the item was stated: it names the id the item would have with no version."""
    bare = kind(
        record=Record(system=item.system, record_id=item.record_id),
        happened=unknown_time(),
        recorded=unknown_time(),
        about=person.ref,
        people=(person,),
        handling=Handling(purpose=Purpose.SECTION_17),
        provenance=Provenance(native_sha256=digest(item.native), adapter=desk.adapter, adapter_version=ADAPTER_VERSION),
    )
    return Change(kind=ChangeKind.RETRACTION, of=event_id(desk.source, bare), reason=reason)


def says(
    field_name: str,
    kind: StatementKind,
    value: str | int | float | bool | None = None,
    *,
    code: Code | None = None,
    about: str | None = None,
    by: str | None = None,
    said_by: str | None = None,
    confidence: Literal["low_mapping"] | None = None,
) -> tuple[Statement, ...]:
    """One statement; none when there is neither a value nor a code."""
    if code is None and (value is None or value == ""):
        return ()
    return (
        Statement(
            field=field_name, kind=kind, value=value, code=code, about=about, by=by, said_by=said_by,
            confidence=confidence,
        ),
    )  # fmt: skip


def _class_of(kind: type[Report], said: Statement) -> FieldClass | None:
    return next((rule.content for rule in kind.FIELDS if rule.name == said.field), None)


def _not_known(ref: str) -> Told:
    return Told(person=ref, state=Telling.NOT_KNOWN)
