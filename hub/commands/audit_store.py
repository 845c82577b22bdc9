"""Every entry of the log has its body, every body its row as it was sealed, and every row its entry."""

import hmac
import json
from collections.abc import Callable, Iterator
from hashlib import sha256

from contracts.strict_json import Json
from hub.adapters.log_shelf import GoingOn
from hub.adapters.sealing_mapper import Place, SealingMapper
from hub.application.kept_rows import KeptRow
from hub.application.seal_log import Body
from hub.commands.audit_erased import check_journal, erased
from hub.domain.errors import Unreadable
from hub.wiring import Hub

BATCH = 500


def check_store(hub: Hub, counted: Callable[[int], None]) -> tuple[str, ...]:
    """Each way in which the store is not what the log sealed; `counted` is told how many rows stand in it.

    Raises StoreUnavailable (the log does not open), Unreadable.
    """
    stored = {row.position: row for row in rows_of(hub)}
    counted(len(stored))
    with hub.log() as log:
        return tuple(_unlike(hub, log, stored))


def rows_of(hub: Hub) -> Iterator[KeptRow]:
    """Every row of the store, in order."""
    position = -(2**62)  # an honest store begins at 1; a row slipped in before that is a finding
    while batch := hub.store.rows_after(position, BATCH):
        yield from batch
        position = batch[-1].position


def _unlike(hub: Hub, log: GoingOn, stored: dict[int, KeptRow]) -> Iterator[str]:
    waiting, missing = dict(stored), set(range(log.total))
    beyond: list[int] = []
    mapper, gone = SealingMapper(hub.keyring), erased(hub)
    yield from check_journal(hub)
    last = hub.last_checkpoint.last()
    newest = last.position if last is not None else 0  # what the store held when the log was last signed
    for index, position in hub.bodies.places():
        row = waiting.pop(position, None)
        if row is None:
            newest = 0 if position == newest else newest
            yield f"row {position}: sealed as entry {index}, and gone from the store"
        if index not in missing:
            beyond.append(index)
            continue
        missing.discard(index)
        yield from _body(hub, log, None if row is not None and gone.accounts_for(row) else mapper, index, row)
    if beyond:
        yield f"entries {beyond[0]} to {beyond[-1]}: {len(beyond)} bodies are here, and no such entries in the log"
    yield from (f"entry {index}: its body is gone" for index in sorted(missing))
    if newest and newest not in stored:
        yield f"row {newest}: sealed under the last checkpoint, and gone from the store"
    yield from (f"row {position}: in the store, and in no entry" for position in waiting)


def _body(hub: Hub, log: GoingOn, mapper: SealingMapper | None, index: int, row: KeptRow | None) -> Iterator[str]:
    """What is wrong with a body; a row of a record that was erased (no mapper) is not asked whether it opens."""
    try:
        body = hub.bodies.at_index(index)
    except Unreadable as broken:
        yield f"entry {index}: its body does not open ({broken.code})"
        return
    if body is not None and row is not None and not _fits(body, row):
        yield f"row {row.position}: not what was sealed as entry {index}"
    elif row is not None and mapper is not None and (why := _closed(mapper, row)):
        yield f"row {row.position}: sealed as entry {index}, and the hub did not keep it there ({why})"
    if body is None or not log.holds(body):
        yield f"entry {index}: its body is not what it commits to"


def _closed(mapper: SealingMapper, row: KeptRow) -> str:
    """Why the row does not open where it stands (a code): it was sealed as it was found. Empty: it opens."""
    place = Place(row.stream_id, row.version, row.code)
    try:
        mapper.check(place, row.state, row.position)
    except Unreadable as broken:
        return broken.code
    return ""


def _fits(body: Body, row: KeptRow) -> bool:
    said: dict[str, Json] = json.loads(body.body)
    place = (said["stream"], said["version"], said["code"]) == (row.stream_id.hex, row.version, row.code)
    return place and hmac.compare_digest(str(said["sha256"]), sha256(row.state).hexdigest())
