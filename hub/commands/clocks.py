"""The clocks of the area, where the settings name a file of them."""

from hub.adapters.clocks_file import NotClocks, read_clocks
from hub.domain.clocks import AS_GUIDED, Clocks
from hub.settings import BadSetting, Settings


def clocks_of(settings: Settings) -> Clocks:
    """The clocks in the file that HUB_CLOCKS names; unset, those of the guidance. Raises BadSetting."""
    if settings.clocks is None:
        return AS_GUIDED
    try:
        return read_clocks(settings.clocks)
    except NotClocks as wrong:
        raise BadSetting(f"HUB_CLOCKS names a file that is no list of clocks: {wrong}") from None
    except OSError as wrong:
        raise BadSetting(f"HUB_CLOCKS names a file that cannot be read ({type(wrong).__name__})") from None
