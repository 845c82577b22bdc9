"""What a partner's notice needs of something shared with it: plain words, the child, and what must be heeded."""

from contracts.events.reply import REPLY
from contracts.events.sharing import ReportShared, is_reply
from contracts.report import Person, Statement
from contracts.strict_json import Json
from contracts.vocabulary import StatementKind

_NEWS = {
    "report": "Information shared with you",
    "correction": "Correction of something you were sent",
    "retraction": "Withdrawal of something you were sent",
    "recall": "Recall: what you were sent should not have come to you",
    "reply": "Reply to something you were sent",
}
_WHAT_TO_DO = {
    "report": "Read it, act on it as your procedures say, and acknowledge.",
    "correction": "Correct or annotate your record, and acknowledge.",
    "retraction": "Mark your record as withdrawn by its agency, and acknowledge.",
    "recall": "Destroy or annotate your record, tell nobody else, and acknowledge.",
    "reply": "Keep it with your record, show it wherever that is shown, and acknowledge.",
}


def heading(shared: ReportShared) -> str:
    """What sort of news it is."""
    return _NEWS[_sort(shared)]


def what_to_do(shared: ReportShared) -> str:
    """What is asked of the recipient."""
    return _WHAT_TO_DO[_sort(shared)]


def child_of(shared: ReportShared) -> Person | None:
    """The child; None where the notice does not say."""
    if shared.content is None:
        return None
    return next((one for one in shared.content.people if one.ref == shared.content.about), None)


def name_of(person: Person | None) -> str | None:
    """A person's name in one line."""
    for name in person.names if person is not None else ():
        return name.text or " ".join(part for part in (name.given, name.family) if part) or None
    return None


def said(shared: ReportShared, *kinds: StatementKind) -> list[Json]:
    """The statements of these kinds (all, if none is named), each with its kind, so that fact and view stay apart."""
    found = shared.content.statements if shared.content is not None else ()
    return [_one(each) for each in found if not kinds or each.kind in kinds]


def told(shared: ReportShared) -> list[Json]:
    """Who has been told and who has not, by role."""
    return [{"who": one.role.value, "state": one.state.value} for one in shared.telling]


def happened(shared: ReportShared) -> str | None:
    """When it happened, as exactly as it is known."""
    when = shared.content.happened if shared.content is not None else None
    return when.value if when is not None else None


def _sort(shared: ReportShared) -> str:
    """What sort of news it is: of a report itself, and no later one, it is a reply to it."""
    return REPLY if is_reply(shared.news, shared.of, shared.origin.report_id) else shared.news


def _one(each: Statement) -> Json:
    label = each.code.display or each.code.code if each.code is not None else None
    return {"field": each.field, "kind": each.kind.value, "text": label if each.value is None else str(each.value)}
