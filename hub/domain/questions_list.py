"""Which list says whose identity is in question, and for what purpose it is looked at."""

from contracts.vocabulary import Purpose, StaffRole
from hub.domain.listing import Listing

PURPOSE = Purpose.SECTION_17  # whose record it is must be known to meet any child's need
QUESTIONS = Listing("identity_question", frozenset({StaffRole.MASH_DECISION_MAKER}))
