"""Many values in one statement: as one parameter that the database takes apart itself.

A list of parameters ends at 32,766 on SQLite and 65,535 on PostgreSQL, and each of them costs; a text of JSON does not.
Thousands of rows written so take a tenth of the time of as many executions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CTE, JSON, ColumnElement, String, bindparam, cast, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Numbers(FunctionElement[int]):
    """The whole numbers in a text of JSON, as rows."""

    inherit_cache = True


@compiles(_Numbers, "sqlite")
def _sqlite_numbers(element: _Numbers, compiler: Any, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608 - a bound name


@compiles(_Numbers, "postgresql")
def _postgresql_numbers(element: _Numbers, compiler: Any, **options: Any) -> str:
    listed = compiler.process(element.clauses, **options)
    return f"(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST({listed} AS JSON)))"  # noqa: S608


def among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Whether the column is one of these numbers, however many they are."""
    listed = bindparam(None, json.dumps(list(numbers)), String, unique=True)
    return column.op("IN", is_comparison=True)(_Numbers(listed))


def given_rows(
    tx: AsyncConnection, rows: Iterable[Sequence[Any]], columns: Mapping[str, TypeEngine[Any]], name: str = "given"
) -> CTE:
    """Rows to select from, join with or insert. Values are numbers, texts, dates, aware instants or None."""
    # SQLite keeps instants as UTC without saying so; PostgreSQL has to be told.
    zone = "" if tx.dialect.name == "sqlite" else "+00:00"

    def plain(value: date | datetime) -> str:
        if isinstance(value, datetime):
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}{zone}"
        return value.isoformat()

    text = json.dumps(list(rows), default=plain)
    listed = bindparam(None, text, String, unique=True)
    if tx.dialect.name == "sqlite":
        each = func.json_each(listed).table_valued("value", name=f"{name}_rows")
        taken = [
            # Numbers and texts stay what they are, and the column's type reads them as what it would have stored.
            type_coerce(func.json_extract(each.c.value, f"$[{place}]"), kind).label(column)
            for place, (column, kind) in enumerate(columns.items())
        ]
    else:
        each = func.json_array_elements(cast(listed, JSON)).table_valued("value", name=f"{name}_rows")
        taken = [
            cast(each.c.value.op("->>")(place), kind).label(column)
            for place, (column, kind) in enumerate(columns.items())
        ]
    # Else the texts would be taken apart anew for each row they are joined with.
    return select(*taken).cte(name).prefix_with("MATERIALIZED")
