"""An order of staff as it is put together in chat: a value that waits as JSON between two messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from dondoc.directives.line import LineDraft
from dondoc.directives.line_party import PARTY_KINDS
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.units import Unit


@dataclass(frozen=True, slots=True)
class OrderFile:
    """A file that goes out with the order; its bytes are in the content store."""

    name: str
    size: int | None
    sha256: str
    media_type: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """What is known of the order so far; units by their ids.

    ``candidates`` and ``doubtful`` are units to be asked about, ``days`` deadlines of which one has to be chosen.
    ``undated`` says that it is to have no deadline, ``untimed`` that an invitation goes out without its hour, ``as_task``
    that staff want an invitation followed up. ``rest`` are the words of another order behind it.
    """

    quote: str = ""
    lead: tuple[int, ...] = ()
    cooperate: tuple[int, ...] = ()
    group: str | None = None
    candidates: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    party: tuple[str, ...] = ()
    content: str = ""
    deliverable: str | None = None
    deadline: Deadline | None = None
    days: tuple[Deadline, ...] = ()
    undated: bool = False
    recurrence: tuple[str, ...] = ()
    recurrence_rule: str | None = None
    urgent: bool = False
    urgency: str | None = None
    report_to: str | None = None
    report_via: str | None = None
    nil_report: bool = False
    data_period: tuple[date, date] | None = None
    basis: str | None = None
    to_be_issued: bool = False
    meeting: bool = False
    event_at: datetime | None = None
    untimed: bool = False
    as_task: bool = False
    warnings: tuple[str, ...] = ()
    rest: str = ""
    files: tuple[OrderFile, ...] = ()

    @property
    def invites(self) -> bool:
        """Whether it is an invitation that is not followed up."""
        return self.meeting and not self.as_task

    def to_json(self) -> dict[str, Any]:
        """Plain values only."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Order:
        """What ``to_json`` gave; fields that an older program did not write have their defaults."""
        values = {name: value for name, value in data.items() if name in Order.__dataclass_fields__}
        for name in _TUPLES & values.keys():
            values[name] = tuple(values[name])
        if values.get("deadline"):
            values["deadline"] = _deadline(values["deadline"])
        values["days"] = tuple(_deadline(one) for one in values.get("days", ()))
        if values.get("data_period"):
            first, last = values["data_period"]
            values["data_period"] = (date.fromisoformat(first), date.fromisoformat(last))
        if values.get("event_at"):
            values["event_at"] = datetime.fromisoformat(values["event_at"])
        values["files"] = tuple(OrderFile(**file) for file in values.get("files", ()))
        return Order(**values)


_TUPLES = frozenset({"lead", "cooperate", "candidates", "doubtful", "excluded", "party", "recurrence", "warnings"})


def order_of(line: LineDraft, *, of_party: bool) -> Order:
    """The order that a line of staff gives. ``of_party``: the office is a Party organ's own and may address the others."""
    lead = line.lead if of_party else without_party(line.lead)
    return Order(
        quote=line.quote,
        lead=_ids(lead),
        cooperate=_ids(line.cooperate),
        group=line.group,
        candidates=_ids(line.candidates if of_party else without_party(line.candidates)),
        doubtful=_ids(line.doubtful),
        excluded=_ids(line.excluded),
        party=() if of_party else line.party,
        content=line.content,
        deliverable=line.deliverable,
        deadline=Deadline(line.deadline, line.deadline_rule or ON, line.time) if line.deadline else None,
        days=line.deadlines,
        undated=line.undated,
        recurrence=line.recurrence,
        recurrence_rule=line.recurrence_rule,
        urgent=line.urgent,
        urgency=line.urgency,
        report_to=line.report_to.name if line.report_to else None,
        report_via=line.report_via.name if line.report_via else None,
        nil_report=line.nil_report,
        data_period=line.data_period,
        basis=line.basis,
        to_be_issued=line.to_be_issued,
        meeting=line.kind == "meeting",
        event_at=line.event_at,
        warnings=tuple(code for code in line.warnings if code not in _SAID_OTHERWISE),
        rest=line.rest,
    )


# These are asked or shown in their place.
_SAID_OTHERWISE = frozenset({"deadline_past", "several_deadlines", "several_orders", "no_event_time", "vague"})


def without_party(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units that a government office may give work to."""
    return tuple(unit for unit in units if unit.kind not in PARTY_KINDS)


_GIVEN_ONCE = (
    "content", "deliverable", "report_to", "report_via", "basis", "data_period", "event_at", "urgency", "urgent",
    "nil_report", "to_be_issued", "meeting",
)  # fmt: skip


def completed(order: Order, more: Order) -> Order:
    """The order with what an answer told beyond what was asked: only what is still open is filled."""
    open_fields = [name for name in _GIVEN_ONCE if not getattr(order, name)]
    if order.deadline is None and not order.undated and (more.deadline or more.days):
        open_fields += ["deadline", "days", "recurrence", "recurrence_rule"]
    if not (order.lead or order.candidates or order.doubtful):
        open_fields += ["lead", "candidates", "doubtful", "group", "excluded", "cooperate", "party"]
    filled: dict[str, Any] = {name: getattr(more, name) for name in open_fields}
    warnings = tuple(dict.fromkeys((*order.warnings, *more.warnings)))
    quote = "\n".join(filter(None, (order.quote, more.quote)))
    return replace(order, **filled, warnings=warnings, quote=quote, rest=order.rest or more.rest)


def _ids(units: Iterable[Unit]) -> tuple[int, ...]:
    return tuple(unit.id for unit in units)


def _plain(value: Any) -> Any:
    if isinstance(value, Deadline):
        return {
            "day": value.day.isoformat(),
            "rule": value.rule,
            "time": value.time.isoformat() if value.time else None,
        }
    if isinstance(value, OrderFile):
        return {name: getattr(value, name) for name in OrderFile.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _deadline(data: Mapping[str, Any]) -> Deadline:
    return Deadline(
        date.fromisoformat(data["day"]), data["rule"], time.fromisoformat(data["time"]) if data["time"] else None
    )
