"""The filters that are in use, each by itself, so that each can be taken away by itself."""

from collections.abc import Mapping

from hub.domain.about import About
from hub.domain.sieve import Least, Sieve
from hub.domain.significance import Significance
from hub.web.glance import LEAST
from hub.web.picture.marks import NAMES
from hub.web.wanted import field_of


def chips(sieve: Sieve, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The field that asks for each, and its words, in the order of the form."""
    return (
        *((field_of(one), titles.get(one, one)) for one in sorted(sieve.sources)),
        *((("least", LEAST[sieve.least]),) if sieve.least is not Least.ALL else ()),
        *((f"kind-{one.value}", NAMES[one]) for one in Significance if one in sieve.kinds),
        *((f"about-{one.code}", f"About: {one.words}") for one in About if one in sieve.about),
        *((("own-words", "The child’s own words"),) if sieve.own_words else ()),
        *((("late", "Received late"),) if sieve.late else ()),
    )
