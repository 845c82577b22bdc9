"""Does finding by time what happened about a child come to the same as looking through all of it?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from contracts.vocabulary import StaffRole
from hub.domain.explained import Known, Limits, Link, LinkKind, Look, explanation, is_open
from hub.domain.explained_rules import closed_case, restricted

NOON = datetime(2026, 10, 23, 12, tzinfo=UTC)
CHILDREN = (UUID(int=1), UUID(int=2))
AGENCIES = st.sampled_from(("urn:care", "urn:police", ""))
DAYS = st.sampled_from((-366, -365, -90, -89, -15, -14, -3, -2, -1, 0, 1, 2, 3))
LINKS = st.builds(
    Link,
    st.sampled_from(CHILDREN),
    st.sampled_from(LinkKind),
    DAYS.map(lambda days: NOON + timedelta(days=days)),
    AGENCIES,
)
LOOKS = st.builds(
    Look,
    st.just(UUID(int=9)),
    st.sampled_from(CHILDREN),
    DAYS.map(lambda days: NOON + timedelta(days=days)),
    st.just(("urn:test", "lee")),
    AGENCIES,
    st.sampled_from((StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER, StaffRole.PRACTITIONER)),
    st.none(),
)
AFTER = Limits().afterwards


def was(links: list[Link], at: datetime, before: timedelta, kind: LinkKind, agency: str = "") -> bool:
    """Whether something of a kind happened from so long before to two days after; by one agency, or any."""
    of_kind = [one for one in links if one.kind is kind and agency in ("", one.agency)]
    return any(at - before <= one.at <= at + AFTER for one in of_kind)


def plain_is_open(links: list[Link], at: datetime) -> bool:
    """Whether more had begun, or was about to, than had ended."""
    begun = [one for one in links if one.kind is LinkKind.OPENED and one.at <= at + AFTER]
    return len(begun) > len([one for one in links if one.kind is LinkKind.CLOSED and one.at <= at])


def plain_explanation(links: list[Link], look: Look) -> str:
    """What accounts for a look, in the order of the explanations; empty where nothing does."""
    is_mash, year, new = look.role is not StaffRole.PRACTITIONER, timedelta(days=365), timedelta(days=14)
    answers = {
        "own_report": not is_mash and was(links, look.at, year, LinkKind.REPORTED, look.agency),
        "sent_to_agency": was(links, look.at, year, LinkKind.SENT, look.agency),
        "asked_by_agency": was(links, look.at, year, LinkKind.ASKED, look.agency),
        "open_enquiry": is_mash and plain_is_open(links, look.at),
        "new_report": is_mash and was(links, look.at, new, LinkKind.REPORTED),
        "in_question": look.role is StaffRole.MASH_DECISION_MAKER and was(links, look.at, new, LinkKind.QUESTIONED),
    }
    return next((code for code, holds in answers.items() if holds), "")


@given(st.lists(LINKS, max_size=12), LOOKS)
def test_what_accounts_for_a_look_is_what_reading_through_everything_finds(links: list[Link], look: Look) -> None:
    own = [one for one in links if one.person_id == look.person_id]
    known = Known((look,), {child: tuple(one for one in links if one.person_id == child) for child in {*CHILDREN}})
    found = explanation(look, known)
    assert (found.code if found is not None else "") == plain_explanation(own, look)
    assert is_open(look, known) is plain_is_open(own, look.at)
    assert restricted(look, known) is any(one.kind is LinkKind.RESTRICTED for one in own)
    ended = any(one.kind is LinkKind.CLOSED and one.at <= look.at for one in own)
    said = any(one.kind is LinkKind.REPORTED and one.at > look.at - timedelta(days=90) for one in own)
    assert closed_case(look, known) is (ended and not said and not plain_is_open(own, look.at))
