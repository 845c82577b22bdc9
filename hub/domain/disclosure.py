"""Whether reports of a child may go to a recipient, which and how much, as a fact to keep before any is opened.

Each item is judged afresh for each recipient: the basis on which an item was received is not the basis on which it
moves on. What may go is what the grounds let through, never more than the sharer may see and the agreement foresees.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from consent.bodies import SCHOOLS
from consent.circumstances import Circumstances
from consent.decide import ItemOutcome, LawSettings, Outcome, decide
from consent.request import Act, FactsInLaw, Request
from contracts.events.hub import Cited, ReportLinked, Withheld
from contracts.events.sharing import DisclosedItem, DisclosureDecided, is_reply
from contracts.report import LawfulBasis
from contracts.vocabulary import AgencyKind, FieldClass, NeedLevel, Purpose
from hub.domain import in_law
from hub.domain.access import Asked, Before, is_shielded, judge_chronology
from hub.domain.agreements import Wanted, passage
from hub.domain.disclosing import NOT_ASKED, Disclosing, Wish
from hub.domain.findings_kept import answered, cited
from hub.domain.moment import day_in_london
from hub.domain.relied_basis import relied_bases

A_FEW = 4  # a handful named one by one is a choice; every item of a longer history is the file (DPA 2018 s37)
NOT_FOR_SHARING = frozenset({Purpose.AUDIT, Purpose.SUBJECT_ACCESS})
NOT_YOURS_TO_SEE = "The member of staff who shares it may not see it"
NOT_AGREED = "The data-sharing agreement with this recipient does not foresee it"
NAMED_NOT_TO_SEE = "Its agency says that this recipient must not see it"
THEIR_OWN = "They sent it themselves"
NOBODY_LEFT = "Without saying who it is about it would be of no use, and could be taken for somebody else"
NOT_PERMITTED = "The disclosure was refused"
NOT_THEIRS = Cited(
    rule="not-theirs-to-share",
    citation="UK GDPR Art 5(1)(b), (f); DPA 2018 s62(4)",
    says="Nobody passes on what they may not see for this purpose, and checking is no purpose to share for.",
)
NOT_HERE = Cited(
    rule="not-in-this-history",
    citation="UK GDPR Art 5(1)(d)",
    says="A report that was asked for does not stand in this child's history.",
)
CLOSED_AT_ITS_SOURCE = "source_agreement_review_overdue"
Held = dict[FieldClass, str]


@dataclass(frozen=True, slots=True)
class _Judging:
    """The request in law with its answer, and what each item may at most be."""

    asked: Disclosing
    links: Mapping[UUID, ReportLinked]
    bases: Mapping[UUID, tuple[LawfulBasis, ...]]
    outcome: Outcome
    reading: Outcome | None
    marks: Mapping[UUID, tuple[str, ...]]

    @property
    def may_share(self) -> bool:
        """Whether the member of staff may know of the child at all, and shares for a purpose that sharing serves."""
        if self.reading is None:
            return True
        return not self.asked.kept_from and self.reading.permitted and self.asked.purpose not in NOT_FOR_SHARING


def may_know(fact: DisclosureDecided) -> bool:
    """Whether the one who asked may be told why; a reader who may see nothing is not told even that."""
    return all(bar.rule != NOT_THEIRS.rule for bar in fact.bars)


def decide_disclosure(
    asked: Disclosing, before: Before, disclosure_id: UUID, settings: LawSettings
) -> DisclosureDecided:
    """The decision, with every ground, bar, warning and fix, and for each item the classes that go and those held."""
    judging, items, withheld = _judge(asked, before, settings), list[DisclosedItem](), list[Withheld]()
    for wish in asked.wishes:
        classes, held = _classes(judging, wish, judging.outcome.permitted and judging.may_share)
        withheld += (Withheld(report_id=wish.report_id, content=one, reason=held[one]) for one in sorted(held))
        if classes:
            items.append(
                DisclosedItem(
                    report_id=wish.report_id,
                    share_id=wish.share_id,
                    news=wish.news,
                    of=wish.of,
                    classes=tuple(sorted(classes)),
                    bases=judging.bases.get(wish.report_id, ()),
                )
            )
    return _fact(judging, before, disclosure_id, tuple(items), tuple(withheld))


def _fact(
    judging: _Judging,
    before: Before,
    disclosure_id: UUID,
    items: tuple[DisclosedItem, ...],
    withheld: tuple[Withheld, ...],
) -> DisclosureDecided:
    asked, outcome = judging.asked, judging.outcome
    return DisclosureDecided(
        disclosure_id=disclosure_id,
        at=asked.at,
        person_id=before.person_id,
        actor=asked.actor,
        cause=asked.cause,
        sharer=asked.sharer.source,
        sharer_kind=asked.sharer.kind,
        recipient=asked.recipient.source,
        recipient_kind=asked.recipient.kind,
        purpose=asked.purpose,
        need=asked.need,
        urgent=asked.urgent,
        effect="permitted" if items else "refused",
        law=outcome.pack,
        agreement_version=asked.agreement.version,
        grounds=cited(outcome.grounds),
        bars=(*_hub_bars(judging), *cited(outcome.bars)),
        warnings=cited(outcome.warnings),
        fixes=answered(outcome.fixes),
        marks=tuple(sorted({mark for marks in judging.marks.values() for mark in marks})),
        asked_for=tuple(wish.report_id for wish in asked.wishes),
        items=items,
        withheld=withheld,
        history_version=before.version,
        follows=asked.follows,
        due_by=asked.due_by if items else None,
        service_agreement=None if asked.service_agreement is NOT_ASKED else asked.service_agreement.value,
        family=asked.family,
        note=asked.note,
    )


def _judge(asked: Disclosing, before: Before, settings: LawSettings) -> _Judging:
    links = {link.report_id: link for link in before.linked}
    wanted = [links[wish.report_id] for wish in asked.wishes if wish.report_id in links]
    others = [link for link in wanted if not _is_their_own(asked, link)] or wanted
    bases = {link.report_id: relied_bases(link, asked.sharer, asked.purpose, asked.basis) for link in others}
    stated = (link.model_copy(update={"bases": bases[link.report_id]}) for link in others)
    relied = tuple(in_law.item(link, shields=is_shielded(before)) for link in stated)
    if asked.tells_of_a_wrong:
        relied = tuple(replace(item, found_wrong=True) for item in relied)
    request = _request(asked)
    around = _around(asked, before, wanted)
    outcome = decide(request, FactsInLaw(relied, around), settings=settings)
    return _Judging(asked, links, bases, outcome, _reading(asked, before, settings), _marks(asked, others))


def _request(asked: Disclosing) -> Request:
    return Request(
        act=Act.SHARE,
        on=day_in_london(asked.at),
        purpose=asked.purpose,
        agency=asked.sharer.source,
        agency_kind=asked.sharer.kind,
        role=asked.actor.role if asked.actor is not None else None,
        need=asked.need,
        urgent=asked.urgent,
        recipient=asked.recipient.source,
        recipient_kind=asked.recipient.kind,
        acknowledged=asked.acknowledged,
    )


def _around(asked: Disclosing, before: Before, wanted: list[ReportLinked]) -> Circumstances:
    return Circumstances(
        harm_indicated=asked.need is NeedLevel.SIGNIFICANT_HARM,
        service_agreement=asked.service_agreement,
        alleged_abuser_in_reach=asked.abuser_in_reach,
        recipient_is_school_or_college=asked.recipient.kind in SCHOOLS,
        recipient_has_safeguarding_role=asked.recipient.kind is not AgencyKind.HUB,
        whole_file=len(wanted) > A_FEW and len(wanted) == len(before.linked),
    )


def _reading(asked: Disclosing, before: Before, settings: LawSettings) -> Outcome | None:
    """What the law lets the member of staff see; None where the hub acts by itself."""
    if asked.actor is None:
        return None
    return judge_chronology(Asked(asked.actor, asked.purpose, asked.at), before, settings).outcome


def _marks(asked: Disclosing, wanted: list[ReportLinked]) -> dict[UUID, tuple[str, ...]]:
    """What is not as the recipient's agreement has it; a pressing share goes all the same, and so does a correction."""
    found = {
        link.report_id: passage(
            asked.agreement,
            Wanted("receives", link.report_type, asked.purpose, day_in_london(asked.at), asked.need, asked.urgent),
        ).marks
        for link in wanted
    }
    shut = {link.report_id: (CLOSED_AT_ITS_SOURCE,) for link in wanted if link.source in asked.closed}
    return {one: marks for one in found if (marks := (*found[one], *shut.get(one, ())))}


