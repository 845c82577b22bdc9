"""What is known of the road from each agency: its feed, what of it lies set aside here, what nobody has taken in."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from hub.adapters.view_rows_port import KeptViews
from hub.domain.feed import LyingHere, Partner
from hub.views.feeds import FEEDS, feeds_of
from hub.views.waiting_here import WAITING_HERE, lying_here


def known_roads(
    sources: Iterable[str], since: Mapping[str, datetime], tables: KeptViews, unread: Mapping[str, LyingHere]
) -> tuple[Partner, ...]:
    """One for each agency; `since` is when each that is enrolled was enrolled first. Raises StoreUnavailable."""
    names = tuple(sources)
    feeds, aside = feeds_of(tables.read(FEEDS)), lying_here(tables.rows_of(WAITING_HERE, names))
    return tuple(
        Partner(one, one in since, feeds.get(one), aside.get(one), unread.get(one), since.get(one)) for one in names
    )
