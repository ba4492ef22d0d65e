"""Sources: the reports, releases and posts that records rest on."""

from typing import Literal

from airspace_events.models.base import SourcedRecord
from airspace_events.models.items import check_ids
from airspace_events.values.base import TAG
from airspace_events.values.citations import DerivedFrom
from airspace_events.values.claims import Claim
from airspace_events.values.scalars import Instant, LanguageTag, Name, Sha256, WebAddress
from airspace_events.values.time import DateOrInstant
from airspace_events.vocabulary.sources import SourceKind


class Source(SourcedRecord, frozen=True):
    """A public source. A wire story that was republished is derived, and not a second one."""

    type: Literal["source"] = TAG
    kind: SourceKind
    """What it is."""
    publisher: Name
    """Who published it."""
    language: LanguageTag | None = None
    """The language it is in (BCP 47); absent when it was not seen."""
    title: Name | None = None
    """Its title."""
    url: WebAddress | None = None
    """Where it was published."""
    archive_url: WebAddress | None = None
    """Where a copy is kept."""
    sha256: Sha256 | None = None
    """The digest of the copy that was read."""
    published: DateOrInstant | None = None
    """When it was published: most reports give a day, some nothing."""
    retrieved_at: Instant | None = None
    """When the desk read it."""
    derived_from: tuple[DerivedFrom, ...] = ()
    """The sources from which it was made."""
    claims: tuple[Claim, ...] = ()
    """What it claims in its own voice, other than what it only supports."""

    def _check(self) -> None:
        if self.claims:
            check_ids(self.claims, "claims")
        super()._check()
