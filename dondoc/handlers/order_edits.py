"""What staff say about the draft of an order ("hạn 30/6", "thêm Phòng Nội vụ", "bỏ TH Bình Chánh"), carried out on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dondoc.directives.draft_edits import (
    AddCooperate,
    AddLead,
    Agree,
    ClearDeadline,
    Drop,
    Edit,
    RemoveUnits,
    SetClass,
    SetContent,
    SetCooperate,
    SetDeadline,
    SetLead,
    SetTo,
    SetUrgent,
    SetVia,
    Wish,
)
from dondoc.directives.draft_edits import Order as Said
from dondoc.directives.draft_words import read_orders
from dondoc.directives.line_facts import Form, deliverable_of
from dondoc.directives.line_party import names_party
from dondoc.handlers.order import Order
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.units import Registry, Resolution


class Trouble(Exception):
    """Why something cannot be done with the draft: the name of the sentence, and what it is about."""

    def __init__(self, name: str, what: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.what = what


@dataclass(frozen=True, slots=True)
class Changed:
    """The draft after what was said, and what else is wished for: undo, approve, show, drop."""

    order: Order
    wish: Wish | Literal["drop"] | None = None


def carry_out(text: str, order: Order, units: Registry, today: date, *, of_party: bool) -> Changed | None:
    """The draft with all that the words change; None if they are not about it. Raises Trouble; then nothing is changed."""
    said = read_orders(text, today)
    if said is None or any(not _is_about_this(one) for one in said):
        return None
    editor = _Editor(units, today, of_party)
    wish: Wish | Literal["drop"] | None = None
    for one in said:
        if isinstance(one.what, Drop):
            wish = "drop"
        elif isinstance(one.what, Agree):
            wish = "show"
        elif isinstance(one.what, str):
            wish = one.what
        else:
            order = editor.change(order, one.what)
    return Changed(order, wish)


def _is_about_this(said: Said) -> bool:
    """There is one draft: "1" and "tất cả" mean it too."""
    return said.numbers in ((), (1,)) and not said.others


@dataclass(frozen=True, slots=True)
class _Editor:
    units: Registry
    today: date
    of_party: bool

    def change(self, order: Order, edit: Edit) -> Order:
        """One change. Raises Trouble for what makes no sense for an order."""
        match edit:
            case SetDeadline():
                return self._deadline(order, edit)
            case ClearDeadline():
                return _undated(order)
            case SetClass():
                return self._class(order, edit)
            case AddLead():
                return self._add_lead(order, edit)
            case SetLead():
                return self._set_lead(order, edit)
            case RemoveUnits():
                return self._remove(order, edit)
            case AddCooperate() | SetCooperate():
                return self._cooperate(order, edit)
            case SetContent():
                return self._content(order, edit)
            case SetTo():
                return replace(order, report_to=self._one(edit.name))
            case SetVia():
                return replace(order, report_via=self._one(edit.name))
            case SetUrgent():
                return replace(order, urgent=edit.urgent, urgency="urgent" if edit.urgent else None)
        raise Trouble("handlers.assign.edit_help")

    def _deadline(self, order: Order, edit: SetDeadline) -> Order:
        if edit.far:
            raise Trouble("handlers.assign.warning.deadline_far")
        if edit.day is None:
            raise Trouble("handlers.assign.no_day")
        warnings = tuple(one for one in order.warnings if one not in _ABOUT_DAYS)
        deadline = Deadline(edit.day, edit.rule or ON, edit.time)
        urgent = edit.urgent or order.urgency is not None
        plain = replace(order, days=(), undated=False, recurrence=(), recurrence_rule=None, warnings=warnings)
        return replace(plain, deadline=deadline, urgent=urgent)

    def _class(self, order: Order, edit: SetClass) -> Order:
        if edit.task_class == "standing":
            raise Trouble("handlers.assign.not_standing")
        if edit.task_class == "product":
            return _undated(order)
        return replace(order, undated=False)

    def _add_lead(self, order: Order, edit: AddLead) -> Order:
        found = self._found(edit.names)
        more = tuple(unit.id for unit in found.units if unit.id not in order.lead)
        cooperate = tuple(one for one in order.cooperate if one not in more)
        return self._asked(replace(order, lead=(*order.lead, *more), cooperate=cooperate), found)

    def _set_lead(self, order: Order, edit: SetLead) -> Order:
        found = self._found(edit.names)
        lead = tuple(unit.id for unit in found.units)
        cooperate = tuple(one for one in order.cooperate if one not in lead)
        plain = replace(order, lead=lead, cooperate=cooperate, group=found.group, candidates=(), doubtful=())
        return self._asked(replace(plain, excluded=tuple(unit.id for unit in found.excluded)), found)

    def _remove(self, order: Order, edit: RemoveUnits) -> Order:
        """An ambiguous name means the one of its units that is in the draft, if there is only one."""
        found = self._found(edit.names)
        there = {*order.lead, *order.cooperate}
        meant = {unit.id for unit in found.units}
        perhaps = {unit.id for unit in (*found.candidates, *found.doubtful)} & there
        if found.candidates and len(perhaps) > 1:
            raise Trouble("handlers.assign.which_to_remove", edit.names)
        meant |= perhaps
        if not meant & there:
            raise Trouble("handlers.assign.not_in_draft", edit.names)
        lead = tuple(one for one in order.lead if one not in meant)
        cooperate = tuple(one for one in order.cooperate if one not in meant)
        excluded = tuple(dict.fromkeys((*order.excluded, *(one for one in order.lead if one in meant))))
        return replace(order, lead=lead, cooperate=cooperate, excluded=excluded if order.group else order.excluded)

    def _cooperate(self, order: Order, edit: AddCooperate | SetCooperate) -> Order:
        found = self._found(edit.names) if edit.names else Resolution("")
        if found.candidates:
            raise Trouble("handlers.assign.ambiguous_unit", edit.names)
        kept = order.cooperate if isinstance(edit, AddCooperate) else ()
        named = tuple(unit.id for unit in found.units if unit.id not in order.lead)
        return replace(order, cooperate=tuple(dict.fromkeys((*kept, *named))))

    def _content(self, order: Order, edit: SetContent) -> Order:
        form = Form(None, order.nil_report)
        deliverable = deliverable_of(edit.text, form, reports=False, submits=order.to_be_issued)
        return replace(order, content=edit.text, deliverable=deliverable)

    def _found(self, names: str) -> Resolution:
        if not self.of_party and names_party(names):
            raise Trouble("handlers.assign.party", names)
        found = self.units.resolve(names, self.today)
        if found.unknown or not (found.units or found.candidates or found.doubtful):
            raise Trouble("handlers.assign.unknown_unit", names)
        return found

    def _one(self, name: str) -> str | None:
        if not name:
            return None
        found = self._found(name)
        if len(found.units) != 1 or found.candidates:
            raise Trouble("handlers.assign.ambiguous_unit", name)
        return found.units[0].name

    def _asked(self, order: Order, found: Resolution) -> Order:
        candidates = tuple(unit.id for unit in found.candidates if unit.id not in order.lead)
        doubtful = tuple(unit.id for unit in found.doubtful if unit.id not in order.lead)
        unread = tuple(f"unknown_unit:{name}" for name in found.unread)
        return replace(order, candidates=candidates, doubtful=doubtful, warnings=(*order.warnings, *unread))


_ABOUT_DAYS = frozenset({"deadline_far", "soft_deadline", "relative_deadline", "counted_deadline"})


def _undated(order: Order) -> Order:
    return replace(order, deadline=None, days=(), undated=True, recurrence=(), recurrence_rule=None)
