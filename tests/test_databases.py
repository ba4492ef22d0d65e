"""Records in SQLite, by SQLAlchemy and SQLModel; for PostgreSQL only the SQL is made."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError
from sqlalchemy import Engine, create_engine, or_, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable
from sqlmodel import SQLModel

import airspace_events as ae
import record_database
import record_model
from airspace_events.testing import strategies as aes
from document_blocks import DOCS, blocks
from record_database import Base, Row
from record_model import Incident

EXAMPLES = [path for path in sorted(DOCS.glob("examples/*.jsonl")) if path.stem != "broken"]
POSTGRESQL: Any = postgresql.dialect()


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    SQLModel.metadata.create_all(engine)
    yield engine
    engine.dispose()


def kept(engine: Engine, *records: ae.Record) -> list[Row]:
    """Store records, and read them again in another session."""
    with Session(engine) as session:
        session.add_all(map(Row.of, records))
        session.commit()
    with Session(engine) as session:
        return list(session.scalars(select(Row)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_record_comes_back_as_it_was(path: Path, engine: Engine) -> None:
    records = ae.read_feed(path).records
    rows = kept(engine, *records)
    assert {ae.to_json(row.record) for row in rows} == {ae.to_json(one) for one in records}
    for row in rows:
        assert row.type == row.record.type
        assert row.state == getattr(row.record, "state", None)
        if time := getattr(row.record, "time", None):
            assert (row.earliest, row.latest) == (time.earliest, time.latest)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(aes.records())
def test_every_record_comes_back_as_it_was(record: Any) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    [row] = kept(engine, record)
    assert ae.to_json(row.record) == ae.to_json(record)
    assert type(row.record) is type(record)
    engine.dispose()


def incursion(name: str, time: str, state: str = "LV", **fields: Any) -> ae.Incursion:
    return ae.Incursion(
        id=name,
        state=state,
        time=ae.ReportedTime(value=time),
        sources=(ae.Citation(source="a-report"),),
        **fields,
    )


def test_columns_answer_questions(engine: Engine) -> None:
    kept(
        engine,
        incursion("early", "2024-09-06"),
        incursion("within", "2024-09-07T22:00:00Z"),
        incursion("open", "2024-09-01/.."),
        incursion("late", "2024-09-10"),
        incursion("elsewhere", "2024-09-07", state="RO"),
    )
    zone = timezone(timedelta(hours=3))
    start, end = datetime(2024, 9, 8, tzinfo=zone), datetime(2024, 9, 8, 6, tzinfo=zone)
    question = select(Row.id).where(
        Row.state == "LV",
        or_(Row.earliest.is_(None), Row.earliest <= end),
        or_(Row.latest.is_(None), Row.latest >= start),
    )
    inside = select(Row.id).where(Row.record["time"]["value"].as_string() == "2024-09-10")
    with Session(engine) as session:
        assert set(session.scalars(question)) == {"within", "open"}
        assert list(session.scalars(inside)) == ["late"]


def test_a_revision_is_stored_once(engine: Engine) -> None:
    first = incursion("one", "2024-09-06")
    assert len(kept(engine, first, first.replace(revision=2))) == 2
    with pytest.raises(IntegrityError):
        kept(engine, first)


def test_what_is_not_a_record_is_refused_when_it_is_read(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO records (id, revision, record) VALUES ('x', 1, :record)"),
            {"record": '{"type": "incursion", "id": "x"}'},
        )
    with Session(engine) as session, pytest.raises(ValidationError, match="time"):
        session.scalars(select(Row)).all()


def test_an_instant_without_a_zone_is_refused(engine: Engine) -> None:
    row = Row.of(incursion("one", "2024-09-06"))
    row.latest = datetime(2024, 9, 6)  # noqa: DTZ001
    with Session(engine) as session:
        session.add(row)
        with pytest.raises(StatementError, match="needs a time zone"):
            session.flush()


def test_sqlmodel_keeps_records_too(engine: Engine) -> None:
    record = incursion("one", "2024-09-06")
    with Session(engine) as session:
        session.add(Incident.of(record))
        session.commit()
    with Session(engine) as session:
        [row] = session.scalars(select(Incident))
        assert (row.record, row.state) == (record, "LV")


@pytest.mark.parametrize("model", [Row, Incident])
def test_postgresql_gets_columns_of_its_own_types(model: Any) -> None:
    sql = str(CreateTable(model.__table__).compile(dialect=POSTGRESQL))
    assert "record JSONB NOT NULL" in sql
    assert "state VARCHAR GENERATED ALWAYS AS (record ->> 'state') STORED" in sql
    assert model is Incident or "earliest TIMESTAMP WITH TIME ZONE" in sql
    question = select(model).where(model.record["crossing"].as_string() == "confirmed")
    assert "->>" in str(question.compile(dialect=POSTGRESQL))


@pytest.mark.parametrize("module", [record_database, record_model])
def test_the_page_shows_the_modules_that_are_tested(module: ModuleType) -> None:
    page = (DOCS / "databases.md").read_text(encoding="utf-8")
    assert f"```python\n{Path(str(module.__file__)).read_text(encoding='utf-8')}```" in page


def test_the_other_code_of_the_page_runs(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ae.write_feed(ae.read_feed(DOCS / "examples" / "latvia-2024-09-07.jsonl"), "feed.jsonl")
    start, end = datetime(2024, 9, 7, tzinfo=UTC), datetime(2024, 9, 8, tzinfo=UTC)
    names = {**globals(), "engine": engine, "start": start, "end": end}
    codes = [
        one.text
        for one in blocks()
        if one.page == "docs/databases.md" and "import" not in one.text
    ]
    for code in codes:
        exec(code, names)  # noqa: S102
    with Session(engine) as session:
        [row] = session.scalars(names["question"])
        assert row.id == "lv-2024-09-07"
