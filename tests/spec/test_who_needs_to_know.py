"""Do the policies answer as information governance wrote it down, in every case there is, and nothing else?"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import cedarpy
import pytest

from contracts.vocabulary import Purpose, StaffRole
from hub.adapters.cedar_policies import (
    CedarPolicies,
    Entity,
    asked_of,
    entities_of,
    files_in,
    own_policies,
    read_policies,
)
from hub.domain import emergency
from hub.domain.errors import PoliciesUnfit
from hub.domain.need_to_know import Action, Relation, Ruling, Situation
from tests.support.access_table import answers, differing, every_group, expected, groups, rows

POLICIES = own_policies()
TABLE = rows()
FILES, SCHEMA = files_in(resources.files("hub").joinpath("policies"))
KEPT_AWAY = frozenset({Relation.CONFLICT, Relation.OWN_RECORD, Relation.RELATIVE})
Written = dict[str, Any]  # policies as Cedar's own JSON


@cache
def every_answer() -> tuple[tuple[Situation, Ruling], ...]:
    """Every case there is, with what the policies answer."""
    return tuple(pair for group in every_group() for pair in zip(group, answers(POLICIES, group), strict=True))


@pytest.mark.slow
def test_the_policies_answer_as_the_table_in_every_case() -> None:
    found = [(case, ruling) for case, ruling in every_answer() if ruling.permitted is not expected(TABLE, case).permits]
    assert len(every_answer()) > 50_000
    assert found == []


@pytest.mark.slow
def test_what_holds_in_every_case_whatever_the_table_says() -> None:
    for case, ruling in every_answer():
        assert not ruling.alarm
        if case.machine or case.purpose is None or case.relations & KEPT_AWAY:
            assert not ruling.permitted, case
        if case.action is Action.EMERGENCY and Relation.REFERRED in case.relations:
            assert not ruling.permitted, case
        if ruling.permitted and case.role is StaffRole.PRACTITIONER and case.action is Action.READ:
            assert case.relations - {Relation.REFERRED}, case
        if ruling.permitted and case.role is StaffRole.IG_OFFICER and case.action is not Action.ACT:
            assert case.purpose_code == "audit", case


def test_every_row_of_the_table_decides_some_case_and_says_why() -> None:
    decided = Counter(expected(TABLE, case) for group in groups(1) for case in group)
    assert set(decided) == set(TABLE)
    assert all(row.because.endswith(".") for row in TABLE)


def test_more_of_what_links_never_shuts_and_more_of_what_keeps_away_never_opens() -> None:
    keeps = KEPT_AWAY | {Relation.REFERRED}
    for case, ruling in ((c, r) for group in groups(1) for c, r in zip(group, answers(POLICIES, group), strict=True)):
        for more in Relation:
            wider = Situation(case.role, case.action, case.purpose, case.relations | {more}, case.machine)
            other = expected(TABLE, wider).permits
            assert (ruling.permitted or not other) if more in keeps else (other or not ruling.permitted)


def test_each_answer_names_the_policies_that_decided_and_the_whole_set() -> None:
    here = Situation(StaffRole.PRACTITIONER, Action.READ, None, frozenset({Relation.CONFLICT}))
    ruling = POLICIES.judge(here)
    assert ruling.policies == ("conflict-of-interest", "no-purpose")
    assert [one.rule for one in ruling.bars] == ["conflict-of-interest", "no-purpose"]
    assert ruling.sha256 == own_policies().sha256
    assert CedarPolicies({**FILES, "5_never.cedar": FILES["5_never.cedar"] + "\n"}, SCHEMA).sha256 != ruling.sha256


def test_the_page_offers_the_emergency_to_those_whom_the_policies_let_open() -> None:
    asked = ((role, Situation(role, Action.EMERGENCY, Purpose.EMERGENCY)) for role in StaffRole)
    assert {role for role, case in asked if POLICIES.judge(case).permitted} == emergency.ROLES


def mutants() -> Iterator[tuple[str, str]]:
    """The policies with one of them, or one condition of one, left out: what was left out, and the rest as text."""
    for name in sorted(FILES):
        written: Written = json.loads(cedarpy.policies_to_json_str(FILES[name]))
        others = "\n".join(text for other, text in FILES.items() if other != name)
        for key, policy in written["staticPolicies"].items():
            own = policy["annotations"]["id"]
            kept = {one: each for one, each in written["staticPolicies"].items() if one != key}
            yield own, others + _text({**written, "staticPolicies": kept})
            for place in range(len(policy["conditions"])):
                fewer = [each for at, each in enumerate(policy["conditions"]) if at != place]
                changed = {**written["staticPolicies"], key: {**policy, "conditions": fewer}}
                yield f"{own}, condition {place + 1}", others + _text({**written, "staticPolicies": changed})


def _text(written: Written) -> str:
    return f"\n{cedarpy.policies_from_json_str(json.dumps(written))}\n"


@pytest.mark.slow
@pytest.mark.parametrize(("left_out", "text"), [pytest.param(*one, id=one[0]) for one in mutants()])
def test_no_policy_and_no_condition_can_be_left_out_unseen(left_out: str, text: str) -> None:
    found = next(differing(Lenient(text, SCHEMA), TABLE, groups(1)), None)
    assert found is not None, f"nothing noticed that {left_out} was left out"


class Lenient(CedarPolicies):
    """Policies without the annotations that a released one must have."""

    def __init__(self, text: str, schema: str) -> None:
        """Take them as they are."""
        super().__init__(FILES, schema)
        self._policies = cedarpy.PolicySet.from_str(text)


def shorn(case: Situation) -> Iterator[tuple[Entity, ...]]:
    """What the policies may look at, with one entity left out, or one attribute of one, or one parent."""
    entities = entities_of(case)
    for place, entity in enumerate(entities):
        yield entities[:place] + entities[place + 1 :]
        attributes = entity["attrs"]
        assert isinstance(attributes, dict)
        for name in attributes:
            fewer = {key: value for key, value in attributes.items() if key != name}
            yield (*entities[:place], {**entity, "attrs": fewer}, *entities[place + 1 :])
        if entity["parents"]:
            yield (*entities[:place], {**entity, "parents": []}, *entities[place + 1 :])


@pytest.mark.slow
def test_whatever_is_missing_never_turns_no_into_yes() -> None:
    for group in groups(1):
        requests = tuple(asked_of(case).request for case in group)
        for entities in shorn(group[0]):
            for case, ruling in zip(group, POLICIES.answers(requests, entities), strict=True):
                assert expected(TABLE, case).permits or not ruling.permitted, (case, entities)


@pytest.mark.parametrize("attribute", [one.value for one in Relation])
def test_a_child_without_an_attribute_is_no_answer_and_an_alarm(attribute: str) -> None:
    """Cedar by itself skips the policy that keeps away, and opens: so the schema goes with every question."""
    case = Situation(StaffRole.MASH_DECISION_MAKER, Action.READ, Purpose.SECTION_47)
    question = asked_of(case)
    *others, child = question.entities
    attributes = child["attrs"]
    assert isinstance(attributes, dict)
    fewer = {**child, "attrs": {key: value for key, value in attributes.items() if key != attribute}}
    (ruling,) = POLICIES.answers((question.request,), (*others, fewer))
    assert (ruling.permitted, ruling.alarm) == (False, "no_decision")
    assert [one.rule for one in ruling.bars] == ["need-to-know-alarm"]


def test_without_the_child_a_policy_that_keeps_away_is_skipped_and_yet_nothing_opens() -> None:
    question = asked_of(Situation(StaffRole.MASH_DECISION_MAKER, Action.READ, Purpose.SECTION_47))
    request, entities = dict(question.request), [dict(one) for one in question.entities[:-1]]
    bare = cedarpy.is_authorized(request, "\n".join(FILES.values()), entities, SCHEMA)
    assert bare.allowed  # what Cedar says by itself
    (ruling,) = POLICIES.answers((question.request,), question.entities[:-1])
    assert (ruling.permitted, ruling.alarm) == (False, "error")


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("6_more.cedar", "permit (principal, action", "syntax"),
        ("6_more.cedar", "permit (principal, action, resource) when { principal.rank == 1 };", "schema"),
        ("6_more.cedar", "permit (principal is Hub::Machine, action, resource);", "annotations"),
        ("6_more.cedar", FILES["3_checking.cedar"], "ids"),
        ("3_checking.cedar", FILES["3_checking.cedar"].replace("2027-05-31", "next May"), "review"),
        ("3_checking.cedar", FILES["3_checking.cedar"].replace("Data protection officer", ""), "annotations"),
    ],
)
def test_policies_that_cannot_be_used_stop_the_hub_from_starting(file: str, text: str, code: str) -> None:
    with pytest.raises(PoliciesUnfit, match=code):
        CedarPolicies({**FILES, file: text}, SCHEMA)


def test_without_policies_the_hub_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(PoliciesUnfit, match="files"):
        read_policies(tmp_path)
    (tmp_path / "schema.cedarschema").write_text(SCHEMA)
    with pytest.raises(PoliciesUnfit, match="ids"):
        read_policies(tmp_path)
