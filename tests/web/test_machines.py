"""Does an agency's system get in by its agency's key alone, for a short time, and read nothing but its own counts?"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from joserfc import jws
from joserfc.jwk import OctKey, OKPKey

from agencies import registry as partners
from contracts.events.agency_keys import MachineLetIn
from contracts.strict_json import Json
from hub.adapters.edge_side import PartnerKeys
from hub.application.change_keys import ChangingKeys, Revocation, approve_change, propose_revocation
from hub.commands import signing_in, staff
from hub.web.api_machine import ASSERTION_TYPE
from hub.web.app import create_app
from hub.web.machine_tokens import LIFE
from hub.wiring import Hub, edge_folder
from tests.support.given import a_concern
from tests.support.house import proved, say
from tests.support.issuers import OwnIds, last_position
from tests.support.pages import HERE, browsing, parts_of
from tests.web.test_strangers import every_route

POLICE = partners.by_name("police").source
AUDIENCE = f"{HERE}/machine/token"


def app_at(hub: Hub, clock: OwnIds) -> FastAPI:
    """The pages of the hub at the clock's time."""
    return create_app(replace(parts_of(hub, clock=clock), machines=signing_in.machines(hub.store, clock, HERE)))


def system(app: FastAPI) -> TestClient:
    """A system: it says no Origin and holds no cookie."""
    found = browsing(app)
    found.headers.pop("origin")
    return found


def key_of(hub: Hub, agency: str = "police") -> OKPKey:
    keys = PartnerKeys(partners.by_name(agency), edge_folder(hub.settings, agency))
    return OKPKey.import_key(keys.signing.private)


def assertion(key: OKPKey | OctKey, clock: OwnIds, more: Mapping[str, Json] | None = None, **header: str) -> str:
    """A client assertion of the police; a member given as None is left out."""
    at = int(clock.now().timestamp())
    said: dict[str, Json] = {
        "iss": POLICE,
        "sub": POLICE,
        "aud": AUDIENCE,
        "jti": clock.new_id().hex,
        "iat": at,
        "exp": at + 60,
        **(more or {}),
    }
    kept = {name: value for name, value in said.items() if value is not None}
    head = {"alg": "Ed25519", "kid": "police-1", **header}
    return jws.serialize_compact(head, json.dumps(kept), key, [head["alg"]])


def asks(client: TestClient, signed: str) -> Response:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": signed,
    }
    return client.post("/machine/token", data=form)


def let_in(client: TestClient, signed: str) -> dict[str, str]:
    """The header by which it is let in from now on."""
    answer = asks(client, signed)
    assert answer.status_code == 200, answer.text
    assert answer.json()["expires_in"] == 300
    return {"authorization": f"Bearer {answer.json()['access_token']}"}


def on_record(hub: Hub, before: int) -> list[tuple[str, str]]:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(before, 100))
    return [(fact.effect, fact.why) for fact in facts if isinstance(fact, MachineLetIn)]


def test_an_agencys_system_counts_its_own_messages_and_those_of_nobody_else(own_hub: Hub) -> None:
    clock = OwnIds()
    say(own_hub, "police", a_concern("M-1"))
    say(own_hub, "health", a_concern("M-2"))
    client = system(app_at(own_hub, clock))
    before = last_position(own_hub)
    header = let_in(client, assertion(key_of(own_hub), clock))
    found = client.get("/machine/balance", headers=header)
    assert (found.status_code, found.json()["received"], found.json()["accepted"]) == (200, 1, 1)
    assert on_record(own_hub, before) == [("opened", "")]
    clock.forward(LIFE - timedelta(seconds=1))
    assert client.get("/machine/balance", headers=header).status_code == 200
    clock.forward(timedelta(seconds=1))
    assert client.get("/machine/balance", headers=header).status_code == 401


