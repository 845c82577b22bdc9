"""What this hub is: the law it decides by today, the key of its log, and how anybody checks the log without us."""

from starlette.responses import Response

from consent.packs import pack_on
from hub.domain.moment import day_in_london
from hub.domain.witnessed import WitnessState
from hub.web.page import Page, Visit

WITNESSED = {
    WitnessState.OFF: "No witnesses are set for this hub: nobody outside it would notice a history rewritten whole.",
    WitnessState.FRESH: "Witnesses at other agencies confirm the log.",
    WitnessState.AMBER: "Witnesses at other agencies have not confirmed the log for more than 15 minutes.",
    WitnessState.REFUSE: "Witnesses have not confirmed the log for too long: nothing but emergencies is read here now.",
}

WITNESS_SAYS = {
    "no_answer": "it has not answered",
    "answer_403": "it refused: the hub is not known to it",
    "answer_404": "it does not know this log or its key",
    "answer_409": "it has confirmed another size than the hub thought",
    "answer_422": "it says that history was rewritten: stop, and look",
    "witness_book_gone": "how it stands is not known: the hub's own book of witnesses is gone",
    "witness_book_altered": "how it stands is not known: the hub's own book of witnesses is not as it was written",
    "witness_is_ahead": "it has seen more than the hub holds: an old backup may have been restored",
    "cosignature_not_proved": "what it answered is not proved to be its own",
}


def show(visit: Visit) -> Response:
    """The page; it names no person and is open to all."""
    parts = visit.parts
    today = day_in_london(parts.clock.now())
    reading = parts.reading()
    law, witnesses = reading.law, reading.witnesses
    return visit.show(
        "about.html",
        pack=pack_on(today, law),
        sixteen_la_from=law.sixteen_la_from,
        today=today,
        log_key=parts.log_key,
        log_origin=parts.about.get("log_origin", ""),
        sealed=parts.sealed_up_to(),
        witnessed=WITNESSED[witnesses.state(parts.clock.now())],
        witnesses=witnesses.standings(parts.clock.now()),
        witness_says=WITNESS_SAYS,
    )


PAGES = (Page("GET", "/about", show),)
