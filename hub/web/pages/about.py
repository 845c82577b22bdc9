"""What this hub is: the law it decides by today, the key of its log, and how anybody checks the log without us."""

from starlette.responses import Response

from consent.packs import pack_on
from hub.domain.moment import day_in_london
from hub.web.page import Page, Visit


def show(visit: Visit) -> Response:
    """The page; it names no person and is open to all."""
    parts = visit.parts
    today = day_in_london(parts.clock.now())
    law = parts.reading().law
    return visit.show(
        "about.html",
        pack=pack_on(today, law),
        sixteen_la_from=law.sixteen_la_from,
        today=today,
        log_key=parts.log_key,
        log_origin=parts.about.get("log_origin", ""),
        sealed=parts.sealed_up_to(),
    )


PAGES = (Page("GET", "/about", show),)
