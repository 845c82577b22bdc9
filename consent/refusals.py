"""Why somebody may decide not to share, and what such a decision needs: a closed list, each reason cited.

While the duty of Children Act 2004 s16LA binds both bodies, the one reason is that sharing would harm the child more
than silence (s16LA(3)). What other law forbids is not a decision, so it stands beside the duty with a warning: how
the two meet was not read. A myth never stands. Whatever is said, the decision can be put on record.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from consent.bodies import in_section_16la
from consent.finding import Effect, Evidence, Finding
from consent.myths import Myth, answer
from consent.packs import CODE_16LA, LawSettings, pack_on
from consent.people_named import is_blank, names_alike
from contracts.vocabulary import AgencyKind, NeedLevel, Purpose

DUTY = "Children Act 2004 s16LA(1)-(4); CWSA 2026 s4"
EXCEPTION = "Children Act 2004 s16LA(3)"
GOLDEN_RULE = "DfE information sharing advice 2024, rule 7"


class Reason(Enum):
    """Every reason that can be given. The last five are the guide's myths and carry the myths' own codes."""

    MORE_DETRIMENTAL = "more_detrimental"
    OTHER_LAW = "other_law"
    NOT_RELEVANT = "not_relevant"
    NO_ROLE = "no_role"
    PURPOSE_NOT_STATED = "purpose_not_stated"
    IDENTITY_IN_DOUBT = "identity_in_doubt"
    ASKED_IN_CONFIDENCE = "asked_in_confidence"
    SERVICE_DECLINED = "service_declined"
    DATA_PROTECTION = Myth.DATA_PROTECTION.value
    NO_CONSENT = Myth.CONSENT.value
    OTHER_PURPOSE = Myth.OTHER_PURPOSE.value
    CONFIDENTIALITY = Myth.CONFIDENTIALITY.value
    SYSTEM = Myth.SYSTEM.value

    @property
    def myth(self) -> Myth | None:
        """The myth that this is, if it is one."""
        return next((myth for myth in Myth if myth.value == self.value), None)


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason that can be good. `where_harm`: it holds even where significant harm is feared or it is urgent.

    `longest_review` is a design figure: how far off the day may lie on which the decision is looked at again.
    """

    reason: Reason
    title: str
    says: str
    citation: str
    evidence: Evidence
    longest_review: timedelta
    approver: bool
    under_duty: bool = False
    where_harm: bool = False
    ways_on: tuple[str, ...] = ()


_MONTH, _WEEK = timedelta(days=28), timedelta(days=7)

