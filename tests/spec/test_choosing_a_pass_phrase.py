"""Does a pass phrase change by whoever knows the one that stands alone, and is one that the hub made soon over?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.events.hub import Actor, SessionOpened
from contracts.events.phrases import PhraseChanged, PhraseGiven
from contracts.vocabulary import StaffRole
from hub.adapters.pass_phrases import ScryptPhrases
from hub.application.change_phrase import PhraseRefused, change_phrase
from hub.application.change_staff import change_role, leave_staff
from hub.application.enrol import Given, enrol_new_staff
from hub.application.guessing import MOST_NAMES, MOST_WRONG, WITHIN, Tries
from hub.application.ports import Stream
from hub.application.sign_in import How, SigningIn, sign_in
from hub.commands import staff
from hub.domain import registry
from hub.domain.errors import Conflict, NotEnrolled, SignInRefused, TooBusy
from hub.domain.pass_phrase import GIVEN_LASTS
from hub.wiring import Hub
from tests.support.given import StoppedClock, an_actor
from tests.support.house import house
from tests.support.phrases import OTHER, PLAIN, Crowded, signing_cheaply

ANA = an_actor("ana").model_copy(update={"issuer": "urn:childhub:pass-phrase"})
GIVEN = "7c1e-09d4-b35a-f268-4e91-0a7d"
FIRST = How(first_too=True)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """A hub at which Ana was enrolled a moment ago, by a phrase that the hub made."""
    return house(tmp_path)


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that stands."""
    return StoppedClock(ids="choosing")


@pytest.fixture
def signing(hub: Hub, clock: StoppedClock) -> SigningIn:
    """What signing in needs, at that clock."""
    found = signing_cheaply(hub, clock)
    given = Given(found.phrases.hashed(GIVEN), clock.now() + GIVEN_LASTS)
    enrol_new_staff(hub.store, clock, ANA, "Ana Reed", given)
    return replace(found, tries=Tries(clock))


def refusal(signing: SigningIn, phrase: str, how: How = FIRST, subject: str = "ana") -> str:
    """The code with which signing in is refused; empty where it is not."""
    try:
        sign_in(signing, subject, phrase, how)
    except SignInRefused as refused:
        return str(refused)
    return ""


def changed(signing: SigningIn, present: str, chosen: str, actor: Actor = ANA) -> str:
    """The code with which a change is refused; empty where it is done."""
    try:
        change_phrase(signing, actor, present, chosen)
    except (SignInRefused, PhraseRefused) as refused:
        return str(refused)
    return ""


def kept(hub: Hub) -> list[PhraseGiven | PhraseChanged]:
    """What is on record of pass phrases."""
    facts = hub.store.read_stream(Stream.registry())
    return [fact for fact in facts if isinstance(fact, PhraseGiven | PhraseChanged)]


def tried(hub: Hub) -> list[tuple[str, str]]:
    """What is on record of signing in."""
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 10_000))
    return [(fact.effect, fact.why) for fact in facts if isinstance(fact, SessionOpened)]


def test_whoever_knows_the_one_that_stands_chooses_another_and_it_is_on_record(hub: Hub, signing: SigningIn) -> None:
    assert changed(signing, GIVEN, PLAIN) == ""
    assert (refusal(signing, PLAIN, How()), refusal(signing, GIVEN)) == ("", "phrase")
    assert changed(signing, PLAIN, OTHER) == ""
    assert (refusal(signing, OTHER, How()), refusal(signing, PLAIN)) == ("", "phrase")
    given, *chosen = kept(hub)
    assert isinstance(given, PhraseGiven)
    assert [(one.actor, one.why) for one in chosen if isinstance(one, PhraseChanged)] == [(ANA, "chosen")] * 2
    assert tried(hub)[0] == ("opened", "step_up")


def test_nobody_changes_it_by_a_wrong_one_and_the_try_is_on_record(hub: Hub, signing: SigningIn) -> None:
    assert changed(signing, "wrong", PLAIN) == "phrase"
    assert tried(hub) == [("refused", "phrase")]
    assert len(kept(hub)) == 1
    assert refusal(signing, GIVEN) == ""


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ("too short", "too_short"),
        ("passwordpassword", "usual"),
        ("Ana Reed and Ana Reed", "usual"),
        (GIVEN, "had_before"),
    ],
)
def test_what_may_not_stand_is_refused_and_nothing_changes(
    hub: Hub, signing: SigningIn, chosen: str, code: str
) -> None:
    assert changed(signing, GIVEN, chosen) == code
    assert len(kept(hub)) == 1
    assert refusal(signing, GIVEN) == ""


def test_the_one_that_the_hub_made_never_comes_back(signing: SigningIn) -> None:
    assert changed(signing, GIVEN, PLAIN) == ""
    assert changed(signing, PLAIN, GIVEN) == "had_before"
    assert changed(signing, PLAIN, PLAIN) == "had_before"


def test_one_that_the_hub_made_leads_to_nothing_but_choosing_and_is_soon_over(
    signing: SigningIn, clock: StoppedClock
) -> None:
    assert refusal(signing, GIVEN, How()) == "phrase_first"
    clock.forward(GIVEN_LASTS - timedelta(seconds=1))
    assert refusal(signing, GIVEN) == ""
    clock.forward(timedelta(seconds=1))
    assert refusal(signing, GIVEN) == "phrase_lapsed"
    assert refusal(signing, "wrong") == "phrase"
    assert changed(signing, GIVEN, PLAIN) == "phrase_lapsed"


