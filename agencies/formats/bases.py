"""The bases that partners of a kind state for one person when a message states none of its own."""

from contracts.report import LawfulBasis
from contracts.vocabulary import Annex1, Article6, Article9, Gateway, NoConsentReason, Regime


def law_enforcement(person: str, special: bool, gateway: Gateway, authority: str) -> LawfulBasis:
    """Held under DPA 2018 Part 3 and shared for welfare under the authority named (s36(4))."""
    return LawfulBasis(
        person=person,
        regime=Regime.PART_3,
        article6=Article6.PUBLIC_TASK,
        article9=Article9.SAFEGUARDING if special else None,
        no_consent_reason=NoConsentReason.NOT_REASONABLE_TO_OBTAIN if special else None,
        article10=True,
        gateway=gateway,
        authority_36_4=authority,
        policy_document=True,
    )


def public_task(person: str, special: bool, gateway: Gateway) -> LawfulBasis:
    """Public task under a gateway; safeguarding condition where the information is of a special category."""
    return LawfulBasis(
        person=person,
        article6=Article6.PUBLIC_TASK,
        article9=Article9.SAFEGUARDING if special else None,
        no_consent_reason=NoConsentReason.NOT_REASONABLE_TO_OBTAIN if special else None,
        gateway=gateway,
        policy_document=True,
    )


def recognised_interest(person: str) -> LawfulBasis:
    """A body that is no public authority: recognised legitimate interest, safeguarding a vulnerable individual."""
    return LawfulBasis(
        person=person,
        article6=Article6.RECOGNISED_LEGITIMATE_INTEREST,
        annex1=Annex1.SAFEGUARDING,
        article9=Article9.SAFEGUARDING,
        no_consent_reason=NoConsentReason.NOT_REASONABLE_TO_OBTAIN,
        policy_document=True,
    )
