"""Does nothing lead to whoever was forgotten, ever again, while everybody else is found as before?"""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier
from uuid import uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from psycopg.conninfo import conninfo_to_dict

from hub.adapters.recorder_port import Recorder
from hub.application.ports import Term
from hub.domain.errors import Conflict
from tests.support.engines import Engine, PostgresEngine

ONE, OTHER = uuid4(), uuid4()


@pytest.fixture
def recorder(engine: Engine) -> Recorder:
    made = engine.recorder()
    terms = tuple(Term(bytes([number]) * 32, person, proof=b"p") for number in (1, 2) for person in (ONE, OTHER))
    made.insert_events([an_event()], terms=terms)
    return made


def an_event() -> StoredEvent:
    return StoredEvent(uuid4(), 1, "k01", b"sealed")


def keep_without_end(recorder: Recorder) -> None:
    """Pointers to one of the two, until one is refused."""
    for number in count(10):
        recorder.insert_events([an_event()], terms=(Term(number.to_bytes(4) * 8, ONE, proof=b"p"),))


def test_nothing_leads_to_whoever_was_forgotten_and_nothing_ever_will(recorder: Recorder) -> None:
    assert len(recorder.terms_of(ONE)) == 2
    recorder.insert_events([an_event()], forget=(ONE,))
    recorder.insert_events([an_event()], forget=(ONE,))  # again, nothing
    recorder.let_go()
    assert (recorder.terms_of(ONE), len(recorder.terms_of(OTHER))) == ((), 2)
    assert [term.person_id for term in recorder.terms_with(b"\x01" * 32)] == [OTHER]
    assert recorder.forgotten() == {ONE}
    with pytest.raises(Conflict):
        recorder.insert_events([an_event()], terms=(Term(b"\x03" * 32, ONE, proof=b"p"),))
    recorder.insert_events([an_event()], terms=(Term(b"\x03" * 32, OTHER, proof=b"p"),))
    assert len(recorder.terms_of(OTHER)) == 3


def test_whoever_is_forgotten_is_so_only_together_with_what_says_it(recorder: Recorder) -> None:
    stream = uuid4()
    with pytest.raises(Conflict):
        recorder.insert_events([an_event()], seen=((stream, 5),), forget=(ONE,))
    assert (recorder.forgotten(), len(recorder.terms_of(ONE))) == (frozenset(), 2)


def test_a_pointer_that_comes_at_the_same_moment_is_refused_or_goes_too(recorder: Recorder) -> None:
    together = Barrier(2)

    def keep() -> None:
        together.wait(timeout=60)
        with pytest.raises(Conflict):
            keep_without_end(recorder)

    def forget() -> None:
        together.wait(timeout=60)
        recorder.insert_events([an_event()], forget=(ONE,))

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(keep), pool.submit(forget)]:
            one.result(timeout=300)
    assert recorder.terms_of(ONE) == ()


@pytest.mark.postgres
def test_the_application_takes_out_no_pointer_by_itself_and_remembers_nobody_again(
    postgres_engine: PostgresEngine,
) -> None:
    recorder = postgres_engine.recorder()
    recorder.insert_events([an_event()], terms=(Term(b"\x01" * 32, ONE, proof=b"p"),), forget=(OTHER,))
    assert conninfo_to_dict(postgres_engine.application)["user"] != conninfo_to_dict(postgres_engine.owner)["user"]
    for statement in ("DELETE FROM term", "DELETE FROM forgotten", "UPDATE forgotten SET person = gen_random_uuid()"):
        with psycopg.connect(postgres_engine.application) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(statement)
    assert len(recorder.terms_of(ONE)) == 1
