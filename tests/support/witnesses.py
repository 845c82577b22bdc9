"""Witnesses for tests: keys from fixed seeds, a policy that names them, and each as a web server on a free port."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from audit.checkpoint import CosignatureSigner
from audit.witness import Witness
from audit.witness_server import WitnessServer
from tests.support.sealed_logs import cosigner

SEEDS = {"police": 2, "health": 3, "school": 4}


def signer_of(name: str) -> CosignatureSigner:
    """The key of an agency's witness."""
    return cosigner(f"{name}.example/witness", SEEDS[name])


def make_witness(folder: Path, name: str, *vkeys: str) -> Witness:
    """An agency's witness of the logs with these keys, its state in the folder."""
    origins: dict[str, tuple[str, ...]] = {}
    for vkey in vkeys:
        origin = vkey.rsplit("+", 2)[0]
        origins[origin] = (*origins.get(origin, ()), vkey)
    return Witness(folder / f"{name}.json", signer_of(name), origins)


def policy_text(vkeys: Sequence[str], places: Mapping[str, str], needed: int) -> str:
    """A policy file: these logs, witnesses where `places` says, so many of them needed."""
    lines = [f"log {vkey}" for vkey in vkeys]
    lines += [f"witness {name} {signer_of(name).vkey} {place}" for name, place in places.items()]
    return "\n".join((*lines, f"group enough {needed} {' '.join(places)}", "quorum enough", ""))


@contextmanager
def serving(witness: Witness, *vkeys: str) -> Iterator[str]:
    """The witness as a web server; gives its submission prefix."""
    origins = [vkey.rsplit("+", 2)[0] for vkey in vkeys]
    with WitnessServer(("127.0.0.1", 0), witness, origins) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), name="witness", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join(5)
