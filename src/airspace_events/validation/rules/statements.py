"""Rules about statements: their signatories, acts and subjects."""

from __future__ import annotations

from functools import lru_cache

from airspace_events.diagnostics.problem import Problem
from airspace_events.models.source import Source
from airspace_events.models.statement import Statement
from airspace_events.reference.alliances import alliances
from airspace_events.reference.tables import RESERVED_ALLIANCES
from airspace_events.safe_text import counted, shown
from airspace_events.validation.rules.rule import Rules, Surroundings
from airspace_events.values.acts import SpeechAct
from airspace_events.values.claims import Claim, FieldClaim

RULES = Rules()
rule = RULES.rule

# Signatories.


@rule(Statement, "signatories_not_members", field="signatories")
def signatories_not_members(statement: Statement, _: Surroundings) -> Problem | None:
    """A signatory must be a member of the speaking alliance, or a speaker of the statement."""
    named = _alliances_alone(statement)
    if not named:
        return None
    belonging = frozenset[str]().union(
        *(_may_have_belonged(name, statement.made.value) for name in named)
    )
    speaking = {*statement.speakers, *statement.on_behalf_of}
    strangers = [
        (number, state)
        for number, state in enumerate(statement.signatories)
        if state.isupper() and state not in belonging and state not in speaking
    ]
    if not strangers:
        return None
    first, state = strangers[0]
    others = f" and {counted(len(strangers) - 1, 'other')}" if len(strangers) > 1 else ""
    were = "were not members" if others else "was not a member"
    return Problem(
        "signatories_not_members",
        f"{state}{others} {were} of {' or '.join(named)} when the statement was made "
        f"({shown(statement.made.value)})",
        ("signatories", first),
        context={
            "alliances": named,
            "made": statement.made.value,
            "not_members": [state for _, state in strangers],
            "members_not_signing": _not_signing(statement, named),
        },
    )


def _alliances_alone(statement: Statement) -> list[str]:
    """Return the built-in alliances among the speakers, or none if other speakers may also sign.

    A spokesperson does not count as another speaker, because `on_behalf_of` names the alliance.
    """
    voices = statement.on_behalf_of or statement.speakers
    if not all(voice.isupper() or voice in RESERVED_ALLIANCES for voice in voices):
        return []
    speaking = dict.fromkeys((*statement.speakers, *statement.on_behalf_of))
    return [name for name in speaking if name in RESERVED_ALLIANCES]


@lru_cache(maxsize=1024)
def _may_have_belonged(alliance: str, made: str) -> frozenset[str]:
    found = alliances.get(alliance)
    if _is_marked(made):
        return frozenset(one.state for one in found.memberships if one.status == "member")
    return frozenset((*found.members(made), *found.members_in_part(made)))


def _not_signing(statement: Statement, named: list[str]) -> list[str]:
    """Return the states that were certainly members but did not sign."""
    if _is_marked(statement.made.value):
        return []
    members = {state for name in named for state in alliances.get(name).members(statement.made)}
    return sorted(members.difference(statement.signatories))


def _is_marked(expression: str) -> bool:
    return any(mark in expression for mark in "?~%")


# Acts.


@rule(SpeechAct, "condition_without_conditional", field="condition")
def condition_without_conditional(act: SpeechAct, _: Surroundings) -> Problem | None:
    """An act with a condition must have the modality `conditional`."""
    if act.condition is None or act.modality not in (None, "actual"):
        return None
    has_modality = act.modality is not None
    return Problem(
        "condition_without_conditional",
        f"the act has the condition {shown(act.condition, 40)}, so `modality` must be conditional",
        ("modality",) if has_modality else ("condition",),
        suggestion="conditional" if has_modality else None,
    )


@rule(SpeechAct, "conditional_without_condition", field="modality")
def conditional_without_condition(act: SpeechAct, _: Surroundings) -> Problem | None:
    """A conditional act must state its condition."""
    if act.modality == "conditional" and act.condition is None:
        return Problem(
            "conditional_without_condition",
            "the act is conditional but has no `condition`",
            ("modality",),
        )
    return None


@rule(SpeechAct, "force_without_request", field="force")
def force_without_request(act: SpeechAct, _: Surroundings) -> Problem | None:
    """Only a request may have the field `force`."""
    if act.force is not None and act.act != "request":
        return Problem(
            "force_without_request",
            f"`force` is {act.force} for an act of the kind {act.act}, but only a request can "
            "have `force`",
            ("force",),
            context={"act": act.act, "force": act.force},
        )
    return None


@rule(SpeechAct, "request_to_nobody", field="act")
def request_to_nobody(act: SpeechAct, _: Surroundings) -> Problem | None:
    """A request must have an addressee."""
    if act.act == "request" and not act.addressed_to and act.addressed_as is None:
        return Problem(
            "request_to_nobody",
            "the request has no addressee; set `addressed_to` or `addressed_as`",
        )
    return None


# Subjects.

_ACTS_ON_SOMETHING = frozenset(
    {"accuse", "characterise", "condemn", "decline_to_comment", "express_concern"}
)


@rule(Statement, "act_without_subject", field="acts")
def act_without_subject(statement: Statement, _: Surroundings) -> Problem | None:
    """An act that needs a subject, such as condemning, must have one."""
    if statement.about:
        return None
    lost = [
        number
        for number, act in enumerate(statement.acts)
        if not act.about and act.act in _ACTS_ON_SOMETHING
    ]
    if lost:
        return Problem(
            "act_without_subject",
            f"the act {statement.acts[lost[0]].act} has no subject: name it in `about`",
            ("acts", lost[0]),
            context={"acts": lost},
        )
    return None


def claim_without_subject(record: Statement | Source, _: Surroundings) -> Problem | None:
    """A claim that has no meaning without a subject must have a subject."""
    if isinstance(record, Statement) and record.about:
        return None
    lost = [
        number
        for number, claim in enumerate(record.claims)
        if not claim.about and _needs_subject(claim)
    ]
    if lost:
        return Problem(
            "claim_without_subject",
            f"the claim about {_what(record.claims[lost[0]])} has no subject: name it in `about`",
            ("claims", lost[0]),
            context={"claims": lost},
        )
    return None


_VOICES: tuple[type[Statement | Source], ...] = (Source, Statement)
for _voice in _VOICES:
    rule(_voice, "claim_without_subject", field="claims")(claim_without_subject)


def _what(claim: Claim) -> str:
    return shown(claim.fields[0]) if isinstance(claim, FieldClaim) else claim.aspect


def _needs_subject(claim: Claim) -> bool:
    """Return whether a claim has no meaning without a subject.

    Claims such as "nineteen violations", "it was last night" and "into Poland" have a meaning
    without a subject. Claims about the law do, too.
    """
    if claim.aspect in ("legality_of_crossing", "legality_of_engagement"):
        return False
    if isinstance(claim, FieldClaim) and claim.value is not None:
        name = claim.fields[0]
        return claim.time is None and name != "crossing" and not name.startswith("totals.")
    return claim.time is None
