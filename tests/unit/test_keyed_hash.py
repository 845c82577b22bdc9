"""Is a keyed hash that is set up once what the standard says, however often and in whatever order it is asked?"""

import hmac
from hashlib import sha256
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from hub.adapters.keys import KeyedHash


@given(st.binary(min_size=1, max_size=100), st.lists(st.binary(max_size=200), max_size=5))
def test_it_is_hmac_of_each_text_by_itself(secret: bytes, texts: list[bytes]) -> None:
    keyed = KeyedHash(secret)
    for text in (*texts, *reversed(texts)):
        assert keyed.digest(text) == hmac.digest(secret, text, sha256)


def test_an_id_is_made_as_it_was_in_earlier_releases() -> None:
    assert KeyedHash(b"s" * 32).id_of("history", "00ff") == UUID("b586b35a-00df-89df-b2d2-e5d52f3a67bb")
