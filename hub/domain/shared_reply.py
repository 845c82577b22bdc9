"""A reply to a report that was shared, as its recipients are sent it: the words, whose they are, what they dispute."""

from collections.abc import Iterable, Mapping
from typing import Final

from contracts.events.reply import REPLY, Whose
from contracts.events.sharing import ReportShared, SharedContent
from contracts.report import Place, Statement
from contracts.vocabulary import StatementKind
from hub.domain import reply_words
from hub.domain.minimised import names_a_place
from hub.domain.replies import Reply

HELD_BACK: Final = "The words of the reply are not sent here: ask the hub."
_KINDS: Final[Mapping[Whose, StatementKind]] = {
    Whose.CHILD: StatementKind.CHILD_VOICE,
    Whose.PARENT_OR_CARER: StatementKind.THIRD_PARTY,
    Whose.OTHER_NAMED: StatementKind.THIRD_PARTY,
    Whose.AGENCY: StatementKind.PROFESSIONAL_OPINION,
}


def as_shared(shared: ReportShared, reply: Reply, hidden: Iterable[Place]) -> ReportShared:
    """News of a report turned into the reply to it; it says nothing again of what the report says.

    Words that name one of the hidden places are left out whole.
    """
    content = shared.content
    if content is None:
        return shared
    words = "" if names_a_place(reply.words, hidden) else reply.words
    said = SharedContent(
        title=f"Reply to: {content.title}",
        about=content.about,
        people=tuple(one for one in content.people if one.ref == content.about),
        statements=_statements(reply, words),
    )
    return shared.model_copy(update={"content": said, "partial": not words})


def _statements(reply: Reply, words: str) -> tuple[Statement, ...]:
    one, administrative = reply.attached, StatementKind.FACT_RECORDED
    beside = (
        ("whose", one.whose.meaning),
        ("agency", one.agency),
        ("disputes", one.disputes.meaning),
        ("said_on", one.said_on.isoformat()),
        ("moved", reply_words.moved(reply)),
    )
    return (
        Statement(field=REPLY, kind=_KINDS[one.whose], value=words or HELD_BACK),
        *(Statement(field=f"{REPLY}_{name}", kind=administrative, value=text) for name, text in beside if text),
    )
