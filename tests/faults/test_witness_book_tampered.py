"""Somebody who deletes or edits the book of how witnesses stand lifts no refusal, and clears no mark, unseen."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.events.log import WitnessesAsked
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.keys import derived
from hub.adapters.witness_book import WitnessBook
from hub.application.begin_book import asked
from hub.application.gather_cosignatures import BOOK_ALTERED, BOOK_GONE, WENT_BACK, Standing, key_of
from hub.application.ports import Entry, Stream
from hub.application.read_chronology import read_chronology
from hub.cli import commands_parser
from hub.commands import log_keys, staff
from hub.domain.errors import AccessRefused, WaitsForWitnesses
from hub.domain.witnessed import WitnessState
from hub.wiring import Hub
from tests.support.given import ROBIN, an_actor
from tests.support.house import house
from tests.support.pages import signed_in
from tests.support.witnesses import policy_text, signer_of

HOURS = timedelta(hours=9)
KEY = key_of(signer_of("police").vkey)
Book = dict[str, object]


def witnessed(first: Hub, *names: str) -> Hub:
    """The hub as it starts with a policy that names these witnesses."""
    policy = first.settings.home / "policy"
    policy.write_text(policy_text((first.log_key,), {name: f"bus:{name}" for name in names}, 1))
    return Hub(replace(first.settings, log_policy=policy))


def book_of(hub: Hub) -> Path:
    return hub.settings.home / "witnesses.json"


def state(hub: Hub) -> WitnessState:
    return hub.witnesses.state(hub.clock.now())


def codes(hub: Hub) -> set[str]:
    return {one.code for one in hub.witnesses.standings(hub.clock.now())}


def note(hub: Hub, since: datetime) -> None:
    """In the hub's own book: its one witness went back, and they are asked since then."""
    hub.witnesses.book.write((Standing("police", 9, since, WENT_BACK, "an/origin", KEY, since),), since)


def run(hub: Hub, *words: str) -> int:
    return log_keys.run(hub.settings, commands_parser().parse_args(["log", *words]))


@pytest.fixture
def first(tmp_path: Path) -> Hub:
    """A hub that has no witnesses yet."""
    return house(tmp_path)


@pytest.fixture
def hub(first: Hub) -> Hub:
    """A hub whose one witness went back, and whose witnesses have been asked in vain for nine hours."""
    made, since = witnessed(first, "police"), first.clock.now() - HOURS
    fact = WitnessesAsked(at=since, policy=made.witnesses.policy_id, why="policy")
    made.store.keep((Entry(Stream.log(), made.clock.new_id(), fact),))
    note(made, since)
    return made


def nothing_else(book: Book) -> Book:
    return book


def begun_now(book: Book) -> Book:
    return {**book, "since": datetime.now(UTC).isoformat()}


def begun_later(book: Book) -> Book:
    return {**book, "since": "2100-01-01T00:00:00+00:00"}


def no_mark(book: Book) -> Book:
    return {**book, "witnesses": [{"name": "police", "size": 0, "at": None, "code": ""}]}


def without_proof(book: Book) -> Book:
    return {name: book[name] for name in ("since", "witnesses")}


def no_book(book: Book) -> Book:
    return {"witnesses": []}


def no_time(book: Book) -> Book:
    return {**without_proof(book), "since": "yesterday"}


def test_the_book_as_the_hub_wrote_it_is_trusted(hub: Hub) -> None:
    book_of(hub).write_text(json.dumps(nothing_else(json.loads(book_of(hub).read_text()))))
    assert (state(hub), codes(hub)) == (WitnessState.REFUSE, {WENT_BACK})


@pytest.mark.parametrize("edit", [begun_now, begun_later, no_mark, without_proof, no_book, no_time])
def test_an_altered_book_is_a_refusal_with_a_code_and_the_hub_writes_nothing_over_it(
    hub: Hub, edit: Callable[[Book], Book]
) -> None:
    book_of(hub).write_text(json.dumps(edit(json.loads(book_of(hub).read_text()))))
    altered = book_of(hub).read_bytes()
    hub.follow()
    hub.cosign()
    assert (state(hub), codes(hub), book_of(hub).read_bytes()) == (WitnessState.REFUSE, {BOOK_ALTERED}, altered)
    assert hub.witnesses.gone_back("police", hub.clock.now()) is None


def test_a_deleted_book_is_a_refusal_with_a_code_and_the_hub_begins_none_by_itself(hub: Hub) -> None:
    book_of(hub).unlink()
    hub.follow()
    hub.cosign()
    assert (state(hub), codes(hub), book_of(hub).exists()) == (WitnessState.REFUSE, {BOOK_GONE}, False)
    with pytest.raises(WaitsForWitnesses):
        read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)


