"""How a practitioner comes to be refused, asked to prove who they are, let in by an emergency, and locked."""

from collections.abc import Callable
from datetime import timedelta

from hub.commands import staff
from hub.web.session import IDLE
from hub.wiring import Hub
from tests.support.camera import Camera
from tests.support.given import ROBIN, StoppedClock
from tests.support.screen_walks import OTHER

EMERGENCY = {"child": ROBIN, "reason": "danger_now", "understood": "1"}


def practising(clock: StoppedClock) -> Callable[[Camera, Hub], None]:
    """What a practitioner meets; the clock is moved on until a new proof is wanted, and until the hub locks."""

    def walk(camera: Camera, home: Hub) -> None:
        camera.enter(home, staff.UNRELATED)
        camera.keep("find")
        camera.send("/chronology", OTHER)
        camera.keep("refused")
        camera.go("/emergency")
        camera.keep("emergency")
        clock.forward(timedelta(minutes=6))
        camera.send("/emergency", EMERGENCY)
        camera.keep("sign-in-again")
        camera.press("main button")
        camera.meet("sign-in-again, wrong")
        camera.page.fill("#phrase", staff.phrase(home, staff.UNRELATED))
        camera.press("main button")
        camera.keep("words-back")
        camera.press("main form[action='/emergency'] button")
        camera.keep("emergency-opened")
        home.work()
        camera.go("/emergency")
        clock.forward(IDLE)
        camera.send("/emergency", EMERGENCY)
        camera.keep("locked")

    return walk
