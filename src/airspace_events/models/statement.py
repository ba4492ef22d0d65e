"""Statements, with their speakers, subjects, claims and speech acts."""

from typing import Annotated, Literal

from pydantic import Field

from airspace_events.models.base import SourcedRecord
from airspace_events.models.items import check_ids
from airspace_events.values.acts import SpeechAct
from airspace_events.values.base import TAG
from airspace_events.values.claims import Claim
from airspace_events.values.references import ActorRef, SubjectRef
from airspace_events.values.scalars import Name
from airspace_events.values.time import ReportedTime
from airspace_events.vocabulary.terms import StatementForm


class Statement(SourcedRecord, frozen=True):
    """A public statement by or for an identifiable speaker.

    ``claims`` lists the assertions and denials of the speaker. ``acts`` lists speech acts such as
    requests, warnings and promises.
    """

    type: Literal["statement"] = TAG
    speakers: Annotated[tuple[ActorRef, ...], Field(min_length=1)]
    """The speakers (at least one)."""
    made: ReportedTime
    """The time of the statement."""
    speaker_as: Name | None = None
    """The report's words for the speaker, such as "a senior official"."""
    on_behalf_of: tuple[ActorRef, ...] = ()
    """The actors on whose behalf the speakers spoke."""
    signatories: tuple[ActorRef, ...] = ()
    """The actors who signed the statement."""
    about: tuple[SubjectRef, ...] = ()
    """The default subjects of claims and acts that have no ``about``."""
    form: StatementForm | None = None
    """The form of the statement."""
    occasion: Name | None = None
    """The occasion of the statement, such as "a meeting of defence ministers"."""
    audience: Name | None = None
    """The audience of the statement, such as "journalists in Brussels"."""
    acts: tuple[SpeechAct, ...] = ()
    """The speech acts, such as requests, warnings and promises."""
    claims: tuple[Claim, ...] = ()
    """The claims that the speakers affirm, deny or otherwise take a position on."""

    def _check(self) -> None:
        if self.claims:
            check_ids(self.claims, "claims")
        if self.acts:
            check_ids(self.acts, "acts")
