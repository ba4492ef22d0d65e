"""Records of airspace incidents, as they were publicly reported.

    import airspace_events as ae

    for record in ae.iter_records("feed.jsonl"):
        ...

Each name is loaded when it is first used, so importing the library is fast.
"""

# Type checkers treat this constant as true. Importing ``typing`` would take longer than all the
# rest of this module.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from airspace_events import dossier as dossier
    from airspace_events import formats as formats
    from airspace_events import testing as testing
    from airspace_events.comparing.difference import diff as diff
    from airspace_events.comparing.merging import merge as merge
    from airspace_events.comparing.merging import split as split
    from airspace_events.dossier.dossier import Dossier as Dossier
    from airspace_events.errors import AirspaceEventsError as AirspaceEventsError
    from airspace_events.errors import AmbiguousNameError as AmbiguousNameError
    from airspace_events.errors import CountPhraseError as CountPhraseError
    from airspace_events.errors import DigestError as DigestError
    from airspace_events.errors import DuplicateRecordError as DuplicateRecordError
    from airspace_events.errors import FeedError as FeedError
    from airspace_events.errors import FormatError as FormatError
    from airspace_events.errors import MergeError as MergeError
    from airspace_events.errors import MissingExtraError as MissingExtraError
    from airspace_events.errors import RecordError as RecordError
    from airspace_events.errors import RowError as RowError
    from airspace_events.errors import SettingsError as SettingsError
    from airspace_events.errors import TimeExpressionError as TimeExpressionError
    from airspace_events.errors import TimePhraseError as TimePhraseError
    from airspace_events.errors import UnknownNameError as UnknownNameError
    from airspace_events.errors import UnreadableError as UnreadableError
    from airspace_events.errors import UnwritableError as UnwritableError
    from airspace_events.feeds.framing import Limits as Limits
    from airspace_events.feeds.header import (
        SCHEMA_VERSION as SCHEMA_VERSION,
    )
    from airspace_events.feeds.header import (
        Feed as Feed,
    )
    from airspace_events.feeds.header import (
        FeedHeader as FeedHeader,
    )
    from airspace_events.feeds.reading import iter_records as iter_records
    from airspace_events.feeds.reading import read_feed as read_feed
    from airspace_events.feeds.writing import write_feed as write_feed
    from airspace_events.formats.digests import digest as digest
    from airspace_events.models.actors import (
        Alliance as Alliance,
    )
    from airspace_events.models.actors import (
        NameInLanguage as NameInLanguage,
    )
    from airspace_events.models.actors import (
        Official as Official,
    )
    from airspace_events.models.actors import (
        Organization as Organization,
    )
    from airspace_events.models.actors import (
        State as State,
    )
    from airspace_events.models.base import (
        ExternalId as ExternalId,
    )
    from airspace_events.models.base import (
        Marking as Marking,
    )
    from airspace_events.models.base import (
        Retraction as Retraction,
    )
    from airspace_events.models.events import Finding as Finding
    from airspace_events.models.events import (
        Incursion as Incursion,
    )
    from airspace_events.models.events import (
        PossibleIncursion as PossibleIncursion,
    )
    from airspace_events.models.events import Series as Series
    from airspace_events.models.records import Record as Record
    from airspace_events.models.source import Source as Source
    from airspace_events.models.statement import Statement as Statement
    from airspace_events.phrases.counts import resolve_count as resolve_count
    from airspace_events.phrases.resolving import resolve_time as resolve_time
    from airspace_events.reference import places as places
    from airspace_events.reference.alliances import alliances as alliances
    from airspace_events.reference.designations import Designation as Designation
    from airspace_events.reference.designations import designations as designations
    from airspace_events.reference.states import states as states
    from airspace_events.schema.json_schema import json_schema as json_schema
    from airspace_events.validation import rules as rules
    from airspace_events.validation.notices import Notice as Notice
    from airspace_events.validation.notices import Report as Report
    from airspace_events.validation.settings import Settings as Settings
    from airspace_events.validation.single_record import check as check
    from airspace_events.validation.validator import validate as validate
    from airspace_events.values import assessments as assessments
    from airspace_events.values import claims as claims
    from airspace_events.values import geometry as geometry
    from airspace_events.values.acts import SpeechAct as SpeechAct
    from airspace_events.values.assessments import Assessment as Assessment
    from airspace_events.values.base import to_json as to_json
    from airspace_events.values.citations import (
        Citation as Citation,
    )
    from airspace_events.values.citations import (
        DerivedFrom as DerivedFrom,
    )
    from airspace_events.values.citations import (
        Quote as Quote,
    )
    from airspace_events.values.claims import Claim as Claim
    from airspace_events.values.effects import Effect as Effect
    from airspace_events.values.geometry import Geometry as Geometry
    from airspace_events.values.measures import (
        ReportedCount as ReportedCount,
    )
    from airspace_events.values.measures import (
        ReportedQuantity as ReportedQuantity,
    )
    from airspace_events.values.measures import (
        Totals as Totals,
    )
    from airspace_events.values.objects import (
        AerialObject as AerialObject,
    )
    from airspace_events.values.objects import (
        Check as Check,
    )
    from airspace_events.values.objects import (
        Fate as Fate,
    )
    from airspace_events.values.objects import (
        PossibleObject as PossibleObject,
    )
    from airspace_events.values.periods import (
        Membership as Membership,
    )
    from airspace_events.values.periods import (
        Period as Period,
    )
    from airspace_events.values.periods import (
        Tenure as Tenure,
    )
    from airspace_events.values.places import Place as Place
    from airspace_events.values.places import Zone as Zone
    from airspace_events.values.responses import Asset as Asset
    from airspace_events.values.responses import Response as Response
    from airspace_events.values.time import ReportedTime as ReportedTime

