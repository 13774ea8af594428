"""What leaves. Everything is written down here before it is sent, and this table alone says what has to be sent.

pending → leased → sending → sent | in_doubt | failed | dropped. A row found in ``sending`` after its lease is over may have
been delivered: it is sent once more, marked; a second doubt ends as ``in_doubt`` on the office's list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import insert_many_new, insert_new, wake
from dondoc.storage.pacing import given_out, is_ahead, next_slot
from dondoc.storage.tables import outbox, pace

PENDING, LEASED, SENDING = "pending", "leased", "sending"
SENT, IN_DOUBT, FAILED, DROPPED = "sent", "in_doubt", "failed", "dropped"

# How far ahead send slots are given out.
HORIZON = timedelta(seconds=5)

# What a person waits for leaves before what a slot brings.
PRIORITY = {"answer": 0, "notice": 1, "alert": 1, "digest": 2, "reminder": 3}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached."""

    channel: str
    account: str
    chat_id: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message to be sent. ``payload`` holds it ready ("message") or names what renders it ("render")."""

    id: int
    channel: str
    account: str
    chat_id: str
    person_id: int | None
    kind: str
    payload: dict[str, Any]
    state: str
    attempts: int
    doubts: int
    send_at: datetime | None
    lease_until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast an account may send. ``rate`` a second over all chats; gaps in seconds between messages to one chat."""

    rate: float
    chat_gap: float
    group_gap: float
    max_in_flight: int = 300


def queued(
    to: Address,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    dedup_key: str | None = None,
    not_before: datetime | None = None,
) -> dict[str, Any]:
    """The values of a new row. Times are machine time."""
    return {
        "channel": to.channel,
        "account": to.account,
        "chat_id": to.chat_id,
        "person_id": to.person_id,
        "kind": kind,
        "priority": PRIORITY[kind],
        "payload": dict(payload),
        "dedup_key": dedup_key,
        "state": PENDING,
        "not_before": not_before or now,
        "created_at": now,
    }


async def enqueue(tx: AsyncConnection, row: Mapping[str, Any]) -> int | None:
    """Queue one message made by ``queued``; None if its dedup key was queued before."""
    wake(tx)
    return await insert_new(tx, outbox, row, conflict=("dedup_key",) if row["dedup_key"] else None)


