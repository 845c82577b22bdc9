"""The people of a FHIR resource: Patient and RelatedPerson, whole or named by a reference (UK Core)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from agencies.formats.fhir_bundle import File, resolve
from agencies.formats.fhir_codes import SEX, role_of_relationship
from agencies.formats.fhir_local import stated_role
from agencies.formats.fhir_r4 import Body
from agencies.formats.fhir_values import (
    codings,
    extension_value,
    extensions,
    member,
    members,
    text,
    texts,
    when,
    wording,
)
from contracts.errors import NotReadable
from contracts.identifiers import Identifier, Scheme, identifier
from contracts.report import Name, Person, Place
from contracts.vocabulary import PersonRole, Sex
from contracts.when import When

ADULT_AGE = 18
EDITION = date(2026, 1, 1)  # no message is read before this adapter was written
_VERIFIED = {
    "ukcore-nhsnumberverificationstatusengland": "01",
    "ukcore-nhsnumberverificationstatus": "number-present-and-verified",
    "careconnect-nhsnumberverificationstatus-1": "01",
}
_OPEN_LABELS = frozenset({"U", "L", "M", "N"})
_NAME_USES: dict[str, Literal["official", "usual", "alias", "maiden", "old"]] = {
    "official": "official",
    "usual": "usual",
    "maiden": "maiden",
    "old": "old",
    "nickname": "alias",
    "anonymous": "alias",
    "temp": "alias",
}
_LOCAL_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Party:
    """A person as the message describes them. `said` is the reference by which the message calls them."""

    said: str
    identifiers: tuple[Identifier, ...] = ()
    names: tuple[Name, ...] = ()
    birth_date: When | None = None
    sex: Sex = Sex.UNKNOWN
    address: Place | None = None
    protected: bool = False
    relationship: str | None = None
    role: PersonRole | None = None
    unborn: bool = False
    described_by: Body | None = None

    def is_known(self) -> bool:
        """Whether anything at all says who the person is."""
        return bool(self.identifiers or self.names)

    def numbers(self) -> frozenset[str]:
        """The numbers by which the person may be found; a filler such as one digit repeated is none."""
        return frozenset(str(one) for one in self.identifiers if one.may_match)

    def described_by_relation(self) -> bool:
        """Whether the message knows the person only as somebody's relation."""
        return self.described_by is not None and self.described_by.get("resourceType") == "RelatedPerson"

    def role_on(self, day: date | None) -> PersonRole:
        """The role stated; else child when under eighteen on that day; else other. With no day, no age is guessed."""
        if self.role is not None:
            return self.role
        return PersonRole.CHILD if self.age_on(day) == "child" else PersonRole.OTHER

    def age_on(self, day: date | None) -> Literal["child", "adult", "unknown"]:
        """Whether the person was under eighteen on that day; a partial birth date is read as late as it may be.

        With no day, only somebody grown before this edition was written is known to be an adult.
        """
        born = self.birth_date.day() if self.birth_date is not None else None
        if born is None or self.birth_date is None or self.birth_date.value is None:
            return "unknown"
        whole = self.birth_date.value
        latest = (12 if len(whole) < 7 else born.month, 31 if len(whole) < 10 else born.day)
        at = day or EDITION
        years = at.year - born.year - ((at.month, at.day) < latest)
        if years >= ADULT_AGE:
            return "adult"
        return "child" if day is not None else "unknown"

    def as_person(self, ref: str, role: PersonRole, with_address: bool) -> Person:
        """The person as a report names them."""
        return Person(
            ref=ref,
            role=role,
            identifiers=self.identifiers,
            names=self.names,
            birth_date=self.birth_date,
            birth_expected=self.unborn,
            sex=self.sex,
            address=self.address if with_address else None,
            relationship=self.relationship,
        )


def party_at(reference: Body, holder: Body, file: File) -> Party | None:
    """The person whom a Reference names, from inside the file or by an identifier; None when it names no person.

    Raises NotReadable: reference_loop, reference_ambiguous, reference_unreadable, ambiguous_identifier, bad_date.
    """
    said = text(reference, "reference") or ""
    named = _identifiers((member(reference, "identifier"),))
    found = resolve(said, holder, file) if said else None
    if found is None:
        if not named:
            return None
        shown = text(reference, "display")
        names = (Name(text=shown[:400], use="usual"),) if shown else ()
        return Party(said=said, identifiers=named, names=names, role=stated_role(reference))
    if found.get("resourceType") not in ("Patient", "RelatedPerson"):
        return None
    party = party_of(found, said)
    _refuse_two_numbers(party.identifiers, named)
    return replace(party, role=stated_role(reference) or party.role)


def is_of_person(reference: Body) -> bool:
    """Whether a Reference says that it names a patient, even where nothing tells who that is."""
    said = text(reference, "reference") or ""
    return text(reference, "type") == "Patient" or "Patient/" in said


def party_of(resource: Body, said: str) -> Party:
    """The person that a Patient or RelatedPerson describes. Raises NotReadable: ambiguous_identifier, bad_date."""
    protected = is_protected(resource)
    born = text(resource, "birthDate")
    relations = members(resource, "relationship")
    return Party(
        said=said,
        identifiers=_identifiers(members(resource, "identifier")),
        names=tuple(found for found in map(_name, members(resource, "name")) if found is not None),
        birth_date=when(born) if born is not None else None,
        sex=SEX.get(text(resource, "gender") or "", Sex.UNKNOWN),
        address=_address(members(resource, "address"), protected=protected),
        protected=protected,
        relationship=next((said[:80] for said in map(wording, relations) if said is not None), None),
        role=stated_role(resource) or role_of_relationship(one for each in relations for one in codings(each)),
        described_by=resource,
    )


