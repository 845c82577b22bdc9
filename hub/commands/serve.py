"""`hub serve`: the pages. On one machine what arrives is taken in too, and what was kept is sealed, within a second.

Where the store or the bus is a server, `hub work` does that, beside the pages.
"""

import logging
import logging.config
import socket
import threading

import uvicorn

from hub.adapters.compartment_door import SocketDoor
from hub.adapters.log_proofs import LogProofs
from hub.adapters.placed_rows import PlacedRows
from hub.adapters.telemetry import Telemetry
from hub.adapters.telemetry_otlp import start
from hub.adapters.typesetting import Typesetting
from hub.adapters.watched_web import WatchedWeb
from hub.application.replay_quarantined import replay_after_upgrade
from hub.commands import signing_in
from hub.commands.clocks import clocks_of
from hub.commands.held_views import ToldOfViews
from hub.commands.hourly import Hourly
from hub.commands.keeping_time import escalate, every_minute
from hub.commands.notices import notices_of, say_wrong
from hub.commands.pauses import settle
from hub.commands.quiet_log import NAME, log_config
from hub.commands.slow_clients import Impatient, most_connections
from hub.commands.stopping import BROKEN, DONE, again_and_again, hear_no_more, told_to_stop
from hub.domain.own_area import duty_desk
from hub.engines import check
from hub.settings import Settings
from hub.views.accesses import ACCESSES
from hub.views.all_views import VIEWS
from hub.views.looks import LOOKS
from hub.web.app import HOSTS, PAGES, create_app
from hub.web.opening import Opening
from hub.web.parts import Parts, Rows
from hub.wiring import Hub, all_agreements, titles, topics

PAUSE_SECONDS = 0.5
LAST_ANSWERS_SECONDS = 5
PAGES_PATIENCE_SECONDS = 1.5  # a person waits before a page; what works beside it waits longer


def run(settings: Settings) -> int:
    """0 when told to stop, 1 when it broke. Raises BadSetting, StoreUnavailable, OSError when the port is taken.

    A store on a server may be away: until it is there, every page is answered 503.
    """
    with socket.socket(socket.AF_INET6 if ":" in settings.address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.address, settings.port))  # OSError is told as it is, and not by a server's own words
    check(settings)
    signing_in.check(settings)
    clocks_of(settings)
    say_wrong(settings)
    telemetry = start(settings.telemetry, "serve", tuple(page.path for page in PAGES))
    if settings.database is None:
        hub = Hub(settings, telemetry)
        _say_served(hub)
        serve(hub)
        hub.close()
        code = DONE
    else:
        code = _serve_when_open(settings, telemetry)
    telemetry.close()
    return code


def _say_served(hub: Hub) -> None:
    enrolled = len(hub.enrolments())
    print(f"Serving {place(hub.settings)} from {enrolled} connected agencies. Stop with Ctrl-C.", flush=True)


def _serve_when_open(settings: Settings, telemetry: Telemetry) -> int:
    """Serve until told to stop, though the store may be away at first: 0, or 1 when the hub can't be opened at all."""
    opening = Opening(over_https=bool(settings.hosts))
    server = _server(settings, WatchedWeb(opening, telemetry))
    over, opened = threading.Event(), list[Hub]()

    def open_hub() -> bool:
        hub = Hub(settings, telemetry, PAGES_PATIENCE_SECONDS)
        opened.append(hub)
        _open_pages(opening, hub)
        _say_served(hub)
        over.set()
        return True

    def wait_for_the_store() -> None:
        try:
            again_and_again(open_hub, over, PAUSE_SECONDS)
        finally:
            server.should_exit = server.should_exit or not over.is_set()

    threading.excepthook = _say_and_go_on
    settle()
    told_to_stop()  # the server passes on the signal that ended it, and is not killed by it
    logging.config.dictConfig(log_config(as_json=settings.log_as_json))
    waiting = threading.Thread(target=wait_for_the_store, name="opening", daemon=True)
    waiting.start()
    server.run()
    hear_no_more()
    broke = not (opened or waiting.is_alive())
    over.set()
    waiting.join(timeout=LAST_ANSWERS_SECONDS)
    for hub in opened:
        hub.close()
    return BROKEN if broke else DONE


