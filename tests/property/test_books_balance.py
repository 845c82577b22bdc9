"""Whatever is sent, lost, repeated, altered, forged and tried again: do each agency's books agree with what it sent?"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contracts.envelope import Sealed
from contracts.signature import SigningKey
from hub.application.replay_quarantined import replay_quarantined
from tests.support.given import a_concern
from tests.support.set_aside import OFFICER, Ward

Step = tuple[Literal["send", "lose", "bad", "forge", "not_agreed", "again", "replay"], int]
STEPS = st.tuples(st.sampled_from(["send", "lose", "bad", "forge", "not_agreed", "again", "replay"]), st.integers(0, 3))
STRANGER = SigningKey("police-1", Ed25519PrivateKey.generate())


class Sending:
    """What the police's own edge would count: the messages it signed, those of them that came, by number."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.came: list[Sealed] = []
        self.forged = 0

    def step(self, what: str, record: int) -> None:
        """One thing that happens."""
        report, ward = a_concern(f"C-{record}"), self.ward
        if what == "replay":
            self._replay(record)
        elif what == "again":
            for message in self.came[record : record + 1]:
                ward.take(message)
        elif what == "forge":
            numbers = dict(ward.numbers)
            ward.take(ward.message(report, key=STRANGER))
            ward.numbers, self.forged = numbers, self.forged + 1
        elif what == "lose":
            ward.message(report)
        else:
            self._send(what, record)

    def _send(self, what: str, record: int) -> None:
        police = self.ward.hub.police.source
        body = b'{"n":%d}' % len(self.came) if what == "bad" else None
        self.came.append(self.ward.message(a_concern(f"C-{record}"), body=body))
        self.ward.unsigned = {police} if what == "not_agreed" else set()
        self.ward.take(self.came[-1])
        self.ward.unsigned = set()

    def _replay(self, place: int) -> None:
        messages = self.ward.messages()
        if messages:
            replay_quarantined(self.ward.replaying(), OFFICER, (messages[place % len(messages)].number,))


@settings(max_examples=40)
@example([("not_agreed", 1), ("send", 1), ("again", 0)])
@given(st.lists(STEPS, min_size=1, max_size=14))
def test_what_was_received_is_what_was_sent_less_what_was_lost(steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        ward = Ward(Path(folder))
        sending = Sending(ward)
        for what, record in steps:
            sending.step(what, record)
        books = ward.books()
        police = books.get(ward.hub.police.source)
        assert (police.received if police is not None else 0) == len(sending.came)
        assert police is None or police.holds
        assert (books[""].unproved if "" in books else 0) == sending.forged
