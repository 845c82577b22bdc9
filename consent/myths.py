"""The guide's myths about sharing, each with what the guide and the law say to it, and a way on.

Working Together to Safeguard Children has answered these five since 2018. The first four were read in secondary
sources, the fifth is from knowledge; whether the edition of 2026 keeps the list was not seen. Words are our own.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from consent.finding import Effect, Evidence, Finding
from consent.packs import DAY_BEFORE_DUAA, DUAA_2026, WT_2018, WT_2026


class Myth(Enum):
    """What people believe forbids them to share."""

    DATA_PROTECTION = "data_protection"  # data-protection law forbids it
    CONSENT = "no_consent"  # it needs consent
    OTHER_PURPOSE = "other_purpose"  # it was collected for something else, or by another organisation
    CONFIDENTIALITY = "confidentiality"  # confidentiality or human rights forbid it
    SYSTEM = "system"  # the computer system does not allow it


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to one myth in the days between `valid_from` and `valid_to` (its last day; None: still)."""

    myth: Myth
    title: str
    says: str
    law: str
    ways_on: tuple[str, ...]
    evidence: Evidence
    valid_from: date = WT_2018
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether this was the reply on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_PURPOSE_TITLE = "It was collected for another purpose"
_PURPOSE_SAYS = (
    "Information may serve a second purpose unless the two are at odds, and protecting a child is hardly ever at odds "
    "with the reason for which a child's or family's information was taken down. "
)

REPLIES: tuple[Reply, ...] = (
    Reply(
        Myth.DATA_PROTECTION,
        "Data-protection law forbids it",
        "Data-protection law says how to share well; it does not say not to share. It holds a condition made for this "
        "very case, the safeguarding of children, and it works without consent.",
        "UK GDPR Art 6(1)(c), (e), (ea); DPA 2018 Sch 1 para 18",
        (
            "name the article or section that stands in the way, or share on one that opens it",
            "share what is needed, and tell the family unless that is unsafe",
        ),
        Evidence.SECONDARY,
        valid_from=DUAA_2026,
    ),
    Reply(
        Myth.DATA_PROTECTION,
        "Data-protection law forbids it",
        "Data-protection law says how to share well; it does not say not to share. It holds a condition made for this "
        "very case, the safeguarding of children, and it works without consent.",
        "UK GDPR Art 6(1)(c), (e), (f); DPA 2018 Sch 1 para 18",
        (
            "name the article or section that stands in the way, or share on one that opens it",
            "share what is needed, and tell the family unless that is unsafe",
        ),
        Evidence.SECONDARY,
        valid_to=DAY_BEFORE_DUAA,
    ),
    Reply(
        Myth.CONSENT,
        "It needs consent",
        "Consent is one basis among several, and in safeguarding seldom the right one: an organisation that would "
        "share anyway must not pretend to leave the choice to the family. Telling them, and working with them, is "
        "another matter and is owed wherever it is safe.",
        "UK GDPR Arts 4(11), 6(1)(c), (e), 7; DfE information sharing advice 2024, rule 3",
        (
            "rest on a legal obligation or a public task; a private body on the safeguarding interest of Annex 1",
            "tell the family what you share and why, unless that is unsafe",
        ),
        Evidence.SECONDARY,
    ),
    Reply(
        Myth.OTHER_PURPOSE,
        _PURPOSE_TITLE,
        _PURPOSE_SAYS + "Safeguarding is on the law's own list of compatible purposes. If it was collected on "
        "consent, check that list first.",
        "UK GDPR Arts 5(1)(b), 8A, Annex 2 (DUAA 2025 s71); DPA 2018 s36(4) for police data",
        ("write down the purpose now, and why it fits", "police: name the law that authorises the second use"),
        Evidence.SECONDARY,
        valid_from=DUAA_2026,
    ),
    Reply(
        Myth.OTHER_PURPOSE,
        _PURPOSE_TITLE,
        _PURPOSE_SAYS + "Weigh the link between the two, and what it means for the people concerned.",
        "UK GDPR Arts 5(1)(b), 6(4); DPA 2018 s36(4) for police data",
        ("write down the purpose now, and why it fits", "police: name the law that authorises the second use"),
        Evidence.SECONDARY,
        valid_to=DAY_BEFORE_DUAA,
    ),
    Reply(
        Myth.CONFIDENTIALITY,
        "Confidentiality or human rights forbid it",
        "Both ask for a balance, and neither is a wall. A confidence gives way to agreement, to a duty in statute, and "
        "to a public interest that outweighs it, of which a child's protection is the plainest. The right to private "
        "life may be limited by law to protect the rights of others, the child's among them.",
        "common law of confidence; Human Rights Act 1998 Sch 1 Art 8(2); GMC guidance on people aged 0 to 18",
        (
            "record how confidence is met: agreement, statute, or public interest with the reason",
            "share the part that the child's safety needs, and keep the rest",
        ),
        Evidence.SECONDARY,
    ),
    Reply(
        Myth.SYSTEM,
        "The system does not allow it",
        "A system helps people to share; it does not decide whether they do. No law makes the lack of a screen, a "
        "field or a connection a reason to keep from a colleague what a child's safety needs.",
        "Working Together to Safeguard Children, ch 1; Children Act 2004 ss10, 11",
        (
            "tell the other worker by telephone or in person now, and put it on record here afterwards",
            "report the obstacle to whoever runs the system",
        ),
        Evidence.KNOWLEDGE,
    ),
)


def answer(myth: Myth, on: date) -> Finding:
    """What is said at once to somebody who gives this myth as a reason on `on`: words, sources, ways on.

    Before the first guide the reply of the oldest stands in; the law that it names was the law then too.
    """
    day = max(on, WT_2018)
    reply = next(each for each in REPLIES if each.myth is myth and each.in_force(day))
    return Finding(
        rule=f"myth-{myth.value.replace('_', '-')}",
        effect=Effect.FIX,
        citation=f"{guide_on(on)}; {reply.law}",
        evidence=Evidence.UNCERTAIN if on >= WT_2026 else reply.evidence,
        says=reply.says,
        propose=reply.ways_on,
    )


def guide_on(on: date) -> str:
    """Where the guide answers the myths, as far as its edition of that day was seen."""
    if on >= WT_2026:
        return "Working Together to Safeguard Children 2023, myths (whether the 2026 edition keeps them was not seen)"
    return "Working Together to Safeguard Children, myths about sharing"