def _open_pages(opening: Opening, hub: Hub) -> None:
    hosts = hub.settings.hosts
    opening.open(create_app(parts(hub), over_https=bool(hosts), hosts=(*HOSTS, *hosts)))


def _server(settings: Settings, app: WatchedWeb) -> uvicorn.Server:
    at_once = most_connections()
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.address,
            port=settings.port,
            lifespan="off",
            log_config=log_config(as_json=settings.log_as_json),
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
            limit_concurrency=at_once,  # beyond them: 503 at once, before anything is decided or kept
            backlog=at_once,
            http=Impatient,
        )
    )


def place(settings: Settings) -> str:
    """Where a browser on this machine finds the pages."""
    host = f"[{settings.address}]" if ":" in settings.address else settings.address
    return f"http://{host}:{settings.port}"


def _home(settings: Settings) -> str:
    """Where browsers reach the pages: the first name they call the hub by, over https; or this machine."""
    return f"https://{settings.hosts[0]}" if settings.hosts else place(settings)


def serve(hub: Hub) -> None:
    """Serve until told to stop; on one machine the worker stops with the pages, and the pages with the worker."""
    opening = Opening()
    _open_pages(opening, hub)
    server = _server(hub.settings, WatchedWeb(opening, hub.telemetry))
    settle()
    stopping = told_to_stop()  # the server passes on the signal that ended it, and is not killed by it
    if not hub.settings.on_one_machine:
        server.run()
        hear_no_more()
        return
    threading.excepthook = _say_and_go_on
    worker = threading.Thread(target=take_in_and_seal, args=(hub, stopping, server), name="work", daemon=True)
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
        looks_under=lambda keys: hub.view_rows.rows_of(LOOKS, keys),
        proofs=LogProofs(hub.shelf, hub.bodies, hub.witnesses.policy),
        placed=PlacedRows(hub.recorder),
        access_rules_off=hub.settings.access_rules_off,
        sharing=hub.sharing,
        agreements=all_agreements(),
        typeset=Typesetting(),
        apart=hub.store,
        policies=hub.policies,
        door=SocketDoor(hub.settings.compartments or hub.settings.home / "compartments.sock"),
        late=hub.late_views.now,
        machines=signing_in.machines(hub.store, hub.clock, _home(hub.settings)),
        clocks=clocks_of(hub.settings),
        notices=notices_of(hub.settings).now,
        openly=signing_in.openly(hub.settings, hub.store, hub.clock, _home(hub.settings)),
    )


def about(hub: Hub) -> dict[str, str]:
    """What the about page says of this hub."""
    return {
        "log_origin": hub.shelf.origin,
        "duty_number": duty_desk(hub.settings.duty_number),
    }


def _say_and_go_on(raised: threading.ExceptHookArgs) -> None:
    """What the log says when the loop ends by an error: its kind and place, none of its words."""
    kind = raised.exc_type, raised.exc_value or raised.exc_type(), raised.exc_traceback
    logging.getLogger(NAME).error("the loop that takes in and seals has stopped", exc_info=kind)


def take_in_and_seal(hub: Hub, stopping: threading.Event, server: uvicorn.Server) -> None:
    """The process loop: what is away (a full disk, say) is waited for, and meanwhile nothing can be kept or shown.

    However the loop ends, the pages stop too, since what is read must be sealed.
    """
    told, trying_again = ToldOfViews(), Hourly(lambda: replay_after_upgrade(hub.replaying()))
    escalating = every_minute(lambda: escalate(hub))

    def one_round() -> bool:
        hub.work()
        told.tell(hub.held)
        hub.cosign()
        escalating.if_due()
        if not hub.held:
            trying_again.if_due()
        return False

    try:
        again_and_again(one_round, stopping, PAUSE_SECONDS)
    finally:
        server.should_exit = True
