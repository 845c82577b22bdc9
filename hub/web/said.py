"""What the pages say for codes: bases, telling, marks, matches, people, all from closed sets and matched whole."""

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from consent.packs import CODE_16LA, PARTS
from contracts.compartment import Compartment
from contracts.events.hub import AccessDecided, Mark
from contracts.events.requests import Answer
from contracts.events.telling import TellingStated
from contracts.report import LawfulBasis, Told
from contracts.vocabulary import (
    Annex1,
    Article6,
    Article9,
    Confidence,
    ConsentState,
    Gateway,
    NoConsentReason,
    PersonRole,
    Regime,
    StaffRole,
    StatementKind,
    Telling,
)
from hub.domain import held_words, identity, words
from hub.domain.chronology import Entry
from hub.domain.lines import Line
from hub.domain.own_numbers import name_of
from hub.domain.silence import Silence

Code = TypeVar("Code", bound=StrEnum)

ROLES: Mapping[StaffRole, str] = {
    StaffRole.MASH_DECISION_MAKER: "MASH decision-maker",
    StaffRole.MASH_RESEARCHER: "MASH researcher",
    StaffRole.PRACTITIONER: "Practitioner",
    StaffRole.IG_OFFICER: "Information-governance officer",
}
KINDS: Mapping[StatementKind, str] = {
    StatementKind.FACT_RECORDED: "Recorded as a fact",
    StatementKind.OBSERVATION: "Seen or measured",
    StatementKind.ALLEGATION: "Alleged, not proved",
    StatementKind.CHILD_VOICE: "Child's words",
    StatementKind.THIRD_PARTY: "From or about someone else",
    StatementKind.PROFESSIONAL_OPINION: "Professional view",
    StatementKind.SYSTEM_DERIVED: "Calculated",
}
ARTICLE_6: Mapping[Article6, str] = {
    Article6.CONSENT: "Consent",
    Article6.CONTRACT: "Contract",
    Article6.LEGAL_OBLIGATION: "Legal obligation",
    Article6.VITAL_INTERESTS: "Vital interests",
    Article6.PUBLIC_TASK: "Public task",
    Article6.RECOGNISED_LEGITIMATE_INTEREST: "Recognised legitimate interest",
    Article6.LEGITIMATE_INTERESTS: "Legitimate interests",
}
ARTICLE_9: Mapping[Article9, str] = {
    Article9.EXPLICIT_CONSENT: "explicit consent",
    Article9.SOCIAL_PROTECTION: "social protection condition (Sch 1 para 1)",
    Article9.VITAL_INTERESTS: "vital interests condition",
    Article9.LEGAL_CLAIMS: "legal claims condition",
    Article9.STATUTORY_PURPOSE: "statutory purpose condition (Sch 1 para 6)",
    Article9.UNLAWFUL_ACTS: "unlawful acts condition (Sch 1 para 10)",
    Article9.SAFEGUARDING: "safeguarding condition (Sch 1 para 18)",
    Article9.HEALTH_OR_SOCIAL_CARE: "health or social care condition (Sch 1 para 2)",
    Article9.SCHEDULE_8_SAFEGUARDING: "safeguarding condition (Sch 8 para 4)",
}
NO_CONSENT: Mapping[NoConsentReason, str] = {
    NoConsentReason.CANNOT_BE_GIVEN: "consent could not be given",
    NoConsentReason.NOT_REASONABLE_TO_OBTAIN: "consent could not reasonably be obtained",
    NoConsentReason.WOULD_PREJUDICE: "asking for consent would have prejudiced the protection",
}
TELLING: Mapping[Telling, str] = {
    Telling.TOLD_BEFORE: "Told before",
    Telling.TOLD_AT: "Told at the time",
    Telling.TOLD_AFTER: "Told afterwards",
    Telling.DUE: "To be told",
    Telling.NOT_TOLD_SAFETY: "Not told, for someone's safety",
    Telling.NOT_TOLD_PREJUDICE: "Not told, so as not to prejudice an enquiry",
    Telling.NOT_CONTACTABLE: "Could not be reached",
    Telling.NOT_KNOWN: "Not known whether told",
}
MARKS: Mapping[str, str] = {
    "received_late": "Received more than 30 days after it happened",
    "happened_in_future": "Dated after the hub received it: check the date with the agency",
    "not_to_be_seen_by_unknown": "It names somebody it is not to be seen by whom nobody here knows; that bars nobody",
    "zone_assumed": "Its time is taken as time in England: the agency gave no time zone",
    "agreement_review_overdue": "Sharing agreement past its review date",
    "agreement_not_started": "Sharing agreement not yet started",
    "agreement_type": "Not a kind of report that was agreed",
    "agreement_purpose": "Not a purpose that was agreed",
    "basis_to_be_corrected": "Basis to be corrected",
    "collected_on_consent": "First collected on consent",
    "hidden_characters": "Holds characters that do not show; its words may not read as they look",
}
NO_NOTICE = frozenset({"zone_assumed"})  # how a time was read: to be known, and nothing to be put right
SCHEMES: Mapping[str, str] = {
    "nhs": "NHS number",
    "upn": "Unique Pupil Number",
    "la": "council's number for the child",
    "local": "the agency's own number",
    "evidence": "the same details as before, still in question",
}
ANSWERS: Mapping[Answer, str] = {
    "known_relevant": "Known, and something is relevant",
    "known_nothing_relevant": "Known, and nothing that is relevant",
    "not_known": "Not known to them",
    "more_time": "They need more time",
    "cannot_share": "They cannot share",
}
OWN_NAME = frozenset({"what_happened", "professional_view", "child_words"})


