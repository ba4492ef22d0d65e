"""Sources: the reports, releases and posts that records cite."""

from typing import Literal

from airspace_events.models.base import SourcedRecord
from airspace_events.models.items import check_ids
from airspace_events.values.base import TAG
from airspace_events.values.citations import DerivedFrom
from airspace_events.values.claims import Claim
from airspace_events.values.scalars import Instant, LanguageTag, Name, Sha256, WebAddress
from airspace_events.values.time import DateOrInstant, TimeZone
from airspace_events.vocabulary.terms import SourceKind


class Source(SourcedRecord, frozen=True):
    """A public source, such as a report, a release or a post.

    A republished wire story is derived from the original and is not an independent source.
    """

    type: Literal["source"] = TAG
    kind: SourceKind
    """The kind of source."""
    publisher: Name
    """The publisher of the source."""
    language: LanguageTag | None = None
    """The language of the source (BCP 47); absent if the desk has not seen the source."""
    title: Name | None = None
    """The title of the source."""
    url: WebAddress | None = None
    """The URL at which the source was published."""
    archive_url: WebAddress | None = None
    """The URL of an archived copy."""
    sha256: Sha256 | None = None
    """The SHA-256 digest of the copy that the desk read."""
    published: DateOrInstant | None = None
    """The date or instant of publication; absent if the source gives none."""
    timezone: TimeZone | None = None
    """The IANA time zone of the dates in this record; if absent, they may be in any time zone."""
    retrieved_at: Instant | None = None
    """The instant at which the desk read the source."""
    derived_from: tuple[DerivedFrom, ...] = ()
    """The earlier sources that this source is based on."""
    claims: tuple[Claim, ...] = ()
    """Claims that the source makes in its own voice."""

    def _check(self) -> None:
        if self.claims:
            check_ids(self.claims, "claims")
