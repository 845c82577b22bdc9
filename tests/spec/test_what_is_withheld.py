"""What a reader must not see is withheld, and said to be withheld: a protected place, and what an agency may not see."""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.report import Place
from contracts.vocabulary import AgencyKind, FieldClass, Purpose, SensitivityTag, StaffRole
from contracts.identifiers import parse_identifier
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Chronology, SilenceKind
from tests.support.given import ROBIN, a_concern, an_actor
from tests.support.small_hub import SmallHub

CHILD = parse_identifier(f"nhs:{ROBIN}")
MASH = an_actor()
RESEARCHER = an_actor("tom", "police", AgencyKind.POLICE, StaffRole.MASH_RESEARCHER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def read(hub: SmallHub, actor: object = None) -> Chronology:
    return read_chronology(hub.reading(), MASH if actor is None else RESEARCHER, CHILD, Purpose.SECTION_47)


def at_a_place(*tags: SensitivityTag) -> object:
    return a_concern(tags=tags).model_copy(update={"place": Place(text="12 CANARY Road")})
