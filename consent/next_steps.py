"""The foot of a note: the four questions that staff call consent, each answered by itself, and what to do next."""

from collections.abc import Iterable

from consent.circumstances import ServiceAgreement
from consent.decide import Outcome
from consent.finding import Effect, Finding
from consent.request import Act, FactsInLaw, PersonBasis, PersonTelling, Request
from consent.transparency import WITHHELD
from consent.wording import decoded, in_words, listed, lower, upper
from contracts.vocabulary import Article6, Confidence, ConsentState, Telling

_SERVICE = {
    ServiceAgreement.NOT_ASKED: "not asked for; none is needed to share",
    ServiceAgreement.AGREED: "the family agreed; that is no consent to share, and none is needed",
    ServiceAgreement.DECLINED: "the family declined; that does not by itself end the ability to share",
    ServiceAgreement.WITHDRAWN: "the family withdrew; that does not by itself end the ability to share",
}
_TO_TELL = {
    Telling.DUE: "tell {who}",
    Telling.NOT_TOLD_SAFETY: "see whether {who} can be told by now; the reason lasts only while the risk does",
    Telling.NOT_TOLD_PREJUDICE: "see whether {who} can be told by now; the reason lasts only while telling would harm",
    Telling.NOT_CONTACTABLE: "try again to reach {who}",
    Telling.NOT_KNOWN: "find out whether {who} was told, before a final decision",
}


def apart(request: Request, facts: FactsInLaw) -> tuple[str, ...]:
    """Lawful basis, confidentiality, agreement to a service and being told: an answer to one answers no other.

    Empty where nothing is shared.
    """
    if request.act is not Act.SHARE:
        return ()
    bases = tuple(basis for item in facts.items for basis in item.bases)
    tellings = tuple(telling for item in facts.items for telling in item.tellings)
    untold = [each.person for each in tellings if each.state in WITHHELD]
    return (
        f"Lawful basis: see the reasons above. Consent is one basis among several{_consents(bases)}.",
        f"Confidentiality: {_confidence(bases)}.",
        f"Agreement to a service: {_SERVICE[facts.around.service_agreement]}.",
        f"Being told: {_told(tellings, untold)}.",
    )


def next_steps(request: Request, facts: FactsInLaw, outcome: Outcome, holding: frozenset[str]) -> tuple[str, ...]:
    """What somebody has to do now, in order: what is to be put right, what is to be weighed, whom to tell and by when.

    `holding` are the rules whose warning holds until a person has weighed it.
    """
    fixes = _each(each for each in outcome.findings if each.effect is Effect.FIX)
    weighed = _each(each for each in outcome.findings if each.rule in holding and each.rule not in request.acknowledged)
    told = [_to_tell(telling) for item in facts.items for telling in item.tellings if telling.state in _TO_TELL]
    steps = [f"Put right ({rule}): {_ways(found)}." for rule, found in fixes.items()]
    steps += [f"Weigh, and say on record that you have ({rule})." for rule in weighed]
    return (*steps, *dict.fromkeys(told))


def _each(findings: Iterable[Finding]) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for each in findings:
        found.setdefault(each.rule, each)
    return found


def _ways(finding: Finding) -> str:
    return "; or ".join(decoded(way) for way in finding.propose) or lower(finding.says).rstrip(".")


def _to_tell(telling: PersonTelling) -> str:
    by = f" By {in_words(telling.review_on)}." if telling.review_on is not None else " No date is on record: set one."
    return f"{upper(_TO_TELL[telling.state].format(who=upper(telling.person)))}.{by}"


def _consents(bases: tuple[PersonBasis, ...]) -> str:
    given = _people(basis for basis in bases if basis.consent is ConsentState.GIVEN)
    refused = _people(basis for basis in bases if basis.consent in (ConsentState.REFUSED, ConsentState.WITHDRAWN))
    relied = _people(basis for basis in bases if basis.article6 is Article6.CONSENT)
    said = [f"it is named as the basis for {listed(relied)}"] if relied else []
    said += [f"{listed(given)} gave it"] if given else []
    said += [f"{listed(refused)} refused it or took it back"] if refused else []
    return f"; {', and '.join(said)}" if said else ", and it is not relied on here"


def _confidence(bases: tuple[PersonBasis, ...]) -> str:
    if not bases:
        return "nothing is stated"
    kinds = {kind: _people(basis for basis in bases if basis.confidence is kind) for kind in Confidence}
    return "; ".join(
        f"{lower(kind.meaning)}, as stated for {listed(people)}" for kind, people in kinds.items() if people
    )


def _told(tellings: tuple[PersonTelling, ...], untold: list[str]) -> str:
    if not tellings:
        return "nothing is stated of anybody"
    everybody = "see who has been told, above"
    return f"{everybody}; not {listed(list(dict.fromkeys(untold)))}, for a reason on record" if untold else everybody


def _people(bases: Iterable[PersonBasis]) -> list[str]:
    return list(dict.fromkeys(basis.person for basis in bases))
