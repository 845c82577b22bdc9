"""Is a chronology put on paper only for those who may have it, once on record, and less what never goes on paper?"""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.event import Fact
from contracts.events.hub import AccessDecided, Actor
from contracts.events.printing import PrintDecided, PrintReason
from contracts.events.shared import ConcernRaised
from contracts.identifiers import parse_identifier
from contracts.report import Handling, Place, Statement
from contracts.vocabulary import (
    AgencyKind,
    FieldClass,
    LogOperation,
    Purpose,
    RestrictedKind,
    SensitivityTag,
    StaffRole,
    StatementKind,
)
from hub.application.ports import Entry, Kept, Seen, Stream, Term
from hub.application.print_chronology import NotPrinted, Printed, print_chronology
from hub.domain.access_line import line_of
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.domain.printing import NOT_ON_PAPER, WHO_TOLD, Printing
from hub.web.paper.rows import HELD_APART, held
from hub.wiring import all_agreements
from tests.support.given import ROBIN, a_child, a_concern, an_actor, an_id
from tests.support.small_hub import SmallHub
from tests.support.watched_store import WatchedStore

CHILD, NOBODYS = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"hub:{an_id('nobody').hex}")
MASH = an_actor()
SCHOOL = "urn:childhub:agency:school"
PRACTITIONER = an_actor("lena", "nursery", AgencyKind.VCSE_COMMISSIONED, StaffRole.PRACTITIONER)
RESEARCHER = an_actor("tom", role=StaffRole.MASH_RESEARCHER)
IG = an_actor("ivy", role=StaffRole.IG_OFFICER)


class Full(WatchedStore):
    """A store that can keep nothing."""

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        raise StoreUnavailable("disk")


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def asking(
    hub: SmallHub, actor: Actor = MASH, to: str | None = SCHOOL, purpose: Purpose = Purpose.SECTION_47
) -> Printing:
    """A pack for the school's lead; for nobody, a court's chronology."""
    return Printing(
        actor=actor,
        purpose=purpose,
        product="meeting_pack" if to is not None else "court_chronology",
        reason=PrintReason.STRATEGY if to is not None else PrintReason.PROCEEDINGS,
        at=hub.clock.now(),
        meant_for="Safeguarding lead",
        recipient=next((one for one in all_agreements() if one.source == to), None),
    )


def printed(hub: SmallHub, to: str | None = SCHOOL) -> Printed:
    """What is on the paper."""
    found = print_chronology(hub.reading(), asking(hub, to=to), CHILD)
    assert isinstance(found, Printed)
    return found


def kept(hub: SmallHub) -> tuple[Fact, ...]:
    """Everything on record, in order."""
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 10_000))
    return tuple(fact for fact in facts if fact is not None)


def with_handling(report: ConcernRaised, *kinds: RestrictedKind) -> ConcernRaised:
    """The report, restricted."""
    handling = Handling(purpose=report.handling.purpose, restricted=kinds)
    return report.model_copy(update={"handling": handling})


def test_one_decision_stands_on_record_with_copy_recipient_and_reason(hub: SmallHub) -> None:
    hub.receive(a_concern())
    found = printed(hub)
    person = found.chronology.person_id
    access, document = hub.store.read_stream(Stream.access(person))
    assert isinstance(access, AccessDecided)
    assert document == found.stated
    assert (access.decision_id, access.effect) == (found.stated.decision_id, "permitted")
    assert (found.stated.copy_number, found.stated.recipient, found.stated.reason.value) == (1, SCHOOL, "strategy")
    line = line_of(found.stated, 7)
    assert line is not None
    assert (line.kind, line.operation, line.recipients) == ("print", LogOperation.DISCLOSURE, (SCHOOL,))
    assert "Safeguarding lead" not in repr(line)


def test_what_is_printed_bears_the_childs_own_nhs_number(hub: SmallHub) -> None:
    hub.receive(a_concern())
    assert printed(hub).chronology.nhs_numbers == (ROBIN,)


def test_every_copy_has_a_number_of_its_own(hub: SmallHub) -> None:
    hub.receive(a_concern())
    assert [printed(hub, to).stated.copy_number for to in (SCHOOL, None, SCHOOL)] == [1, 2, 3]


def test_nothing_is_opened_when_it_cannot_be_put_on_record(hub: SmallHub) -> None:
    hub.receive(a_concern())
    store = Full(hub.store)
    with pytest.raises(StoreUnavailable):
        print_chronology(hub.reading(store), asking(hub), CHILD)
    assert "open_reports" not in store.calls


