"""What type checkers see, written as somebody would who uses the library.

It is never run. Each comment that ignores an error proves that there is one: mypy and pyright
both complain about a comment that ignores nothing.
"""

from datetime import datetime
from typing import Literal, assert_type

import airspace_events as ae

incursion = ae.Incursion(
    id="ro-2024-09-08",
    state="RO",
    crossing="reported",
    zones=(ae.Zone(type="ADIZ", entry="reported"),),
    totals=ae.Totals(crossings=ae.ReportedCount(best=3)),
    time=ae.ReportedTime(value="2024-09-07/2024-09-08", timezone="Europe/Bucharest"),
    sources=(ae.Citation(source="mapn", supports=("time",)),),
)
assert_type(incursion.type, Literal["incursion"])
assert_type(incursion.time.earliest, datetime | None)
assert_type(incursion.replace(title="Drones over Romania"), ae.Incursion)
assert_type(incursion.objects, tuple[ae.AerialObject, ...])
assert_type(incursion.title, str | None)

ae.Place(state="UK")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # pyright: ignore[reportCallIssue]
ae.AerialObject(category="dron")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ae.AerialObject(category="missile", kind="cruise")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
ae.Incursion(id="a", state="RO", time=incursion.time)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
incursion.title = "no"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]

exact = ae.claims.IntentClaim(value="intentional_attack", polarity="no_evidence")
assert_type(exact.aspect, Literal["intent"])
ae.claims.IntentClaim(value="accident")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
counted = ae.claims.FieldClaim.of("totals.crossings", value=ae.ReportedCount(best=19))
assert_type(counted, ae.claims.FieldClaim)
assert_type(counted.value_as(ae.ReportedCount), ae.ReportedCount | None)
ae.claims.FieldClaim.of("totals.crossings", value=19)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ae.claims.FieldClaim(polarity="denied")  # type: ignore[call-arg]
ae.Claim(aspect="intent", value="intentional_attack")
ae.Claim(aspect="intnt", value="intentional_attack")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
ae.Statement(
    id="nato-1",
    speakers=("nato",),
    made=ae.ReportedTime(value="/2024-09-18?"),
    claims=(exact, counted, ae.Claim(aspect="field", fields=("occurrence",))),
)
ae.assessments.IntentAssessment(value="unintentional", likelihood="likely", confidence="low")

for record in ae.iter_records("feed.jsonl"):
    assert_type(record.id, str)
    match record:
        case ae.Statement():
            assert_type(record.claims, tuple[ae.Claim, ...])
        case ae.Source():
            assert_type(record.publisher, str)
        case _:
            pass

report = ae.validate("feed.jsonl")
assert_type(report.ok, bool)
assert_type(report.notices, tuple[ae.Notice, ...])
ae.validat("feed.jsonl")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