def test_a_book_under_the_key_of_another_hub_is_altered(hub: Hub) -> None:
    book_of(hub).unlink()
    WitnessBook(book_of(hub), bytes(32), hub.witnesses.policy_id).write((), hub.clock.now())
    assert (state(hub), codes(hub)) == (WitnessState.REFUSE, {BOOK_ALTERED})


def test_a_book_whose_day_has_not_come_is_altered_whoever_wrote_it(hub: Hub) -> None:
    book_of(hub).unlink()
    policy = hub.witnesses.policy_id
    hub.witnesses.book.write((), hub.clock.now())
    own = WitnessBook(book_of(hub), derived(hub.keyring.secret("log-bodies"), "witness-book"), policy)
    assert own.trouble(hub.clock.now()) is None
    book_of(hub).unlink()
    own.write((), hub.clock.now() + HOURS)
    assert (state(hub), codes(hub)) == (WitnessState.REFUSE, {BOOK_ALTERED})


def test_it_is_told_on_the_page_and_by_the_command(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    book_of(hub).unlink()
    assert run(hub, "witnesses") == 1
    assert f"police: {BOOK_GONE}" in capsys.readouterr().out
    assert BOOK_GONE in signed_in(hub, staff.IG_OFFICER).get("/about").text


@pytest.mark.parametrize("why", [BOOK_GONE, BOOK_ALTERED])
def test_an_officer_begins_it_again_on_record_and_what_waited_waits_on(hub: Hub, why: str) -> None:
    if why == BOOK_GONE:
        book_of(hub).unlink()
    else:
        book_of(hub).write_text("{}")
    assert run(hub, "begin-book", "--as", "ivy") == 0
    act = asked(hub.store)[-1]
    assert act.by is not None
    assert (act.by.subject, act.why, act.policy) == ("ivy", why, hub.witnesses.policy_id)
    assert (state(hub), codes(hub)) == (WitnessState.REFUSE, {""}), "asked since it was first on record"
    hub.cosign()
    assert book_of(hub).exists()


def test_nobody_else_begins_it_and_nobody_while_nothing_is_wrong_with_it(hub: Hub) -> None:
    with pytest.raises(AccessRefused):
        run(hub, "begin-book", "--as", "ivy")
    book_of(hub).unlink()
    with pytest.raises(AccessRefused):
        run(hub, "begin-book", "--as", "priya")
    assert (len(asked(hub.store)), book_of(hub).exists()) == (1, False)


def test_a_first_start_with_a_policy_begins_the_book_and_says_so_on_record_once(first: Hub) -> None:
    hub = witnessed(first, "police")
    hub.follow()
    assert (state(hub), asked(hub.store)) == (WitnessState.AMBER, ())
    hub.cosign()
    hub.cosign()
    again = witnessed(first, "police")
    again.cosign()
    (fact,) = asked(again.store)
    assert (fact.policy, fact.why, fact.by) == (again.witnesses.policy_id, "policy", None)
    assert state(again) is WitnessState.FRESH
    book_of(again).unlink()
    assert state(again) is WitnessState.REFUSE


def test_another_policy_goes_on_with_the_book_and_is_on_record_too(hub: Hub) -> None:
    later = witnessed(hub, "police", "health")
    assert codes(later) == {WENT_BACK, ""}
    later.follow()
    later.cosign()
    assert [fact.policy for fact in asked(later.store)] == [hub.witnesses.policy_id, later.witnesses.policy_id]
    assert codes(later) == {WENT_BACK, ""}
    book_of(later).unlink()
    assert codes(witnessed(later, "health")) == {BOOK_GONE}, "a new policy makes a book that is gone no new one"


def test_the_book_of_an_older_release_is_taken_over_once(first: Hub) -> None:
    hub, since = witnessed(first, "police"), first.clock.now() - HOURS
    note(hub, since)
    older = json.dumps(without_proof(json.loads(book_of(hub).read_text())))
    book_of(hub).write_text(older)
    assert (state(hub), codes(hub)) == (WitnessState.REFUSE, {WENT_BACK})
    hub.follow()
    hub.cosign()
    assert (state(hub), codes(hub), len(asked(hub.store))) == (WitnessState.REFUSE, {WENT_BACK}, 1)
    book_of(hub).write_text(older)
    assert codes(hub) == {BOOK_ALTERED}
