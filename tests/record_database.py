import json
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, Computed, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

import airspace_events as ae

RECORD: TypeAdapter[ae.Record] = TypeAdapter(ae.Record)


class RecordColumn(TypeDecorator[ae.Record]):
    """A column of records, as JSONB in PostgreSQL and as JSON elsewhere."""

    impl = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return None if value is None else json.loads(ae.to_json(value))

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else RECORD.validate_json(json.dumps(value))


class InstantColumn(TypeDecorator[datetime]):
    """A column of instants in UTC, because SQLite keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        if value is not None and value.tzinfo is None:
            msg = "an instant needs a time zone"
            raise ValueError(msg)
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    pass


class Row(Base):
    """A revision of a record, with columns for queries."""

    __tablename__ = "records"

    id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[ae.Record] = mapped_column(RecordColumn)
    type: Mapped[str] = mapped_column(Computed("record ->> 'type'", persisted=True))
    state: Mapped[str | None] = mapped_column(
        Computed("record ->> 'state'", persisted=True), index=True
    )
    earliest: Mapped[datetime | None] = mapped_column(InstantColumn, index=True)
    latest: Mapped[datetime | None] = mapped_column(InstantColumn, index=True)

    @classmethod
    def of(cls, record: ae.Record) -> "Row":
        time = getattr(record, "time", None)
        bounds = {"earliest": time.earliest, "latest": time.latest} if time else {}
        return cls(id=record.id, revision=record.revision, record=record, **bounds)
