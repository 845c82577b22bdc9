"""`hub share` and `hub shares`: reports of a child go to an agency that may have them; who has them and has read."""

import argparse
import sys
from dataclasses import dataclass
from uuid import UUID

from agencies import registry as partners
from consent.circumstances import ServiceAgreement
from consent.prompts import for_share
from consent.wording import decoded
from contracts.events.reply import REPLY
from contracts.events.sharing import DisclosureDecided
from contracts.identifiers import Identifier
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.follow_disclosures import RECEIPT_WORKING_DAYS
from hub.application.list_shares import Shares, list_shares
from hub.application.share_reports import NotSentYet, share_reports
from hub.application.sign_in import act_as
from hub.commands import overdue_shares, typed
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import may_wait, say, then_follow
from hub.domain import words
from hub.domain.disclosing import Disclosing, Wish
from hub.domain.disclosure import NOT_FOR_SHARING, NOT_PERMITTED
from hub.domain.moment import day_in_london
from hub.domain.relied_basis import Party
from hub.domain.school_day import end_of_working_day
from hub.domain.shares import Share, Standing
from hub.domain.taking_back import RECALL_SAYS, TAKEN_BACK_WITHIN
from hub.settings import Settings
from hub.wiring import Hub, agreement_of, all_agreements, titles

