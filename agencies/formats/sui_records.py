"""The records of the DfE Single Unique Identifier forms, each as its custodian writes it.

Source: DFE-Digital/single-unique-identifier. The names on the wire are in camel case; earlier names are read too.
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from agencies.formats.native_json import Native, Time

CRIME = "crime-justice.details"
EDUCATION = "education.details"
CHILDRENS_SERVICES = "childrens-services.details"
HEALTH = "health.details"
PERSONAL = "personal.details"


class SuiShape(Native):
    """Base of the record shapes: the names on the wire are in camel case."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="allow", strict=True, alias_generator=to_camel, populate_by_name=True
    )


class Address(SuiShape):
    """An address in lines."""

    line1: str | None = None
    line2: str | None = None
    town_or_city: str | None = None
    county: str | None = None
    postcode: str | None = None


class StatusAndPlan(SuiShape):
    """A status at the agency, and the plan that goes with it."""

    status: str | None = None
    plan: str | None = None


class Contact(SuiShape):
    """How to reach the team that holds the record."""

    name: str | None = None
    description: str | None = None
    telephone: str | None = None
    email: str | None = None
    address: str | None = None


class MissingEpisode(SuiShape):
    """A time a child was missing, and whether the child came to the interview afterwards."""

    date: Time = None
    returned_home_interview_attended: bool | None = None


class CrimeRecord(SuiShape):
    """What a force holds: a risk of null is not known, and never a no."""

    police_marker_details: str | None = None
    services_known_to: tuple[str, ...] | None = None
    last_police_protection_power_event: Time = None
    missing_episodes: tuple[MissingEpisode, ...] | None = None
    risk_sexual_exploitation: bool | None = None
    risk_criminal_exploitation: bool | None = None
    risk_radicalisation: bool | None = None
    risk_modern_slavery_and_trafficking: bool | None = None
    risk_gangs_and_youth_violence: bool | None = None
    crime_active_statuses_and_plans: tuple[StatusAndPlan, ...] | None = None


class YearOfAttendance(SuiShape):
    """A school year's attendance, added up."""

    academic_term_year_start: int
    academic_term_year_end: int | None = None
    attendance_percentage: float | None = None
    unauthorised_absence_percentage: float | None = None
    suspensions: int | None = None
    exclusions: int | None = None
    school_moves_non_transitional: int | None = None
    schools_average_attendance: float | None = None


class EducationRecord(SuiShape):
    """What a place of education holds; `educationAttendances` is an earlier name of the yearly figures."""

    education_setting_name: str | None = None
    education_setting_address: Address | None = None
    education_setting_telephone: str | None = None
    education_active_statuses_and_plans: tuple[StatusAndPlan, ...] | None = None
    yearly_education_attendances: tuple[YearOfAttendance, ...] | None = None
    education_attendances: tuple[YearOfAttendance, ...] | None = None


class ServicesReferral(SuiShape):
    """A referral: its date, and whether to early help or to social care."""

    date: Time = None
    type: str | None = None


class ServicesRecord(SuiShape):
    """What children's services hold; `cscReferrals` is an earlier name of the referrals."""

    key_worker: str | None = None
    duty_contact_details: tuple[str, ...] | None = None
    team_involvement: tuple[str, ...] | None = None
    csc_active_statuses_and_plans: tuple[StatusAndPlan, ...] | None = None
    childrens_services_referrals: tuple[ServicesReferral, ...] | None = None
    csc_referrals: tuple[ServicesReferral, ...] | None = None


class MissedAppointment(SuiShape):
    """An appointment the person was not at."""

    date: Time = None
    setting: str | None = None
    reason: str | None = None


class DepartmentAttendance(SuiShape):
    """A visit to an emergency department."""

    date: Time = None
    reason: str | None = None


class HealthRecord(SuiShape):
    """What a health body holds; the last three names are earlier ones."""

    registered_gp_name: str | None = Field(default=None, alias="registeredGPName")
    registered_gp_surgery: str | None = Field(default=None, alias="registeredGPSurgery")
    gp_address: Address | None = None
    gp_telephone: str | None = None
    camhs_contact_details: tuple[str, ...] | None = None
    camhs_team_involvement: tuple[str, ...] | None = None
    health_active_statuses_and_plans: tuple[StatusAndPlan, ...] | None = None
    missed_appointments: tuple[MissedAppointment, ...] | None = None
    emergency_department_attendances: tuple[DepartmentAttendance, ...] | None = None
    registered_gp: str | None = Field(default=None, alias="registeredGP")
    camhs_contact_address: Address | None = None
    camhs_contact_telephone: str | None = None


class RelatedPerson(SuiShape):
    """Somebody related to the child, and the risks recorded against that person."""

    relationship_to_the_child: str | None = None
    name: str | None = None
    dob: Time = None
    risk: tuple[str, ...] | None = None


class PersonalRecord(SuiShape):
    """Who the person is, as the custodian holds it."""

    first_name: str | None = None
    last_name: str | None = None
    date_of_birth: Time = None
    address: Address | None = None
    names_of_individuals_residing_at_main_address: tuple[str, ...] | None = None
    birth_assigned_sex: str | None = None
    pronouns: str | None = None
    ethnicity: str | None = None
    first_language: str | None = None
    designated_local_authority: str | None = None
    english_as_additional_language: bool | None = None
    braille: bool | None = None
    sign_language: bool | None = None
    makaton: bool | None = None
    interpreter: bool | str | None = None
    related_people: tuple[RelatedPerson, ...] | None = None

    def characteristics(self) -> tuple[tuple[str, str | bool | None], ...]:
        """Each characteristic by name, with what the custodian gave, or None."""
        return (
            ("birth_assigned_sex", self.birth_assigned_sex),
            ("pronouns", self.pronouns),
            ("ethnicity", self.ethnicity),
            ("first_language", self.first_language),
            ("designated_local_authority", self.designated_local_authority),
            ("english_as_additional_language", self.english_as_additional_language),
            ("braille", self.braille),
            ("sign_language", self.sign_language),
            ("makaton", self.makaton),
            ("interpreter", self.interpreter),
        )

    def not_known(self) -> tuple[str, ...]:
        """The names of the fields that the custodian gave nothing for."""
        others = (
            ("first_name", self.first_name),
            ("last_name", self.last_name),
            ("date_of_birth", self.date_of_birth),
            ("address", self.address),
            ("household", self.names_of_individuals_residing_at_main_address),
            ("related_people", self.related_people),
        )
        return tuple(name for name, value in (*others, *self.characteristics()) if value is None)


class Wrapper(SuiShape):
    """What a custodian puts round a record, beside the record itself; its links are never followed."""

    record_id: str | None = None
    person_id: str | None = None
    record_type: str
    version: str | int | None = None
    schema_uri: str | None = None
    system_id: str | None = None
    contact_details: tuple[Contact, ...] | None = None


SHAPES: Mapping[str, type[SuiShape]] = {
    CRIME: CrimeRecord,
    EDUCATION: EducationRecord,
    CHILDRENS_SERVICES: ServicesRecord,
    HEALTH: HealthRecord,
    PERSONAL: PersonalRecord,
}
