"""How a decision-maker leads an enquiry from its opening to its close, a picture of each page taken."""

from tests.support.camera import Camera
from tests.support.pages import ASKING


def lead(camera: Camera) -> None:
    """A second enquiry about a child is opened, assigned and closed again."""
    camera.send("/enquiry", ASKING)
    camera.keep("enquiry")
    camera.page.check("#for-1")
    camera.press("main form[action='/enquiry/open'] button")
    camera.keep("enquiry-opened")
    camera.press("main form[action='/enquiry/assign'] button")
    camera.keep("enquiry-assign")
    camera.page.check("#to-1")
    camera.press("main form[action='/enquiry/assign/keep'] button")
    camera.keep("enquiry-assigned")
    camera.send("/enquiry", ASKING)
    camera.press("main tbody tr:first-child form[action='/enquiry/close'] button")
    camera.keep("enquiry-close")
    camera.press("main form[action='/enquiry/close/keep'] button")
    camera.keep("enquiry-closed")