NAMES = frozenset({"share", "shares"})
_STANDING = {
    Standing.NOT_SENT: "decided, not yet sent",
    Standing.WAITING: "sent, not yet delivered",
    Standing.DELIVERED: "delivered, not yet read",
    Standing.OVERDUE: "OVERDUE: nobody has read it",
    Standing.RECALLED: "recalled before anybody said that it was read",
    Standing.TAKEN_BACK: "taken back",
    Standing.READ: "read",
}


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the command line says of a share; `to` is a partner's name, `seen` the warnings that were acknowledged."""

    child: Identifier
    staff: str
    reports: tuple[UUID, ...]
    to: str
    purpose: Purpose
    urgent: bool = False
    seen: frozenset[str] = frozenset()
    service_agreement: ServiceAgreement = ServiceAgreement.NOT_ASKED
    abuser_in_reach: bool = False


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    share = commands.add_parser("share", help="share reports of a child; the decision is on record first")
    share.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    where = "as `hub telling` names them, or in quotes each, as `hub chronology` does"
    share.add_argument(
        "--report", nargs="+", required=True, type=typed.reference, metavar="ID", dest="reports", help=where
    )
    share.add_argument("--to", required=True, type=typed.agency, metavar="AGENCY", help="who is to have them")
    typed.staff(share)
    sharable = ", ".join(one for one in Purpose if one not in NOT_FOR_SHARING)
    share.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help=sharable)
    share.add_argument("--urgent", action="store_true", help="delay could harm the child")
    reach = "somebody who may be the abuser works, lives or looks in where this would go"
    share.add_argument("--abuser-in-reach", action="store_true", help=reach)
    share.add_argument("--seen", nargs="+", default=[], metavar="RULE", help="warnings that you have read and weighed")
    stated = [one.value for one in ServiceAgreement]
    share.add_argument(
        "--service-agreement", choices=stated, default="not_asked", help="to a service: no basis to share"
    )
    typed.json(share)
    shares = commands.add_parser("shares", help="who was sent what about a child, and who has read it")
    shares.add_argument("child", nargs="?", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:… or hub:…")
    shares.add_argument("--overdue", action="store_true", help="of every child: what nobody has read in time")
    typed.staff(shares)
    typed.json(shares)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code of one of these commands."""
    if arguments.command == "shares":
        if arguments.overdue is (arguments.child is not None):
            print("hub: name one child, or ask for --overdue", file=sys.stderr)
            return 2
        if arguments.overdue:
            return overdue_shares.run(settings, arguments.staff, as_json=arguments.json)
        return show(settings, arguments.child, arguments.staff, as_json=arguments.json)
    asked = Sharing(
        child=arguments.child,
        staff=arguments.staff,
        reports=tuple(dict.fromkeys(arguments.reports)),
        to=arguments.to,
        purpose=arguments.purpose,
        urgent=arguments.urgent,
        seen=frozenset(arguments.seen),
        service_agreement=ServiceAgreement(arguments.service_agreement),
        abuser_in_reach=arguments.abuser_in_reach,
    )
    return share(settings, asked, as_json=arguments.json)


def share(settings: Settings, asked: Sharing, *, as_json: bool) -> int:
    """0 when something went, or leaves once the road is back; 1 when it was refused. On record either way.

    Raises AccessRefused, NotEnrolled, StoreUnavailable.
    """
    hub = Hub(settings)
    with then_follow(hub):
        try:
            fact, waits = send(hub, asked), ""
        except NotSentYet as away:
            fact, waits = away.decided, str(away)
        if as_json:
            print(in_json({**fact.model_dump(mode="json", exclude_none=True), "sent": bool(fact.items) and not waits}))
        else:
            for line in lines(fact, is_sent=not waits):
                print(one_line(line))
        if waits:
            say(may_wait("what was shared", waits))
        return 0 if fact.effect == "permitted" else 1


def send(hub: Hub, asked: Sharing) -> DisclosureDecided:
    """The decision as kept; what it permits is sent.

    Raises NotSentYet (on record), AccessRefused, NotEnrolled, StoreUnavailable.
    """
    actor, now = act_as(hub.store, asked.staff), hub.clock.now()
    partner = partners.by_name(asked.to)
    disclosing = Disclosing(
        cause="asked",
        sharer=Party(actor.agency, actor.agency_kind),
        recipient=Party(partner.source, partner.kind),
        agreement=agreement_of(partner.name),
        purpose=asked.purpose,
        at=now,
        wishes=tuple(Wish(report_id, hub.clock.new_id()) for report_id in asked.reports),
        due_by=end_of_working_day(now, RECEIPT_WORKING_DAYS),
        actor=actor,
        urgent=asked.urgent,
        acknowledged=asked.seen,
        closed=frozenset(one.source for one in all_agreements() if one.is_due_for_review(day_in_london(now))),
        service_agreement=asked.service_agreement,
        abuser_in_reach=asked.abuser_in_reach,
    )
    return share_reports(hub.sharing(), asked.child, disclosing)


def lines(fact: DisclosureDecided, *, is_sent: bool = True) -> list[str]:
    """The decision for a terminal."""
    to = titles().get(fact.recipient, fact.recipient)
    went = ("Sent to" if is_sent else "Decided, and not yet sent to") if fact.items else "Nothing was sent to"
    told = [f"{went} {to}, for {fact.purpose.value}:"]
    for item in fact.items:
        told.append(f"  report {item.report_id}: {', '.join(item.classes)}")
        told += [f"    basis {one.person}: {words.basis(one)}" for one in item.bases]
        told += [f"    confidence {one.person}: {words.confidence(one)}" for one in item.bases]
    told += [f"  held back from {one.report_id}: {one.content.value} ({one.reason})" for one in fact.withheld]
    told += [f"  forbidden: {one.says} ({one.citation})" for one in fact.bars]
    for fix in fact.fixes:
        told.append(f"  to be put right: {fix.says} ({fix.citation})")
        told += [f"    way on: {decoded(way)}" for way in fix.propose]
    told += [f"  weigh first: {one.says} ({one.rule})" for one in fact.warnings]
    prompts = for_share(fact.purpose, pressing=fact.urgent)
    told += ["  To think of (nothing waits for it):", *(f"    {one.asks} [{one.citation}]" for one in prompts)]
    return [*told, f"On record as {fact.disclosure_id}, judged by {fact.law}."]


def show(settings: Settings, child: Identifier, staff: str, *, as_json: bool) -> int:
    """0, with the list printed. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    with then_follow(hub):
        found = listed(hub, child, staff)
        if as_json:
            told: dict[str, Json] = {
                "shares": [_share(one) for one in found.shares],
                "refused": [one.model_dump(mode="json", exclude_none=True) for one in found.refused],
            }
            print(in_json(told))
        else:
            for line in list_lines(found):
                print(one_line(line))
    return 0


def listed(hub: Hub, child: Identifier, staff: str) -> Shares:
    """The list as this member of staff may see it. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    return list_shares(hub.sharing(), act_as(hub.store, staff), child)


def list_lines(found: Shares) -> list[str]:
    """The list for a terminal."""
    called = titles()
    told: list[str] = []
    for one in found.shares:
        waits = one.read_at is None and one.standing not in (Standing.TAKEN_BACK, Standing.RECALLED)
        due = f", due by {words.moment(one.due_by)}" if one.due_by is not None and waits else ""
        delivered = f", delivered at {words.moment(one.delivered_at)}" if one.delivered_at is not None else ""
        read = f", read by {one.read_by} at {words.moment(one.read_at)}" if one.read_at is not None else ""
        told.append(
            f"{words.moment(one.at)}: {_news(one)} {one.report_id} to {called.get(one.recipient, one.recipient)}, "
            f"for {one.purpose.value} ({', '.join(one.classes)}): {_stands(one)}{due}{delivered}{read}"
        )
    told += [
        f"Can be taken back from {called.get(one.recipient, one.recipient)} until "
        f"{words.moment(one.at + TAKEN_BACK_WITHIN)}, while nobody there has read it: "
        f"hub take-back hub:{one.person_id.hex} --decision {one.disclosure_id}"
        for one in found.within_reach
    ]
    for refusal in found.refused:
        told.append(f"{words.moment(refusal.at)}: refused to {called.get(refusal.recipient, refusal.recipient)}")
        told += [f"    {one.says}" for one in refusal.bars]
        told += [f"    {one}." for one in dict.fromkeys(one.reason for one in refusal.withheld) if one != NOT_PERMITTED]
        told += [f"    {fix.says} Way on: {', or '.join(map(decoded, fix.propose))}." for fix in refusal.fixes]
    return told or ["Nothing was shared about this child, and nothing was refused."]


def _stands(one: Share) -> str:
    if one.recall is None:
        return _STANDING[one.standing]
    said = RECALL_SAYS[one.recall].format(to=titles().get(one.recipient, one.recipient))
    return f"{said[0].lower()}{said[1:]}"


def _news(one: Share) -> str:
    return REPLY if one.is_reply else one.news


def _share(one: Share) -> dict[str, Json]:
    return {
        "share": str(one.share_id),
        "disclosure": str(one.disclosure_id),
        "report": str(one.report_id),
        "recipient": one.recipient,
        "news": _news(one),
        "cause": one.cause,
        "purpose": one.purpose.value,
        "classes": [each.value for each in one.classes],
        "at": one.at.isoformat(),
        "due_by": one.due_by.isoformat() if one.due_by is not None else None,
        "standing": one.standing.value,
        "recall": one.recall.value if one.recall is not None else None,
        "delivered_at": one.delivered_at.isoformat() if one.delivered_at is not None else None,
        "read_by": one.read_by,
        "read_at": one.read_at.isoformat() if one.read_at is not None else None,
    }
