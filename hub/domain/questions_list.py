"""Which list says whose identity is in question, and for what purpose it is looked at."""

from collections.abc import Mapping
from typing import Final

from contracts.vocabulary import Purpose, StaffRole
from hub.domain.listing import Listing

PURPOSE = Purpose.SECTION_17  # whose record it is must be known to meet any child's need
QUESTIONS = Listing("identity_question", frozenset({StaffRole.MASH_DECISION_MAKER}))
WHY: Final[Mapping[str, str]] = {  # of each code of hub.domain.identity, what a reader is told
    "identifiers_lead_to_different_people": "Its identifiers lead to different children",
    "found_before_to_be_two_people": "A person found before that these are two children",
    "another_national_number_differs": "One national number agrees and another differs",
    "number_agrees_but_name_and_birth_date_do_not": "The number agrees, but the name and date of birth do not",
    "a_child_and_an_adult": "The number agrees, but one is a child and the other an adult",
    "birth_date_differs": "The number agrees, but the date of birth does not",
    "given_name_differs": "The number agrees, but the given name does not",
}