_NAMES_OF = {
    "comparing.difference": "diff",
    "comparing.merging": "merge split",
    "dossier.dossier": "Dossier",
    "errors": (
        "AirspaceEventsError AmbiguousNameError CountPhraseError DigestError DuplicateRecordError "
        "FeedError FormatError MergeError MissingExtraError RecordError RowError SettingsError "
        "TimeExpressionError TimePhraseError UnknownNameError UnreadableError UnwritableError"
    ),
    "feeds.framing": "Limits",
    "feeds.header": "Feed FeedHeader SCHEMA_VERSION",
    "feeds.reading": "iter_records read_feed",
    "feeds.writing": "write_feed",
    "formats.digests": "digest",
    "models.actors": "Alliance NameInLanguage Official Organization State",
    "models.base": "ExternalId Marking Retraction",
    "models.events": "Finding Incursion PossibleIncursion Series",
    "models.records": "Record",
    "models.source": "Source",
    "models.statement": "Statement",
    "phrases.counts": "resolve_count",
    "phrases.resolving": "resolve_time",
    "reference.alliances": "alliances",
    "reference.designations": "Designation designations",
    "reference.states": "states",
    "schema.json_schema": "json_schema",
    "validation.notices": "Notice Report",
    "validation.settings": "Settings",
    "validation.single_record": "check",
    "validation.validator": "validate",
    "values.base": "to_json",
    "values.acts": "SpeechAct",
    "values.assessments": "Assessment",
    "values.citations": "Citation DerivedFrom Quote",
    "values.claims": "Claim",
    "values.effects": "Effect",
    "values.geometry": "Geometry",
    "values.measures": "ReportedCount ReportedQuantity Totals",
    "values.objects": "AerialObject Check Fate PossibleObject",
    "values.periods": "Membership Period Tenure",
    "values.places": "Place Zone",
    "values.responses": "Asset Response",
    "values.time": "ReportedTime",
}
_MODULE_OF = {name: module for module, names in _NAMES_OF.items() for name in names.split()}
_MODULES = {
    "assessments": "values.assessments",
    "claims": "values.claims",
    "dossier": "dossier",
    "formats": "formats",
    "geometry": "values.geometry",
    "places": "reference.places",
    "rules": "validation.rules",
    "testing": "testing",
}

# For `dir` and star imports; type checkers read the aliases above.
__all__ = sorted([*_MODULE_OF, *_MODULES])  # noqa: PLE0605  # pyright: ignore[reportUnsupportedDunderAll]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        module = _MODULE_OF.get(name) or _MODULES.get(name)
        if module is None:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        from importlib import import_module  # noqa: PLC0415 (costs at import)

        loaded = import_module(f"{__name__}.{module}")
        value = loaded if name in _MODULES else getattr(loaded, name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return __all__
