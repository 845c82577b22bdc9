"""Does an open enquiry let those see whom it is assigned to, while it is open; and does a conflict keep them out?"""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.events.access import EmergencyReason, TieKind
from contracts.events.hub import AccessDecided, Actor
from contracts.events.need import AlarmKind, Assignee, ConflictKind, Part
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.break_glass import break_glass
from hub.application.enrol import enrol_staff
from hub.application.keep_apart import change_team, declare_conflict, list_conflicts, withdraw_conflict
from hub.application.keep_views import keep_views
from hub.application.lead_enquiry import assign_enquiry, close_enquiry, open_enquiry
from hub.application.list_enquiries import ListingEnquiries, Working, list_alarms, list_enquiries
from hub.application.ports import Entry, Stream
from hub.application.read_chronology import read_chronology
from hub.application.stand_to import Deciding
from hub.application.tie_staff import tie_staff
from hub.domain.emergency import Opening
from hub.domain.errors import AccessRefused, NotEnrolled, NotOnRecord
from hub.domain.need_to_know import Ruling, Situation
from hub.views.enquiries import ENQUIRIES, open_now
from tests.support.given import ROBIN, WREN, a_concern, an_actor
from tests.support.small_hub import POLICIES, SmallHub

CHILD, ABSENT = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"nhs:{WREN}")
WHY = Purpose.SECTION_47
PRIYA, IVY = an_actor(), an_actor("ivy", role=StaffRole.IG_OFFICER)
TOM = an_actor("tom", "health", AgencyKind.NHS, StaffRole.MASH_RESEARCHER)
ANN = an_actor("ann", role=StaffRole.IG_OFFICER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A child whom the police reported; Tom, of health, has nothing to do with the child yet."""
    made = SmallHub(tmp_path)
    made.receive(a_concern())
    for actor in (PRIYA, IVY, TOM, ANN):
        enrol_staff(made.store, made.clock, actor, f"{actor.subject.title()} Invented", "hash")
    made.store.keep((Entry(Stream.registry(), made.clock.new_id(), made.health.enrolment(made.clock)),))
    return made


def looks(hub: SmallHub, actor: Actor = TOM) -> bool:
    try:
        return bool(read_chronology(hub.reading(), actor, CHILD, WHY).entries)
    except AccessRefused:
        return False


def assign(hub: SmallHub, part: Part, name: str) -> None:
    open_enquiry(hub.reading(), PRIYA, CHILD, WHY)
    assign_enquiry(hub.reading(), PRIYA, CHILD, WHY, Assignee(part=part, name=name))


def newest(hub: SmallHub) -> AccessDecided:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return hub.store.read_access(person_id)[-1]


def listing(hub: SmallHub, folder: Path) -> ListingEnquiries:
    views = ViewRows(folder / "views.db", (ENQUIRIES,))
    keep_views(hub.store, views)
    return ListingEnquiries(hub.store, hub.clock, views.read(ENQUIRIES))


def working(hub: SmallHub, folder: Path) -> Working:
    deciding = Deciding(POLICIES, hub.store.read_stream(Stream.registry()))
    return Working(hub.store, hub.index, hub.clock, deciding, open_now(listing(hub, folder).rows), ())


@pytest.mark.parametrize(
    ("part", "name", "policy", "relation"),
    [
        (Part.WORKER, "tom", "assigned", "assigned"),
        (Part.HOLDER, "tom", "case-holder", "case_holders"),
        (Part.AGENCY, TOM.agency, "agency-asked", "asked"),
    ],
)
def test_an_assignment_opens_while_the_enquiry_is_open(
    hub: SmallHub, part: Part, name: str, policy: str, relation: str
) -> None:
    assert not looks(hub)
    assign(hub, part, name)
    assert looks(hub)
    assert (newest(hub).policies, newest(hub).relations) == ((policy,), (relation,))
    close_enquiry(hub.reading(), PRIYA, CHILD, WHY)
    assert not looks(hub)


def test_a_team_lets_its_members_look_while_they_are_in_it(hub: SmallHub) -> None:
    assign(hub, Part.TEAM, "north")
    assert not looks(hub)
    change_team(hub.store, hub.clock, PRIYA, of="tom", team="north", change="joined")
    assert looks(hub)
    change_team(hub.store, hub.clock, PRIYA, of="tom", team="north", change="left")
    assert not looks(hub)


def test_nobody_puts_themselves_in_a_team(hub: SmallHub) -> None:
    with pytest.raises(AccessRefused):
        change_team(hub.store, hub.clock, PRIYA, of="priya", team="north", change="joined")
    with pytest.raises(AccessRefused):
        change_team(hub.store, hub.clock, TOM, of="ivy", team="north", change="joined")


def test_each_decision_names_the_policies_and_their_hash(hub: SmallHub) -> None:
    assert looks(hub, PRIYA)
    assert newest(hub).policies == ("front-door",)
    assert newest(hub).policy_sha256 == POLICIES.sha256
    assert not looks(hub)
    refused = newest(hub)
    assert (refused.effect, refused.policies, [one.rule for one in refused.bars]) == ("refused", (), ["need-to-know"])


def test_nobody_but_who_decides_leads_an_enquiry_and_an_absent_child_is_answered_alike(hub: SmallHub) -> None:
    for actor, child in ((TOM, CHILD), (TOM, ABSENT), (PRIYA, ABSENT)):
        with pytest.raises(AccessRefused):
            open_enquiry(hub.reading(), actor, child, WHY)
    with pytest.raises(NotOnRecord):
        close_enquiry(hub.reading(), PRIYA, CHILD, WHY)
    with pytest.raises(NotEnrolled):
        assign_enquiry(hub.reading(), PRIYA, CHILD, WHY, Assignee(part=Part.WORKER, name="nobody"))


def test_the_list_shows_all_to_who_decides_and_to_others_their_own(hub: SmallHub, tmp_path: Path) -> None:
    assign(hub, Part.WORKER, "tom")
    other = an_actor("kim", "health", AgencyKind.NHS, StaffRole.MASH_RESEARCHER)
    found = [list_enquiries(working(hub, tmp_path), actor).shown for actor in (PRIYA, TOM, other)]
    assert [len(one) for one in found] == [1, 1, 0]
    assert [one.name for one in found[0][0].enquiry.assignees] == ["tom"]
    with pytest.raises(AccessRefused):
        list_enquiries(working(hub, tmp_path), IVY)
    close_enquiry(hub.reading(), PRIYA, CHILD, WHY)
    assert list_enquiries(working(hub, tmp_path), PRIYA).shown == ()


def test_a_conflict_shuts_at_the_next_request_in_an_emergency_too(hub: SmallHub) -> None:
    assert looks(hub, PRIYA)
    declare_conflict(hub.store, hub.clock, PRIYA, CHILD, of="priya", kind=ConflictKind.FRIEND)
    assert not looks(hub, PRIYA)
    assert [one.rule for one in newest(hub).bars] == ["conflict-of-interest"]
    with pytest.raises(AccessRefused):
        break_glass(hub.reading(), Opening(PRIYA, EmergencyReason.DANGER_NOW, hub.clock.now()), CHILD)
    with pytest.raises(AccessRefused):
        open_enquiry(hub.reading(), PRIYA, CHILD, WHY)
    assert looks(hub, an_actor("rosa"))


@pytest.mark.parametrize(("kind", "rule"), [(TieKind.CHILD, "relative"), (TieKind.OWN_RECORD, "own-record")])
def test_a_tie_that_somebody_told_of_shuts_too(hub: SmallHub, kind: TieKind, rule: str) -> None:
    tie_staff(hub.store, hub.clock, PRIYA, "priya", (kind, f"nhs:{ROBIN}"))
    assert not looks(hub, PRIYA)
    assert [one.rule for one in newest(hub).bars] == [rule]


def test_a_conflict_about_a_child_nobody_knows_yet_holds_when_the_child_comes(hub: SmallHub) -> None:
    declare_conflict(hub.store, hub.clock, PRIYA, ABSENT, of="priya", kind=ConflictKind.FAMILY)
    wren = a_concern("W-1").people[0].model_copy(update={"identifiers": (ABSENT,)})
    hub.receive(a_concern("W-1", child=wren))
    with pytest.raises(AccessRefused):
        read_chronology(hub.reading(), PRIYA, ABSENT, WHY)


def test_a_conflict_is_withdrawn_by_somebody_else_who_checks(hub: SmallHub) -> None:
    own = declare_conflict(hub.store, hub.clock, PRIYA, CHILD, of="priya", kind=ConflictKind.FRIEND)
    for_them = declare_conflict(hub.store, hub.clock, IVY, CHILD, of="priya", kind=ConflictKind.DISPUTE)
    for actor, conflict in ((PRIYA, own), (TOM, own), (IVY, for_them)):
        with pytest.raises(AccessRefused):
            withdraw_conflict(hub.store, hub.clock, actor, conflict.conflict_id)
    withdraw_conflict(hub.store, hub.clock, IVY, own.conflict_id)
    assert not looks(hub, PRIYA)
    withdraw_conflict(hub.store, hub.clock, ANN, for_them.conflict_id)
    assert looks(hub, PRIYA)
    assert list_conflicts(hub.store, hub.clock, IVY) == ()


def test_nobody_declares_for_another_but_who_checks(hub: SmallHub) -> None:
    with pytest.raises(AccessRefused):
        declare_conflict(hub.store, hub.clock, TOM, CHILD, of="priya", kind=ConflictKind.FRIEND)
    assert looks(hub, PRIYA)


class Unjudged:
    """Policies that fail while they are judged."""

    def judge(self, situation: Situation) -> Ruling:
        """See application.need_port.Policies."""
        return Ruling(False, (), "0" * 64, alarm="error")


def test_policies_that_fail_refuse_and_those_who_check_are_told(hub: SmallHub, tmp_path: Path) -> None:
    reading = replace(hub.reading(), deciding=Deciding(Unjudged(), ()))
    with pytest.raises(AccessRefused):
        read_chronology(reading, PRIYA, CHILD, WHY)
    with pytest.raises(AccessRefused):
        break_glass(reading, Opening(PRIYA, EmergencyReason.DANGER_NOW, hub.clock.now()), CHILD)
    assert [one.kind for one in list_alarms(listing(hub, tmp_path), IVY)[1]] == [AlarmKind.POLICIES] * 2
    assert {one.rule for one in newest(hub).bars} == {"need-to-know-alarm"}
    with pytest.raises(AccessRefused):
        list_alarms(listing(hub, tmp_path), PRIYA)
