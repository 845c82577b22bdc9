"""What an erasure was, for whoever must show that it was done: who asked and agreed, what went, and what still is.

UK GDPR Art 5(2), Art 17, Art 19; DPA 2018 s47. It names nobody but those who acted: whose record it was is in their
own file, under the number of the erasure.
"""

from contracts.events.erasure import ErasureBegun, ErasureDone, SaidBy
from contracts.strict_json import Json
from hub.domain import words
from hub.domain.erasures import Erasure, ErasureRefused

STAYS = (
    "What each agency holds of its own stays with that agency, and is for that agency to erase.",
    "What was shared with an agency, printed or exported before stays where it went: tell those who have it.",
    "Another child's record that names this child stays as it is: it is that child's.",
    "On the road between agencies and hub a sealed message lies until the road forgets it, after 30 days at most.",
    "Who searched, listed, held, asked, agreed and erased stays on record, without a name or a number of the child.",
    "The sealed log stays whole and verifies: of this record it holds hashes, codes and times.",
)


def certificate(erasure: Erasure) -> str:
    """The certificate as text. Raises ErasureRefused (not_done)."""
    begun, done = _ended(erasure)
    told = [
        "CERTIFICATE OF ERASURE",
        "",
        f"Number        {begun.erasure_id}",
        f"Ground        {begun.ground.meaning}",
        *([f"Class         {begun.retention_class}"] if begun.retention_class else []),
        f"Asked by      {_who(begun.asked)}",
        *(f"Agreed by     {_who(one)}" for one in begun.approved),
        f"Carried out   {_who(SaidBy(by=begun.by, at=begun.at))}",
        f"Verified      {', '.join(words.moment(one.at) + _again(one) for one in done)}",
        "",
        "Destroyed",
        f"  {_counted(len(begun.keys), 'key')}, without which nothing kept of the child opens",
        f"  {_counted(len(begun.pointers), 'pointer')} from identifiers and words to the child",
        "  every row about the child in the lists that are made from the store",
        f"  {_counted(len(begun.taken), 'report')} cannot be opened or taken in again",
        "",
        f"Beyond use until {words.day(done[-1].backups_until)}: until then a copy of the keys made before may exist.",
        "It may be used for nothing; put back, it is erased again before anybody is served. After that day it is gone.",
        "",
        "What stays",
        f"  {_counted(done[-1].rows, 'row')} of the store that nothing opens any more",
        *(f"  {one}" for one in STAYS),
    ]
    return "\n".join(told) + "\n"


def as_object(erasure: Erasure) -> dict[str, Json]:
    """The certificate as JSON. Raises ErasureRefused (not_done)."""
    begun, done = _ended(erasure)
    return {
        "erasure": str(begun.erasure_id),
        "ground": begun.ground.value,
        "retention_class": begun.retention_class,
        "asked": _said(begun.asked),
        "approved": [_said(one) for one in begun.approved],
        "carried_out": _said(SaidBy(by=begun.by, at=begun.at)),
        "verified": [{"at": one.at.isoformat(), "on_a_copy_put_back": one.replayed} for one in done],
        "destroyed": {"keys": len(begun.keys), "pointers": len(begun.pointers), "reports": len(begun.taken)},
        "rows_that_nothing_opens": done[-1].rows,
        "beyond_use_until": done[-1].backups_until.isoformat(),
        "stays": list(STAYS),
    }


def _ended(erasure: Erasure) -> tuple[ErasureBegun, tuple[ErasureDone, ...]]:
    if erasure.begun is None or not erasure.done:
        raise ErasureRefused("not_done")
    return erasure.begun, erasure.done


def _who(said: SaidBy) -> str:
    return f"{said.by.subject} ({said.by.role.value}, {said.by.agency}), {words.moment(said.at)}"


def _said(said: SaidBy) -> dict[str, Json]:
    who: dict[str, Json] = {"issuer": said.by.issuer, "subject": said.by.subject, "agency": said.by.agency}
    return {**who, "role": said.by.role.value, "at": said.at.isoformat()}


def _again(done: ErasureDone) -> str:
    return " (again, on a copy that was put back)" if done.replayed else ""


def _counted(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"
