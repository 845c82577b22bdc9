"""When is what was set aside settled, what may be tried again, and do each agency's books balance all the while?"""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.events.quarantine import QuarantineAsked, QuarantineReplayed
from contracts.signature import SigningKey
from hub.application.ports import Entry, Kept, Seen, Stream, StreamKind, Term
from hub.application.replay_quarantined import replay_after_upgrade, replay_quarantined
from hub.domain.errors import StoreUnavailable, TopicRefuses
from tests.support.given import NOW, a_child, a_concern
from tests.support.set_aside import DECIDER, EPOCH, OFFICER, Ward
from tests.support.small_hub import Sender
from tests.support.watched_store import WatchedStore


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    return Ward(tmp_path)


def test_a_newly_signed_agreement_lets_it_in_and_its_sender_is_told(ward: Ward) -> None:
    number = ward.aside()
    (done,) = replay_quarantined(ward.replaying(), OFFICER, (number,))
    assert (done.outcome, done.code, done.settles, done.by) == ("accepted", "", True, OFFICER)
    assert [receipt.outcome for receipt in ward.answered] == ["accepted"]
    (one,) = ward.messages()
    assert (one.state, one.tries, one.outcome) == ("replayed", 1, "accepted")
    assert ward.hub.index.people_with("nhs", "9990001006")


def test_a_newly_enrolled_key_lets_it_in(ward: Ward) -> None:
    senders, ward.hub.senders = ward.hub.senders, (ward.hub.police,)
    message = ward.message(a_concern("H-1"), ward.hub.health)
    assert ward.take(message, ward.hub.health).code == "source_unknown"
    ward.hub.senders = senders
    (done,) = replay_quarantined(ward.replaying(), DECIDER, code="source_unknown")
    assert (done.outcome, done.proved) == ("accepted", False)
    assert ward.messages()[0].state == "replayed"
    assert ward.books()[ward.hub.health.source].holds


def test_a_message_that_is_still_not_fit_changes_nothing_but_the_record_of_the_try(ward: Ward) -> None:
    ward.take(ward.message(a_concern(), body=b'{"record": 1}'))
    before = list(ward.facts())
    (done,) = replay_quarantined(ward.replaying(), OFFICER, code="schema")
    assert (done.outcome, done.code, done.settles) == ("quarantined", "schema", False)
    assert [type(fact) for fact in list(ward.facts())[len(before) :]] == [QuarantineAsked, QuarantineReplayed]
    assert [receipt.outcome for receipt in ward.answered] == ["quarantined"]
    (one,) = ward.messages()
    assert (one.state, one.tries, one.now_code) == ("open", 1, "schema")


def test_a_statement_out_of_a_bundle_is_tried_again_by_itself(ward: Ward) -> None:
    reports = [a_concern(f"C-{number}") for number in range(3)]
    ward.take(ward.bundle((reports[0], None), (reports[1], b'{"n": 1}'), (reports[2], None)))
    before = list(ward.facts())
    (done,) = replay_quarantined(ward.replaying(), OFFICER, code="schema")
    assert (done.outcome, done.source) == ("quarantined", ward.hub.police.source)
    assert [type(fact) for fact in list(ward.facts())[len(before) :]] == [QuarantineAsked, QuarantineReplayed]
    books = ward.books()[ward.hub.police.source]
    assert (books.received, books.accepted, books.quarantined) == (3, 2, 1)


def test_statements_of_a_bundle_are_taken_in_when_their_agreement_is_signed(ward: Ward) -> None:
    ward.unsigned.add(ward.hub.police.source)
    ward.take(ward.bundle(*((a_concern(f"C-{number}"), None) for number in range(3))))
    ward.unsigned.clear()
    done = replay_quarantined(ward.replaying(), OFFICER, code="agreement_missing")
    assert [one.outcome for one in done] == ["accepted"] * 3
    books = ward.books()[ward.hub.police.source]
    assert (books.received, books.accepted, books.quarantined, books.holds) == (3, 3, 0, True)


