"""What the law says to a request: every rule that applies, and whether it may go ahead.

Start reading at `decide`. The rules stand one per file in `rules/`; RULEBOOK is all of them. A bar beats any ground.
A warning, or a label to be corrected, never delays a pressing share: it goes at once, and is corrected afterwards.
"""

from dataclasses import dataclass

from consent.finding import Effect, Evidence, Finding, Question
from consent.judge import Found, InForce, answered, has, in_force, of_item, of_request, waits
from consent.minimise import (
    HELD_BACK,
    REFUSED,
    RESTRICTED,
    ItemOutcome,
    Withheld,
    for_reader,
    for_recipient,
    show_all,
    withhold_all,
)
from consent.packs import LawSettings, pack_on
from consent.request import Act, FactsInLaw, Item, Request
from consent.rule import Rule
from consent.rulebook_lawfulness import LAWFULNESS
from consent.rulebook_people import PEOPLE
from contracts.vocabulary import FieldClass, PersonRole

__all__ = ["RULEBOOK", "Effect", "Evidence", "Finding", "ItemOutcome", "LawSettings", "Outcome", "Rule", "decide"]

RULEBOOK: tuple[Rule, ...] = (*LAWFULNESS, *PEOPLE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer: whether it may go ahead, everything that was found, and what may be shown of each item.

    `pack` names the edition of law and guidance by which the request was judged.
    """

    permitted: bool
    findings: tuple[Finding, ...]
    items: tuple[ItemOutcome, ...]
    pack: str

    @property
    def grounds(self) -> tuple[Finding, ...]:
        """What allows it."""
        return tuple(each for each in self.findings if each.effect is Effect.GROUND)

    @property
    def bars(self) -> tuple[Finding, ...]:
        """What forbids it; a bar on an item holds back the content of that item only."""
        return tuple(each for each in self.findings if each.effect is Effect.BAR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a person should see first, unless it is urgent."""
        return tuple(each for each in self.findings if each.effect is Effect.WARNING)

    @property
    def fixes(self) -> tuple[Finding, ...]:
        """What is wrongly labelled and has to be corrected."""
        return tuple(each for each in self.findings if each.effect is Effect.FIX)


def decide(
    request: Request,
    facts: FactsInLaw,
    rulebook: tuple[Rule, ...] = RULEBOOK,
    settings: LawSettings = LawSettings(),
) -> Outcome:
    """The answer to `request`, given the facts, by the law of the day.

    Holding is judged by the law of the day on which each item was received and is never refused. Everything else is
    judged by the law of the day of the request.
    """
    if request.act is Act.HOLD:
        return _hold(request, facts, rulebook, settings)
    rules = in_force(rulebook, request.act, request.on, settings)
    general = of_request(rules, request, facts)
    per_item = [_about(item, rules, request, facts) for item in facts.items]
    if request.act is Act.READ:
        permitted, items = _read(request, facts, general, per_item)
    elif request.act is Act.SHARE:
        permitted, items = _share(request, facts, general, per_item)
    else:
        permitted, items = _erase(facts, general, per_item)
    found = [each.finding for each in general]
    found += [each.finding for findings in per_item for each in findings]
    return Outcome(permitted, tuple(found), items, pack_on(request.on, settings).name)


def _about(item: Item, rules: InForce, request: Request, facts: FactsInLaw) -> tuple[Found, ...]:
    """What was found about one item. In reading, the law speaks only of restricted items, so the rest are not asked."""
    if request.act is Act.READ and not item.restricted:
        return ()
    return of_item(rules, request, facts, item)


def _hold(request: Request, facts: FactsInLaw, rulebook: tuple[Rule, ...], settings: LawSettings) -> Outcome:
    found: list[Finding] = []
    for item in facts.items:
        rules = in_force(rulebook, Act.HOLD, item.received, settings)
        found += [each.finding for each in of_item(rules, request, facts, item)]
    day = facts.items[0].received if facts.items else request.on
    return Outcome(True, tuple(found), tuple(show_all(item) for item in facts.items), pack_on(day, settings).name)


def _stopped(request: Request, general: tuple[Found, ...]) -> bool:
    """Whether what was found about the request as a whole stops it: a bar always, the rest unless it is pressing."""
    if has(general, Effect.BAR):
        return True
    return not request.pressing and (has(general, Effect.FIX) or waits(general, request))


def _read(
    request: Request, facts: FactsInLaw, general: tuple[Found, ...], per_item: list[tuple[Found, ...]]
) -> tuple[bool, tuple[ItemOutcome, ...]]:
    if _stopped(request, general) or not has(general, Effect.GROUND):
        return False, tuple(withhold_all(item, REFUSED) for item in facts.items)
    seen: dict[object, tuple[frozenset[FieldClass], Withheld]] = {}
    items: list[ItemOutcome] = []
    for item, found in zip(facts.items, per_item, strict=True):
        barred = has(found, Effect.BAR)
        alike = (barred, item.agency, item.classes, item.tags)
        answer = seen.get(alike)
        if answer is None:
            answer = seen[alike] = for_reader(request, item, barred)
        items.append(ItemOutcome(item.item_id, answer[0], answer[1], bool(answer[0])))
    return True, tuple(items)


def _share(
    request: Request, facts: FactsInLaw, general: tuple[Found, ...], per_item: list[tuple[Found, ...]]
) -> tuple[bool, tuple[ItemOutcome, ...]]:
    if _stopped(request, general):
        return False, tuple(withhold_all(item, REFUSED) for item in facts.items)
    items = tuple(_share_item(request, facts, item, found) for item, found in zip(facts.items, per_item, strict=True))
    return any(item.shown for item in items), items


def _share_item(request: Request, facts: FactsInLaw, item: Item, found: tuple[Found, ...]) -> ItemOutcome:
    if has(found, Effect.BAR):
        return withhold_all(item, RESTRICTED)
    everyone = frozenset(basis.person for basis in item.bases)
    if not request.pressing:
        sound = answered(found, Question.BASIS, everyone) and not has(found, Effect.FIX)
        if not sound or waits(found, request):
            return withhold_all(item, HELD_BACK)
    subjects = frozenset(basis.person for basis in item.bases if basis.role is not PersonRole.PROFESSIONAL)
    accused = frozenset(basis.person for basis in item.bases if basis.article10)
    asked = ((Question.SPECIAL, subjects), (Question.CRIMINAL, accused))
    met = frozenset(question for question, persons in asked if answered(found, question, persons))
    classes, withheld = for_recipient(request, facts.around, item, met)
    return ItemOutcome(item.item_id, classes, withheld, True)


def _erase(
    facts: FactsInLaw, general: tuple[Found, ...], per_item: list[tuple[Found, ...]]
) -> tuple[bool, tuple[ItemOutcome, ...]]:
    """An item may be destroyed where a ground says so and nothing speaks against it; all of them, or none."""
    free = [
        has(found, Effect.GROUND) and not has(found, Effect.BAR) and not has(found, Effect.FIX) for found in per_item
    ]
    permitted = bool(free) and all(free) and not has(general, Effect.BAR)
    items = tuple(
        show_all(item) if may else withhold_all(item, HELD_BACK) for item, may in zip(facts.items, free, strict=True)
    )
    return permitted, items
