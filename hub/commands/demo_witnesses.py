"""What the demonstration shows of witnesses: two agencies cosign the log, and neither takes a history rewritten."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from threading import Thread

from audit.checkpoint import parse_checkpoint
from audit.commitment import entry, parse_entry
from audit.log import SealedLog
from audit.submission import encode_request
from audit.witness import Witness
from audit.witness_server import WitnessServer, now_seconds
from hub.adapters.witness_book import WitnessBook
from hub.adapters.witness_desk import WitnessDesk, over_bus, read_policy
from hub.commands import witness
from hub.domain.witnessed import Limits
from hub.wiring import Hub

AGENCIES = ("police", "health")
PATIENCE_SECONDS = 10
_POLL_SECONDS = 0.02


def show(hub: Hub) -> tuple[str, bool]:
    """One line for people, and whether both cosigned the log and both refused the rewritten one."""
    with TemporaryDirectory() as scratch, ExitStack() as open_:
        witnesses = {name: _witness(hub, name) for name in AGENCIES}
        places = {name: open_.enter_context(_serving(one, hub)) for name, one in witnesses.items()}
        size = _cosigned(hub, _policy(hub, Path(scratch), places), Path(scratch))
        refused = [name for name, one in witnesses.items() if size and _refuses(hub, one, Path(scratch) / name)]
        told = f"{size or 'NO'} entries cosigned by witnesses at {' and '.join(AGENCIES)}"
        told += f"; rewritten with the log's own key, refused by {' and '.join(refused) or 'NOBODY'}."
        return told, tuple(refused) == AGENCIES


def _witness(hub: Hub, name: str) -> Witness:
    state = witness.folder_of(hub.settings, name) / "state.json"
    return Witness(state, witness.signer_of(hub.settings, name), {hub.shelf.origin: (hub.log_key,)})


@contextmanager
def _serving(one: Witness, hub: Hub) -> Iterator[str]:
    with WitnessServer(("127.0.0.1", 0), one, (hub.shelf.origin,)) as server:
        thread = Thread(target=server.serve_forever, args=(_POLL_SECONDS,), name="witness", daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _policy(hub: Hub, folder: Path, places: dict[str, str]) -> Path:
    vkeys = {name: witness.signer_of(hub.settings, name).vkey for name in places}
    lines = [f"log {hub.log_key}", *(f"witness {name} {vkeys[name]} {place}" for name, place in places.items())]
    policy = folder / "policy"
    policy.write_text("\n".join((*lines, f"group both all {' '.join(places)}", "quorum both", "")))
    return policy


def _cosigned(hub: Hub, policy: Path, scratch: Path) -> int:
    """How many entries both cosigned; 0 when they did not in time."""
    limits = Limits(hub.settings.witness_refuse_after)
    book = WitnessBook(scratch / "standings.json", token_bytes(32), "")
    desk = WitnessDesk(read_policy(policy), hub.log_folder, book, limits)
    until = time.monotonic() + PATIENCE_SECONDS
    sizes: set[int] = set()
    while time.monotonic() < until:
        with hub.log() as log:
            desk.tick(log, hub.bus, over_bus(), hub.clock.now())
            sizes = {one.size for one in desk.standings(hub.clock.now())}
            if sizes == {log.size}:
                break
        time.sleep(_POLL_SECONDS)
    desk.close()
    return sizes.pop() if len(sizes) == 1 else 0


def _refuses(hub: Hub, one: Witness, folder: Path) -> bool:
    """Whether the witness takes no log in which an entry in the middle stands for something else."""
    cosigned = one.latest(hub.shelf.origin) or b""
    old = parse_checkpoint(cosigned)[0].size
    with hub.log() as log:
        entries = [log.entry(log.base + index) for index in range(log.size)]
    middle = parse_entry(entries[old // 2])
    entries[old // 2] = entry(middle.index, middle.at_us, bytes(32))
    with SealedLog.open(folder, hub.shelf.signer) as rewritten:
        rewritten.add(entries)
        request = encode_request(old, rewritten.consistency(old), rewritten.checkpoint())
    return one.add_checkpoint(request, now_seconds()).status == 422