def test_a_token_opens_no_other_page_and_no_form(own_hub: Hub) -> None:
    clock = OwnIds()
    app = app_at(own_hub, clock)
    client = system(app)
    header = let_in(client, assertion(key_of(own_hub), clock))
    stranger = system(app)
    opened = set()
    for method, path in every_route(app.routes):
        address = path.replace("{rest:path}", "1")
        answer = client.request(method, address, headers=header, data={} if method == "POST" else None)
        plain = stranger.request(method, address, data={} if method == "POST" else None)
        if answer.status_code != plain.status_code:
            opened.add((method, path))
    assert opened == {("GET", "/machine/balance")}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"iss": "urn:childhub:agency:health"}, "issuer"),
        ({"sub": "urn:childhub:agency:health"}, "issuer"),
        ({"aud": "https://another.example/token"}, "audience"),
        ({"aud": [AUDIENCE, "https://another.example/token"]}, "audience"),
        ({"aud": None}, "audience"),
        ({"exp": 0}, "expired"),
        ({"exp": 2**32}, "too_long"),
        ({"iat": 2**32}, "not_yet"),
        ({"nbf": 2**32}, "not_yet"),
        ({"jti": None}, "claim"),
        ({"jti": ""}, "claim"),
        ({"exp": None}, "claim"),
    ],
)
def test_what_does_not_fit_is_refused_on_record(own_hub: Hub, more: dict[str, Json], why: str) -> None:
    clock = OwnIds()
    client = system(app_at(own_hub, clock))
    before = last_position(own_hub)
    answer = asks(client, assertion(key_of(own_hub), clock, more))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_client"})
    assert on_record(own_hub, before) == [("refused", why)]


def test_an_assertion_counts_once(own_hub: Hub) -> None:
    clock = OwnIds()
    client = system(app_at(own_hub, clock))
    before = last_position(own_hub)
    signed = assertion(key_of(own_hub), clock)
    assert [asks(client, signed).status_code for _ in range(3)] == [200, 400, 400]
    assert on_record(own_hub, before) == [("opened", ""), ("refused", "replayed"), ("refused", "replayed")]


def test_another_key_another_algorithm_and_no_signature_are_refused(own_hub: Hub) -> None:
    clock = OwnIds()
    client, key = system(app_at(own_hub, clock)), key_of(own_hub)
    good = assertion(key, clock)
    raw = partners_key(key)
    wrong = (
        "",
        "a.b.c",
        assertion(key_of(own_hub, "health"), clock),
        assertion(key, clock, kid="police-9"),
        assertion(OctKey.import_key(raw), clock, alg="HS256"),
        good.rsplit(".", 1)[0] + ".",
        good[:-6] + "AAAAAA",
    )
    assert [asks(client, each).status_code for each in wrong] == [400] * len(wrong)
    assert client.post("/machine/token", data={"client_assertion": good}).status_code == 400
    assert asks(client, good).status_code == 200


def partners_key(key: OKPKey) -> bytes:
    """The public key's raw bytes, as somebody would use them for a shared secret."""
    return str(key.as_dict(private=False)["x"]).encode()


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", f"Bearer {'A' * 43}", f"Basic {'A' * 43}", "Bearer " * 99]
)
def test_without_a_token_there_is_nothing(own_hub: Hub, header: str) -> None:
    answer = system(app_at(own_hub, OwnIds())).get("/machine/balance", headers={"authorization": header})
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})


def test_a_key_that_is_taken_back_ends_what_was_opened_by_it(own_hub: Hub) -> None:
    clock = OwnIds(own_hub.clock.now())
    client, key = system(app_at(own_hub, clock)), key_of(own_hub, "health")
    source = partners.by_name("health").source
    mine: dict[str, Json] = {"iss": source, "sub": source}
    header = let_in(client, assertion(key, clock, mine, kid="health-1"))
    changing = ChangingKeys(own_hub.store, clock)
    priya, ivy = (proved(own_hub, one) for one in (staff.DECISION_MAKER, staff.IG_OFFICER))
    change = propose_revocation(changing, priya, Revocation(source, "health-1", clock.now()))
    assert client.get("/machine/balance", headers=header).status_code == 200
    approve_change(changing, ivy, change.change_id)
    assert client.get("/machine/balance", headers=header).status_code == 401
    before = last_position(own_hub)
    assert asks(client, assertion(key, clock, mine, kid="health-1")).status_code == 400
    assert on_record(own_hub, before) == [("refused", "revoked")]