def test_one_that_was_chosen_lasts(signing: SigningIn, clock: StoppedClock) -> None:
    assert changed(signing, GIVEN, PLAIN) == ""
    clock.forward(timedelta(days=4_000))
    assert refusal(signing, PLAIN, How()) == ""


def test_another_role_changes_no_phrase_and_leaving_ends_it(hub: Hub, signing: SigningIn, clock: StoppedClock) -> None:
    change_role(hub.store, clock, "ana", StaffRole.MASH_RESEARCHER)
    assert refusal(signing, GIVEN, How()) == "phrase_first"
    in_role = ANA.model_copy(update={"role": StaffRole.MASH_RESEARCHER})
    assert changed(signing, GIVEN, PLAIN, in_role) == ""
    change_role(hub.store, clock, "ana", StaffRole.PRACTITIONER)
    assert refusal(signing, PLAIN, How()) == ""
    leave_staff(hub.store, clock, "ana")
    assert refusal(signing, PLAIN) == "phrase"
    with pytest.raises(NotEnrolled):
        change_phrase(signing, in_role, PLAIN, OTHER)


def test_what_was_proved_counts_no_more_once_somebody_else_changed_it(hub: Hub, signing: SigningIn) -> None:
    """The phrase is changed by another process between the proof and the keeping of this change."""

    class Meanwhile(ScryptPhrases):
        def hashed_chosen(self, phrase: str) -> str:
            change_phrase(signing, ANA, GIVEN, OTHER)
            return super().hashed_chosen(phrase)

    with pytest.raises(Conflict):
        change_phrase(replace(signing, phrases=Meanwhile(14)), ANA, GIVEN, PLAIN)
    assert (refusal(signing, OTHER, How()), refusal(signing, PLAIN)) == ("", "phrase")


def test_the_invented_staff_of_the_demo_sign_in_by_what_it_printed_for_ever(
    hub: Hub, signing: SigningIn, clock: StoppedClock
) -> None:
    clock.forward(timedelta(days=4_000))
    phrase = staff.phrase(hub, staff.DECISION_MAKER)
    assert refusal(signing, phrase, How(), staff.DECISION_MAKER.subject) == ""
    assert not [one for one in kept(hub) if isinstance(one, PhraseChanged)]


def test_a_phrase_that_was_hashed_cheaply_is_hashed_anew_at_the_next_signing_in(hub: Hub, signing: SigningIn) -> None:
    assert changed(signing, GIVEN, PLAIN) == ""
    dearer = replace(signing, phrases=ScryptPhrases(15))
    assert refusal(dearer, PLAIN, How(again=True)) == ""
    assert refusal(dearer, "wrong", How()) == "phrase"
    assert len(kept(hub)) == 2
    assert refusal(dearer, PLAIN, How()) == ""
    assert refusal(dearer, PLAIN, How()) == ""
    *_, chosen, renewed = kept(hub)
    assert isinstance(chosen, PhraseChanged)
    assert isinstance(renewed, PhraseChanged)
    assert (chosen.why, renewed.why, len(kept(hub))) == ("chosen", "renewed", 3)
    assert [one.pass_hash.split("$")[1] for one in (chosen, renewed)] == ["16384", "32768"]
    held = registry.holders(hub.store.read_stream(Stream.registry()))["ana"]
    assert (held.enrolled.pass_hash, held.chosen) == (renewed.pass_hash, chosen.at)


def test_whoever_is_right_comes_in_though_there_is_no_room_to_hash_it_anew(hub: Hub, signing: SigningIn) -> None:
    assert changed(signing, GIVEN, PLAIN) == ""

    class NoRoom(ScryptPhrases):
        def hashed_chosen(self, phrase: str) -> str:
            raise TooBusy("memory")

    before = len(kept(hub))
    assert refusal(replace(signing, phrases=NoRoom(15)), PLAIN, How()) == ""
    assert len(kept(hub)) == before


def test_wrong_tries_are_bounded_by_name_whoever_has_it_and_right_ones_do_not_count(
    signing: SigningIn, clock: StoppedClock
) -> None:
    assert changed(signing, GIVEN, PLAIN) == ""
    tries = signing.tries
    for subject in ("ana", "nobody"):
        for _ in range(MOST_WRONG - 1):
            assert tries.begin(subject, known=False)
    assert refusal(signing, PLAIN, How()) == ""
    assert refusal(signing, PLAIN, How()) == ""
    assert [refusal(signing, "wrong", How(), one) for one in ("ana", "nobody")] == ["phrase"] * 2
    assert [refusal(signing, PLAIN, How(), one) for one in ("ana", "nobody")] == ["too_many"] * 2
    assert refusal(signing, PLAIN, How(known=True)) == ""
    clock.forward(WITHIN)
    assert refusal(signing, PLAIN, How()) == ""


def test_who_was_told_to_come_again_has_tried_nothing_and_is_not_shut_out(signing: SigningIn) -> None:
    crowded = replace(signing, phrases=Crowded())
    for _ in range(MOST_WRONG):
        with pytest.raises(TooBusy):
            sign_in(crowded, "ana", GIVEN, FIRST)
    assert refusal(signing, GIVEN) == ""


def test_the_count_of_names_is_bounded_too(clock: StoppedClock) -> None:
    tries = Tries(clock)
    for number in range(MOST_NAMES + 10):
        assert tries.begin(f"name {number}", known=False)
    assert tries.names == MOST_NAMES
