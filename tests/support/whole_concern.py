"""A concern with something of everything in it: what must stay behind can be looked for in what goes."""

from datetime import timedelta

from contracts.events.shared import ConcernRaised
from contracts.report import Name, Person, Place, Statement, Told
from contracts.vocabulary import PersonRole, SensitivityTag, StatementKind, Telling
from contracts.when import on_day
from tests.support.given import NOW, a_child, a_concern, a_sound_basis

STREET = "14 Fen Row"
POSTCODE = "NB4 7RX"
NEIGHBOUR = "Mrs Ash next door"


def full(record: str = "C-9", words: str = "Shouting for an hour", protected: bool = False) -> ConcernRaised:
    """A concern with a place, a source, a witness, a mother and health in it."""
    mother = Person(ref="mother", role=PersonRole.PARENT_OR_CARER, names=(Name(family="Exemplar", given="Erin"),))
    neighbour = Person(ref="caller", role=PersonRole.WITNESS, names=(Name(text=NEIGHBOUR),))
    child = a_child().model_copy(update={"address": Place(text=f"{STREET}, Northborough", postcode=POSTCODE)})
    tags = (SensitivityTag.OFFICIAL_SENSITIVE, SensitivityTag.HEALTH, SensitivityTag.INFORMANT)
    base = a_concern(record, words=words, tags=(*tags, SensitivityTag.ADDRESS_PROTECTED) if protected else tags)
    people = (child, mother, neighbour)
    said = (
        *base.statements,
        Statement(field="reported_by", kind=StatementKind.THIRD_PARTY, value=NEIGHBOUR),
        Statement(field="health_detail", kind=StatementKind.OBSERVATION, value="A cough", about="child"),
        Statement(field="action_taken", kind=StatementKind.FACT_RECORDED, value="Door knocked", said_by=NEIGHBOUR),
    )
    told = Told(
        person="mother",
        state=Telling.NOT_TOLD_SAFETY,
        reason="risk_to_child",
        decided_by="pc",
        approved_by="sgt",
        review_on=on_day((NOW + timedelta(days=5)).date()),
    )
    return base.model_copy(
        update={
            "people": people,
            "statements": said,
            "place": Place(text=f"{STREET}, Northborough", postcode=POSTCODE),
            "bases": tuple(a_sound_basis().model_copy(update={"person": one.ref}) for one in people),
            "telling": (*base.telling, told),
        }
    )
