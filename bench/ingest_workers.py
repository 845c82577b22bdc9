"""Workers of the hub as processes of their own: what two do more than one, and how much memory one comes to hold."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from bench.exchange import BenchRoad, Exchange, Worker, publish
from bench.figures import Figure, show
from hub.domain.errors import StoreUnavailable
from tests.support.engines import PostgresEngine
from tests.support.source_tree import ROOT

EVENTS = 4_000
ROUNDS = 3
MEMORY_EVENTS = int(os.environ.get("BENCH_MEMORY_EVENTS", "40000"))
PATIENCE_SECONDS = 900


def measure(found: Exchange) -> None:
    """Print the figures."""
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(_seconds(found, 1))
        two.append(_seconds(found, 2))
    alone, together = Figure(tuple(one)), Figure(tuple(two))
    show("ingest_two_workers", together, "1.3 x one", ratio_to_one=round(alone.median / together.median, 2))
    _memory(found)


def _seconds(found: Exchange, workers: int) -> float:
    """From the first message put on the bus until all are in the store, with so many workers waiting for them."""
    messages = found.messages(found.facts(EVENTS), bulk=False)
    running = _started(found, workers)
    try:
        start, before = time.perf_counter(), _kept(found)
        publish(found.road.agency().send_all, messages)
        _wait_for(found, before + EVENTS)
        return time.perf_counter() - start
    finally:
        _stop(running)


def _memory(found: Exchange) -> None:
    """What one worker holds after a tenth of many events, and after all of them."""
    (worker,) = running = _started(found, 1)
    held: list[float] = []
    try:
        start = time.perf_counter()
        for _ in range(10):
            before = _kept(found)
            publish(found.road.agency().send_all, found.messages(found.facts(MEMORY_EVENTS // 10), bulk=True))
            _wait_for(found, before + MEMORY_EVENTS // 10)
            held.append(_held_mib(worker.pid))
        seconds = time.perf_counter() - start
    finally:
        _stop(running)
    first, last = held[0], held[-1]
    more = {"events": MEMORY_EVENTS, "mib_after_a_tenth": first, "mib_at_the_end": last, "mib_most": max(held)}
    show("ingest_memory", Figure((seconds,)), "flat, under 300 MiB", **more)


def _started(found: Exchange, count: int) -> tuple[subprocess.Popen[str], ...]:
    """So many workers, each with its share of the topic."""
    told = {
        "folder": str(found.folder),
        "owner": found.engine.owner,
        "application": found.engine.application,
        "reached": dict(found.road.reached),
        "road": found.road.name,
        "seeds": [seed.hex() for seed in found.seeds],
    }
    command = [sys.executable, "-m", "bench.ingest_workers"]
    running = tuple(
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    )
    for worker in running:
        if worker.stdin is not None:
            worker.stdin.write(json.dumps(told) + "\n")
            worker.stdin.flush()
    for worker in running:
        if worker.stdout is None or worker.stdout.readline() != "ready\n":
            raise RuntimeError("a worker did not come up")
    return running


def _stop(running: tuple[subprocess.Popen[str], ...]) -> None:
    for worker in running:
        worker.terminate()
        worker.communicate(timeout=60)


def _kept(found: Exchange) -> int:
    with psycopg.connect(found.engine.owner) as db:
        row = db.execute("SELECT COUNT(*) FROM event WHERE topic = 'k01'").fetchone()
    return int(row[0]) if row is not None else 0


def _wait_for(found: Exchange, count: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while (asked := time.monotonic()) < until:
        if _kept(found) >= count:
            return
        time.sleep(max(0.02, 10 * (time.monotonic() - asked)))  # counting a million rows must not be what is measured
    raise RuntimeError("not everything came")


def _held_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024, 1)


def _work() -> None:
    """One worker: it is told where on its input, says when it has its share, and goes on until it is ended."""
    told = json.loads(sys.stdin.readline())
    engine = PostgresEngine(told["owner"], told["application"], [])
    road = BenchRoad(told["reached"], told["road"])
    seeds = (bytes.fromhex(told["seeds"][0]), bytes.fromhex(told["seeds"][1]))
    found = Exchange(Path(told["folder"]), engine, road, seeds)
    worker = Worker(found, found.hub(), road.hub())
    worker.step()
    print("ready", flush=True)
    while True:
        try:
            worker.step()
        except StoreUnavailable:
            time.sleep(0.1)


if __name__ == "__main__":
    _work()