@pytest.mark.parametrize(
    "actor", [PRACTITIONER, IG, an_actor(role=StaffRole.MASH_RESEARCHER)], ids=lambda one: one.role
)
def test_only_those_whose_work_it_is_may_print_and_the_try_is_on_record(hub: SmallHub, actor: Actor) -> None:
    hub.receive(a_concern())
    for child in (CHILD, NOBODYS):
        with pytest.raises(AccessRefused):
            print_chronology(hub.reading(), asking(hub, actor), child)
        last = kept(hub)[-1]
        assert isinstance(last, AccessDecided)
        assert (last.effect, last.actor.subject) == ("refused", actor.subject)
    assert not [one for one in kept(hub) if isinstance(one, PrintDecided)]


def test_a_child_who_is_not_there_and_a_purpose_that_opens_nothing_are_answered_alike(hub: SmallHub) -> None:
    hub.receive(a_concern())
    for asked, child in ((asking(hub), NOBODYS), (asking(hub, purpose=Purpose.AUDIT), CHILD)):
        with pytest.raises(AccessRefused):
            print_chronology(hub.reading(), asked, child)
    assert not [one for one in kept(hub) if isinstance(one, PrintDecided)]


def test_the_recipients_copy_holds_what_the_recipient_may_have(hub: SmallHub) -> None:
    """What its agency keeps from the school is in no copy for the school, and is in the reader's own."""
    hub.receive(a_concern(words="Said at the gate"))
    secret = a_concern("C-2", words="CANARY for others")
    handling = secret.handling.model_copy(update={"not_to_be_seen_by": (SCHOOL,)})
    hub.receive(secret.model_copy(update={"handling": handling}))
    assert "CANARY" in repr(printed(hub, MASH.agency).chronology)
    assert "CANARY" not in repr(printed(hub, SCHOOL).chronology)
    assert "Said at the gate" in repr(printed(hub, SCHOOL).chronology)


@pytest.mark.parametrize("to", [None, SCHOOL, MASH.agency])
def test_what_is_restricted_and_who_told_are_never_on_paper(hub: SmallHub, to: str | None) -> None:
    told = Statement(field="reported_by", kind=StatementKind.THIRD_PARTY, value="CANARY-aunt", about="child")
    plain = a_concern()
    hub.receive(plain.model_copy(update={"statements": (*plain.statements, told)}))
    hub.receive(a_concern("C-2", words="CANARY-adopted", tags=(SensitivityTag.ADOPTION,)))
    found = printed(hub, to)
    assert "CANARY" not in repr(found.chronology)
    access = hub.store.read_stream(Stream.access(found.chronology.person_id))[-2]
    assert isinstance(access, AccessDecided)
    assert {WHO_TOLD, NOT_ON_PAPER} & {one.reason for one in access.withheld}
    assert FieldClass.SOURCE not in access.classes


@pytest.mark.parametrize("to", [None, SCHOOL, MASH.agency])
def test_a_protected_address_is_in_no_words_on_paper(hub: SmallHub, to: str | None) -> None:
    child = a_child().model_copy(update={"address": Place(text="12 Refuge Road", postcode="ZZ99 3CZ")})
    hub.receive(a_concern(child=child, tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    hub.receive(a_concern("C-2", words="Seen at zz993cz again", said="We live in number 12, refuge ROAD"))
    found = printed(hub, to)
    text = repr(found.chronology).casefold()
    assert "zz99" not in text
    assert "refuge road" not in text
    told = [held(entry, {}) for entry in found.chronology.entries]
    assert told
    assert all(HELD_APART in one for one in told)


def test_what_may_not_go_is_refused_with_its_reason_and_that_is_on_record(hub: SmallHub) -> None:
    hub.receive(with_handling(a_concern(), RestrictedKind.ADOPTION_RECORD))
    found = print_chronology(hub.reading(), asking(hub), CHILD)
    assert isinstance(found, NotPrinted)
    assert (found.stated.effect, found.stated.copy_number) == ("refused", 0)
    assert found.stated.bars
    assert found.stated in kept(hub)


def test_a_reason_of_another_document_is_no_reason(hub: SmallHub) -> None:
    hub.receive(a_concern())
    found = print_chronology(hub.reading(), replace(asking(hub), reason=PrintReason.PROCEEDINGS), CHILD)
    assert isinstance(found, NotPrinted)
    assert [one.rule for one in found.stated.bars] == ["print-reason"]
