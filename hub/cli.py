"""The `hub` command. Exit codes: 0 done, 1 refused or not valid, 2 wrong usage."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from contracts.vocabulary import Purpose
from hub.commands import (
    agency_keys,
    audit_export,
    audit_log,
    break_glass,
    chronology,
    compartments,
    conflict,
    database,
    edge,
    enquiry,
    enrol,
    erasure,
    family,
    feeds,
    governance,
    invented_desk,
    kafka,
    language,
    log_keys,
    match,
    policies,
    printing,
    quarantine,
    reply,
    retention,
    send,
    share,
    staff_add,
    subject_report,
    take_back,
    told,
    typed,
    unexplained,
    when_down,
    witness,
    work,
)
from hub.commands.no_dumps import leave_no_dumps
from hub.commands.one_line import in_json
from hub.domain.errors import (
    AccessRefused,
    Conflict,
    EnrolledOtherwise,
    HubError,
    NotEnrolled,
    PoliciesUnfit,
    StoreUnavailable,
    Unreadable,
    WaitsForWitnesses,
)
from hub.engines import leaving
from hub.settings import BadSetting, Settings, read_settings

DONE, REFUSED, USAGE = 0, 1, 2


class Room(Protocol):
    """A module that adds and runs the commands it names."""

    NAMES: frozenset[str]

    def add(self, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Add its commands to `hub`."""

    def run(self, settings: Settings, arguments: argparse.Namespace) -> int:
        """The exit code of one of them."""


ROOMS: tuple[Room, ...] = (
    share,
    family,
    governance,
    quarantine,
    feeds,
    kafka,
    work,
    edge,
    enrol,
    database,
    witness,
    log_keys,
    break_glass,
    unexplained,
    subject_report,
    staff_add,
    printing,
    enquiry,
    conflict,
    policies,
    agency_keys,
    compartments,
    erasure,
    retention,
    match,
    when_down,
    reply,
    take_back,
)


def main(words: Sequence[str] | None = None) -> int:
    """The exit code of the command that the words name (default: those on the command line)."""
    _print_whatever_comes()
    arguments = commands_parser().parse_args(words)
    try:
        leave_no_dumps()
        settings = invented_desk.with_its_number(read_settings(os.environ))
        with leaving(), told.counted():
            code = _run(arguments, settings)
        return code
    except BrokenPipeError:
        return _reader_has_gone(arguments)
    except AccessRefused as refused:
        return _refused(refused, as_json=getattr(arguments, "json", False))
    except BadSetting as wrong:
        return _say(str(wrong), USAGE)
    except HubError as failed:
        return _say(_words_for(failed))
    except OSError as failed:
        return _say(f"a folder, the disk or a port did not allow it ({type(failed).__name__}); nothing was shown.")


def _words_for(failed: HubError) -> str:
    match failed:
        case NotEnrolled():
            return (
                f"nobody of that name is enrolled ({failed}); `hub staff add` enrols somebody; on one machine "
                "`hub demo` enrols invented staff."
            )
        case EnrolledOtherwise():
            return "this agency is enrolled with keys that are held elsewhere; nothing is sent in its name from here."
        case WaitsForWitnesses():
            return f"{failed} Your asking is on record."
        case StoreUnavailable() | Conflict():
            return f"the store could not put this on record ({failed}), so nothing was done or shown."
        case PoliciesUnfit():
            return f"the policies on who may act cannot be used ({failed}), so nobody is served without them."
        case Unreadable(is_newer=True):
            return f"update needed: a newer edition of the hub wrote what this one cannot read yet ({failed})."
        case Unreadable():
            return f"a kept record does not open: {failed}. Run `hub audit verify`."
        case _:
            raise failed


def _say(what: str, code: int = REFUSED) -> int:
    print(f"hub: {what}", file=sys.stderr)
    return code


def _refused(refused: AccessRefused, *, as_json: bool) -> int:
    recorded = " Your asking is on record." if refused.on_record else ""
    if as_json:
        print(in_json({"refused": True, "says": str(refused)}))
    return _say(f"{refused}{recorded}")


def _reader_has_gone(arguments: argparse.Namespace) -> int:
    """Whoever was reading has gone. A check that nobody read to its end is never called passed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED if arguments.command == "audit" else DONE


def _print_whatever_comes() -> None:
    """Names have letters that a terminal may not: they are shown escaped, and nothing stops half-way."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    match arguments.command:
        case "send":
            return send.run(settings, arguments.agency, arguments.files, as_json=arguments.json)
        case "chronology":
            asked = chronology.Asking(arguments.child, arguments.staff, arguments.purpose, arguments.as_known_on)
            return chronology.run(settings, asked, as_json=arguments.json)
        case "audit":
            return _audit(arguments, settings)
        case "contracts":
            return language.export(arguments.folder)
        case "serve":
            from hub.commands import serve  # the web server and its pages, which no other command needs

            return serve.run(settings)
        case "demo":
            from hub.commands import demo

            return demo.run(settings, once=arguments.once)
        case name:
            room = next(one for one in ROOMS if name in one.NAMES)
            return room.run(settings, arguments)


def _audit(arguments: argparse.Namespace, settings: Settings) -> int:
    match arguments.what:
        case "unexplained":
            return unexplained.run_unexplained(settings, arguments)
        case "export":
            return audit_export.run(settings, arguments)
        case _:
            return audit_log.verify(settings, as_json=arguments.json)


def commands_parser() -> argparse.ArgumentParser:
    """What every command and its words are read by."""
    parser = argparse.ArgumentParser(
        prog="hub",
        description="One shared chronology of a child, from what each agency states; every look is on record first.",
        epilog="Data lives in the folder HUB_HOME names (default: ~/.safeguarding-hub).",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_send(commands)
    _add_chronology(commands)
    audit = commands.add_parser("audit", help="check the sealed log").add_subparsers(dest="what", required=True)
    typed.json(audit.add_parser("verify", help="verify the log, and the store against it"))
    unexplained.add_unexplained(audit)
    audit_export.add(audit)
    for room in ROOMS:
        room.add(commands)
    commands.add_parser("serve", help="serve the pages; on one machine, take in what arrives too")
    language = commands.add_parser("contracts", help="the published language").add_subparsers(
        dest="what", required=True
    )
    export = language.add_parser("export", help="write JSON Schemas and the AsyncAPI document")
    export.add_argument("folder", nargs="?", type=Path, default=Path("contracts"), help="default: contracts")
    return parser


def _add_demo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo_command = commands.add_parser("demo", help="play a child's story with invented people, then open the pages")
    demo_command.add_argument("--once", action="store_true", help="tell the story on the terminal and stop")


def _add_send(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    send_command = commands.add_parser("send", help="send files in an agency's own form")
    send_command.add_argument("agency", type=typed.agency, metavar="AGENCY", help=", ".join(typed.agency_names()))
    send_command.add_argument("files", nargs="+", type=typed.file, metavar="FILE")
    typed.json(send_command)


def _add_chronology(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    read = commands.add_parser("chronology", help="read a child's chronology; the reading is on record first")
    read.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    read.add_argument(
        "--as", dest="staff", required=True, metavar="STAFF", help="the enrolled member of staff who reads"
    )
    read.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help=", ".join(Purpose))
    read.add_argument(
        "--as-known-on", type=typed.day_so_far, metavar="DATE", help="only what the hub had by the end of that day"
    )
    typed.json(read)


if __name__ == "__main__":
    sys.exit(main())