GROUNDS: tuple[Ground, ...] = (
    Ground(
        Reason.MORE_DETRIMENTAL,
        "Sharing would harm the child more than not sharing",
        "You may keep back what would harm the child more if it were shared. Keep back that part only.",
        "DfE information sharing advice 2024, rules 5 and 7",
        Evidence.SECONDARY,
        _MONTH,
        approver=True,
        under_duty=True,
        where_harm=True,
        ways_on=("share the rest",),
    ),
    Ground(
        Reason.OTHER_LAW,
        "Other law forbids this content to be shared",
        "Family-court papers, adoption records, protected gender information, intercept and privileged advice stay "
        "back unless a route is found. It is that content which stays back, never the concern.",
        "AJA 1960 s12; FPR 2010 r12.73; GRA 2004 s22; IPA 2016 Pt 2; DPA 2018 Sch 2 para 19, Sch 4",
        Evidence.KNOWLEDGE,
        _WEEK,
        approver=True,
        under_duty=True,
        where_harm=True,
        ways_on=("share the rest", "ask a lawyer for a route: leave of the court, an exception, a waiver"),
    ),
    Ground(
        Reason.NOT_RELEVANT,
        "What is held has nothing to do with what was asked",
        "Only what is relevant and needed is shared. Say where you looked, so that this is not read as silence.",
        "UK GDPR Art 5(1)(c); DPA 2018 s37; DfE information sharing advice 2024, rule 6",
        Evidence.SECONDARY,
        _MONTH,
        approver=False,
        ways_on=("answer: searched, and nothing relevant held",),
    ),
    Ground(
        Reason.NO_ROLE,
        "Whoever asks has no part in protecting or helping this child",
        "Information goes to those with a role towards the child. Say who has one.",
        "UK GDPR Art 5(1)(c); DfE information sharing advice 2024, rule 6",
        Evidence.SECONDARY,
        _MONTH,
        approver=False,
        ways_on=("share with the body that has the role",),
    ),
    Ground(
        Reason.PURPOSE_NOT_STATED,
        "The request does not say what it is for or by what power",
        "A request should name its question, its purpose and its power. Ask for them today: this is a pause.",
        "UK GDPR Arts 5(1)(b), 6(1)(ea), Annex 1 para 1; Children Act 2004 s16H",
        Evidence.SECONDARY,
        timedelta(days=2),
        approver=False,
        ways_on=("ask for the question, the purpose and the power",),
    ),
    Ground(
        Reason.IDENTITY_IN_DOUBT,
        "It is not certain that the record is of this child",
        "The record of another child must not be sent. Find out who it is about: this is a pause.",
        "UK GDPR Art 5(1)(d); DPA 2018 s38",
        Evidence.SECONDARY,
        timedelta(days=2),
        approver=False,
        where_harm=True,
        ways_on=("ask for a second identifier, and say that you cannot match the person",),
    ),
    Ground(
        Reason.ASKED_IN_CONFIDENCE,
        "It was told in confidence, sharing was refused, and no harm is feared",
        "Below any fear of harm a confidence may be kept. It ends when a fear of harm begins.",
        "common law of confidence; GMC guidance on people aged 0 to 18",
        Evidence.KNOWLEDGE,
        _MONTH,
        approver=True,
        ways_on=("ask again whether the person agrees", "look again at the level of need"),
    ),
    Ground(
        Reason.SERVICE_DECLINED,
        "The family declined early help, and no more is needed to see whether harm is feared",
        "Declining a service is not a refusal of consent, and it weighs on what is necessary. Share what is needed to "
        "see whether the need is greater.",
        "Working Together 2023 ch 3; UK GDPR Art 5(1)(c)",
        Evidence.KNOWLEDGE,
        _MONTH,
        approver=False,
        ways_on=("ask whether declining raises the level of need",),
    ),
)
_BY_REASON = {ground.reason: ground for ground in GROUNDS}


@dataclass(frozen=True, slots=True)
class Refusing:
    """A decision not to share, as the law needs to know it. `designated`: named under s16E to take part.

    `called` is the name of whoever decided, where `decided_by` is another word for the same person.
    """

    reason: Reason
    words: str | None
    decided_by: str | None
    approved_by: str | None
    review_on: date | None
    on: date
    body: AgencyKind
    asker: AgencyKind
    purpose: Purpose | None
    need: NeedLevel | None = None
    urgent: bool = False
    body_designated: bool = False
    asker_designated: bool = False
    called: str | None = None

    @property
    def pressing(self) -> bool:
        """Whether delay itself could harm the child."""
        return self.urgent or self.need is NeedLevel.SIGNIFICANT_HARM or self.purpose in _GRAVE


_GRAVE = (Purpose.EMERGENCY, Purpose.SECTION_47)


@dataclass(frozen=True, slots=True)
class RefusalOutcome:
    """Whether the decision stands in law, what is said to whoever made it, and the law by which it was judged."""

    stands: bool
    myth: bool
    findings: tuple[Finding, ...]
    pack: str


def judge(case: Refusing, settings: LawSettings = LawSettings()) -> RefusalOutcome:
    """What the law of the day says to this decision not to share. It is never a reason not to record it."""
    pack = pack_on(case.on, settings)
    bound = CODE_16LA in pack.codes and _both_listed(case)
    myth = case.reason.myth
    if myth is not None:
        duty = (_only_detriment(),) if bound else ()
        return RefusalOutcome(False, True, (answer(myth, case.on), *duty), pack.name)
    ground = _BY_REASON[case.reason]
    findings = tuple(_against(case, ground, bound))
    if not any(each.effect is Effect.FIX for each in findings):
        findings = (_stands(ground, bound), *findings)
    return RefusalOutcome(findings[0].effect is Effect.GROUND, False, findings, pack.name)