def test_once_taken_in_it_is_a_duplicate_for_ever(ward: Ward) -> None:
    number = ward.aside()
    outcomes = [replay_quarantined(ward.replaying(), OFFICER, (number,))[0] for _ in range(3)]
    assert [one.outcome for one in outcomes] == ["accepted", "duplicate", "duplicate"]
    assert [one.settles for one in outcomes] == [True, False, False]
    (person,) = ward.hub.index.people_with("nhs", "9990001006")
    assert len(ward.hub.store.read_history(person).sealed) == 1
    books = ward.books()[ward.hub.police.source]
    assert (books.received, books.accepted, books.duplicates, books.quarantined) == (1, 1, 0, 0)


def test_it_is_settled_when_its_sender_sends_it_again_mended(ward: Ward) -> None:
    assert ward.take(ward.message(a_concern(), body=b"{}")).code == "schema"
    assert ward.take(ward.message(a_concern())).outcome == "accepted"
    (one,) = ward.messages()
    assert one.state == "superseded"


def test_what_was_sent_in_an_agencys_name_is_never_settled_by_what_that_agency_sends(ward: Ward) -> None:
    forged = ward.message(a_concern(), key=SigningKey("police-1", Ed25519PrivateKey.generate()))
    assert ward.take(forged).code == "sig_bytes"
    assert ward.take(ward.message(a_concern())).outcome == "accepted"
    (one,) = ward.messages()
    assert (one.state, one.to_look_at, one.event_id is not None) == ("open", True, True)


def test_several_that_claim_one_id_are_told_apart(ward: Ward) -> None:
    for words in (b"{}", b'{"a":1}', b'{"a":2}'):
        ward.take(ward.message(a_concern(), body=words))
    numbers = [one.number for one in ward.messages()]
    replay_quarantined(ward.replaying(), OFFICER, (numbers[1],))
    assert [(one.number, one.tries) for one in ward.messages()] == [(numbers[0], 0), (numbers[1], 1), (numbers[2], 0)]
    assert ward.take(ward.message(a_concern())).outcome == "accepted"
    assert {one.state for one in ward.messages()} == {"superseded"}


def set_aside_by_an_earlier_edition(
    ward: Ward, record: str, code: str = "version", sender: Sender | None = None
) -> None:
    """A message that today's edition can read and an earlier one could not."""
    who = sender or ward.hub.police
    message = ward.message(a_concern(record, a_child()), who)
    headers = "\n".join(f"{name}: {value}" for name, value in message.headers).encode()
    fact = ReportQuarantined(
        topic=who.topic, source=who.source, event_id=None, received=NOW, code=code,
        where="", alarm=False, proved=True, sequence=f"{EPOCH}.{ward.numbers[who.source]}",
        held=base64.b64encode(headers + b"\n\n" + message.value).decode(),
    )  # fmt: skip
    ward.hub.store.keep((Entry(Stream(StreamKind.QUARANTINE, record), ward.hub.clock.new_id(), fact, expected=0),))


@pytest.mark.parametrize("code", ["version", "type", "schema"])
def test_after_an_upgrade_the_hub_takes_in_by_itself_what_it_could_not_read(ward: Ward, code: str) -> None:
    set_aside_by_an_earlier_edition(ward, "C-1", code)
    (done,) = replay_after_upgrade(ward.replaying("second"))
    assert (done.outcome, done.by, done.edition) == ("accepted", None, "second")
    assert ward.messages()[0].state == "replayed"
    assert ward.books()[ward.hub.police.source].holds
    assert replay_after_upgrade(ward.replaying("third")) == ()


def received(ward: Ward) -> int:
    """How many receipts are on record."""
    return sum(isinstance(one, ReceiptIssued) for one in ward.facts())


def test_after_an_upgrade_an_agency_that_cannot_be_answered_holds_up_no_other(ward: Ward) -> None:
    for record in ("P-1", "P-2"):
        set_aside_by_an_earlier_edition(ward, record)
    set_aside_by_an_earlier_edition(ward, "H-1", sender=ward.hub.health)
    ward.refuses.add(ward.hub.police.topic)
    before = received(ward)
    with pytest.raises(TopicRefuses, match=r"^police$"):
        replay_after_upgrade(ward.replaying("second"))
    assert [(one.topic, one.state) for one in ward.messages() if one.state != "open"] == [
        (ward.hub.health.topic, "replayed")
    ]
    assert received(ward) - before == 2  # nothing more of the police is taken in while they cannot be told
    ward.refuses.clear()
    assert len(replay_after_upgrade(ward.replaying("second"))) == 2
    assert {one.state for one in ward.messages()} == {"replayed"}
    assert [one.source for one in ward.answered] == [
        ward.hub.health.source, ward.hub.police.source, ward.hub.police.source,
    ]  # fmt: skip