def contacts_of(patient: Body) -> tuple[Party, ...]:
    """The people whom a Patient names as contacts: name and relationship only, no telephone and no address."""
    found = []
    for contact in members(patient, "contact"):
        name = _name(member(contact, "name"))
        if name is not None:
            relations = members(contact, "relationship")
            words = next((said[:80] for said in map(wording, relations) if said is not None), None)
            role = role_of_relationship(one for each in relations for one in codings(each))
            found.append(Party(said="", names=(name,), relationship=words, role=role or PersonRole.OTHER))
    return tuple(found)


def is_protected(resource: Body) -> bool:
    """Whether a security label says that where the person is must not be shown (PDS R, V, REDACTED; v3)."""
    for label in members(member(resource, "meta"), "security"):
        code = (text(label, "code") or "").upper()
        scheme = (text(label, "system") or "").lower()
        if code in ("R", "V", "REDACTED") or (scheme.endswith("v3-confidentiality") and code not in _OPEN_LABELS):
            return True
    return False


def _identifiers(given: tuple[Body, ...]) -> tuple[Identifier, ...]:
    numbers = tuple(one for one in given if _is_nhs_number(one) and text(one, "value"))
    chosen = _nhs_numbers(numbers)
    local = (_local(one) for one in given if not _is_nhs_number(one))
    return (*chosen, *(found for found in local if found is not None))


def _nhs_numbers(numbers: tuple[Body, ...]) -> tuple[Identifier, ...]:
    """The NHS number first, then the others, kept. Raises NotReadable: ambiguous_identifier."""
    current = {_nhs(one).value for one in numbers if text(one, "use") != "old"}
    sure = {_nhs(one).value for one in numbers if text(one, "use") == "official" and _nhs(one).traced}
    if len(current) > 1 and len(sure) != 1:
        raise NotReadable("ambiguous_identifier")
    first = sure if len(current) > 1 else current
    kept: dict[str, Identifier] = {}
    for one in sorted(numbers, key=lambda one: (_nhs(one).value not in first, not _nhs(one).traced)):
        found = _nhs(one)
        kept.setdefault(found.value, found if found.value in first else found.model_copy(update={"traced": False}))
    return tuple(kept.values())


def _nhs(one: Body) -> Identifier:
    states = codings(member(extension_value(one, "extension-ukcore-nhsnumberverificationstatus"), _CONCEPT))
    states += codings(member(extension_value(one, "extension-careconnect-nhsnumberverificationstatus-1"), _CONCEPT))
    traced = any(_VERIFIED.get(state.scheme) == state.code for state in states) if states else None
    return identifier(Scheme.NHS_NUMBER, text(one, "value") or "", traced=traced)


_CONCEPT = "valueCodeableConcept"


def _is_nhs_number(one: Body) -> bool:
    return (text(one, "system") or "").lower().rstrip("/") == "https://fhir.nhs.uk/id/nhs-number"


def _local(one: Body) -> Identifier | None:
    """A number of the sender's own, under the address of its numbering so that no two systems' numbers are mixed."""
    system, value = text(one, "system"), text(one, "value")
    if system is None or value is None or len(system) + 1 + len(value) > _LOCAL_LIMIT:
        return None
    return identifier(Scheme.LOCAL, f"{system.lower()}|{value}")


def _refuse_two_numbers(found: tuple[Identifier, ...], named: tuple[Identifier, ...]) -> None:
    ours = {one.value for one in found if one.scheme is Scheme.NHS_NUMBER}
    theirs = {one.value for one in named if one.scheme is Scheme.NHS_NUMBER}
    if ours and theirs and not ours & theirs:
        raise NotReadable("ambiguous_identifier")


def _name(part: Body) -> Name | None:
    family, words = text(part, "family"), text(part, "text")
    given = " ".join(texts(part, "given")) or None
    if family is None and given is None and words is None:
        return None
    use = _NAME_USES.get(text(part, "use") or "", "usual")
    return Name(family=family, given=given, text=words, use=use)


def _address(given: tuple[Body, ...], *, protected: bool) -> Place | None:
    if protected:
        return Place(withheld=True, withheld_reason="protected_by_source")
    usable = [one for one in given if text(one, "use") != "old" and not member(one, "period").get("end")]
    chosen = sorted(usable, key=lambda one: ("home", None, "temp").index(_use(one)))
    if not chosen:
        return None
    one = chosen[0]
    lines = (*texts(one, "line"), text(one, "city"), text(one, "district"))
    words = text(one, "text") or ", ".join(line for line in lines if line) or None
    return Place(text=words, postcode=text(one, "postalCode"), uprn=_uprn(one))


def _use(address: Body) -> str | None:
    use = text(address, "use")
    return use if use in ("home", "temp") else None


def _uprn(address: Body) -> str | None:
    for key in extensions(address, "extension-ukcore-addresskey"):
        kind = codings(member(extension_value(key, "type"), _CONCEPT)) + tuple(
            one for one in codings({"coding": [member(extension_value(key, "type"), "valueCoding")]})
        )
        value = text(extension_value(key, "value"), "valueString") or ""
        if any(one.code.upper() == "UPRN" for one in kind) and value.isascii() and value.isdigit() and len(value) <= 12:
            return value
    return None
