"""`hub serve`: the pages on 127.0.0.1, while what arrives is taken in and what was kept is sealed, within a second."""

import logging
import socket
import threading

import uvicorn

from hub.commands.pauses import settle
from hub.commands.quiet_log import NAME, log_config
from hub.settings import Settings
from hub.views.all_views import VIEWS
from hub.web.app import create_app
from hub.web.parts import Parts, Rows
from hub.wiring import LOG_ORIGIN, Hub, titles

HOST = "127.0.0.1"
PAUSE_SECONDS = 0.5


def run(settings: Settings) -> int:
    """0 when stopped by hand, 1 when the port is taken. Raises StoreUnavailable when the hub cannot open."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, settings.port))  # OSError here is told as it is, and not by a server's own words
    hub = Hub(settings)
    print(f"Serving http://{HOST}:{settings.port} from {len(hub.enrolments())} connected agencies. Stop with Ctrl-C.")
    serve(hub)
    return 0


def serve(hub: Hub) -> None:
    """Serve until stopped; the follower stops with the pages, and the pages with the follower."""
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(parts(hub)),
            host=HOST,
            port=hub.settings.port,
            log_config=log_config(),
            access_log=False,
            server_header=False,
        )
    )
    settle()
    threading.excepthook = _say_and_go_on
    stopping = threading.Event()
    worker = threading.Thread(target=_work, args=(hub, stopping, server), name="work", daemon=True)
    worker.start()
    try:
        server.run()
    finally:
        stopping.set()
        worker.join(timeout=10)


def parts(hub: Hub) -> Parts:
    """What the pages are made with."""
    by_name = {view.name: view for view in VIEWS}

    def rows_of(name: str) -> Rows:
        return hub.view_rows.read(by_name[name])

    return Parts(
        store=hub.store,
        index=hub.index,
        clock=hub.clock,
        reading=hub.reading,
        signing=hub.signing_in(),
        titles=titles(),
        rows_of=rows_of,
        sealed_up_to=lambda: hub.bodies.last()[0],
        log_folder=hub.log_folder,
        log_key=hub.log_key,
        about=about(hub),
    )


def about(hub: Hub) -> dict[str, str]:
    """What the about page says of this hub."""
    start = hub.settings.sixteen_la_from
    return {
        "log_origin": LOG_ORIGIN,
        "law_16la": f"taken to be in force from {start.isoformat()}" if start else "not taken to be in force",
        "duty_number": "your area's duty number (not set on this hub)",
    }


def _say_and_go_on(raised: threading.ExceptHookArgs) -> None:
    """What the log says when the loop ends by an error: its kind and place, none of its words."""
    kind = raised.exc_type, raised.exc_value or raised.exc_type(), raised.exc_traceback
    logging.getLogger(NAME).error("the loop that takes in and seals has stopped", exc_info=kind)


def _work(hub: Hub, stopping: threading.Event, server: uvicorn.Server) -> None:
    """The process loop: however it ends, the pages stop too, since what is read must be sealed."""
    try:
        while not stopping.wait(PAUSE_SECONDS):
            hub.work()
    finally:
        server.should_exit = True
