"""Is a decision not to share kept, answered and counted, whatever the reason and whoever the child?"""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from consent.packs import LawSettings
from consent.refusals import Reason
from contracts.events.hub import Actor, SearchMade
from contracts.events.sharing import SharingRefused
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.enrol import enrol_staff
from hub.application.keep_views import keep_views
from hub.application.ports import Stream
from hub.application.refuse_to_share import RefusingToShare, refuse_to_share
from hub.cli import main
from hub.commands import refuse
from hub.domain.errors import AccessRefused
from hub.domain.refusal import Asker, NotShared
from hub.views.refusals import REFUSALS, Counted, counted
from tests.support.given import NOW, ROBIN, WREN, a_concern, an_actor
from tests.support.house import house
from tests.support.small_hub import SmallHub

CHILD = parse_identifier(f"nhs:{ROBIN}")
STRANGER = parse_identifier(f"nhs:{WREN}")
SECRET = "The neighbour fears reprisal"
HOUSING = an_actor("hana", "housing", AgencyKind.LOCAL_AUTHORITY, StaffRole.PRACTITIONER)
POLICE = Asker("urn:childhub:agency:police", AgencyKind.POLICE)
START = LawSettings(date(2026, 9, 30))


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A hub that knows one child."""
    small = SmallHub(tmp_path)
    small.receive(a_concern())
    return small


def made(reason: Reason, words: str = SECRET, actor: Actor = HOUSING, review: date | None = None) -> NotShared:
    """A decision that lacks nothing."""
    on = NOW.date() + timedelta(days=1)
    return NotShared(actor, POLICE, "Who reported it", Purpose.SECTION_17, reason, words, "Lead", review or on)


def keep(
    hub: SmallHub, decision: NotShared, law: LawSettings = LawSettings(), child: Identifier = CHILD
) -> SharingRefused:
    return refuse_to_share(RefusingToShare(hub.store, hub.index, hub.clock, law, hub.deciding()), decision, child)


def rows(hub: SmallHub, folder: Path) -> ViewRows:
    tables = ViewRows(folder / "views.db", (REFUSALS,))
    keep_views(hub.store, tables)
    return tables


@pytest.mark.parametrize("reason", Reason)
def test_every_decision_is_kept_in_the_childs_access_stream_with_what_was_said_to_it(
    hub: SmallHub, reason: Reason
) -> None:
    fact = keep(hub, made(reason))
    assert fact in hub.store.read_stream(Stream.access(fact.person_id))
    assert fact.person_id == hub.index.people_with("nhs", ROBIN)[0]
    assert fact.answer
    assert all(one.citation and one.says for one in fact.answer)
    assert fact.myth is (reason.myth is not None)


def test_a_myth_is_answered_and_recorded_and_marked(hub: SmallHub) -> None:
    fact = keep(hub, made(Reason.NO_CONSENT))
    assert (fact.myth, fact.stands) == (True, False)
    assert fact.answer[0].rule == "myth-no-consent"
    assert fact.answer[0].propose


def test_a_wrong_reason_under_the_duty_is_answered_with_a_fix_and_recorded(hub: SmallHub) -> None:
    before = keep(hub, made(Reason.NOT_RELEVANT))
    after = keep(hub, made(Reason.NOT_RELEVANT), START)
    assert before.stands
    assert not after.stands
    assert [one.rule for one in after.answer] == ["refusal-under-the-duty"]
    assert "16LA" in after.law
    assert after in hub.store.read_stream(Stream.access(after.person_id))


def test_detriment_to_the_child_stands_under_the_duty(hub: SmallHub) -> None:
    assert keep(hub, made(Reason.MORE_DETRIMENTAL), START).stands


def test_a_child_who_is_not_known_here_is_answered_alike_and_the_decision_is_kept_all_the_same(hub: SmallHub) -> None:
    known = keep(hub, made(Reason.SYSTEM))
    unknown = keep(hub, made(Reason.SYSTEM), child=STRANGER)
    apart = {"refusal_id", "person_id", "at"}
    assert known.model_dump(exclude=apart) == unknown.model_dump(exclude=apart)
    assert hub.store.read_stream(Stream.access(unknown.person_id)) == (unknown,)
    assert hub.store.read_history(unknown.person_id).version == 0


def test_looking_for_the_child_is_on_record_too(hub: SmallHub) -> None:
    before = len(hub.store.rows_after(0, 500))
    keep(hub, made(Reason.SYSTEM))
    added = [hub.store.open_row(row) for row in hub.store.rows_after(0, 500)[before:]]
    assert [type(fact) for fact in added] == [SearchMade, SharingRefused]


def test_nobody_s_approval_of_their_own_decision_counts(hub: SmallHub) -> None:
    decision = made(Reason.MORE_DETRIMENTAL)
    own = NotShared(
        HOUSING, POLICE, "x", Purpose.SECTION_17, decision.reason, SECRET, HOUSING.subject, decision.review_on
    )
    assert not keep(hub, own).stands
    enrol_staff(hub.store, hub.clock, HOUSING, "Hana Reeve", "a hash")
    assert not keep(hub, replace(own, approved_by="hana reeve ")).stands
    assert keep(hub, replace(own, approved_by="Lead")).stands


def test_the_view_counts_each_agency_by_code_and_holds_no_word(hub: SmallHub, tmp_path: Path) -> None:
    gp = an_actor("gina", "gp", AgencyKind.GP, StaffRole.PRACTITIONER)
    for reason, actor in [
        (Reason.NO_CONSENT, HOUSING), (Reason.NO_CONSENT, HOUSING), (Reason.MORE_DETRIMENTAL, HOUSING),
        (Reason.SYSTEM, gp),
    ]:  # fmt: skip
        keep(hub, made(reason, actor=actor))
    tables = rows(hub, tmp_path)
    found = counted(tables.read(REFUSALS), NOW.date())
    assert found == (
        Counted("urn:childhub:agency:gp", "system", True, 1, 0, 0),
        Counted("urn:childhub:agency:housing", "more_detrimental", False, 1, 1, 0),
        Counted("urn:childhub:agency:housing", "no_consent", True, 2, 0, 0),
    )
    kept = json.dumps(tables.read(REFUSALS))
    assert SECRET not in kept
    assert "Who reported it" not in kept
    assert "Lead" not in kept


@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 0), (2, 1)])
def test_a_decision_past_its_review_date_is_counted_as_one_to_look_at_again(
    hub: SmallHub, tmp_path: Path, days: int, late: int
) -> None:
    keep(hub, made(Reason.MORE_DETRIMENTAL))
    (one,) = counted(rows(hub, tmp_path).read(REFUSALS), NOW.date() + timedelta(days=days))
    assert one.to_review == late


def test_a_decision_that_never_had_a_review_date_is_one_to_look_at(hub: SmallHub, tmp_path: Path) -> None:
    bare = NotShared(HOUSING, POLICE, "x", Purpose.SECTION_17, Reason.MORE_DETRIMENTAL, SECRET, "Lead")
    keep(hub, bare)
    assert counted(rows(hub, tmp_path).read(REFUSALS), NOW.date())[0].to_review == 1


def test_the_sealed_log_says_who_did_not_share_and_why_by_code(tmp_path: Path) -> None:
    there = house(tmp_path)
    fact = refuse.keep(there, _asked(Reason.NO_CONSENT))
    there.follow()
    bodies = [body.body.decode() for body in there.bodies.from_index(0, 500) if b"not_shared" in body.body]
    assert len(bodies) == 1
    assert str(fact.refusal_id) in bodies[0]
    assert '"reason":"no_consent"' in bodies[0]
    assert SECRET not in bodies[0]


def test_only_those_whose_work_it_is_see_the_counts(tmp_path: Path) -> None:
    there = house(tmp_path)
    refuse.keep(there, _asked(Reason.SYSTEM))
    there.follow()
    assert [one.reason for one in refuse.counts(there, "ivy")] == ["system"]
    with pytest.raises(AccessRefused):
        refuse.counts(there, "lena")


@pytest.mark.parametrize(("reason", "code"), [("more_detrimental", 0), ("no_consent", 1)])
def test_the_command_keeps_the_decision_and_prints_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reason: str, code: int
) -> None:
    there = house(tmp_path)
    review = (there.clock.now().date() + timedelta(days=3)).isoformat()
    decision = _asked(Reason(reason), date.fromisoformat(review))
    assert refuse.run(there.settings, decision, as_json=True) == code
    answered = json.loads(capsys.readouterr().out)
    assert answered["stands"] is (code == 0)
    assert refuse.run(there.settings, decision, as_json=False) == code
    said = capsys.readouterr().out
    assert answered["answer"][0]["citation"] in said
    assert ("myth" in said) is (code == 1)
    assert refuse.count(there.settings, "ivy", as_json=False) == 0
    assert f"{reason}" in capsys.readouterr().out


def test_the_reasons_are_a_closed_list_and_the_help_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["refuse", "--help"])
    said = capsys.readouterr().out
    assert all(reason.value in said for reason in Reason)
    with pytest.raises(SystemExit) as wrong:
        main(["refuse", f"nhs:{ROBIN}", "--reason", "because"])
    assert wrong.value.code == 2


def _asked(reason: Reason, review: date | None = None) -> refuse.Refusing:
    return refuse.Refusing(
        child=CHILD,
        staff="lena",
        asked_by="police",
        asked_for="Who reported it",
        purpose=Purpose.SECTION_17,
        reason=reason,
        words=SECRET,
        approved_by="Nursery owner",
        review_on=review,
    )
