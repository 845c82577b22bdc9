"""Which reports may be about a person and are not yet settled, as the facts of the person's history say."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import IdentityQuestioned, ReportLinked
from contracts.events.matching import QuestionAnswered
from hub.domain.moment import is_by


def ever_questioned(facts: Iterable[Fact]) -> tuple[IdentityQuestioned, ...]:
    """Every question ever kept, settled or not: what it said of a protected address still counts."""
    return tuple(fact for fact in facts if isinstance(fact, IdentityQuestioned))


def still_in_question(person_id: UUID, facts: tuple[Fact, ...], day: date | None) -> tuple[IdentityQuestioned, ...]:
    """The reports that may be about this person, about which nobody had decided by the end of the day (None: now)."""
    here = {fact.report_id for fact in facts if isinstance(fact, ReportLinked)}
    settled = {
        fact.report_id
        for fact in facts
        if isinstance(fact, QuestionAnswered) and fact.answer != "not_sure" and is_by(fact.at, day)
    }
    asked = (fact for fact in ever_questioned(facts) if is_by(fact.at, day) and fact.report_id not in here | settled)
    return tuple(fact for fact in asked if fact.person_id != person_id)
