"""By which rules, agreements, settings and keys the hub decides goes on record whenever any of them is another."""

from contracts.events.access import SettingsStated
from hub.application.ports import Clock, Entry, Store, Stream


def state_settings(store: Store, clock: Clock, stated: SettingsStated) -> bool:
    """Whether anything is another than was stated last; then it is kept. Raises StoreUnavailable, Unreadable."""
    facts = store.read_stream(Stream.registry())
    last = next((fact for fact in reversed(facts) if isinstance(fact, SettingsStated)), None)
    if last is not None and last.model_copy(update={"at": stated.at}) == stated:
        return False
    store.keep((Entry(Stream.registry(), clock.new_id(), stated),))
    return True
