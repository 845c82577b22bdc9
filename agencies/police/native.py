"""A force's own child-concern notice, in JSON (a made-up form, with the fields that forces are asked for).

Source of the fields: what forces' procedures record of a child concern. No national form exists.
"""

from typing import Literal

from agencies.formats.native_json import Native, Time

FORM = "hexley-incident-notice"


class Told(Native):
    """Whether the person was told of the sharing, who decided, and when it is looked at again."""

    state: str
    reason: str | None = None
    decided_by: str | None = None
    approved_by: str | None = None
    on: Time = None
    review_on: Time = None


class Scene(Native):
    """Where it happened."""

    text: str | None = None
    postcode: str | None = None
    uprn: str | None = None


class Incident(Native):
    """What happened, when and where."""

    started_at: Time = None
    ended_at: Time = None
    nature: str
    domestic_abuse: bool
    place: Scene | None = None


class Child(Native):
    """A child concerned, and whether the child was seen, spoken to, and what the child said."""

    ref: str
    given_name: str | None = None
    family_name: str | None = None
    birth_date: Time = None
    sex: Literal["F", "M", "U"] | None = None
    nhs_number: str | None = None
    nhs_number_traced: bool | None = None
    seen: bool | None = None
    spoken_to: bool | None = None
    words: str | None = None
    why_not_spoken_to: str | None = None
    where_in_home: str | None = None
    told: Told | None = None


class Adult(Native):
    """An adult in it. The role is the officer's; nobody is made a carer or a suspect by the reader of the form."""

    ref: str
    role: Literal["parent_or_carer", "suspect", "victim", "witness"]
    given_name: str | None = None
    family_name: str | None = None
    known_as: str | None = None
    birth_date: Time = None
    relationship: str | None = None
    told: Told | None = None


class Account(Native):
    """Something an officer saw, or something that somebody said."""

    kind: Literal["seen", "said"]
    text: str
    said_by: str | None = None
    about: str | None = None


class Caller(Native):
    """Who told the police."""

    kind: str
    name: str | None = None


class Risk(Native):
    """Risk as graded, and the outcome of the domestic abuse checklist."""

    officer_grade: str | None = None
    checklist_outcome: str | None = None
    marac: bool | None = None


class Notice(Native):
    """One notice about one incident; it may concern several children."""

    form: Literal["hexley-incident-notice"]
    force_code: str
    occurrence_number: str
    notice_version: str | None = None
    recorded_at: Time
    incident: Incident
    children: tuple[Child, ...]
    adults: tuple[Adult, ...] = ()
    reported_by: Caller | None = None
    accounts: tuple[Account, ...] = ()
    officer: str | None = None
    view: str | None = None
    risk: Risk | None = None
    actions: tuple[str, ...] = ()
    handling_note: str | None = None
    need: Literal["1", "2", "3", "4"] | None = None
    urgent: bool = False
