"""Orders of staff carried out on drafts: pure, all of a message or nothing of it.

    desk = Desk(drafts, registry, today, issued_on)
    changed = desk.carry_out(orders, current=3)

What is not clear is raised as a question, whose answer is handed in the next time; what makes no sense is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from dondoc.directives.draft_edits import (
    AddCooperate,
    AddLead,
    Agree,
    Answered,
    ClearDeadline,
    Draft,
    Drop,
    Edit,
    Merge,
    Option,
    Order,
    Question,
    Refused,
    RemoveUnits,
    SetClass,
    SetContent,
    SetCooperate,
    SetDeadline,
    SetLead,
    SetTo,
    SetUrgent,
    SetVia,
    Split,
    Unsettled,
)
from dondoc.directives.draft_joins import merged, parts
from dondoc.directives.draft_time import read_day
from dondoc.directives.draft_units import Names, is_organ
from dondoc.directives.reasons import Reason, reason
from dondoc.rules.unit_matters import Answer, Doubt, Verdict
from dondoc.rules.units import Registry

_ABOUT_UNITS = tuple(f"{doubt.value}:" for doubt in Doubt)


@dataclass(slots=True)
class Desk:
    """The drafts of a directive on the desk, by their numbers; the dropped ones are not among them.

    ``today`` is the day from which days without a year are counted, ``issued_on`` the same for the document's own words;
    ``settled`` what was answered about names of units before, ``answers`` what was answered about these orders; ``taken``
    are numbers that no new draft may have, ``hour`` is how late it is today.
    """

    drafts: dict[int, Draft]
    units: Registry
    today: date
    issued_on: date | None = None
    settled: Mapping[str, Answer] = field(default_factory=dict)
    answers: Answered = field(default_factory=dict)
    taken: Iterable[int] = ()
    hour: time | None = None

    def carry_out(self, orders: Sequence[Order], current: int | None) -> dict[int, Draft]:
        """The drafts that the edits among the orders change, make or drop. Raises Unsettled and Refused."""
        there, before = dict(self.drafts), self.drafts
        named = {number for order in orders for number in order.numbers}
        try:
            for order in orders:
                if not isinstance(order.what, str):
                    self._carry(
                        order.what, self.meant(order, current, named), alone=not (order.everything or order.others)
                    )
            return {number: draft for number, draft in self.drafts.items() if there.get(number) != draft}
        finally:
            self.drafts = before

    def meant(self, order: Order, current: int | None, named: Iterable[int] = ()) -> list[int]:
        """The numbers an order is about. Raises Refused for a number that no draft has, or if none is meant."""
        open_numbers = sorted(number for number, draft in self.drafts.items() if not draft.dropped)
        if order.everything:
            return open_numbers
        if order.others:
            return [number for number in open_numbers if number not in set(named)]
        numbers = list(order.numbers) or ([current] if current is not None else [])
        if not numbers:
            raise Refused("which_draft")
        missing = [number for number in numbers if number not in open_numbers]
        if missing:
            raise Refused("no_draft", ", ".join(map(str, missing)))
        return numbers

    def _carry(self, edit: Edit, numbers: list[int], *, alone: bool) -> None:
        changed: dict[int, Draft]
        if isinstance(edit, Merge):
            changed = self._merge(edit, numbers)
        elif isinstance(edit, Split):
            changed = self._split(edit, numbers)
        else:
            checked = alone and len(numbers) == 1
            changed = {number: self._edited(self.drafts[number], edit, checked=checked) for number in numbers}
        self.drafts = {**self.drafts, **changed}

    def _edited(self, draft: Draft, edit: Edit, *, checked: bool) -> Draft:
        draft = self._changed(draft, edit)
        return _with_reason(draft, Reason("staff_checked")) if checked or isinstance(edit, Agree) else draft

    def _changed(self, draft: Draft, edit: Edit) -> Draft:
        match edit:
            case SetDeadline():
                return self._dated(draft, edit)
            case ClearDeadline():
                return _undated(draft)
            case AddLead() | SetLead() | RemoveUnits() | AddCooperate() | SetCooperate():
                return self._with_units(draft, edit)
            case SetContent():
                return replace(draft, content=edit.text)
            case SetTo():
                return replace(draft, report_to=self._receiver(edit.name) if edit.name else None)
            case SetVia():
                return replace(draft, report_via=self._names().unit(edit.name) if edit.name else None)
            case SetClass():
                return self._classed(draft, edit)
            case SetUrgent():
                return replace(draft, urgent=edit.urgent)
            case Drop():
                return replace(draft, dropped=True)
        return draft

    # --- days --------------------------------------------------------------------------------------------------------

    def _dated(self, draft: Draft, edit: SetDeadline) -> Draft:
        key = f"day:{edit.words}"
        answer = self.answers.get(key)
        if isinstance(answer, str):
            # A day from a button is taken as it is; words are read, and asked about again if need be.
            edit = (
                replace(edit, day=date.fromisoformat(answer[1:]), far=False)
                if answer[:1] == "="
                else read_day(answer, self.today)
            )
        if edit.day is None:
            raise Unsettled(Question("day_missing", edit.words, key))
        if not (isinstance(answer, str) and answer[:1] == "="):
            self._is_plausible(edit, edit.day, key)
        why = reason("staff_deadline", edit.words)
        return replace(
            _with_reason(draft, why, instead_of="deadline"),
            deadline=edit.day,
            deadline_rule=edit.rule,
            deadline_time=edit.time,
            task_class="dated",
            urgent=draft.urgent or edit.urgent,
        )

    def _is_plausible(self, edit: SetDeadline, day: date, key: str) -> None:
        """A day that is over, or that comes only next year, is asked about."""
        late = day == self.today and edit.time is not None and self.hour is not None and edit.time <= self.hour
        if day < self.today or late:
            kind, days = "day_past", (day, _in_year(day, self.today))
        elif edit.far:
            kind, days = "day_far", (day, _in_year(day, self.today, back=True))
        else:
            return
        options = tuple(Option(f"={one.isoformat()}") for one in dict.fromkeys(days) if one is not None)
        raise Unsettled(Question(kind, edit.words, key, options))

    def _classed(self, draft: Draft, edit: SetClass) -> Draft:
        if edit.task_class != "dated":
            return replace(_undated(draft), task_class=edit.task_class)
        if draft.deadline is None:
            return self._dated(draft, SetDeadline(""))
        return replace(draft, task_class="dated")

    # --- units -------------------------------------------------------------------------------------------------------

    def _names(self) -> Names:
        given = {
            key: Answer(Verdict(value["verdict"]), tuple(value["units"]))
            for key, value in self.answers.items()
            if key.startswith(_ABOUT_UNITS)
        }
        return Names(self.units, self.today, {**self.settled, **given})

    def _with_units(self, draft: Draft, edit: AddLead | SetLead | RemoveUnits | AddCooperate | SetCooperate) -> Draft:
        names = self._names()
        lead, cooperate = draft.lead, draft.cooperate
        entries = names.entries(edit.names) if edit.names and not isinstance(edit, RemoveUnits) else ()
        match edit:
            case RemoveUnits():
                everybody = (*lead, *cooperate)
                lead = names.without(lead, edit.names, among=everybody)
                cooperate = names.without(cooperate, edit.names, among=everybody)
            case AddLead():
                lead = _together(lead, entries)
            case SetLead():
                lead = entries
            case AddCooperate():
                cooperate = _together(cooperate, entries)
            case SetCooperate():
                cooperate = entries
        # A unit leads or cooperates; where it was put last it stays.
        if isinstance(edit, AddLead | SetLead):
            cooperate = names.apart(cooperate, entries)
        elif not isinstance(edit, RemoveUnits):
            lead = names.apart(lead, entries)
        about_lead = isinstance(edit, AddLead | SetLead) or (isinstance(edit, RemoveUnits) and lead != draft.lead)
        why = reason("staff_unit" if about_lead else "staff_cooperate", edit.names or "–")
        replaced = "unit" if isinstance(edit, SetLead) else ""
        return replace(_with_reason(draft, why, instead_of=replaced), lead=lead, cooperate=cooperate)

    def _receiver(self, name: str) -> str:
        """A unit of the registry by its name; another organ as typed; anything else once staff have said so."""
        found = self.units.resolve(name, self.today)
        if found.is_settled and len(found.units) == 1:
            return found.units[0].name
        if (found.unknown or found.unread) and is_organ(name):
            return name
        key = f"receiver:{name}"
        answer = self.answers.get(key)
        if isinstance(answer, str):
            return answer
        named = (*found.units, *found.candidates) if not found.group else ()
        options = (*(Option(unit.name, unit.name) for unit in named), Option(name, name))
        raise Unsettled(Question("receiver", name, key, options))

    # --- several -----------------------------------------------------------------------------------------------------

    def _merge(self, edit: Merge, numbers: list[int]) -> dict[int, Draft]:
        several = sorted({*numbers, *self.meant(Order(edit, edit.numbers), None)} if edit.numbers else set(numbers))
        whole = merged({number: self.drafts[number] for number in several}, self.answers)
        gone = {number: replace(self.drafts[number], dropped=True) for number in several[1:]}
        return {several[0]: whole, **gone}

    def _split(self, edit: Split, numbers: list[int]) -> dict[int, Draft]:
        changed: dict[int, Draft] = {}
        free = max((0, *self.drafts, *self.taken)) + 1
        for number in numbers:
            pieces = parts(number, self.drafts[number], edit.at, self.issued_on or self.today, self.answers)
            changed[number] = pieces[0]
            for piece in pieces[1:]:
                changed[free] = piece
                free += 1
        return changed


def _undated(draft: Draft) -> Draft:
    """Without a day a dated task is one with a product: whether it is only a standing one staff say."""
    kept = tuple(one for one in draft.why if not one.code.startswith("deadline"))
    return replace(
        draft,
        deadline=None,
        deadline_rule=None,
        deadline_time=None,
        task_class="product" if draft.task_class == "dated" else draft.task_class,
        why=kept if draft.deadline is not None else draft.why,
    )


def _with_reason(draft: Draft, why: Reason, *, instead_of: str = "") -> Draft:
    """The draft with one more reason; with ``instead_of`` for the earlier ones about the same."""
    old = (instead_of, f"staff_{instead_of}") if instead_of else (why.code,)
    kept = tuple(one for one in draft.why if not one.code.startswith(old))
    return replace(draft, why=(*kept, why))


def _together(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *more)))


def _in_year(day: date, today: date, *, back: bool = False) -> date | None:
    """The same day a year later until it is not over; or in the year of ``today``. None for 29/2 in other years."""
    year = today.year if back else max(day.year, today.year)
    for candidate in (year, year + 1):
        try:
            moved = day.replace(year=candidate)
        except ValueError:
            continue
        if back or moved >= today:
            return moved
    return None
