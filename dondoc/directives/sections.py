"""What stands over a block: its section, the units and the deadline of its heading, and whether duties are to be expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from dondoc.directives.announcements import PLANS, announced_by
from dondoc.directives.blocks import LETTER, PLAIN, Block
from dondoc.directives.frames import NO_FRAME, Frame, Zone
from dondoc.directives.headings import heading_of
from dondoc.directives.requests import find_request
from dondoc.vietnamese.deadlines import DeadlinePhrase

_LOOK_AHEAD = 40
_MAX_SECTION = 24


@dataclass(frozen=True, slots=True)
class Context:
    """What a block inherits. ``source`` tells where ``units`` come from: "heading", "default" or "".

    ``origin`` and ``deadline_origin`` are the words of the heading or sentence that gave the units and the deadline.
    """

    section: str | None
    zone: Zone
    units: tuple[str, ...] = ()
    source: str = ""
    deadline: DeadlinePhrase | None = None
    origin: str = ""
    deadline_origin: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A block with its context. ``announces``: its last sentence announces the blocks below it; ``opens``: as orders."""

    block: Block
    context: Context
    announces: bool = False
    opens: bool = False


def items_of(blocks: list[Block], kind: str | None, reference: date) -> Iterator[Item]:
    """The blocks that may hold duties, each with what stands over it. Headings are taken up and left out."""
    frames = [Frame(-1, "", "duties" if kind in PLANS else "none")]
    asked: tuple[str, ...] = ()
    asked_in = ""
    for index, (block, following) in enumerate(zip_longest(blocks, blocks[1:])):
        if block.level != PLAIN:
            while len(frames) > 1 and frames[-1].level >= block.level:
                frames.pop()
        frame = heading_of(block, following, frames, reference)
        if frame is not None:
            if asked and block.level == PLAIN and frame.zone == "duties" and not any(f.units for f in (*frames, frame)):
                frame = replace(frame, units=asked, source="default", origin=asked_in)
            while len(frames) > 1 and frames[-1].level >= frame.level:
                frames.pop()
            frames.append(frame)
            continue
        request = find_request(block.text, block.flat, 0, len(block.text)) if block.level == PLAIN else None
        asked = request.units.names if request is not None and request.units is not None else ()
        asked_in = block.text
        announced = announced_by(block, frames[-1], kind, blocks[index + 1 : index + _LOOK_AHEAD])
        opens = announced is not None and announced.zone == "duties"
        yield Item(block, _context(frames, block), announces=announced is not None, opens=opens)
        if announced is not None:
            if block.level == PLAIN or (following is not None and following.level < block.level):
                frames[-1] = replace(announced, level=frames[-1].level, mark=frames[-1].mark)
            else:
                frames.append(announced)


def _context(frames: list[Frame], block: Block) -> Context:
    top = frames[-1]
    timed = next((frame for frame in reversed(frames) if frame.deadline is not None), NO_FRAME)
    owner = next((frame for frame in reversed(frames) if frame.units), NO_FRAME)
    return Context(
        _section(frames, block),
        top.zone,
        owner.units,
        owner.source,
        timed.deadline,
        owner.origin,
        timed.deadline_origin,
    )


def _section(frames: list[Frame], block: Block) -> str | None:
    """ "II.2" of an item under "2." under "II."; "II.3.1" where the number carries its own parent."""
    marks = [frame.mark for frame in frames if frame.mark]
    if block.mark and block.level <= LETTER:
        marks.append(block.mark)
    parts: list[str] = []
    for mark in marks:
        if re.fullmatch(r"[-+•*~–—○▪◦●✓✔➢❖]", mark):
            continue
        if "." in mark and parts and mark.startswith(f"{parts[-1]}."):
            parts.pop()
        parts.append(mark)
    return ".".join(parts)[:_MAX_SECTION] or None
