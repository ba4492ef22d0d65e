"""The made-up feeds: always the same, always right, and wrong only where that is planted."""

import hashlib
import io
import json
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import airspace_events as ae
from airspace_events.testing import (
    FAULTS,
    plant,
    synthetic_faults,
    synthetic_lines,
    synthetic_records,
)
from airspace_events.testing.synthetic.times import FIRST_NIGHT, LAST_NIGHT, calm_night
from airspace_events.testing.synthetic.wording import wording
from airspace_events.validation.codes import CODES

SEEDS = (0, 1, 20_240_907)
HEADER = b'{"type":"feed","schema_version":"1.0"}\n'

# West, south, east and north of each state, roughly, and typed here anew.
BOXES = {
    "BG": (22, 41, 29, 45),
    "EE": (21, 57, 29, 60),
    "FI": (19, 59, 32, 71),
    "GR": (19, 34, 30, 42),
    "LT": (20, 53, 27, 57),
    "LV": (20, 55, 29, 59),
    "MD": (26, 45, 31, 49),
    "PL": (14, 49, 25, 55),
    "RO": (20, 43, 30, 49),
    "UA": (22, 44, 41, 53),
}


@cache
def lines(seed: int, n: int = 2_000) -> tuple[bytes, ...]:
    return tuple(synthetic_lines(n, seed))


@cache
def objects(seed: int) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in lines(seed)[1:])


@cache
def records(seed: int) -> tuple[ae.Record, ...]:
    return tuple(synthetic_records(2_000, seed))


def check(feed: tuple[bytes, ...] | list[bytes]) -> ae.Report:
    return ae.validate(io.BytesIO(b"".join(feed)), notices_per_code=100_000)


def found(value: Any, name: str) -> list[Any]:
    """All values of a key, however deep they stand."""
    if isinstance(value, list):
        return [one for inner in value for one in found(inner, name)]
    if not isinstance(value, dict):
        return []
    here = [value[name]] if name in value else []
    return here + [one for inner in value.values() for one in found(inner, name)]


