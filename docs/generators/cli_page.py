"""Generation of the page of the command line: every command with its help, options and exit codes.

The page is generated from the commands, so it has the same text as ``-h``.
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import click

from airspace_events.cli.commands import airspace_events
from airspace_events.cli.output import (
    BROKEN_PIPE,
    INTERRUPTED,
    INVALID,
    TERMINATED,
    UNREADABLE,
    USAGE,
)

_PREFACE = f"""\
# The command line

This page describes every command. To get the command `airspace-events`, install the library with
the extra `cli`. The page is generated from the commands, and `-h` after any command shows the same
text.

Every command ends with one of these exit codes:

| code | meaning |
|---|---|
| 0 | success: the feed is valid, the item was found, or the work is done |
| {INVALID} | the feed is invalid, the item was not found, or a part could not be read |
| {USAGE} | usage error, or an extra is missing |
| {UNREADABLE} | a file, or standard input or output, could not be opened, read or written |
| {INTERRUPTED} | interrupted; the output contains the results so far |
| {BROKEN_PIPE} | the reader of the output exited, as in `... \\| head`; no error and no verdict |
| {TERMINATED} | ended by SIGTERM; no incomplete files remain |

Text output escapes the characters that the terminal cannot show. Documents, such as JSON, HTML and
Markdown, are always UTF-8.
"""

_HELP_OPTIONS = {"-h", "--help"}
_EXIT_CODES = re.compile(r"Exit codes:\s+(.*?)\.(?=\s|$)", re.DOTALL)
_WITHOUT_OWN = "0 done, 2 usage error"


def cli_page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join(_lines())


def commands() -> dict[str, click.Command]:
    """Return every command that can be run, by the words that call it, such as "schema diff"."""
    return dict(_commands_in(airspace_events, ()))


def _commands_in(
    group: click.Group, words: tuple[str, ...]
) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        path = (*words, name)
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield " ".join(path), command
        if isinstance(command, click.Group):
            yield from _commands_in(command, path)


def _lines() -> Iterator[str]:
    yield _PREFACE
    found = commands()
    listed = (f"[`{name}`](#airspace-events-{_anchor(name)})" for name in found)
    yield f"The commands: {', '.join(listed)}.\n"
    for name, command in found.items():
        yield from _command(name, command)


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _command(name: str, command: click.Command) -> Iterator[str]:
    text = inspect.cleandoc((command.help or "").split("\f")[0])
    exits = _EXIT_CODES.search(text)
    yield f"## airspace-events {name}\n"
    for part in _EXIT_CODES.sub("", text).strip().split("\n\n"):
        block = part.strip()
        if block.startswith("\b"):
            calls = block.removeprefix("\b").strip()
            yield f"```sh\n{calls}\n```\n"
        elif block:
            yield f"{_prose(block)}\n"
    yield f"```text\n{_usage(name, command)}\n```\n"
    yield from _arguments(command)
    yield from _options(command)
    codes = " ".join(exits[1].split()) if exits else _WITHOUT_OWN
    yield f"**Exit codes:** {codes}.\n"


def _usage(name: str, command: click.Command) -> str:
    # The names of the help option come from the program, and click keeps them on each command.
    program = click.Context(
        airspace_events, info_name="airspace-events", **airspace_events.context_settings
    )
    context = click.Context(command, parent=program, info_name=name)
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _prose(text: str) -> str:
    """Return a help text with its commands formatted as code."""
    return re.sub(r"(?<!`)(airspace-events [a-z]+(?: [a-z]+)* >> \S+)", r"`\1`", text)


def _arguments(command: click.Command) -> Iterator[str]:
    for one in command.params:
        words = _words(one)
        if isinstance(one, click.Argument) and words:
            yield f"{one.metavar or one.name} is one of {words}.\n"


def _options(command: click.Command) -> Iterator[str]:
    options = [
        one
        for one in command.params
        if isinstance(one, click.Option) and not _HELP_OPTIONS & set(one.opts)
    ]
    if not options:
        return
    yield "| option | takes | meaning |"
    yield "|---|---|---|"
    for one in options:
        names = ", ".join(f"`{name}`" for name in [*one.opts, *one.secondary_opts])
        meaning = f"{_one_line(one.help or '')}{_default(one)}"
        yield f"| {names} | {_cell(_takes(one))} | {_cell(meaning)} |"
    yield ""


def _words(parameter: click.Parameter) -> str:
    """Return the possible words of a parameter, or an empty text if it takes others."""
    choices: Any = getattr(parameter.type, "choices", ())
    return ", ".join(f"`{word}`" for word in choices)


def _takes(option: click.Option) -> str:
    kind = option.type
    if option.is_flag:
        return ""
    if words := _words(option):
        what = words
    elif isinstance(kind, click.IntRange):
        what = f"{kind.min} to {kind.max}"
    elif isinstance(kind, click.Path):
        what = "a file"
    else:
        what = f"`{option.metavar or kind.name.upper()}`"
    return f"{what}; may be repeated" if option.multiple else what


def _default(option: click.Option) -> str:
    if not option.show_default or option.default is None:
        return ""
    return f" Default: `{option.default}`."


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