def _classes(judging: _Judging, wish: Wish, permitted: bool) -> tuple[frozenset[FieldClass], Held]:
    """The classes of one report that go, and the reason for each that does not."""
    link = judging.links.get(wish.report_id)
    if wish.news == "recall":
        return frozenset({FieldClass.ADMINISTRATIVE}), {}
    if link is None:
        return frozenset(), {FieldClass.ADMINISTRATIVE: NOT_PERMITTED}
    if _is_their_own(judging.asked, link):
        return frozenset(), dict.fromkeys(_all(link), THEIR_OWN)
    (answer,) = (one for one in judging.outcome.items if one.item_id == wish.report_id)
    classes, held = _narrowed(judging, link, answer, whole=_tells_all(judging, wish))
    if not permitted:
        classes, held = frozenset(), {one: held.get(one, NOT_PERMITTED) for one in _all(link)}
    if judging.asked.tells_of_a_wrong:
        return classes | {FieldClass.ADMINISTRATIVE}, {k: v for k, v in held.items() if k != FieldClass.ADMINISTRATIVE}
    if classes and FieldClass.IDENTITY not in classes:
        return frozenset(), {one: held.get(one, NOBODY_LEFT) for one in _all(link)}
    return classes, held


def _is_their_own(asked: Disclosing, link: ReportLinked) -> bool:
    """Whether it came from its recipient, who has it (UK GDPR Art 5(1)(c)); a wrong is put right all the same."""
    return link.source == asked.recipient.source and not asked.tells_of_a_wrong


