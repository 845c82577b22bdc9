"""How a decision-maker comes to write down what somebody says about an entry, a picture of each page taken."""

from tests.support.camera import Camera
from tests.support.pages import ASKING


def reply(camera: Camera) -> None:
    """From an entry to a reply that stands beside it."""
    camera.send("/chronology", ASKING)
    camera.press("#list-title ~ .entries button[name=report]")
    camera.press("main form[action='/reply'] button")
    camera.keep("reply")
    for one in ("#whose-2", "#disputes-1"):
        camera.page.check(one)
    for part, number in (("day", "1"), ("month", "10"), ("year", "2025")):
        camera.page.fill(f"#said-{part}", number)
    camera.page.fill("#words", "They were refused once, and not twice")
    camera.press("main form[action='/reply/keep'] button")
    camera.keep("reply-kept")
