"""`hub serve`: the pages. On one machine what arrives is taken in too, and what was kept is sealed, within a second.

Where the store or the bus is a server, `hub work` does that, beside the pages.
"""

import logging
import socket
import threading

import uvicorn

from hub.adapters.telemetry_otlp import start
from hub.adapters.watched_web import WatchedWeb
from hub.application.replay_quarantined import replay_after_upgrade
from hub.commands.held_views import ToldOfViews
from hub.commands.pauses import settle
from hub.commands.quiet_log import NAME, log_config
from hub.commands.slow_clients import Impatient
from hub.commands.stopping import again_and_again, hear_no_more, told_to_stop
from hub.settings import Settings
from hub.views.accesses import ACCESSES
from hub.views.all_views import VIEWS
from hub.web.app import HOSTS, PAGES, create_app
from hub.web.parts import Parts, Rows
from hub.wiring import Hub, titles, topics

PAUSE_SECONDS = 0.5
LAST_ANSWERS_SECONDS = 5
MOST_CONNECTIONS = 400  # whoever comes beyond them is answered 503 at once, before anything is decided or kept


def run(settings: Settings) -> int:
    """0 when told to stop. Raises StoreUnavailable when the hub cannot open, OSError when the port is taken."""
    with socket.socket(socket.AF_INET6 if ":" in settings.address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.address, settings.port))  # OSError is told as it is, and not by a server's own words
    telemetry = start(settings.telemetry, "serve", tuple(page.path for page in PAGES))
    hub = Hub(settings, telemetry)
    print(
        f"Serving {place(settings)} from {len(hub.enrolments())} connected agencies. Stop with Ctrl-C.",
        flush=True,
    )
    serve(hub)
    hub.close()
    telemetry.close()
    return 0


def place(settings: Settings) -> str:
    """Where a browser on this machine finds the pages."""
    host = f"[{settings.address}]" if ":" in settings.address else settings.address
    return f"http://{host}:{settings.port}"


def serve(hub: Hub) -> None:
    """Serve until told to stop; on one machine the worker stops with the pages, and the pages with the worker."""
    hosts = hub.settings.hosts
    server = uvicorn.Server(
        uvicorn.Config(
            WatchedWeb(create_app(parts(hub), over_https=bool(hosts), hosts=(*HOSTS, *hosts)), hub.telemetry),
            host=hub.settings.address,
            port=hub.settings.port,
            log_config=log_config(as_json=hub.settings.log_as_json),
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
            limit_concurrency=MOST_CONNECTIONS,
            http=Impatient,
        )
    )
    settle()
    stopping = told_to_stop()  # the server passes on the signal that ended it, and is not killed by it
    if not hub.settings.on_one_machine:
        server.run()
        hear_no_more()
        return
    threading.excepthook = _say_and_go_on
    worker = threading.Thread(target=_work, args=(hub, stopping, server), name="work", daemon=True)
    worker.start()
    try:
        server.run()
    finally:
        hear_no_more()
        stopping.set()
        worker.join(timeout=LAST_ANSWERS_SECONDS)


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
        ready=hub.readiness.codes,
        kept=hub.store,
        topics=topics(),
        accesses_under=lambda keys: hub.view_rows.rows_of(ACCESSES, keys),
        proofs=hub.proofs,
        late=hub.late_views.now,
    )


def about(hub: Hub) -> dict[str, str]:
    """What the about page says of this hub."""
    start = hub.settings.sixteen_la_from
    return {
        "log_origin": hub.shelf.origin,
        "law_16la": f"taken to be in force from {start.isoformat()}" if start else "not taken to be in force",
        "duty_number": "your area's duty number (not set on this hub)",
    }


def _say_and_go_on(raised: threading.ExceptHookArgs) -> None:
    """What the log says when the loop ends by an error: its kind and place, none of its words."""
    kind = raised.exc_type, raised.exc_value or raised.exc_type(), raised.exc_traceback
    logging.getLogger(NAME).error("the loop that takes in and seals has stopped", exc_info=kind)


def _work(hub: Hub, stopping: threading.Event, server: uvicorn.Server) -> None:
    """The process loop: what is away (a full disk, say) is waited for, and meanwhile nothing can be kept or shown.

    However the loop ends, the pages stop too, since what is read must be sealed.
    """
    told, upgraded = ToldOfViews(), threading.Event()

    def one_round() -> bool:
        hub.work()
        told.tell(hub.held)
        if not upgraded.is_set() and not hub.held:
            replay_after_upgrade(hub.replaying())
            upgraded.set()
        hub.cosign()
        return False

    try:
        again_and_again(one_round, stopping, PAUSE_SECONDS)
    finally:
        server.should_exit = True
