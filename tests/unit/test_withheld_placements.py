"""Does the place where a looked-after child lives stay out of every fact, digest and id?"""

import pytest

from agencies.social_care import AGENCY
from contracts.strict_json import Json
from contracts.vocabulary import SensitivityTag
from tests.support.places import sample
from tests.support.translations import only, raw, reports

Object = dict[str, Json]
HOME = "NB9 9ZZ"


def looked_after(postcode: str) -> Object:
    placement: Json = {"child_looked_after_placement_id": "P", "start_date": "2026-01-01", "postcode": postcode}
    return {
        "la_child_id": "C-1",
        "child_details": {"surname": "Exemplar", "postcode": postcode},
        "social_care_episodes": [{"social_care_episode_id": "E", "child_looked_after_placements": [placement]}],
    }


def every_byte(item: Object) -> bytes:
    outcomes = AGENCY.translate(raw(item), "x.json")
    return b"".join(fact.event_id.bytes + fact.report.to_bytes() for outcome in outcomes for fact in outcome.facts)


def test_the_placement_of_the_public_child_is_withheld_and_its_postcode_nowhere() -> None:
    path = sample("social-care", "csc_api_Child1234.json")
    outcomes = AGENCY.translate(path.read_bytes(), path.name)
    place = only(outcomes, "looked_after.started").place
    assert place is not None
    assert (place.withheld, place.postcode, place.text) == (True, None, None)
    assert all(b"AB12 3DE" not in report.to_bytes() for report in reports(outcomes))


def test_no_byte_of_any_fact_depends_on_the_postcode_so_none_can_be_tried_out() -> None:
    assert every_byte(looked_after("NB1 1AA")) == every_byte(looked_after("NB2 2BB"))


@pytest.mark.parametrize(
    "episodes",
    [
        None,
        [],
        [{"adoption": {"placed_date": "2026-01-01"}}],
        [{"child_looked_after_placements": [{"purge": True}]}],
        [{}, {"child_looked_after_placements": [{"end_date": "2020-01-01"}]}],
    ],
)
def test_a_childs_own_postcode_is_withheld_unless_no_placement_is_shown(episodes: Json) -> None:
    item: Object = {"la_child_id": "C", "child_details": {"surname": "A", "postcode": HOME}}
    described = only(AGENCY.translate(raw({**item, "social_care_episodes": episodes}), "x"), "person.described")
    address = described.subject().address
    assert address is not None
    assert (address.withheld, address.postcode) == (True, None)
    assert SensitivityTag.ADDRESS_PROTECTED in described.handling.sensitivity
    assert HOME.encode() not in described.to_bytes()


def test_a_child_at_home_has_its_postcode() -> None:
    item: Object = {
        "la_child_id": "C",
        "child_details": {"surname": "A", "postcode": HOME},
        "social_care_episodes": [{"social_care_episode_id": "E", "referral_date": "2026-01-01"}],
    }
    address = only(AGENCY.translate(raw(item), "x"), "person.described").subject().address
    assert address is not None
    assert (address.withheld, address.postcode) == (False, HOME)