def law(pack: str) -> str:
    """The name of a pack of law and guidance, such as `WT2026+DUAA`, in words."""
    titles = {part.code: part.title for part in PARTS} | {CODE_16LA: "the duty to share (Children Act 2004 s16LA)"}
    edition, *others = (titles.get(code, code) for code in pack.split("+"))
    rest = " and ".join(_lower(one) for one in others)
    return f"{edition}, with {rest}" if rest else edition


def plain(code: str) -> str:
    """A code as words: `parent_or_carer` is `Parent or carer`."""
    return code.replace("_", " ").replace("-", " ").capitalize()


def label(field: str) -> str:
    """What stands before a statement; nothing where the column's own heading says it."""
    return "" if field in OWN_NAME else plain(field)


def basis(stated: LawfulBasis) -> str:
    """The lawful basis stated for one person, in words."""
    ground = _known(Article6, stated.article6, ARTICLE_6) or "No basis stated"
    annex = _meaning(Annex1, stated.annex1)
    condition = _known(Article9, stated.article9, ARTICLE_9)
    reason = _known(NoConsentReason, stated.no_consent_reason, NO_CONSENT)
    gateway = _meaning(Gateway, stated.gateway)
    return "; ".join(
        part
        for part in (
            f"{ground} ({annex})" if annex else ground,
            ", ".join(one for one in (condition, reason) if one),
            "criminal-offence data" if stated.article10 else "",
            f"power or duty: {gateway}" if gateway else "",
            "held for law enforcement (DPA 2018 Part 3)" if stated.regime is Regime.PART_3 else "",
        )
        if part
    )


def confidence(stated: LawfulBasis) -> str:
    """How confidence and consent stand, where there is something to say."""
    parts = []
    if stated.confidence is not Confidence.NOT_ENGAGED:
        parts.append(f"Confidence: {_lower(stated.confidence.meaning)}")
    if stated.consent is not ConsentState.NOT_BASIS:
        parts.append(f"Consent: {_lower(stated.consent.meaning)}")
    return ". ".join(parts)


def telling_details(told: Told) -> tuple[str, ...]:
    """When, who decided, who approved, and when it is looked at again."""
    found = [
        words.when(told.on) if told.on is not None else "",
        f"decided by {told.decided_by}" if told.decided_by else "",
        f"approved by {told.approved_by}" if told.approved_by else "",
        f"reason: {told.reason.rstrip('.')}" if told.reason else "",
    ]
    if told.review_on is not None:
        found.append(f"to be looked at again on {words.when(told.review_on)}")
    elif told.state in (Telling.NOT_TOLD_SAFETY, Telling.NOT_TOLD_PREJUDICE, Telling.DUE):
        found.append("no review date given")
    return tuple(one for one in found if one)


def since(one: TellingStated) -> str:
    """What was stated at the hub of telling somebody, less its state, which stands before it."""
    text = words.telling_since(one).removeprefix(f"{one.state.meaning}, ")
    return text[:1].upper() + text[1:]


