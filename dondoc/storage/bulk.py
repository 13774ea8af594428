"""Many values in one statement: as one parameter that the database takes apart itself.

A list of parameters ends at 32,766 on SQLite and 65,535 on PostgreSQL, and each of them costs; a text of JSON does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


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
