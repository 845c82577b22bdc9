"""What a family may be told of what is held, who looked and what was shared: codes and dates, and one letter.

An item is listed only where it is on record that this person was told of it, and no rule holds it back. What is hidden,
what is absent and what is suppressed leave the same letter: nothing in it, its length included, hangs on anything else.
Sources: UK GDPR Arts 12-15; DPA 2018 Sch 2 paras 2, 16, Sch 3, s45(5)-(6); DfE information sharing advice 2024, rule 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from consent.circumstances import Circumstances, Requester
from consent.decide import LawSettings, Outcome, decide
from consent.request import Act, FactsInLaw, Request
from consent.telling_said import TOLD
from contracts.events.hub import AccessDecided, ReportLinked, Withheld
from contracts.events.sharing import DisclosureDecided
from contracts.events.telling import AskerKind, FamilyAsked, Proof
from contracts.vocabulary import FieldClass, LogOperation, PersonRole, Purpose, SensitivityTag, StaffRole
from hub.domain import in_law
from hub.domain.access import Asked, Before, reading
from hub.domain.findings_kept import cited
from hub.domain.moment import day_in_london
from hub.domain.telling_clash import cautious

ANSWERING = frozenset({StaffRole.IG_OFFICER})
# A look or a share for any other purpose tells that somebody enquires; it is never listed.
TELLABLE = frozenset({Purpose.EARLY_HELP, Purpose.SECTION_17})
_REQUESTERS = {"child": Requester.CHILD, "parent": Requester.PARENT, "other": Requester.OTHER}
_CHILDREN = frozenset({PersonRole.CHILD, PersonRole.UNBORN_CHILD, PersonRole.SIBLING})

NO_PROOF = "Nobody has made sure who asks"
NO_RIGHT = "Only the child, or somebody with parental responsibility, is answered in this way"
PROTECTED = "The address is protected: who states something may lead to it"
NOT_NAMED = "The report names nobody under this label"
NOT_TOLD = "It is not on record that this person was told"
ANOTHER_NOT_TOLD = "Somebody else in the report is not told, and nobody has said which of them asks"
NAMED_NOT_TO_SEE = "Its agency says that this person must not see it"
SAFETY = "A victim's safety, or a source, could suffer"
IN_QUESTION = "Whose report it is has been in question"
OTHER_LAW = "The law on access holds it back until what the findings say is settled"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the label under which reports name them, what they are to the child, and how that was made sure of.

    `also` are other labels for the same person, since each agency has its own.
    `named` are reports in which somebody at the hub has looked and says that the label is truly this person.
    """

    label: str
    kind: AskerKind
    proof: Proof
    named: frozenset[UUID] = frozenset()
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FamilyDecision:
    """The facts to keep, and what may be listed: reports, looks and shares, each oldest first."""

    fact: AccessDecided
    asked: FamilyAsked
    items: tuple[ReportLinked, ...]
    looks: tuple[AccessDecided, ...]
    shares: tuple[DisclosureDecided, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What the hub holds that bears on the answer; `shown_at` gives the reports that stood at a version.

    `protected_since` is when anything first protected the address. Only what came later is held back for it: who stated
    it could lead to the place, while a list that shrank would tell that there is something to protect.
    """

    before: Before
    access: tuple[AccessDecided | DisclosureDecided, ...]
    shown_at: Mapping[int, frozenset[UUID]]
    protected_since: datetime | None = None

    def is_shielded(self, at: datetime) -> bool:
        """Whether what came at this moment may lead to a protected address."""
        return self.protected_since is not None and at >= self.protected_since


def decide_family(asked: Asked, asker: Asker, held: Held, decision_id: UUID, settings: LawSettings) -> FamilyDecision:
    """Whether this member of staff prepares answers, and what this answer may list."""
    looking = decide(reading(replace(asked, purpose=Purpose.AUDIT)), FactsInLaw(items=()), settings=settings)
    permitted = looking.permitted and asked.actor.role in ANSWERING
    outcomes = {link.report_id: _judge(asked, asker, link, settings) for link in held.before.linked}
    reasons = _reasons(asker, held, outcomes)
    listed = tuple(link for link in held.before.linked if reasons[link.report_id] is None) if permitted else ()
    fact = _fact(asked, held.before, decision_id, (looking, *outcomes.values()) if permitted else (looking,))
    kept = tuple((link.report_id, reason) for link in held.before.linked if (reason := reasons[link.report_id]))
    fact = fact.model_copy(
        update={
            "items_shown": len(listed),
            "withheld": tuple(_withheld(one, why) for one, why in kept) if permitted else (),
            "not_shown": tuple(one for one, _ in kept) if permitted else (),
        }
    )
    said = FamilyAsked(
        decision_id=decision_id,
        at=asked.at,
        person_id=held.before.person_id,
        actor=asked.actor,
        asker=asker.label,
        also=tuple(sorted(asker.also)),
        asker_kind=asker.kind,
        proof=asker.proof,
    )
    told = frozenset(link.report_id for link in listed)
    looks = tuple(one for one in held.access if isinstance(one, AccessDecided) and _is_told(one, told, held))
    shares = tuple(one for one in held.access if isinstance(one, DisclosureDecided) and _went_told(one, told, held))
    return FamilyDecision(fact, said, tuple(sorted(listed, key=lambda link: link.received)), looks, shares)


def _fact(asked: Asked, before: Before, decision_id: UUID, outcomes: tuple[Outcome, ...]) -> AccessDecided:
    """The decision as it is before anything is listed; the first outcome says whether it is this person's work."""
    permitted = outcomes[0].permitted and asked.actor.role in ANSWERING
    return AccessDecided(
        decision_id=decision_id,
        at=asked.at,
        person_id=before.person_id,
        actor=asked.actor,
        purpose=Purpose.SUBJECT_ACCESS,
        operation=LogOperation.DISCLOSURE,
        what="family_answer",
        effect="permitted" if permitted else "refused",
        law=outcomes[0].pack,
        grounds=cited(tuple(one for each in outcomes for one in each.grounds)),
        bars=cited(tuple(one for each in outcomes for one in each.bars)),
        warnings=cited(tuple(one for each in outcomes for one in each.warnings)),
        history_version=before.version,
        items_shown=0,
        classes=(FieldClass.ADMINISTRATIVE,) if permitted else (),
        withheld=(),
    )


def _withheld(report_id: UUID, reason: str) -> Withheld:
    return Withheld(report_id=report_id, content=FieldClass.ADMINISTRATIVE, reason=reason)


def _judge(asked: Asked, asker: Asker, link: ReportLinked, settings: LawSettings) -> Outcome:
    """What the law of access says of one report by itself: no other report can change the answer to it."""
    request = Request(
        act=Act.SHARE,
        on=day_in_london(asked.at),
        purpose=Purpose.SUBJECT_ACCESS,
        agency=asked.actor.agency,
        agency_kind=asked.actor.agency_kind,
        role=asked.actor.role,
        need=None,
        urgent=False,
    )
    around = Circumstances(requester=_REQUESTERS[asker.kind])
    return decide(request, FactsInLaw((in_law.item(link),), around), settings=settings)


def _reasons(asker: Asker, held: Held, outcomes: Mapping[UUID, Outcome]) -> dict[UUID, str | None]:
    """Why each report is not listed; None for one that is."""
    every = _for_all(asker)
    return {
        link.report_id: every
        or (PROTECTED if held.is_shielded(link.received) else None)
        or _for_one(asker, link)
        or (None if outcomes[link.report_id].permitted else OTHER_LAW)
        for link in held.before.linked
    }


def _for_all(asker: Asker) -> str | None:
    if asker.proof == "not_checked":
        return NO_PROOF
    return NO_RIGHT if asker.kind == "other" else None


def _for_one(asker: Asker, link: ReportLinked) -> str | None:
    roles = {named.person: named.role for named in link.roles}
    told = {one.person for one, _ in cautious(link.telling) if one.state in TOLD}  # said both ways: not told
    mine = {
        one
        for one in (asker.label, *asker.also)
        if one in roles and (roles[one] in _CHILDREN) is (asker.kind == "child")
    }
    if not mine:
        return NOT_NAMED
    if not mine <= told:
        return NOT_TOLD
    if not mine.isdisjoint(link.not_to_be_seen_by):
        return NAMED_NOT_TO_SEE
    if link.report_id not in asker.named and any(_could_be(roles[one], asker) and one not in told for one in roles):
        return ANOTHER_NOT_TOLD
    accused = any(roles[one] is PersonRole.ADULT_OF_CONCERN for one in mine)
    feared = SensitivityTag.VICTIM_SAFETY in link.tags and accused
    if feared or SensitivityTag.INFORMANT in link.tags:
        return SAFETY
    return IN_QUESTION if link.certainty == "questioned" else None


def _could_be(role: PersonRole, asker: Asker) -> bool:
    """Whether somebody in this role could be the one who asks; a professional never is."""
    return role is not PersonRole.PROFESSIONAL and (role in _CHILDREN) is (asker.kind == "child")


def _is_told(look: AccessDecided, told: frozenset[UUID], held: Held) -> bool:
    """Whether a look showed something, and nothing that is not listed."""
    if look.what != "chronology" or look.effect != "permitted" or look.purpose not in TELLABLE:
        return False
    if held.is_shielded(look.at):
        return False
    seen = held.shown_at.get(look.history_version, frozenset()) - frozenset(look.not_shown)
    return bool(seen) and seen <= told


def _went_told(one: DisclosureDecided, told: frozenset[UUID], held: Held) -> bool:
    """Whether a share went, of nothing that is not listed."""
    went = frozenset(item.report_id for item in one.items)
    may_be_known = one.effect == "permitted" and one.purpose in TELLABLE and not held.is_shielded(one.at)
    return may_be_known and bool(went) and went <= told and one.cause != "taken_back"