def _tells_all(judging: _Judging, wish: Wish) -> bool:
    """Whether it goes beyond the agreement: what sets a wrong right does, what somebody says of it does not."""
    return judging.asked.tells_of_a_wrong and not is_reply(wish.news, wish.of, wish.report_id)


def _narrowed(
    judging: _Judging, link: ReportLinked, answer: ItemOutcome, *, whole: bool
) -> tuple[frozenset[FieldClass], Held]:
    asked, held = judging.asked, dict(answer.withheld)
    classes = answer.classes if answer.shown else frozenset[FieldClass]()
    if asked.recipient.source in link.not_to_be_seen_by:
        return frozenset(), {one: NAMED_NOT_TO_SEE for one in _all(link)}
    if judging.reading is not None and asked.actor is not None:
        seen = {item.item_id: item.classes for item in judging.reading.items}
        shut = asked.actor.agency in link.not_to_be_seen_by
        unseen = classes if shut else classes - seen.get(link.report_id, frozenset())
        held |= {one: NOT_YOURS_TO_SEE for one in unseen}
        classes -= unseen
    if not pressing(asked) and not whole:
        agreed = frozenset(asked.agreement.receives.classes) if link.report_id not in judging.marks else frozenset()
        held |= {one: NOT_AGREED for one in classes - agreed}
        classes &= agreed
    return classes, held


def pressing(asked: Disclosing) -> bool:
    """Whether delay itself could harm the child: the same test as in law."""
    return _request(asked).pressing


def _all(link: ReportLinked) -> frozenset[FieldClass]:
    return frozenset(link.classes) | {FieldClass.ADMINISTRATIVE}


def _hub_bars(judging: _Judging) -> tuple[Cited, ...]:
    """What forbids it before the law of sharing is asked: who shares, and whose history the report stands in."""
    bars: list[Cited] = []
    if judging.reading is not None and not judging.may_share:
        bars += [*judging.asked.kept_from, *cited(judging.reading.bars), NOT_THEIRS]
    if any(wish.news != "recall" and wish.report_id not in judging.links for wish in judging.asked.wishes):
        bars.append(NOT_HERE)
    return tuple(bars)
