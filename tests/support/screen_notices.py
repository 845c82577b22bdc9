"""Notices of the service, on their page and over another, while one runs."""

from datetime import timedelta

from hub.adapters.notices_file import FILE
from hub.domain.moment import LONDON
from hub.wiring import Hub
from tests.support.camera import Camera

# Hours from now: from when, until when; and the words.
_POSTED = (
    (-2, 6, "Reports from the police come late", "Nothing came since 06:00. Ring them for what they know since then."),
    (96, 100, "The hub will be down for an upgrade", "Print what you need for a meeting before it begins."),
    (-90, -88, "Signing in was slow", ""),
)


def notices(camera: Camera, home: Hub) -> None:
    """One runs, one is to come and one is over; then the file is taken away again."""
    path, now = home.settings.home / FILE, home.clock.now().astimezone(LONDON).replace(microsecond=0)
    path.write_text("".join(
        f"[[notice]]\nfrom = {(now + timedelta(hours=begins)).isoformat()}\n"
        f"until = {(now + timedelta(hours=ends)).isoformat()}\ntitle = '{title}'\ntext = '{text}'\n"
        for begins, ends, title, text in _POSTED
    ), encoding="utf-8")  # fmt: skip
    camera.go("/notices")
    camera.keep("notices")
    camera.go("/")
    camera.meet("worklist, under a notice")
    path.write_text("nothing that is meant", encoding="utf-8")
    camera.go("/notices")
    camera.meet("notices, not to be read")
    path.unlink()
    camera.go("/notices")
    camera.meet("notices, none")
