"""The basis that a health body states for one person when a message states none of its own."""

from contracts.report import LawfulBasis
from contracts.vocabulary import Article6, Article9, Confidence, Gateway


def health_care(person: str, gateway: Gateway) -> LawfulBasis:
    """Public task under a gateway, health or social care (DPA 2018 Sch 1 para 2), and the public interest.

    What a patient tells is told in confidence, so the duty is engaged whatever the article.
    """
    return LawfulBasis(
        person=person,
        article6=Article6.PUBLIC_TASK,
        article9=Article9.HEALTH_OR_SOCIAL_CARE,
        gateway=gateway,
        policy_document=True,
        confidence=Confidence.PUBLIC_INTEREST,
    )
