"""Does what an issuer said of how somebody proved who they are come back as it was written, in the log too?"""

import pytest

from contracts.strict_json import Json
from hub.domain import assurance
from hub.domain.assurance import Assurance
from hub.domain.id_token import Vouched
from hub.domain.sealed_words import by_whom
from tests.support.given import NOW, an_actor

SURE = Vouched("https://idp.example", "ana", "urn:example:aal3", ("pwd", "fido"), NOW)


def test_what_was_written_comes_back() -> None:
    found = assurance.read(assurance.written(SURE))
    assert found == Assurance("openid", "urn:example:aal3", ("pwd", "fido"), NOW)


@pytest.mark.parametrize("text", ["pass phrase", "machine account", "openid", "openid; acr=a b; amr=; auth_time="])
def test_anything_else_is_how_it_stands(text: str) -> None:
    assert assurance.read(text) == Assurance(text)


def test_what_an_issuer_puts_into_its_words_makes_no_field_of_ours() -> None:
    sly = Vouched("https://idp.example", "ana", "x;amr=fido;auth_time=2099", ("a,b", "c;d", "pwd"), None)
    found = assurance.read(assurance.written(sly))
    assert (found.amr, found.auth_time) == (("pwd",), None)


def test_the_log_says_each_by_its_own_name() -> None:
    said: dict[str, Json] = {**by_whom(an_actor().model_copy(update={"assurance": assurance.written(SURE)}))}
    assert (said["acr"], said["amr"], said["auth_time"]) == ("urn:example:aal3", "pwd,fido", NOW.isoformat())
    assert by_whom(an_actor().model_copy(update={"assurance": "pass phrase"}))["acr"] == "pass phrase"
