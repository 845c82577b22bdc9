"""Who may act: one decision of the policies with all they look at; a chronology of 200 entries with every check."""

import tempfile
from datetime import timedelta
from pathlib import Path

from bench.figures import show, timed
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose, StaffRole
from contracts.when import at_moment
from hub.adapters.cedar_policies import own_policies
from hub.application.read_chronology import read_chronology
from hub.commands.pauses import settle
from hub.domain.need_to_know import Action, Relation, Situation
from tests.support.given import NOW, ROBIN, a_concern, an_actor
from tests.support.small_hub import SmallHub

ENTRIES = 200
ROUNDS = 30
DECISIONS = 500


def measure() -> None:
    """Print the figures."""
    policies = own_policies()
    here = Situation(StaffRole.PRACTITIONER, Action.READ, Purpose.SECTION_47, frozenset({Relation.TEAM}))
    show("need_to_know_decision", timed(lambda: policies.judge(here), DECISIONS), "under 1 ms")
    with tempfile.TemporaryDirectory() as folder:
        hub = SmallHub(Path(folder))
        for number in range(ENTRIES):
            happened = at_moment(NOW - timedelta(hours=number))
            hub.receive(a_concern(f"C-{number}", words=f"Entry {number}. " + "Words " * 40, happened=happened))
        settle()
        child = parse_identifier(f"nhs:{ROBIN}")
        whole = timed(lambda: read_chronology(hub.reading(), an_actor(), child, Purpose.SECTION_47), ROUNDS)
        show("chronology_200_entries_all_checks", whole, "p50 at most 100 ms", entries=ENTRIES)
