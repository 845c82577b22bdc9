"""Does an issuer that takes its time keep only its own people waiting?"""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest
from joserfc.jwk import OKPKey

from hub.adapters.issuer_calls import IssuerCalls
from hub.adapters.issuer_keys import IssuerKeys
from hub.domain.errors import SignInRefused
from hub.domain.issuer import Issuer
from tests.support.given import StoppedClock

MOST_SECONDS = 30


def an_issuer(name: str) -> Issuer:
    """One whose keys lie under its own address."""
    at = f"https://{name}.test"
    return Issuer(name, name, at, "hub", frozenset(), "Ed25519", f"{at}/authorize", f"{at}/token", f"{at}/keys")


SLOW, QUICK = an_issuer("slow"), an_issuer("quick")


@dataclass(frozen=True, slots=True)
class OneIsSlow(IssuerCalls):
    """The slow one answers when it is told to; each answers with one key, which the quick one alone has."""

    asked: Event = field(default_factory=Event)
    answers: Event = field(default_factory=Event)

    def get(self, url: str) -> bytes:
        """See IssuerCalls."""
        if url == SLOW.keys:
            self.asked.set()
            assert self.answers.wait(MOST_SECONDS)
            return b'{"keys": []}'
        x = OKPKey.generate_key("Ed25519").as_dict(private=False)["x"]
        return json.dumps({"keys": [{"kid": "k1", "kty": "OKP", "crv": "Ed25519", "x": x}]}).encode()


def test_one_issuers_people_do_not_wait_for_anothers() -> None:
    calls = OneIsSlow()
    keys = IssuerKeys(calls, StoppedClock())
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(keys.key, SLOW, "k1")
        assert calls.asked.wait(MOST_SECONDS)
        quick = threads.submit(keys.key, QUICK, "k1")
        try:
            assert isinstance(quick.result(MOST_SECONDS), OKPKey)
        finally:
            calls.answers.set()
        with pytest.raises(SignInRefused):
            slow.result(MOST_SECONDS)
