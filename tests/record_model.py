from sqlalchemy import Computed
from sqlmodel import Field, SQLModel

import airspace_events as ae
from record_database import RecordColumn

STATE = Computed("record ->> 'state'", persisted=True)


class Incident(SQLModel, table=True):
    """An incursion with columns for queries."""

    id: str = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    record: ae.Incursion = Field(sa_type=RecordColumn)
    state: str | None = Field(default=None, sa_column_args=[STATE])

    @classmethod
    def of(cls, record: ae.Incursion) -> "Incident":
        return cls(id=record.id, revision=record.revision, record=record)
