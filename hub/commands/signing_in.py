"""What signing in by one's own organisation is made with, where the settings name a list of issuers."""

from agencies import registry as partners
from hub.adapters.client_assertions import ClientAssertions
from hub.adapters.issuer_calls import IssuerCalls
from hub.adapters.issuer_keys import IssuerKeys
from hub.adapters.issuers_file import IssuersFile, NotIssuers, read_issuers
from hub.adapters.openid_provider import OpenIdProvider
from hub.adapters.seen_once import SeenOnce
from hub.application.let_machine_in import LettingMachinesIn
from hub.application.ports import Clock, Store
from hub.application.sign_in_openid import SigningInOpenly
from hub.settings import BadSetting, Settings


def openly(settings: Settings, store: Store, clock: Clock, home: str) -> SigningInOpenly | None:
    """What it needs; None where there is no list. `home`: where browsers reach the pages."""
    if settings.issuers is None:
        return None
    calls = IssuerCalls()
    provider = OpenIdProvider(calls, IssuerKeys(calls, clock), clock, home)
    issuers = IssuersFile(settings.issuers, source_of)
    return SigningInOpenly(store, clock, issuers, provider, SeenOnce())


def machines(store: Store, clock: Clock, home: str) -> LettingMachinesIn:
    """What letting agencies' own systems in needs."""
    return LettingMachinesIn(store, clock, ClientAssertions(), SeenOnce(), f"{home}/machine/token")


def check(settings: Settings) -> None:
    """Raise BadSetting where the list of issuers cannot be read, or where nobody at all could sign in."""
    if settings.issuers is None:
        if settings.phrases_off:
            raise BadSetting("HUB_PHRASES_OFF is on and HUB_ISSUERS names nobody: nobody could sign in")
        return
    try:
        read_issuers(settings.issuers, source_of)
    except NotIssuers as wrong:
        raise BadSetting(f"HUB_ISSUERS names a file that is no list of issuers: {wrong}") from None
    except OSError as wrong:
        raise BadSetting(f"HUB_ISSUERS names a file that cannot be read ({type(wrong).__name__})") from None


def source_of(name: str) -> str | None:
    """An agency's source by its name; None for a name of none."""
    return next((one.source for one in partners.AGENCIES if one.name == name), None)
