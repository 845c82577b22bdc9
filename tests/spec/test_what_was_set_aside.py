"""Who may see what could not be taken in, and what is shown of it? Each look is on record first."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.envelope import Sealed
from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.quarantine import QuarantineAsked, QuarantineReplayed
from contracts.signature import SigningKey
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.enrol import enrol_agency
from hub.application.kept_rows import KeptRow
from hub.application.list_quarantine import list_quarantine
from hub.application.ports import Store
from hub.application.replay_quarantined import replay_quarantined
from hub.application.set_aside_messages import read_set_aside
from hub.application.show_quarantined import show_quarantined
from hub.domain.errors import AccessRefused, NotSetAside, StoreUnavailable
from tests.support.given import NOW, a_concern, an_actor
from tests.support.set_aside import DECIDER, OFFICER, Ward
from tests.support.small_hub import a_sender
from tests.support.watched_store import FailingStore

OTHERS = (an_actor("tom", role=StaffRole.MASH_RESEARCHER), an_actor("sam", role=StaffRole.PRACTITIONER))
SECRETS = ("Exemplar", "Robin", "9990001006", "crying")
Act = Callable[[Ward, Actor, Store | None], object]


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    return Ward(tmp_path)


def a_list(ward: Ward, actor: Actor, store: Store | None = None) -> object:
    return list_quarantine(ward.listing(store), actor)


def a_look(ward: Ward, actor: Actor, store: Store | None = None) -> object:
    (one,) = ward.messages()
    purpose = Purpose.AUDIT if actor.role is StaffRole.IG_OFFICER else Purpose.SECTION_17
    return show_quarantined(ward.showing(store), actor, one.number, purpose)


def a_try(ward: Ward, actor: Actor, store: Store | None = None) -> object:
    return replay_quarantined(ward.replaying(store=store), actor, code="agreement_missing")


def looks(ward: Ward) -> list[QuarantineAsked]:
    return [fact for fact in ward.facts() if isinstance(fact, QuarantineAsked)]


ACTS = pytest.mark.parametrize(("act", "what"), [(a_list, "list"), (a_look, "show"), (a_try, "replay")])


@ACTS
@pytest.mark.parametrize("actor", [OFFICER, DECIDER], ids=lambda actor: actor.subject)
def test_whose_work_it_is_may_and_it_is_on_record(ward: Ward, act: Act, what: str, actor: Actor) -> None:
    number = ward.aside()
    act(ward, actor, None)
    (look,) = looks(ward)
    assert (look.act, look.effect, look.actor, look.items) == (what, "permitted", actor, 1)
    assert look.numbers == (() if what == "list" else (number,))
    assert look.grounds


@ACTS
@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.subject)
def test_anybody_else_is_refused_on_record(ward: Ward, act: Act, what: str, actor: Actor) -> None:
    ward.aside()
    with pytest.raises(AccessRefused):
        act(ward, actor, None)
    (look,) = looks(ward)
    assert (look.act, look.effect, look.actor, look.items) == (what, "refused", actor, 0)
    assert not [fact for fact in ward.facts() if isinstance(fact, QuarantineReplayed)]
    assert not ward.answered


@pytest.mark.parametrize("purpose", [Purpose.SECTION_47, Purpose.CRIME, None])
def test_the_officer_looks_in_order_to_check_and_for_nothing_else(ward: Ward, purpose: Purpose | None) -> None:
    number = ward.aside()
    with pytest.raises(AccessRefused):
        show_quarantined(ward.showing(), OFFICER, number, purpose)
    assert [look.effect for look in looks(ward)] == ["refused"]


@ACTS
def test_what_cannot_be_put_on_record_is_neither_shown_nor_done(ward: Ward, act: Act, what: str) -> None:
    ward.aside()
    store = FailingStore(ward.hub.store)
    with pytest.raises(StoreUnavailable):
        act(ward, OFFICER, store)
    assert what
    assert store.calls == ["keep"]
    assert not ward.answered


def test_a_number_under_which_nothing_is_set_aside_is_asked_for_on_record(ward: Ward) -> None:
    ward.take(ward.message(a_concern("C-0")))
    number = ward.aside()
    for other in (number + 1_000, number - 1):
        with pytest.raises(NotSetAside):
            show_quarantined(ward.showing(), OFFICER, other, Purpose.AUDIT)
        with pytest.raises(NotSetAside):
            replay_quarantined(ward.replaying(), OFFICER, (number, other))
    assert len(looks(ward)) == 4
    assert not ward.answered


def test_one_message_is_shown_without_a_word_of_it(ward: Ward) -> None:
    enrol_agency(ward.hub.store, ward.hub.clock, ward.hub.police.enrolment(ward.hub.clock))
    number = ward.aside()
    shown = show_quarantined(ward.showing(), OFFICER, number, Purpose.AUDIT)
    assert (shown.message.code, shown.message.where, shown.message.received) == ("agreement_missing", "", NOW)
    assert (shown.message.source, shown.message.proved) == (ward.hub.police.source, True)
    assert (shown.told, shown.topic_of) == ("told", ward.hub.police.source)
    assert shown.message.size_bytes > 500
    assert "agreement" in shown.explained.means
    assert not [secret for secret in SECRETS if secret in repr(shown)]


def test_a_sender_that_was_not_enrolled_when_it_came_was_not_told(ward: Ward) -> None:
    number = ward.aside()
    ward.hub.clock.forward(timedelta(minutes=5))
    enrol_agency(ward.hub.store, ward.hub.clock, ward.hub.police.enrolment(ward.hub.clock))
    assert show_quarantined(ward.showing(), OFFICER, number, Purpose.AUDIT).told == "nobody_to_tell"


def test_it_is_shown_before_the_view_has_come_to_it(ward: Ward) -> None:
    showing = ward.showing()
    number = ward.aside()
    shown = show_quarantined(showing, OFFICER, number, Purpose.AUDIT)
    assert (shown.message.number, shown.message.state) == (number, "open")


def test_what_a_message_claims_is_shown_only_where_it_is_of_our_form(ward: Ward) -> None:
    message = ward.message(a_concern())
    names = tuple((name, "Robin-Exemplar" if name == "ce_id" else value) for name, value in message.headers)
    assert ward.take(Sealed(names, message.value)).code == "seal_context"
    (one,) = ward.messages()
    assert (one.source, one.event_id, one.proved) == (None, None, False)
    assert not [secret for secret in SECRETS if secret in repr(ward.tables.read(ward.tables.views[0]))]


def test_a_sender_that_names_itself_as_it_likes_is_not_named(ward: Ward) -> None:
    stranger = a_sender("Robin-Exemplar", AgencyKind.POLICE)
    assert ward.take(ward.message(a_concern(), stranger), stranger).code == "source_unknown"
    (one,) = ward.messages()
    assert (one.source, one.event_id) == (None, None)


class GappedRows:
    """A store in which the position asked for was never given out, and the next one holds what was set aside."""

    def __init__(self, ward: Ward, number: int) -> None:
        (self._row,) = ward.hub.store.rows_after(number - 1, 1)
        self._ward = ward

    def rows_after(self, position: int, limit: int) -> tuple[KeptRow, ...]:
        """See kept_rows.KeptRows."""
        return (self._row,) if position < self._row.position and limit else ()

    def open_row(self, row: KeptRow) -> Fact | None:
        """See kept_rows.KeptRows."""
        return self._ward.hub.store.open_row(row)


def test_a_number_never_given_out_is_not_the_next_one(ward: Ward) -> None:
    ward.take(ward.message(a_concern("C-0")))
    number = ward.aside()
    rows = GappedRows(ward, number)
    assert read_set_aside(rows, ward.hub.store, number).number == number
    with pytest.raises(NotSetAside):
        read_set_aside(rows, ward.hub.store, number - 1)


def test_alarms_stand_first_then_what_is_open(ward: Ward) -> None:
    forged = ward.message(a_concern("C-3"), key=SigningKey("police-1", Ed25519PrivateKey.generate()))
    assert ward.take(forged).code == "sig_bytes"
    alarm = ward.messages()[0].number
    second, first = ward.aside("C-2"), ward.aside("C-1")
    replay_quarantined(ward.replaying(), OFFICER, (second,))
    listed = list_quarantine(ward.listing(), OFFICER)
    assert [one.number for one in listed.messages] == [alarm, first, second]
    assert [one.to_look_at for one in listed.messages] == [True, False, False]


def test_the_list_is_narrowed_by_code_and_by_source(ward: Ward) -> None:
    ward.aside()
    ward.take(ward.message(a_concern("H-1"), ward.hub.health, body=b"{}"), ward.hub.health)
    assert [one.code for one in list_quarantine(ward.listing(), OFFICER, "schema").messages] == ["schema"]
    only = list_quarantine(ward.listing(), OFFICER, source=ward.hub.police.source).messages
    assert [one.code for one in only] == ["agreement_missing"]
    assert looks(ward)[-1].source == ward.hub.police.source