def mark(one: Mark) -> str:
    """What a mark says to a reader, with the rule's own words."""
    start = MARKS.get(one.code, plain(one.code))
    return f"{start}. {one.says}" if one.says else start


def proposed(text: str) -> str:
    """What would put a basis right; the code at its head, and those of powers after it, in words."""
    code, _, rest = text.partition(" ")
    grounds = {one.value: said for table in (ARTICLE_6, ARTICLE_9) for one, said in table.items()}
    powers = {one.value: one.meaning for one in Gateway} | {Gateway.COMMON_LAW.value: "the common law"}
    return " ".join((grounds.get(code, code), *(powers.get(one, one) for one in rest.split())))


def about(line: Line, names: tuple[str, ...]) -> str:
    """Whom a statement is about, where that is somebody other than the child."""
    name = name_of(line.about) if line.about is not None else ""
    return "" if name in names else name


def match(entry: Entry) -> str:
    """How sure the hub is that the report is about this child."""
    on = ", ".join(SCHEMES.get(one, plain(one)) for one in entry.matched_on)
    match entry.certainty:
        case "known" if identity.BY_PEOPLE in entry.matched_on:
            return "Two people decided that it is this child"
        case "known":
            return f"Exact match on {on}" if on else "Exact match"
        case "questioned":
            return "In question: a person must decide whether this is the same child"
        case _:
            return "First report under this reference"


def who(entry: Entry, ref: str) -> str:
    """The person that a basis or a telling is about: name and role, as far as they are shown."""
    person = next((one for one in entry.people if one.ref == ref), None)
    if person is None:
        return "A person whose name is not shown"
    name, role = name_of(person), plain(person.role)
    return f"{name} ({_lower(role)})" if name else f"{role}, name not recorded"


def called(label: str, role: PersonRole | None) -> str:
    """Somebody whose name is not opened: the report's label in words, and the role where it is known."""
    spaced = re.sub(r"(?<=[a-z])(?=[0-9])", " ", label.replace("_", " "))
    words_of_role = _lower(plain(role)) if role is not None else ""
    also = f", {words_of_role}" if words_of_role not in ("", spaced) else ""
    return f"{spaced[:1].upper()}{spaced[1:]}{also}"


def silence(one: Silence) -> str:
    """Which silence it is."""
    said = words.silence(one)
    return f"{said[0].upper()}{said[1:]}."


def short_basis(entry: Entry) -> tuple[str, ...]:
    """The grounds stated for the entry, each once, in two or three words."""
    found = (_known(Article6, one.article6, ARTICLE_6) or "No basis stated" for one in entry.bases)
    return tuple(dict.fromkeys(found)) or ("Basis not stated",)


def short_telling(entry: Entry) -> tuple[str, ...]:
    """Who was told, each state once with how many it is of; what was stated since counts for those it is about."""
    if len(entry.telling) == 1 and not entry.told_since:
        return (TELLING[entry.telling[0].state],)
    since = {one.label: one.state for one in entry.told_since}
    states = [since.get(one.person, one.state) for one in entry.telling]
    states += [state for label, state in since.items() if label not in {one.person for one in entry.telling}]
    found = Counter(TELLING[one] for one in states)
    return tuple(f"{said} ({times})" if times > 1 else said for said, times in found.items()) or ("Telling not stated",)


def outcome(decided: AccessDecided) -> str:
    """What was decided, in words."""
    return "Shown" if decided.effect == "permitted" else "Refused"


@cache
def _members(kind: type[Code]) -> Mapping[str, Code]:
    return {one.value: one for one in kind}


def _known(kind: type[Code], code: str | None, said: Mapping[Code, str]) -> str:
    if code is None:
        return ""
    member = _members(kind).get(code)
    return said[member] if member is not None else f"code {code}, not one that this edition knows"


def _meaning(kind: type[Annex1] | type[Gateway], code: str | None) -> str:
    if code is None:
        return ""
    member = _members(kind).get(code)
    return member.meaning if member is not None else f"code {code}, not one that this edition knows"


def held(compartment: Compartment, agency: str, words: str = "") -> str:
    """That a part of an entry is held apart, by whom, and what to do."""
    return held_words.held(compartment, agency, words)


def opens(compartment: Compartment) -> str:
    """How it opens, where it can be opened at all."""
    return held_words.opens(compartment)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
