"""A refusal for a child with 200 reports beside a refusal for a child who is not there: the ratio should be about 1."""

import tempfile
from contextlib import suppress
from pathlib import Path

from bench.figures import Figure, show, timed
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.read_chronology import read_chronology
from hub.commands.pauses import settle
from hub.domain.errors import AccessRefused
from tests.support.given import ROBIN, WREN, a_concern, an_actor
from tests.support.small_hub import SmallHub

REPORTS = 200
ROUNDS = 60


def measure() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        hub = SmallHub(Path(folder))
        for number in range(REPORTS):
            hub.receive(a_concern(f"C-{number}", words="Words " * 40))
        settle()
        absent = _refused(hub, parse_identifier(f"nhs:{WREN}"))
        forbidden = _refused(hub, parse_identifier(f"nhs:{ROBIN}"))
        ratio = round(forbidden.median / absent.median, 2)
        show("refused_absent", absent, "as refused_forbidden")
        show("refused_forbidden", forbidden, "as refused_absent", ratio_to_absent=ratio, reports=REPORTS)


def _refused(hub: SmallHub, child: Identifier) -> Figure:
    stranger = an_actor("sam", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)

    def ask() -> None:
        with suppress(AccessRefused):
            read_chronology(hub.reading(), stranger, child, Purpose.SECTION_47)

    return timed(ask, ROUNDS)
