"""Does a DfE children's services record become the team, the statuses and the referrals it holds?"""

from agencies.social_care import AGENCY
from contracts.vocabulary import PersonRole, Sex, StatementKind
from tests.support.places import sample
from tests.support.translations import only, raw, reports, said

BARE = "9990001006_ChildrensServicesDetailsRecordV1.json"


def test_the_public_record_gives_the_facts_worked_out_by_hand() -> None:
    path = sample("social-care", "sui-9449303223_ChildrensServicesDetailsRecordV1.json")
    outcomes = AGENCY.translate(path.read_bytes(), path.name)
    referrals = reports(outcomes, "referral.received")
    assert [(each.happened.value, said(each, "referral_type")[0].value) for each in referrals] == [
        ("2025-12-18", "Early Help"),
        ("2025-12-02", "Early Help"),
        ("2025-12-18", "Social Care"),
        ("2022-10-01", "Early Help"),
        ("2022-10-02", "Social Care"),
    ]
    team, status = reports(outcomes, "involvement.stated")
    assert [person.role for person in team.people] == [PersonRole.CHILD, PersonRole.PROFESSIONAL]
    assert len(said(team, "contact")) == 2
    assert said(status, "status")[0].value == "Child In Need"


def test_a_professional_needs_no_basis_of_their_own() -> None:
    outcomes = AGENCY.translate(raw({"keyWorker": "A. Worker", "teamInvolvement": ["Team"]}), BARE)
    assert [basis.person for basis in only(outcomes, "involvement.stated").bases] == ["child"]


def test_people_related_to_the_child_have_their_own_place_and_their_risks_point_at_them() -> None:
    path = sample("social-care", "sui-stub-local-authority-01.custodian.json")
    described = reports(AGENCY.translate(path.read_bytes(), path.name), "person.described")[0]
    child, father, mother = described.people
    assert (child.sex, father.role, mother.role) == (Sex.FEMALE, PersonRole.PARENT_OR_CARER, PersonRole.PARENT_OR_CARER)
    risks = said(described, "related_person_risk")
    assert [risk.about for risk in risks] == ["adult1", "adult2"]
    assert {risk.kind for risk in risks} == {StatementKind.PROFESSIONAL_OPINION}


def test_the_earlier_name_of_the_referrals_is_read_too() -> None:
    item = raw({"keyWorker": None, "cscReferrals": [{"date": "2022-10-01", "type": "Early Help"}]})
    assert only(AGENCY.translate(item, BARE), "referral.received").happened.value == "2022-10-01"
