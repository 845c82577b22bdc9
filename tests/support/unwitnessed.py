"""A hub whose one witness has said nothing for nine hours."""

from datetime import timedelta
from pathlib import Path

from hub.adapters.witness_book import WitnessBook
from hub.application.gather_cosignatures import Standing
from hub.wiring import Hub
from tests.support.witnesses import policy_text

SILENT = timedelta(hours=9)


def left_alone(hub: Hub) -> Path:
    """The policy file to name in the settings of a hub in the same folder: then nobody has confirmed its log since."""
    file = hub.settings.home / "log-policy"
    file.write_text(policy_text((hub.log_key,), {"police": "bus:police"}, 1))
    book = WitnessBook(hub.settings.home / "witnesses.json")
    book.write((Standing("police", code="no_answer"),), hub.clock.now() - SILENT)
    return file
