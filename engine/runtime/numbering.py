"""Numbers of cases and documents: counted per series and year, without gaps being filled again."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, String, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from engine.runtime.jobs import JobContext
from engine.store import Base

TABLE = "numbering"
"""The decision that gives the series of a kind of number, for instance `贵社信告`."""


class NumberCounter(Base):
    """The last number given in a series and year."""

    __tablename__ = "number_counter"

    series: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


def next_number(connection: Connection, series: str, year: int) -> str:
    """The next number of a series: `贵社信告〔2025〕3号`, full year, no padding (GB/T 9704)."""
    dialect = connection.dialect.name
    statement = _NEXT_SQLITE if dialect == "sqlite" else _NEXT_POSTGRESQL
    last = connection.execute(statement, {"series": series, "year": year}).scalar_one()
    return f"{series}〔{year}〕{last}号"


def number_for(job: JobContext, kind: str, year: int) -> str:
    """The next number of a kind for the case of a job, in the series its table names."""
    series = job.decide(TABLE, {**job.variables, "kind": kind})
    return next_number(job.connection, str(series), year)


def _next(
    insert: type[sqlite.Insert] | type[postgresql.Insert],
) -> ReturningInsert[int]:
    statement = insert(NumberCounter).values(
        series=bindparam("series"), year=bindparam("year"), last=1
    )
    return statement.on_conflict_do_update(
        index_elements=("series", "year"), set_={"last": NumberCounter.last + 1}
    ).returning(NumberCounter.last)


_NEXT_SQLITE = _next(sqlite.Insert)
_NEXT_POSTGRESQL = _next(postgresql.Insert)
