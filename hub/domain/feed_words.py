"""How a feed stands, in words that somebody who has never seen a network can act on."""

from collections.abc import Mapping

from hub.domain import words
from hub.domain.feed import Beat, FeedKind, Finding, Standing

SAID: Mapping[FeedKind, str] = {
    FeedKind.NOT_CONNECTED: "Sends nothing to the hub yet; what it holds is not known here.",
    FeedKind.NEVER_HEARD: "Enrolled, and nothing from it has ever come; what it holds is not known here.",
    FeedKind.SILENT: "Silent: no sign of life since {since}. What it recorded after that may not be here.",
    FeedKind.GAP: "{messages} that it numbered and sent never came: what that holds is not known here.",
    FeedKind.WENT_BACK: "Its numbering went back ({since}), so a message that was lost may not show as missing.",
    FeedKind.WAITING: "{messages} waited at its own edge, not yet sent ({since}).",
    FeedKind.UNREAD: "{records} of its own could not be read there and never came: {codes}.",
    FeedKind.NOT_READ: "{messages} that it sent {lie} unread on the way to the hub since {since}: what that holds is "
    "not known here.",
    FeedKind.SET_ASIDE: "{messages} that came could not be taken in and {lie} set aside at the hub since {since}: what "
    "that holds is not known here.",
    FeedKind.LEFT: "{files} at its own edge could not be taken in there, and nothing of them came: {codes}.",
    FeedKind.BEGUN_AGAIN: "It began to number from 1 again ({since}); what it sent before may not all have come.",
    FeedKind.UNTIMED: "It says that it is there only when it sends: silence cannot be told from nothing to say.",
    FeedKind.HEARD: "Heard and well ({since}): all that it says it sent has come, and nothing waits.",
}

# What holds of so many agencies, in a few words, for a list of agencies.
IN_SHORT: Mapping[FeedKind, str] = {
    FeedKind.NOT_CONNECTED: "not connected",
    FeedKind.NEVER_HEARD: "never heard",
    FeedKind.SILENT: "silent",
    FeedKind.GAP: "with numbered messages that never came",
    FeedKind.WENT_BACK: "whose numbering went back",
    FeedKind.WAITING: "with messages not yet sent",
    FeedKind.UNREAD: "with records not readable at their own edge",
    FeedKind.NOT_READ: "with messages waiting on the way",
    FeedKind.SET_ASIDE: "with messages set aside at the hub",
    FeedKind.LEFT: "with files not taken in at their own edge",
}


def said(of: Finding) -> str:
    """One thing to know of a feed, as a sentence."""
    return SAID[of.kind].format(
        since=words.moment(of.since) if of.since is not None else "not known when",
        messages=_counted(of.count, "message"),
        lie="lies" if of.count == 1 else "lie",
        records=_counted(of.count, "record"),
        files=_counted(of.count, "file"),
        codes=", ".join(f"{words.label(code)} ({times})" for code, times in of.codes),
    )


def last_known(of: Standing) -> str:
    """When anything was last heard of the feed."""
    return f"Last heard {words.moment(of.last_heard)}." if of.last_heard is not None else "Never heard."


def at_its_edge(beat: Beat) -> str:
    """What an agency's own edge has done with the records it was given, by its own last account."""
    ignored, unread = (sum(times for _, times in codes) for codes in (beat.ignored, beat.unread))
    file_at = f" Last file: {words.moment(beat.last_file)}." if beat.last_file is not None else ""
    since_mended = beat.unread_ever - unread
    mended = f" ({since_mended} more since mended or sent again)" if since_mended > 0 else ""
    return (
        f"{_counted(beat.accepted, 'record')} taken in, {ignored} left alone as not for sharing, {unread} not readable"
        f"{mended}.{file_at}"
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