async def enqueue_many(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Queue many at once, leaving out those whose dedup key was queued before."""
    if rows:
        wake(tx)
        await insert_many_new(tx, outbox, rows)


# --- the tick --------------------------------------------------------------------------------------------------------


def _is(state: str) -> ColumnElement[bool]:
    # Letter for letter as the partial indexes say it: SQLite cannot match a bound value with their predicates.
    return outbox.c.state == literal_column(f"'{state}'", String)


def _in_flight(table: FromClause = outbox) -> ColumnElement[bool]:
    return table.c.state.in_([literal_column(f"'{state}'", String) for state in (LEASED, SENDING)])


async def recover(tx: AsyncConnection, now: datetime, *, everything: bool = False) -> list[OutboxRow]:
    """Bring back rows whose lease is over (or every row in flight, when this process is known to be the only one).

    What was only leased is simply pending again. What was being sent is in doubt: once more, marked; then no more.
    Returns the rows that are now in doubt for good.
    """
    over = _in_flight() if everything else and_(_in_flight(), outbox.c.lease_until < now)
    free = {"lease_until": None, "send_at": None}
    await tx.execute(update(outbox).where(_is(LEASED), over).values(state=PENDING, **free))
    lost = (
        update(outbox)
        .where(_is(SENDING), over, outbox.c.doubts >= 1)
        .values(state=IN_DOUBT, doubts=outbox.c.doubts + 1, error="process ended while sending", **free)
        .returning(outbox)
    )
    rows = [_row(row) for row in (await tx.execute(lost)).mappings()]
    once_more = update(outbox).where(_is(SENDING), over)
    await tx.execute(once_more.values(state=PENDING, doubts=outbox.c.doubts + 1, **free))
    return rows


async def has_work(tx: AsyncConnection, channel: str, account: str, now: datetime) -> bool:
    """Whether a tick of this account could find anything to do.

    Nothing while the send slots given out reach far ahead: a look costs the more the more is waiting, and what is given
    its slot later leaves no later.
    """
    mine = and_(outbox.c.channel == channel, outbox.c.account == account)
    ahead = is_ahead(channel, account, now + HORIZON / 2)
    due = exists().where(mine, _is(PENDING), outbox.c.not_before <= now)
    expired = exists().where(_in_flight(), outbox.c.lease_until < now)
    return bool((await tx.execute(select(and_(~ahead, due) | expired))).scalar())


async def lease(
    tx: AsyncConnection,
    channel: str,
    account: str,
    limits: Limits,
    now: datetime,
    *,
    lease_for: timedelta,
    horizon: timedelta = HORIZON,
) -> list[OutboxRow]:
    """Give due rows of one account a send slot and lease them: at most one a chat, none that lies past the horizon."""
    next_at = await next_slot(tx, channel, account, now)
    if next_at > now + horizon:
        return []
    mine = and_(outbox.c.channel == channel, outbox.c.account == account)
    in_flight = (await tx.execute(select(func.count()).where(mine, _in_flight()))).scalar_one()
    room = limits.max_in_flight - in_flight
    rows = await _first_of_each_chat(tx, channel, account, now, now + horizon, room) if room > 0 else []
    step = timedelta(seconds=1 / limits.rate)
    leased: list[OutboxRow] = []
    chats: dict[str, datetime] = {}
    for row, chat_next in rows:
        slot = max(next_at, chat_next or now)
        if slot > now + horizon:
            continue
        next_at = max(next_at, now) + step
        gap = limits.group_gap if row.chat_id.startswith("-") else limits.chat_gap
        leased.append(replace(row, state=LEASED, send_at=slot, lease_until=slot + lease_for))
        chats[row.chat_id] = slot + timedelta(seconds=gap)
    if leased:
        statement = update(outbox).where(outbox.c.id == bindparam("row"))
        statement = statement.values(state=LEASED, send_at=bindparam("slot"), lease_until=bindparam("until"))
        slots = [{"row": row.id, "slot": row.send_at, "until": row.lease_until} for row in leased]
        await tx.execute(statement, slots)
        await given_out(tx, channel, account, next_at, chats)
    return leased


async def _first_of_each_chat(
    tx: AsyncConnection, channel: str, account: str, now: datetime, until: datetime, limit: int
) -> list[tuple[OutboxRow, datetime | None]]:
    """The first due row of each chat that has none in flight and is not held past ``until``."""
    mine = and_(outbox.c.channel == channel, outbox.c.account == account)
    place = (
        func.row_number().over(partition_by=outbox.c.chat_id, order_by=(outbox.c.priority, outbox.c.id)).label("place")
    )
    due = select(outbox.c.id, place).where(mine, _is(PENDING), outbox.c.not_before <= now).subquery()
    flying = outbox.alias("flying")
    busy = exists().where(
        flying.c.channel == channel,
        flying.c.account == account,
        flying.c.chat_id == outbox.c.chat_id,
        _in_flight(flying),
    )
    chat_pace = and_(
        pace.c.channel == outbox.c.channel, pace.c.account == outbox.c.account, pace.c.chat_id == outbox.c.chat_id
    )
    statement = (
        select(outbox, pace.c.next_at.label("chat_next"))
        .join(due, due.c.id == outbox.c.id)
        .outerjoin(pace, chat_pace)
        .where(due.c.place == 1, ~busy, or_(pace.c.next_at.is_(None), pace.c.next_at <= until))
        .order_by(outbox.c.priority, outbox.c.id)
        .limit(limit)
    )
    return [(_row(row), row["chat_next"]) for row in (await tx.execute(statement)).mappings()]


# --- one delivery ----------------------------------------------------------------------------------------------------


async def begin_sending(tx: AsyncConnection, row: OutboxRow, lease_until: datetime) -> bool:
    """leased → sending, if the lease is still ours."""
    mine = and_(outbox.c.id == row.id, outbox.c.state == LEASED, outbox.c.lease_until == row.lease_until)
    result = await tx.execute(update(outbox).where(mine).values(state=SENDING, lease_until=lease_until))
    return result.rowcount == 1


async def release(tx: AsyncConnection, row: OutboxRow, *, not_before: datetime | None = None) -> None:
    """leased → pending: it missed its send slot and gets a new one, not before a machine time if one is given."""
    mine = and_(outbox.c.id == row.id, outbox.c.state == LEASED, outbox.c.lease_until == row.lease_until)
    later = {} if not_before is None else {"not_before": not_before}
    await tx.execute(update(outbox).where(mine).values(state=PENDING, lease_until=None, send_at=None, **later))


async def hasten(tx: AsyncConnection, kind: str, now: datetime) -> None:
    """Let messages of a kind that were to wait leave now. A chat or an account that is held stays held."""
    wake(tx)
    waiting = and_(_is(PENDING), outbox.c.kind == kind, outbox.c.not_before > now)
    await tx.execute(update(outbox).where(waiting).values(not_before=now))


async def settle(
    tx: AsyncConnection, row_id: int, state: str, *, lease_until: datetime | None = None, **values: Any
) -> bool:
    """End of one try: sent, failed, dropped, in doubt, or pending again with a later ``not_before``.

    With ``lease_until`` only if that lease still holds; whether the row was settled.
    """
    statement = update(outbox).where(outbox.c.id == row_id)
    if lease_until is not None:
        statement = statement.where(outbox.c.lease_until == lease_until)
    result = await tx.execute(statement.values(state=state, lease_until=None, send_at=None, **values))
    return result.rowcount == 1


async def add_sent(
    tx: AsyncConnection, row: OutboxRow, message: Mapping[str, Any], external_id: str, now: datetime
) -> None:
    """A part of a message as a row of its own that has left, so that a reply to it is understood."""
    to = Address(row.channel, row.account, row.chat_id, row.person_id)
    part = queued(to, row.kind, {"message": message}, now)
    await tx.execute(outbox.insert().values(**{**part, "state": SENT, "external_id": external_id, "sent_at": now}))


async def fail_pending(tx: AsyncConnection, to: Address, error: str) -> list[int]:
    """End every pending row of an address that cannot be reached; their ids."""
    there = _chat(to.channel, to.account, to.chat_id)
    statement = update(outbox).where(there, _is(PENDING)).values(state=FAILED, error=error)
    return list((await tx.execute(statement.returning(outbox.c.id))).scalars())


async def move_chat(tx: AsyncConnection, channel: str, account: str, old: str, new: str) -> None:
    """A chat has a new id: what waits for the old one goes to the new one."""
    await tx.execute(update(outbox).where(_chat(channel, account, old), _is(PENDING)).values(chat_id=new))


# --- questions ---------------------------------------------------------------------------------------------------------


async def find_sent(
    tx: AsyncConnection, channel: str, account: str, chat_id: str, external_id: str
) -> OutboxRow | None:
    """The message of ours that has this external id in this chat."""
    named = and_(outbox.c.external_id == external_id, outbox.c.external_id.is_not(None))
    statement = select(outbox).where(_chat(channel, account, chat_id), named)
    row = (await tx.execute(statement)).mappings().first()
    return None if row is None else _row(row)


async def last_about(tx: AsyncConnection, to: Address, since: datetime) -> tuple[list[str], bool]:
    """What the last messages to this chat spoke of: the newest that spoke of anything, and whether it was the very last."""
    statement = (
        select(outbox.c.payload)
        .where(_chat(to.channel, to.account, to.chat_id))
        .where(outbox.c.external_id.is_not(None), outbox.c.sent_at >= since)
        .order_by(outbox.c.sent_at.desc(), outbox.c.id.desc())
        .limit(10)
    )
    for place, payload in enumerate((await tx.execute(statement)).scalars()):
        spoken_of = payload.get("message", {}).get("about") or []
        if spoken_of:
            return spoken_of, place == 0
    return [], False


async def by_key(tx: AsyncConnection, dedup_key: str) -> OutboxRow | None:
    row = (await tx.execute(select(outbox).where(outbox.c.dedup_key == dedup_key))).mappings().first()
    return None if row is None else _row(row)


async def busy(tx: AsyncConnection, now: datetime) -> bool:
    """Whether anything is in flight or due."""
    due = and_(_is(PENDING), outbox.c.not_before <= now)
    return bool((await tx.execute(select(exists().where(due) | exists().where(_in_flight())))).scalar())


async def oldest_due(tx: AsyncConnection, now: datetime) -> datetime | None:
    """Since when the longest waiting due row has been due."""
    statement = select(func.min(outbox.c.not_before)).where(_is(PENDING), outbox.c.not_before <= now)
    oldest: datetime | None = (await tx.execute(statement)).scalar()
    return oldest


async def counts(tx: AsyncConnection) -> dict[str, int]:
    """How many rows are in each state."""
    return dict((await tx.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))).all())


def _chat(channel: str, account: str, chat_id: str) -> ColumnElement[bool]:
    return and_(outbox.c.channel == channel, outbox.c.account == account, outbox.c.chat_id == chat_id)


def _row(row: Any) -> OutboxRow:
    return OutboxRow(**{name: row[name] for name in OutboxRow.__dataclass_fields__})
