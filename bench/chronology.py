"""A chronology of 1,000 entries: read, decided, kept and decrypted; beside the cost of its unavoidable parts alone."""

import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bench.figures import show, timed
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from contracts.when import at_moment
from hub.application.permit import Act
from hub.application.ports import Entry, Stream
from hub.application.read_chronology import read_chronology
from hub.commands.pauses import settle
from tests.support.given import NOW, ROBIN, a_concern, a_decision, an_actor
from tests.support.small_hub import SmallHub

ENTRIES = 1000
ROUNDS = 15


def measure() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        hub = SmallHub(Path(folder))
        for number in range(ENTRIES):
            happened = at_moment(NOW - timedelta(hours=number))
            words = f"Entry {number}. " + "Words " * 40
            hub.receive(a_concern(f"C-{number}", words=words, said="x", happened=happened))
        settle()
        child = parse_identifier(f"nhs:{ROBIN}")
        whole = timed(lambda: read_chronology(hub.reading(), an_actor(), child, Purpose.SECTION_47), ROUNDS)
        (person_id,) = hub.index.people_with("nhs", ROBIN)
        parts = timed(lambda: _opened_only(hub, person_id), ROUNDS)
        show(
            "chronology_1000_entries",
            whole,
            "under 150 ms",
            ratio_to_reading_and_opening_alone=round(whole.median / parts.median, 2),
            entries=ENTRIES,
        )


def _opened_only(hub: SmallHub, person_id: UUID) -> None:
    """Read, keep a ready decision, decrypt and parse: no law, no fold."""
    history = hub.store.read_history(person_id)
    decision = a_decision(person_id, history.version)
    entry = Entry(Stream.access(person_id), decision.decision_id, decision)
    kept = hub.store.keep((entry,), seen=((Stream.history(person_id), history.version),))
    hub.store.open_reports(history, kept.permit, Act.SHOW)
