"""Builders: each takes only what the test is about."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from contracts.events.hub import AccessDecided, Actor
from contracts.events.shared import ConcernRaised
from contracts.identifiers import Scheme, identifier
from contracts.report import (
    Change,
    Handling,
    LawfulBasis,
    Name,
    Person,
    Provenance,
    Record,
    Report,
    Statement,
    Told,
)
from contracts.vocabulary import (
    AgencyKind,
    FieldClass,
    LogOperation,
    PersonRole,
    Purpose,
    SensitivityTag,
    StaffRole,
    StatementKind,
    Telling,
)
from contracts.when import When, at_moment, on_day

NOW = datetime(2026, 10, 6, 13, 20, tzinfo=UTC)
ROBIN = "9990001006"
WREN = "9990001375"
POLICE = "urn:childhub:agency:police"
_NAMES = UUID("5b0f1a52-0b7e-5a1e-8f57-0a4dd6cf4a11")


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(_NAMES, name)


class StoppedClock:
    """A clock that stands at a moment until moved; its ids are 1, 2, 3 … of the test, or of a name of their own."""

    def __init__(self, at: datetime = NOW, ids: str = "id") -> None:
        self.at = at
        self._called = ids
        self._ids = 0

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.at

    def new_id(self) -> UUID:
        """The next id."""
        self._ids += 1
        return an_id(f"{self._called} {self._ids}")

    def forward(self, by: timedelta) -> None:
        """Move on."""
        self.at += by


def a_child(
    nhs: str | None = ROBIN, family: str | None = "Exemplar", given: str = "Robin", born: str | None = "2022-05-11"
) -> Person:
    """A child."""
    return Person(
        ref="child",
        role=PersonRole.CHILD,
        identifiers=(identifier(Scheme.NHS_NUMBER, nhs),) if nhs is not None else (),
        names=(Name(family=family, given=given),) if family is not None else (),
        birth_date=on_day(datetime.fromisoformat(born).date()) if born is not None else None,
    )


def a_concern(
    record: str = "C-1",
    child: Person | None = None,
    words: str = "Seen crying at the gate",
    said: str | None = None,
    happened: When | None = None,
    basis: LawfulBasis | None = None,
    telling: tuple[Told, ...] = (Told(person="child", state=Telling.TOLD_AT),),
    change: Change | None = None,
    tags: tuple[SensitivityTag, ...] = (SensitivityTag.OFFICIAL_SENSITIVE,),
    version: str | None = None,
) -> ConcernRaised:
    """A concern about a child."""
    statements = [Statement(field="what_happened", kind=StatementKind.OBSERVATION, value=words, about="child")]
    if said is not None:
        statements.append(Statement(field="child_words", kind=StatementKind.CHILD_VOICE, value=said, about="child"))
    return ConcernRaised(
        record=Record(system="made-up", record_id=record, record_version=version),
        change=change or Change(),
        happened=happened or at_moment(NOW - timedelta(days=3)),
        recorded=at_moment(NOW - timedelta(days=3)),
        about="child",
        people=(child or a_child(),),
        statements=tuple(statements),
        handling=Handling(purpose=Purpose.SECTION_47, sensitivity=tags),
        bases=(basis or a_sound_basis(),),
        telling=telling,
        provenance=Provenance(native_sha256="0" * 64, adapter="made-up", adapter_version="1"),
    )


def a_sound_basis() -> LawfulBasis:
    """A basis that a police force may state for a child."""
    return LawfulBasis(
        person="child",
        article6="6e",
        article9="9g_para_18",
        no_consent_reason="b",
        gateway="ca04_s11",
        policy_document=True,
    )


def an_actor(
    subject: str = "priya",
    agency: str = "social_care",
    kind: AgencyKind = AgencyKind.LOCAL_AUTHORITY,
    role: StaffRole = StaffRole.MASH_DECISION_MAKER,
) -> Actor:
    """A member of staff."""
    return Actor(
        issuer="urn:childhub:test",
        subject=subject,
        agency=f"urn:childhub:agency:{agency.replace('_', '-')}",
        agency_kind=kind,
        role=role,
        assurance="test",
        via="command",
    )


def a_decision(person_id: UUID, history_version: int, effect: str = "permitted") -> AccessDecided:
    """A decision about a chronology."""
    return AccessDecided(
        decision_id=an_id(f"decision {person_id} {history_version} {effect}"),
        at=NOW,
        person_id=person_id,
        actor=an_actor(),
        purpose=Purpose.SECTION_47,
        operation=LogOperation.CONSULTATION,
        what="chronology",
        effect="permitted" if effect == "permitted" else "refused",
        law="",
        grounds=(),
        bars=(),
        warnings=(),
        history_version=history_version,
        items_shown=1,
        classes=(FieldClass.NARRATIVE,),
        withheld=(),
        as_known_on=None,
    )


def report_text(report: Report) -> str:
    """The report's own bytes, as text."""
    return report.to_bytes().decode()
