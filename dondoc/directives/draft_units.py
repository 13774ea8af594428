"""Units that staff name for a draft: settled ones become the registry's names, groups stay groups, the rest is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.directives.draft_edits import Option, Question, Refused, Unsettled
from dondoc.directives.layout import flatten
from dondoc.directives.units_in_text import read_units
from dondoc.rules.unit_matters import Answer, Doubt, Matter, Verdict, meant_by
from dondoc.rules.unit_model import Unit
from dondoc.rules.units import Registry
from dondoc.vietnamese.text import fold

_SEAM = re.compile(r"\s*[,;]\s*|\s+(?:và|va|&)\s+")
_EXCEPT = " trừ "


@dataclass(frozen=True, slots=True)
class Names:
    """Reads names by the registry, and by what staff answered about names."""

    units: Registry
    on: date
    answers: Mapping[str, Answer]

    def entries(self, text: str) -> tuple[str, ...]:
        """What a draft keeps for these names. Raises Unsettled for the first name that has to be asked about."""
        found: list[str] = []
        for piece in self._pieces(text):
            found.extend(self._entry(piece))
        return tuple(dict.fromkeys(found))

    def units_of(self, names: Sequence[str]) -> dict[int, Unit]:
        """The units that some entries stand for."""
        return {unit.id: unit for unit in meant_by(names, self.units, self.on, self.answers).units}

    def unit(self, text: str) -> str:
        """The one unit of this name. Raises Unsettled, or Refused if the name is that of several."""
        [entry, *more] = self.entries(text) or ("",)
        if more or len(self.units_of([entry])) != 1:
            raise Refused("not_one_unit", text)
        return entry

    def without(self, entries: Sequence[str], text: str, *, among: Sequence[str]) -> tuple[str, ...]:
        """The entries without these units; those that stay are the same. ``among``: all entries that may be meant."""
        same = [entry for entry in among if fold(entry) == fold(text)]
        if same:
            return tuple(entry for entry in entries if entry not in same)
        gone = self._meant_among(text, among)
        if not gone:
            raise Refused("not_there", text)
        kept: list[str] = []
        for entry in entries:
            kept.extend(self._less(entry, gone))
        return tuple(dict.fromkeys(kept))

    def apart(self, entries: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
        """The entries without the units of some other entries."""
        gone = self.units_of(names)
        kept = [name for entry in entries if entry not in names for name in self._less(entry, gone)]
        return tuple(dict.fromkeys(kept))

    def _meant_among(self, text: str, among: Sequence[str]) -> dict[int, Unit]:
        """Of what a name may mean only what is in the draft counts: there it is often clear."""
        present = self.units_of(among)
        meant = meant_by([text], self.units, self.on, self.answers)
        wanted = {unit.id: unit for unit in meant.units if unit.id in present}
        for matter in meant.matters:
            choices = {unit.id: unit for unit in matter.choices if unit.id in present}
            if matter.doubt in (Doubt.AMBIGUOUS, Doubt.UNKNOWN) and len(choices) > 1:
                raise Unsettled(_question(Matter(matter.doubt, matter.text, tuple(choices.values()))))
            if matter.doubt is not Doubt.UNKNOWN:
                wanted |= choices
        return wanted

    def _less(self, entry: str, gone: Mapping[int, Unit]) -> tuple[str, ...]:
        here = self.units_of([entry])
        left = {unit_id: unit for unit_id, unit in here.items() if unit_id not in gone}
        if len(left) == len(here):
            return (entry,)
        if not left:
            return ()
        shorter = _excluding(entry, [unit.name for unit_id, unit in here.items() if unit_id in gone])
        if self.units_of([shorter]).keys() == left.keys():
            return (shorter,)
        return tuple(unit.name for unit in left.values())

    def _pieces(self, text: str) -> list[str]:
        """The names of a list, if one by one they mean what the whole means; else the whole."""
        pieces = [piece for piece in _SEAM.split(text) if piece]
        if len(pieces) < 2 or _EXCEPT.strip() in fold(text).split() or "tru" in fold(text).split():
            return [text]
        whole = self.units.resolve(text, self.on)
        each = [self.units.resolve(piece, self.on) for piece in pieces]
        apart = {unit.id for one in each for unit in one.units}
        if apart != {unit.id for unit in whole.units} or any(one.unknown for one in each) != whole.unknown:
            return [text] if not whole.unread else pieces
        return pieces

    def _entry(self, piece: str) -> tuple[str, ...]:
        meant = meant_by([piece], self.units, self.on, self.answers)
        if meant.matters:
            raise Unsettled(_question(meant.matters[0]))
        found = self.units.resolve(piece, self.on)
        names = tuple(unit.name for unit in meant.units)
        if found.group is None:
            return (piece,) if meant.unsettled else names
        if not found.doubtful:
            return (piece,)
        # Answered: the ones in doubt are left out by name, and the ones that belong to it stand beside it.
        chosen = tuple(unit.name for unit in found.doubtful if unit in meant.units)
        return (_excluding(piece, [unit.name for unit in found.doubtful]), *chosen)


def is_organ(name: str) -> bool:
    """Whether a name is an organ's by its form, though the registry need not know it: "UBND huyện", "Sở Tài chính"."""
    named = read_units(name, flatten(name), 0)
    return named is not None and named.end >= len(name)


def _excluding(entry: str, names: Sequence[str]) -> str:
    joint = ", " if "tru" in fold(entry).split() else _EXCEPT
    return f"{entry}{joint}{', '.join(names)}"


def _question(matter: Matter) -> Question:
    every = Answer(Verdict.UNITS, tuple(unit.id for unit in matter.choices)).to_json()
    if matter.doubt is Doubt.MEMBERS:
        none = Answer(Verdict.UNITS).to_json()
        words = "; ".join(unit.name for unit in matter.choices)
        return Question(matter.doubt.value, words, matter.key, (Option(every), Option(none)))
    options = tuple(Option(Answer(Verdict.UNITS, (unit.id,)).to_json(), unit.name) for unit in matter.choices)
    return Question(matter.doubt.value, matter.text, matter.key, options)
