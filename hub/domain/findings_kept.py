"""What the law found, as a kept fact holds it: which rule, where the law says it, in what words; each once."""

from consent.finding import Finding
from contracts.events.hub import Cited
from contracts.events.sharing import Answered


def cited(findings: tuple[Finding, ...]) -> tuple[Cited, ...]:
    """The findings."""
    found = (Cited(rule=one.rule, citation=one.citation, says=one.says) for one in findings)
    return tuple(dict.fromkeys(found))


def answered(findings: tuple[Finding, ...]) -> tuple[Answered, ...]:
    """The findings, with the ways on that each proposes to whoever asked."""
    found = (Answered(rule=one.rule, citation=one.citation, says=one.says, propose=one.propose) for one in findings)
    return tuple(dict.fromkeys(found))
