"""A renderer of GitHub workflow commands, which annotate the lines of a feed."""

from collections.abc import Iterator

from airspace_events.validation.codes import Severity
from airspace_events.validation.log_escaping import inert
from airspace_events.validation.notices import Notice, Report, sentence, summary

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def github_lines(report: Report) -> Iterator[str]:
    """Yield the report as workflow commands, one per notice, followed by a summary."""
    for notice in report.notices:
        yield _command(notice)
    yield summary(report)


def _command(notice: Notice) -> str:
    properties = {"title": notice.code}
    said = sentence(notice)
    if notice.file == "-":
        # A stream has no file to annotate.
        said = f"{notice.file}:{notice.line}:{notice.column}: {said}"
    else:
        place = {"file": notice.file, "line": str(notice.line), "col": str(notice.column)}
        properties = {**place, **properties}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[notice.severity]} {written}::{_data(said)}"


def _data(text: str) -> str:
    return inert(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
