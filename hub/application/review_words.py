"""Words that may tell where a protected person is are looked at by somebody, and released or kept apart."""

from typing import Literal

from contracts.compartment import Compartment
from contracts.events.compartment import WordsReviewed
from contracts.identifiers import Identifier
from hub.application.open_apart import OpeningApart, open_apart
from hub.application.ports import Entry, Stream
from hub.application.read_chronology import ATTEMPTS
from hub.domain.compartment_access import Wanted
from hub.domain.errors import AccessRefused, Conflict


def review_words(
    opening: OpeningApart, child: Identifier, wanted: Wanted, outcome: Literal["released", "kept"]
) -> WordsReviewed:
    """The review, on record; what it releases stands with its report from now on.

    The words are opened for it as for anybody: decided, kept, its agency told. Raises what opening does, and
    AccessRefused (on record) where no words of the report wait.
    """
    held, decided = open_apart(opening, child, wanted)
    store, clock = opening.reading.store, opening.reading.clock
    for _ in range(ATTEMPTS):
        history = store.read_history(decided.person_id)
        waits = any(link.report_id == wanted.report_id and link.to_review for link in history.standing())
        if not waits or wanted.compartment is not Compartment.RESTRICTED:
            raise AccessRefused
        fact = WordsReviewed(
            review_id=clock.new_id(),
            at=clock.now(),
            person_id=decided.person_id,
            report_id=wanted.report_id,
            by=wanted.actor,
            decision_id=decided.decision_id,
            outcome=outcome,
            statements=held.statements if outcome == "released" else (),
        )
        try:
            store.keep((Entry(Stream.history(history.person_id), fact.review_id, fact, expected=history.version),))
        except Conflict:
            continue
        return fact
    raise Conflict("the history would not hold still")
