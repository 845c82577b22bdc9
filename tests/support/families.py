"""A small hub that is asked by families: items that may be told of, items that must not show, and a letter."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from consent.packs import LawSettings
from contracts.events.hub import Actor
from contracts.events.shared import ConcernRaised
from contracts.identifiers import Identifier, parse_identifier
from contracts.report import Name, Person, Told
from contracts.vocabulary import PersonRole, StaffRole, Telling
from contracts.when import on_day
from hub.adapters.release import FixedRelease
from hub.application.answer_family import AnsweringFamilies, FamilyAnswer, Release, answer_family
from hub.application.ports import Store
from hub.domain.family_answer import Asker
from tests.support.given import NOW, ROBIN, WREN, a_child, a_concern, a_sound_basis, an_actor
from tests.support.small_hub import SmallHub

THERE, ABSENT = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"nhs:{WREN}")
CHECKS = an_actor("ivy", role=StaffRole.IG_OFFICER)
FATHER = Asker("father", "parent", "document_seen")
CALLED = {"urn:childhub:agency:police": "Hexley Police", "urn:childhub:agency:social-care": "Children's Services"}


@dataclass
class Noted:
    """A release that lets go at once and notes that it was asked to wait."""

    waited: list[float] = field(default_factory=list)

    def begin(self) -> float:
        """See answer_family.Release."""
        return 1.0

    def wait(self, begun: float) -> None:
        """See answer_family.Release."""
        self.waited.append(begun)


def about_father(
    record: str, state: Telling, *others: Told, child: Person | None = None, version: str | None = None
) -> ConcernRaised:
    """A concern that names the father and says whether he was told; `others` are told or not too."""
    father = Person(ref="father", role=PersonRole.PARENT_OR_CARER, names=(Name(family="Exemplar", given="Ray"),))
    people = [child or a_child(), father]
    people += [Person(ref=one.person, role=PersonRole.PARENT_OR_CARER) for one in others]
    base = a_concern(record, child=child, version=version)
    review = on_day((NOW + timedelta(days=3)).date())
    told = Told(person="father", state=state, reason="risk_to_child", decided_by="DSL", approved_by="MASH manager")
    dated = state in (Telling.NOT_TOLD_SAFETY, Telling.NOT_TOLD_PREJUDICE, Telling.DUE)
    return base.model_copy(
        update={
            "people": tuple(people),
            "bases": tuple(a_sound_basis().model_copy(update={"person": one.ref}) for one in people),
            "telling": (*base.telling, told.model_copy(update={"review_on": review if dated else None}), *others),
        }
    )


def asked(
    hub: SmallHub,
    child: Identifier = THERE,
    asker: Asker = FATHER,
    actor: Actor = CHECKS,
    store: Store | None = None,
    release: Release | None = None,
) -> FamilyAnswer:
    """The answer, let go at once unless the test says when."""
    let_go = release or FixedRelease(0)
    answering = AnsweringFamilies(
        store or hub.store, hub.index, hub.clock, LawSettings(), CALLED, let_go, hub.deciding()
    )
    return answer_family(answering, actor, child, asker)


def hub_at(folder: Path) -> SmallHub:
    """A hub in a folder that may not be there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    return SmallHub(folder)
