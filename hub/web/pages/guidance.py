"""Pages of words that hold no record: help, a problem, when the hub is down, who can use it, what it keeps of you."""

from starlette.responses import Response

from hub.domain.own_area import NOT_SET
from hub.domain.when_down import BY_HAND, FORM, FORM_SAYS, FORM_TITLE, STEPS
from hub.web.page import Page, Visit
from hub.web.session import ABSOLUTE, IDLE


def _words(template: str) -> Page:
    def show(visit: Visit) -> Response:
        return visit.show(template, idle_minutes=IDLE.seconds // 60, longest_hours=ABSOLUTE.seconds // 3600)

    return Page("GET", f"/{template.removesuffix('.html').replace('_', '-')}", show)


def when_down(visit: Visit) -> Response:
    """What to do while the hub is down, to be printed before; `hub when-down` writes it for then."""
    return visit.show(
        "when_down.html",
        steps=STEPS,
        form=FORM,
        form_title=FORM_TITLE,
        form_says=FORM_SAYS,
        by_hand=BY_HAND,
        not_set=NOT_SET,
    )


PAGES = (
    *map(_words, ("help.html", "problem.html", "accessibility.html", "privacy.html")),
    Page("GET", "/when-down", when_down),
)
