"""The hub's own FHIR extensions, by which a partner states what R4 has no element for. All are optional.

Each has an address under https://childhub.example/StructureDefinition/ :
- `statement` on any shared resource: `field` and `kind` (valueCode, as in the hub's field rules), `value` (valueString,
  valueBoolean or valueInteger), and if wished `by`, `said-by` (valueString) and `about` (valueReference); on a
  Communication's payload it has no `value`: it marks the payload's own words;
- `telling`: `person` (valueReference; left out for everyone), `state` (valueCode), `reason`, `decided-by`,
  `approved-by` (valueString), `on`, `review-on` (valueDate);
- `basis`: `person` (valueReference; left out for everyone), then any of `article6`, `annex1`, `article9`,
  `no-consent-reason`, `gateway`, `confidence`, `consent` (valueCode);
- `handling`: `purpose`, `need`, `sensitivity` (valueCode; the last may repeat), `urgent` (valueBoolean);
- `person-role` on a Patient, a RelatedPerson or a Reference: valueCode, one of the hub's person roles.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from agencies.formats.fhir_r4 import Body
from agencies.formats.fhir_values import member, members, text
from contracts.described import Described
from contracts.errors import NotReadable
from contracts.vocabulary import (
    Confidence,
    ConsentState,
    NeedLevel,
    PersonRole,
    Purpose,
    SensitivityTag,
    StatementKind,
    Telling,
)

BASE = "https://childhub.example/structuredefinition/"
_BASIS_CODES = {
    "article6": "article6",
    "annex1": "annex1",
    "article9": "article9",
    "no-consent-reason": "no_consent_reason",
    "gateway": "gateway",
}


AnyCode = TypeVar("AnyCode", bound=Described)


@dataclass(frozen=True, slots=True)
class LocalStatement:
    """A statement as the partner marked it. `about` is the reference to the person it is about."""

    field: str
    kind: StatementKind
    value: str | int | bool | None
    by: str | None
    said_by: str | None
    about: str | None


@dataclass(frozen=True, slots=True)
class LocalTelling:
    """Whether a person was told; `person` is a reference, or None for everyone not named otherwise."""

    person: str | None
    state: Telling
    reason: str | None
    decided_by: str | None
    approved_by: str | None
    on: str | None
    review_on: str | None


@dataclass(frozen=True, slots=True)
class LocalBasis:
    """The basis stated for a person; `person` is a reference, or None for everyone not named otherwise."""

    person: str | None
    codes: Mapping[str, str]
    confidence: Confidence | None
    consent: ConsentState | None


@dataclass(frozen=True, slots=True)
class Local:
    """All that our own extensions on one resource say."""

    statements: tuple[LocalStatement, ...] = ()
    tellings: tuple[LocalTelling, ...] = ()
    bases: tuple[LocalBasis, ...] = ()
    purpose: Purpose | None = None
    need: NeedLevel | None = None
    urgent: bool = False
    sensitivity: tuple[SensitivityTag, ...] = field(default=())


def read(resource: Body) -> Local:
    """What our extensions on the resource say. Raises NotReadable: local_extension (a code or part is not ours)."""
    try:
        return Local(
            statements=(*_marked_words(resource), *map(_statement, _ours(resource, "statement"))),
            tellings=tuple(map(_telling, _ours(resource, "telling"))),
            bases=tuple(map(_basis, _ours(resource, "basis"))),
            purpose=next((_one(Purpose, code) for code in _handling(resource, "purpose")), None),
            need=next((_one(NeedLevel, code) for code in _handling(resource, "need")), None),
            urgent=any(_part(one, "urgent").get("valueBoolean") is True for one in _ours(resource, "handling")),
            sensitivity=tuple(_one(SensitivityTag, code) for code in _handling(resource, "sensitivity")),
        )
    except ValueError:
        raise NotReadable("local_extension") from None


def stated_role(part: Body) -> PersonRole | None:
    """The role that our extension on a person, or a reference to one, states. Raises NotReadable: local_extension."""
    code = next((text(one, "valueCode") for one in _ours(part, "person-role")), None)
    if code is None:
        return None
    try:
        return _one(PersonRole, code)
    except ValueError:
        raise NotReadable("local_extension") from None


def _one(kind: type[AnyCode], code: str | None) -> AnyCode:
    """The member of that code. Raises ValueError."""
    for one in kind:
        if one.value == code:
            return one
    raise ValueError("no such code")


def _ours(part: Body, name: str) -> tuple[Body, ...]:
    return tuple(one for one in members(part, "extension") if (text(one, "url") or "").lower() == BASE + name)


def _part(extension: Body, name: str) -> Body:
    return next((one for one in members(extension, "extension") if one.get("url") == name), {})


def _code(extension: Body, name: str) -> str | None:
    return text(_part(extension, name), "valueCode")


def _words(extension: Body, name: str) -> str | None:
    return text(_part(extension, name), "valueString")


def _person(extension: Body, name: str) -> str | None:
    return text(member(_part(extension, name), "valueReference"), "reference")


def _handling(resource: Body, name: str) -> tuple[str, ...]:
    parts = (part for one in _ours(resource, "handling") for part in members(one, "extension"))
    return tuple(text(part, "valueCode") or "" for part in parts if part.get("url") == name)


def _statement(extension: Body) -> LocalStatement:
    return LocalStatement(
        field=_code(extension, "field") or "",
        kind=_one(StatementKind, _code(extension, "kind")),
        value=_value(_part(extension, "value")),
        by=_words(extension, "by"),
        said_by=_words(extension, "said-by"),
        about=_person(extension, "about"),
    )


def _marked_words(resource: Body) -> tuple[LocalStatement, ...]:
    """The words of a message that our extension marks; said by its sender unless it says otherwise."""
    sender = text(member(resource, "sender"), "display")
    found = []
    for part in members(resource, "payload"):
        for mark in map(_statement, _ours(part, "statement")):
            found.append(replace(mark, value=text(part, "contentString"), by=mark.by or sender))
    return tuple(found)


def is_marked(part: Body) -> bool:
    """Whether our extension marks the words of this part of a message."""
    return bool(_ours(part, "statement"))


def _value(part: Body) -> str | int | bool | None:
    for name in ("valueString", "valueBoolean", "valueInteger"):
        found = part.get(name)
        if isinstance(found, str | int | bool):
            return found
    return None


def _telling(extension: Body) -> LocalTelling:
    return LocalTelling(
        person=_person(extension, "person"),
        state=_one(Telling, _code(extension, "state")),
        reason=_words(extension, "reason"),
        decided_by=_words(extension, "decided-by"),
        approved_by=_words(extension, "approved-by"),
        on=text(_part(extension, "on"), "valueDate"),
        review_on=text(_part(extension, "review-on"), "valueDate"),
    )


def _basis(extension: Body) -> LocalBasis:
    given = {ours: _code(extension, name) for name, ours in _BASIS_CODES.items()}
    confidence, consent = _code(extension, "confidence"), _code(extension, "consent")
    return LocalBasis(
        person=_person(extension, "person"),
        codes={name: code for name, code in given.items() if code is not None},
        confidence=_one(Confidence, confidence) if confidence is not None else None,
        consent=_one(ConsentState, consent) if consent is not None else None,
    )
