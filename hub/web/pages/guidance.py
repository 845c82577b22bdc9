"""Pages of words that hold no record: help, a problem, when the hub is down, who can use it, what it keeps of you."""

from starlette.responses import Response

from hub.web.page import Page, Visit
from hub.web.session import ABSOLUTE, IDLE


def _words(template: str) -> Page:
    def show(visit: Visit) -> Response:
        return visit.show(template, idle_minutes=IDLE.seconds // 60, longest_hours=ABSOLUTE.seconds // 3600)

    return Page("GET", f"/{template.removesuffix('.html').replace('_', '-')}", show)


PAGES = tuple(map(_words, ("help.html", "problem.html", "when_down.html", "accessibility.html", "privacy.html")))
