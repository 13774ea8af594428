"""Alembic's entry: runs the steps on a connection that ``dondoc.storage.migrate`` holds open and locked.

There is no ini file and no offline mode: the database at hand is the only one that is ever migrated.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger, Integer, TextClause
from sqlalchemy.types import TypeEngine

from dondoc.storage.columns import Instant
from dondoc.storage.tables import metadata


def _render(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Our own column types under their names, instead of what they are made of, and defaults as both databases take
    them; False leaves the rest to Alembic."""
    if kind == "type" and (name := _own_name(item)) is not None:
        autogen_context.imports.add(f"from dondoc.storage.columns import {name}")
        return f"{name}()" if name == "Instant" else name
    if kind == "server_default" and isinstance(getattr(item, "arg", None), TextClause):
        return f"sa.text({item.arg.text!r})"
    return False


def _own_name(column_type: TypeEngine[Any]) -> str | None:
    if isinstance(column_type, Instant):
        return "Instant"
    if isinstance(column_type, BigInteger) and isinstance(column_type._variant_mapping.get("sqlite"), Integer):
        return "Id"
    return None


def _other_default(
    _context: Any, _found: Any, _wanted: Any, found: str | None, _clause: Any, wanted: str | None
) -> bool:
    # SQLite gives back what was written, PostgreSQL adds a cast; Alembic's own comparison trips over empty strings.
    return (found or "").partition("::")[0].strip("()'") != (wanted or "").strip("()'")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite cannot change a table in place: steps after the first rebuild it.
    render_as_batch=context.config.attributes.get("batch", True),
    render_item=_render,
    compare_type=True,
    compare_server_default=_other_default,
)
with context.begin_transaction():
    context.run_migrations()