def gaps(case: Refusing) -> tuple[str, ...]:
    """What the decision needs and does not have, in words; empty when it is complete."""
    ground = _BY_REASON.get(case.reason)
    found: list[str] = []
    if is_blank(case.words):
        found.append("the reason in your own words")
    if is_blank(case.decided_by):
        found.append("who decided")
    if ground is not None and ground.approver and is_blank(case.approved_by):
        found.append("who approved")
    if names_alike(case.approved_by, case.decided_by, case.called):
        found.append("an approver who is not the one who decided")
    if case.review_on is None:
        found.append("a review date")
    return tuple(found)


def _both_listed(case: Refusing) -> bool:
    return in_section_16la(case.body, case.body_designated) and in_section_16la(case.asker, case.asker_designated)


def _against(case: Refusing, ground: Ground, bound: bool) -> list[Finding]:
    """Everything that is wrong with the decision, or that its maker should see."""
    found: list[Finding] = []
    if bound and not ground.under_duty:
        found.append(_only_detriment())
    if bound and ground.reason is Reason.OTHER_LAW:
        found.append(_not_settled())
    if case.pressing and not ground.where_harm:
        found.append(_harm_feared())
    if lacking := gaps(case):
        found.append(_incomplete(lacking))
    if case.review_on is not None and not case.on <= case.review_on <= case.on + ground.longest_review:
        found.append(_review_out_of_range(ground))
    return found


def _stands(ground: Ground, bound: bool) -> Finding:
    excepted = bound and ground.reason is Reason.MORE_DETRIMENTAL
    return Finding(
        rule=f"refusal-{ground.reason.value.replace('_', '-')}",
        effect=Effect.GROUND,
        citation=f"{EXCEPTION}; {ground.citation}" if excepted else ground.citation,
        evidence=ground.evidence,
        says=ground.says,
        propose=ground.ways_on,
    )


def _only_detriment() -> Finding:
    says = (
        "Both bodies are bound to share what is relevant to the child's safety or welfare. The one reason not to is "
        "that sharing would harm the child more."
    )
    ways_on = ("share it", "more_detrimental, if that is what was decided", "answer that nothing relevant is held")
    return Finding("refusal-under-the-duty", Effect.FIX, DUTY, Evidence.UNCERTAIN, says, propose=ways_on)


def _not_settled() -> Finding:
    says = "How the duty to share meets a bar in other law was not read. Ask a lawyer before you rely on this."
    return Finding("refusal-duty-and-other-law", Effect.WARNING, DUTY, Evidence.UNCERTAIN, says)


def _harm_feared() -> Finding:
    says = "Significant harm is feared, or it is urgent. This reason holds only where neither is so."
    citation = "DfE information sharing advice 2024, rule 1; Children Act 1989 s47"
    ways_on = ("share now", "more_detrimental, if sharing would harm the child more")
    return Finding("refusal-where-harm-is-feared", Effect.FIX, citation, Evidence.SECONDARY, says, propose=ways_on)


def _incomplete(lacking: tuple[str, ...]) -> Finding:
    says = f"A decision not to share is not whole without {', '.join(lacking)}."
    return Finding("refusal-incomplete", Effect.FIX, GOLDEN_RULE, Evidence.SECONDARY, says, propose=lacking)


def _review_out_of_range(ground: Ground) -> Finding:
    days = ground.longest_review.days
    says = f"Look at it again within {days} days: what was right to keep back then may be needed now."
    propose = (f"a review date no more than {days} days off",)
    return Finding("refusal-review-too-far", Effect.FIX, GOLDEN_RULE, Evidence.UNCERTAIN, says, propose=propose)
