"""DfE children's services records turned into facts: the team, statuses and plans, and referrals."""

from agencies.agency import Stated
from agencies.formats.dates import time_or_unknown
from agencies.formats.draft import Content, says, state
from agencies.formats.native_json import read_as
from agencies.formats.sui import SuiRecord
from agencies.formats.sui_facts import child, involvements, part_of
from agencies.formats.sui_records import ServicesRecord, ServicesReferral
from agencies.social_care.told import DESK
from contracts.events.shared import InvolvementStated
from contracts.events.social_care import ReferralReceived
from contracts.report import Name, Person
from contracts.strict_json import Json
from contracts.vocabulary import PersonRole, StatementKind

FACT = StatementKind.FACT_RECORDED


def services_facts(record: SuiRecord) -> tuple[Stated, ...]:
    """Every fact that one children's services record states about its person."""
    services = read_as(ServicesRecord, record.payload)
    referrals = (*(services.childrens_services_referrals or ()), *(services.csc_referrals or ()))
    return (
        *_team(record, services),
        *(_referral(record, referral) for referral in referrals),
        *involvements(DESK, record, services.csc_active_statuses_and_plans or ()),
    )


def _team(record: SuiRecord, services: ServicesRecord) -> tuple[Stated, ...]:
    teams = [says("service", FACT, team) for team in services.team_involvement or ()]
    contacts = [says("contact", FACT, contact) for contact in services.duty_contact_details or ()]
    said = tuple(each for statement in (*teams, *contacts) for each in statement)
    worker = services.key_worker
    if not said and not worker:
        return ()
    professional = Person(
        ref="professional1", role=PersonRole.PROFESSIONAL, names=(Name(text=worker),), relationship="key worker"
    )
    native: Json = {
        "teams": [*(services.team_involvement or ())],
        "contacts": [*(services.duty_contact_details or ())],
        "worker": worker,
        "notes": [*services.notes],
    }
    content = Content(
        people=(child(record), professional) if worker else (child(record),),
        statements=said,
        notes=("state_without_a_date", *services.notes),
    )
    return (state(DESK, InvolvementStated, part_of(record, "team", native, "1"), content),)


def _referral(record: SuiRecord, referral: ServicesReferral) -> Stated:
    when = time_or_unknown(referral.date)
    native: Json = {"date": when.value, "type": referral.type, "notes": [*referral.notes]}
    content = Content(
        people=(child(record),),
        statements=says("referral_type", FACT, referral.type),
        happened=when,
        notes=referral.notes,
    )
    return state(DESK, ReferralReceived, part_of(record, "referral", native), content)
