"""Statements: who said what, on whose behalf, about what."""

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
from airspace_events.vocabulary.statements import StatementForm


class Statement(SourcedRecord, frozen=True):
    """Something said in public by or for somebody who can be named.

    What it asserts or denies are ``claims``; what it does by saying so are ``acts``.
    """

    type: Literal["statement"] = TAG
    speakers: Annotated[tuple[ActorRef, ...], Field(min_length=1)]
    """Who spoke."""
    made: ReportedTime
    """When it was said."""
    speaker_as: Name | None = None
    """The words by which the report names the speaker: "a senior official"."""
    on_behalf_of: tuple[ActorRef, ...] = ()
    """For whom they spoke."""
    signatories: tuple[ActorRef, ...] = ()
    """Who signed."""
    about: tuple[SubjectRef, ...] = ()
    """What it is about: the subject of its acts and claims, where they name none."""
    form: StatementForm | None = None
    """In what form it was made."""
    occasion: Name | None = None
    """On what occasion."""
    audience: Name | None = None
    """Before whom."""
    acts: tuple[SpeechAct, ...] = ()
    """What is done by saying it."""
    claims: tuple[Claim, ...] = ()
    """What is said to be so, or not so."""

    def _check(self) -> None:
        if self.claims:
            check_ids(self.claims, "claims")
        if self.acts:
            check_ids(self.acts, "acts")
        super()._check()
