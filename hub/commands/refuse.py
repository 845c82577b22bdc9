"""`hub refuse` and `hub refusals`: a decision not to share goes on record and is answered; how often, for whom."""

from dataclasses import dataclass
from datetime import date

from agencies import registry as partners
from consent.refusals import Reason
from contracts.events.sharing import SharingRefused
from contracts.identifiers import Identifier
from contracts.strict_json import Json
from contracts.vocabulary import NeedLevel, Purpose, StaffRole
from hub.application.keep_read import keep_read
from hub.application.refuse_to_share import RefusingToShare, refuse_to_share
from hub.application.sign_in import act_as
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain.moment import day_in_london
from hub.domain.refusal import Asker, NotShared
from hub.settings import Settings
from hub.views.refusals import REFUSALS, Counted, counted
from hub.wiring import Hub, titles

COUNTING = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER})


@dataclass(frozen=True, slots=True)
class Refusing:
    """What the command line says of a decision not to share; `asked_by` is a partner's name."""

    child: Identifier
    staff: str
    asked_by: str
    asked_for: str
    purpose: Purpose
    reason: Reason
    words: str = ""
    approved_by: str | None = None
    review_on: date | None = None
    need: NeedLevel | None = None
    urgent: bool = False


def run(settings: Settings, refusing: Refusing, *, as_json: bool) -> int:
    """0 when the decision stands in law, 1 when it does not; on record either way. Raises NotEnrolled."""
    hub = Hub(settings)
    with then_follow(hub):
        fact = keep(hub, refusing)
        if as_json:
            print(in_json(as_object(fact)))
        else:
            for line in lines(fact):
                print(one_line(line))
    return 0 if fact.stands else 1


def keep(hub: Hub, refusing: Refusing) -> SharingRefused:
    """The decision as kept. Raises NotEnrolled, StoreUnavailable."""
    asker = partners.by_name(refusing.asked_by)
    made = NotShared(
        actor=act_as(hub.store, refusing.staff),
        asker=Asker(asker.source, asker.kind),
        asked_for=refusing.asked_for,
        purpose=refusing.purpose,
        reason=refusing.reason,
        words=refusing.words,
        approved_by=refusing.approved_by,
        review_on=refusing.review_on,
        need=refusing.need,
        urgent=refusing.urgent,
    )
    to_refuse = RefusingToShare(hub.store, hub.index, hub.clock, hub.law, hub.deciding())
    return refuse_to_share(to_refuse, made, refusing.child)


def lines(fact: SharingRefused) -> list[str]:
    """What the law says to it, for a terminal."""
    told = [_heading(fact)]
    for answer in fact.answer:
        told += [f"  {answer.says}", f"    {answer.citation}"]
        told += [f"    way on: {way}" for way in answer.propose]
    return [*told, f"On record as {fact.refusal_id}, judged by {fact.law}."]


def as_object(fact: SharingRefused) -> dict[str, Json]:
    """The answer as one JSON object."""
    return {
        "refusal": str(fact.refusal_id),
        "reason": fact.reason,
        "stands": fact.stands,
        "myth": fact.myth,
        "law": fact.law,
        "answer": [one.model_dump(mode="json") for one in fact.answer],
    }


def count(settings: Settings, staff: str, *, as_json: bool) -> int:
    """0, with the decisions not to share counted for each agency. Raises AccessRefused, NotEnrolled."""
    hub = Hub(settings)
    hub.follow()
    found = counts(hub, staff)
    if as_json:
        print(in_json({"refusals": [_counted(one) for one in found]}))
        return 0
    called = titles()
    for one in found:
        myth = ", a myth" if one.myth else ""
        print(
            f"{called.get(one.agency, one.agency)}: {one.reason}{myth}: {one.times} "
            f"({one.standing} good in law, {one.to_review} to be looked at again)"
        )
    if not found:
        print("No decision not to share is on record.")
    return 0


def counts(hub: Hub, staff: str) -> tuple[Counted, ...]:
    """The counts of today, for those whose work it is. Raises AccessRefused (on record), NotEnrolled."""
    keep_read(hub.store, hub.clock, act_as(hub.store, staff), ("count", "refusals"), COUNTING)
    return counted(hub.view_rows.read(REFUSALS), day_in_london(hub.clock.now()))


def _heading(fact: SharingRefused) -> str:
    if fact.myth:
        return "This is one of the myths about sharing, and no reason to keep information back:"
    if fact.stands:
        return "The decision not to share stands:"
    return "The decision is on record, and as it is it does not stand:"


def _counted(one: Counted) -> dict[str, Json]:
    return {
        "agency": one.agency,
        "reason": one.reason,
        "myth": one.myth,
        "times": one.times,
        "standing": one.standing,
        "to_review": one.to_review,
    }