def test_what_no_edition_will_read_is_left_to_people(ward: Ward) -> None:
    set_aside_by_an_earlier_edition(ward, "C-1", "dup_key")
    assert replay_after_upgrade(ward.replaying("second")) == ()


def test_each_edition_tries_once(ward: Ward) -> None:
    ward.take(ward.message(a_concern(), body=b"{}"))
    behind = ward.replaying("second")
    assert [one.outcome for one in replay_after_upgrade(behind)] == ["quarantined"]
    assert replay_after_upgrade(behind) == (), "a view that is behind has it tried again"
    assert replay_after_upgrade(ward.replaying("second")) == ()
    assert len(replay_after_upgrade(ward.replaying("third"))) == 1


class CutOffStore(WatchedStore):
    """A store under a process that dies when it has taken the message in, and not kept yet that it was a replay."""

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """Raises StoreUnavailable."""
        if any(isinstance(entry.what, QuarantineReplayed) for entry in entries):
            raise StoreUnavailable("killed")
        return super().keep(entries, terms, seen)


@pytest.mark.parametrize("is_proved", [True, False])
def test_a_try_that_was_cut_off_is_made_good_by_the_next_and_the_books_balance(ward: Ward, is_proved: bool) -> None:
    if is_proved:
        number = ward.aside()
    else:
        senders, ward.hub.senders = ward.hub.senders, ()
        ward.take(ward.message(a_concern()))
        ward.hub.senders = senders
        number = ward.messages()[0].number
    with pytest.raises(StoreUnavailable):
        replay_quarantined(ward.replaying(store=CutOffStore(ward.hub.store)), OFFICER, (number,))
    (done,) = replay_quarantined(ward.replaying(), OFFICER, (number,))
    assert done.settles
    books = ward.books()[ward.hub.police.source]
    assert (books.received, books.accepted, books.quarantined, books.holds) == (1, 1, 0, True)


def test_books_say_what_is_missing_and_what_was_known_already(ward: Ward) -> None:
    ward.take(ward.message(a_concern("C-1")))
    ward.message(a_concern("C-2"))  # lost on the way
    again = ward.message(a_concern("C-1"))
    for _ in range(3):
        ward.take(again)
    ward.take(ward.message(a_concern("C-4"), body=b"{}"))
    ward.take(ward.message(a_concern("C-5"), key=SigningKey("police-1", Ed25519PrivateKey.generate())))
    books = ward.books()[ward.hub.police.source]
    assert (books.received, books.accepted, books.duplicates, books.quarantined) == (3, 1, 1, 1)
    assert (books.missing, books.holds, books.exact) == (1, True, True)
    assert ward.books()[""].unproved == 1


def test_what_was_set_aside_and_comes_again_once_it_was_sent_anew_is_known_already(ward: Ward) -> None:
    ward.unsigned.add(ward.hub.police.source)
    first = ward.message(a_concern("C-1"))
    ward.take(first)
    ward.unsigned.clear()
    ward.take(ward.message(a_concern("C-1")))
    assert ward.take(first).outcome == "duplicate"
    books = ward.books()[ward.hub.police.source]
    assert (books.received, books.accepted, books.duplicates, books.quarantined) == (2, 1, 1, 0)


def test_a_number_that_an_outbox_put_back_gives_again_counts_both_messages(ward: Ward) -> None:
    ward.take(ward.message(a_concern("C-1")))
    ward.numbers.clear()
    ward.take(ward.message(a_concern("C-2")))
    books = ward.books()[ward.hub.police.source]
    assert (books.received, books.accepted, books.missing, books.holds) == (2, 2, 0, True)