def texts(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [text for one in inner for text in texts(one)]
    return [value] if isinstance(value, str) else []


# Always the same.


def test_a_seed_gives_the_same_bytes_for_ever() -> None:
    # If this fails, whatever was measured or published with a seed is no longer the same.
    digest = hashlib.sha256(b"".join(lines(0)) + b"".join(synthetic_lines(500, 7, 0.3)))
    assert digest.hexdigest()[:16] == "d49a24ef51c05e6a"


def test_seeds_differ_and_repeat() -> None:
    assert tuple(synthetic_lines(2_000, 0)) == lines(0)
    assert len({b"".join(lines(seed)[1:]) for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("bad_share", [0, 0.2])
def test_the_first_of_many_are_those_of_few(bad_share: float) -> None:
    many = list(islice(synthetic_lines(10**12, 3, bad_share), 301))
    assert list(synthetic_lines(300, 3, bad_share)) == many
    faults = list(synthetic_faults(300, 3, bad_share))
    assert list(islice(synthetic_faults(10**12, 3, bad_share), len(faults))) == faults


def test_the_records_are_those_of_the_lines_as_the_library_writes_them() -> None:
    for line, record in zip(lines(0)[1:], records(0), strict=True):
        assert ae.to_json(record) + b"\n" == line


def test_nothing_is_a_feed_with_its_header_only() -> None:
    assert len(list(synthetic_lines(0))) == 1
    assert not list(synthetic_records(0))


@pytest.mark.parametrize(("n", "share"), [(-1, 0), (1, -0.1), (1, 1.1), (1, float("nan"))])
def test_impossible_numbers_are_refused_at_once(n: int, share: float) -> None:
    for make in (synthetic_lines, synthetic_faults):
        with pytest.raises(ValueError, match=r"number|share"):
            make(n, 0, share)
    if n < 0:
        with pytest.raises(ValueError, match="number"):
            synthetic_records(n)


# Right.


@pytest.mark.parametrize("seed", SEEDS)
def test_the_validator_has_nothing_to_say(seed: int) -> None:
    report = check(lines(seed))
    assert [(notice.line, notice.code, notice.message) for notice in report.notices] == []
    assert sum(report.records.values()) == 2_000


def test_a_feed_may_end_at_any_record() -> None:
    for end in range(2, 120):
        assert not check(lines(1)[:end]).notices


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mix_is_as_told(seed: int) -> None:
    kinds = Counter(record.type for record in records(seed))
    shares = {kind: number / 2_000 for kind, number in kinds.items()}
    assert 0.42 < shares.pop("incursion") < 0.51
    assert 0.21 < shares.pop("statement") < 0.29
    assert 0.12 < shares.pop("source") < 0.18
    assert set(shares) == {"finding", "series", "organization", "official"}
    assert min(shares.values()) > 0.01


@pytest.mark.parametrize("seed", SEEDS)
def test_most_incursions_crossed_a_border_and_the_others_did_not(seed: int) -> None:
    incursions = [one for one in records(seed) if isinstance(one, ae.Incursion)]
    kinds = Counter(kind for one in incursions for kind in one.kinds)
    shares = {kind: number / len(incursions) for kind, number in kinds.items()}
    assert 0.65 < shares.pop("crossing") < 0.8
    assert set(shares) == {"adiz_entry", "approach", "sighting", "mistaken"}
    assert min(shares.values()) > 0.01
    # What came near or was only seen tells nothing of a border that was crossed.
    assert all(len(one.kinds) == 1 for one in incursions if "crossing" in one.kinds)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_new_fields_are_for_occurs(seed: int) -> None:
    incursions = [one for one in records(seed) if isinstance(one, ae.Incursion)]
    flown = [one for incursion in incursions for one in incursion.objects]
    results = Counter(one.checked.result for one in flown if one.checked)
    assert results["unresolved"] > results["something_else"] > results["borne_out"] > 0
    assert sum(one.nationality is not None for one in flown) > 20
    assert sum(one.count is not None and one.count.roughly is not None for one in flown) > 20
    statuses = {one.crossing for one in incursions}
    assert statuses >= {None, "suspected", "reported", "confirmed", "doubtful", "discounted"}
    placed = [effect for one in incursions for effect in one.effects if effect.place]
    assert len(placed) > 5


@pytest.mark.parametrize("seed", SEEDS)
def test_fields_are_claimed_in_every_way(seed: int) -> None:
    claims = [
        claim
        for one in records(seed)
        if isinstance(one, ae.Statement | ae.Source)
        for claim in one.claims
        if claim.aspect == "field"
    ]
    with_value = [claim for claim in claims if claim.value is not None]
    assert min(len(with_value), len(claims) - len(with_value)) > 50
    polarities = Counter(claim.polarity for claim in claims)
    assert set(polarities) == {"affirmed", "suspected", "denied", "no_evidence"}
    assert min(polarities.values()) > 10
    assert len({claim.fields for claim in claims}) > 15


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lengths_are_those_of_the_worked_examples(seed: int) -> None:
    lengths = [len(line) for line in lines(seed)[1:]]
    assert 570 <= sum(lengths) / len(lengths) <= 850
    assert min(lengths) > 100
    assert 1_500 < max(lengths) < 4_200


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quarter_is_not_ascii(seed: int) -> None:
    assert 0.21 < sum(not line.isascii() for line in lines(seed)[1:]) / 2_000 < 0.29


def test_all_languages_and_scripts_occur() -> None:
    languages = {one["language"] for seed in SEEDS for one in objects(seed) if "language" in one}
    assert languages == set(wording().words)
    letters = {
        unicodedata.name(character).split()[0]
        for line in lines(0)
        for character in line.decode()
        if character.isalpha()
    }
    assert {"LATIN", "CYRILLIC", "GREEK"} <= letters


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_are_trimmed_and_composed_and_short(seed: int) -> None:
    for one in objects(seed):
        for text in texts(one):
            assert text == text.strip() == unicodedata.normalize("NFC", text)
        for quote in found(one, "exact"):
            assert len(quote.split()) <= 25


def test_every_language_but_english_shows_in_every_note() -> None:
    for language, words in wording().words.items():
        for note in words.notes:
            assert note.isascii() == (language == "en")


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_say_that_they_are_made_up(seed: int) -> None:
    for number, one in enumerate(objects(seed), 1):
        assert one["id"].startswith("syn-")
        assert one.get("revision") or one["id"].startswith(f"syn-{number:06}-")


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_named_was_told_a_few_hundred_records_before(seed: int) -> None:
    told: dict[str, int] = {}
    for number, one in enumerate(objects(seed)):
        named = [text.partition("#")[0] for text in texts(one) if text.startswith("syn-")]
        for name in set(named) - {one["id"]}:
            assert number - told[name] < 300
        told[one["id"]] = number


@pytest.mark.parametrize("seed", SEEDS)
def test_times_are_in_the_zone_of_the_state_and_have_its_offset(seed: int) -> None:
    zones = {state.code: state.zone for state in wording().states}
    instants = 0
    for one in objects(seed):
        state = one["id"].rpartition("-")[2].upper()
        for time in (*found(one, "time"), *found(one, "made"), *found(one, "found")):
            assert time["timezone"] == zones[state]
            for text in time["value"].split("/"):
                if "T" in text:
                    instants += 1
                    at = datetime.fromisoformat(text)
                    assert at.utcoffset() == at.astimezone(ZoneInfo(zones[state])).utcoffset()
    assert instants > 300


def test_no_night_has_its_clocks_changed() -> None:
    zone = ZoneInfo("Europe/Warsaw")
    for ordinal in range(FIRST_NIGHT, LAST_NIGHT + 30):
        first = datetime.fromordinal(calm_night(ordinal)).replace(hour=18, tzinfo=zone)
        last = datetime.fromordinal(calm_night(ordinal) + 1).replace(hour=9, tzinfo=zone)
        assert first.utcoffset() == last.utcoffset()


@pytest.mark.parametrize("seed", SEEDS)
def test_words_for_times_are_read_as_the_library_reads_them(seed: int) -> None:
    checked: Counter[str] = Counter()
    for record in records(seed):
        if isinstance(record, ae.Incursion) and record.time.reference:
            time = record.time
            assert time.verbatim is not None
            told = ae.resolve_time(time.verbatim, reference=time.reference, timezone=time.timezone)
            assert told.value == time.value
            checked[time.verbatim.split()[0]] += 1
    assert set(checked) == {"yesterday", "overnight", "in", "last", "about"}


def test_all_common_forms_of_time_occur() -> None:
    values = [one["time"]["value"] for one in objects(0) if one["type"] == "incursion"]
    forms = {
        "day": lambda v: len(v) == 10,
        "month": lambda v: len(v) == 7,
        "instant": lambda v: "T" in v and "/" not in v,
        "interval of instants": lambda v: "T" in v and "/" in v,
        "interval of days": lambda v: len(v) == 21 and "/" in v,
        "uncertain": lambda v: v.endswith("?") and "/" not in v,
        "approximate": lambda v: v.endswith("~") and "/" not in v,
        "both": lambda v: v.endswith("%"),
        "unknown start": lambda v: v.startswith("/"),
        "marked interval": lambda v: "?/" in v,
    }
    assert {name for name, fits in forms.items() if any(map(fits, values))} == set(forms)
    assert any(
        one["time"]["value"].endswith("/..") for one in objects(0) if one["type"] == "series"
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_places_lie_in_their_states(seed: int) -> None:
    points = 0
    for one in objects(seed):
        # The place of an effect or a response is one of the record's, named by its id.
        here = [place for place in found(one, "place") if isinstance(place, dict)]
        for place in (*found(one, "places"), here):
            for item in place:
                west, south, east, north = BOXES[item["state"]]
                for geometry in found(item, "geometry"):
                    flat = geometry["coordinates"]
                    for lon, lat in flat[0] if geometry["type"] == "Polygon" else [flat]:
                        points += 1
                        assert west < lon < east
                        assert south < lat < north
    assert points > 300


def published(seed: int) -> dict[str, str]:
    return {r.id: r.published for r in records(seed) if isinstance(r, ae.Source) and r.published}


@pytest.mark.parametrize("seed", SEEDS)
def test_sources_were_published_after_what_they_tell(seed: int) -> None:
    on = published(seed)
    for record in records(seed):
        for name in ("time", "made", "found"):
            time = getattr(record, name, None)
            # A series goes on, and a source tells of the part of it that was over.
            if time is None or isinstance(record, ae.Series):
                continue
            for citation in record.sources:
                if citation.source in on:
                    source = ae.ReportedTime.parse(on[citation.source], timezone=time.timezone)
                    assert time.latest < source.earliest


@pytest.mark.parametrize("seed", SEEDS)
def test_statements_were_made_after_what_they_are_about(seed: int) -> None:
    over = {r.id: r.time.latest for r in records(seed) if isinstance(r, ae.Incursion)}
    checked = 0
    for record in records(seed):
        if isinstance(record, ae.Statement) and record.about[0] in over:
            checked += 1
            assert over[record.about[0]] < (record.made.earliest or record.made.latest)
    assert checked > 200


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_desk_did_it_did_after_its_sources(seed: int) -> None:
    on = published(seed)
    for record in records(seed):
        if record.recorded_at is not None:
            assert record.recorded_at < datetime(2025, 1, 1, tzinfo=UTC)
            for citation in record.sources:
                assert on.get(citation.source, "")[:10] < record.recorded_at.date().isoformat()
        if isinstance(record, ae.Source) and record.published:
            for one in record.derived_from:
                assert on.get(one.source, "")[:10] < record.published[:10]
            if record.retrieved_at:
                assert record.published[:10] < record.retrieved_at.date().isoformat()


@pytest.mark.parametrize("seed", SEEDS)
def test_of_those_counted_no_more_met_a_fate_than_there_were(seed: int) -> None:
    checked = 0
    for record in records(seed):
        for flown in getattr(record, "objects", ()):
            fates = [fate.count.best for fate in flown.fates if fate.count]
            if fates:
                checked += 1
                assert sum(fates) <= (flown.count.best or flown.count.min)
    assert checked > 50


@pytest.mark.parametrize("seed", SEEDS)
def test_confirmed_rests_on_two_sources_of_their_own(seed: int) -> None:
    sources = {r.id: r for r in records(seed) if isinstance(r, ae.Source)}
    confirmed = [
        r for r in records(seed) if isinstance(r, ae.Incursion) and r.occurrence == "confirmed"
    ]
    assert len(confirmed) > 100
    for record in confirmed:
        first, second = (sources[citation.source] for citation in record.sources)
        assert first.publisher != second.publisher
        assert not first.derived_from
        assert not second.derived_from


@pytest.mark.parametrize("seed", SEEDS)
def test_no_copy_is_cited_with_its_original(seed: int) -> None:
    origin = {
        r.id: r.derived_from[0].source if r.derived_from else r.id
        for r in records(seed)
        if isinstance(r, ae.Source)
    }
    assert sum(origin[name] != name for name in origin) > 10
    for record in records(seed):
        origins = [origin[citation.source] for citation in record.sources]
        assert len(set(origins)) == len(origins)


@pytest.mark.parametrize("seed", SEEDS)
def test_disputed_is_what_a_statement_denies(seed: int) -> None:
    denied: set[str] = set()
    crossing: dict[str, str] = {}
    revised = 0
    for record in records(seed):
        if isinstance(record, ae.Incursion):
            revised += record.revision == 2
            assert (record.crossing == "disputed") == (record.revision == 2)
            assert (record.crossing == "disputed") <= (record.id in denied)
            crossing[record.id] = record.crossing
        elif isinstance(record, ae.Statement):
            for claim in record.claims:
                if claim.polarity == "denied":
                    assert claim.fields == ("crossing",)
                    # Doubted already, so that the feed may end here.
                    assert {crossing[name] for name in record.about} == {"doubtful"}
                    denied.update(record.about)
    assert len(denied) >= revised > 10


# Wrong where that is planted.


def test_every_fault_has_a_code_that_exists() -> None:
    assert set(FAULTS.values()) <= set(CODES)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gives_its_notice_and_no_other(fault: str) -> None:
    feed = list(lines(2, 300))
    spoiled: list[int] = []
    for number, line in enumerate(feed[1:], 2):
        if number % 5 == 0 or fault in ("open_ring", "reserved_id", "ended_and_ongoing"):
            changed = plant(fault, line.removesuffix(b"\n"))
            # Two records of one reserved id would be one record twice as well.
            if changed is not None and not (fault == "reserved_id" and spoiled):
                assert changed != line
                feed[number - 1] = changed + b"\n"
                spoiled.append(number)
    assert spoiled
    report = check(feed)
    assert [(notice.line, notice.code) for notice in report.notices] == [
        (number, FAULTS[fault]) for number in spoiled
    ]
    assert sum(report.records.values()) == 300


def test_no_record_has_room_for_what_it_has_no_field_for() -> None:
    assert plant("latitude_out_of_range", b'{"type":"official","id":"a","name":"A"}') is None
    with pytest.raises(KeyError):
        plant("no_such_fault", b"{}")


@pytest.mark.parametrize("seed", SEEDS)
def test_faults_stand_where_they_are_told_to_be(seed: int) -> None:
    feed, faults = (
        list(synthetic_lines(2_000, seed, 0.2)),
        list(synthetic_faults(2_000, seed, 0.2)),
    )
    assert 340 < len(faults) < 460
    at = {planted.line for planted in faults}
    right = {number for number, line in enumerate(lines(seed), 1) if feed[number - 1] == line}
    assert at | right == set(range(1, 2_002))
    assert not at & right
    notices = [(notice.line, notice.code, notice.pointer) for notice in check(feed).notices]
    assert notices == [(line, FAULTS[fault], pointer) for line, fault, pointer in faults]


def test_the_share_of_bad_lines_is_near_what_was_asked() -> None:
    assert 60 < len(list(synthetic_faults(10_000, 0, 0.01))) < 140
    assert not list(synthetic_faults(1_000, 0))
    assert len(list(synthetic_faults(200, 0, 1))) == 200


def test_all_faults_occur() -> None:
    planted = {one.fault for one in synthetic_faults(5_000, 0, 1)}
    assert planted == set(FAULTS)
