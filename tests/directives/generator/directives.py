"""Whole directives with known answers, drawn from a source of chance."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.directives.generator.bodies import BODIES, letter
from tests.directives.generator.damage import DAMAGES
from tests.directives.generator.frames import frame
from tests.directives.generator.marked import Answers, Generated, finished
from tests.directives.generator.offices import office
from tests.directives.generator.sentences import Writer
from tests.directives.generator.works import Works

_FIRST = date(2023, 1, 3)
_KINDS = ("Thông báo", "Thông báo", "Kế hoạch", "Kế hoạch", "Công văn", "Công văn", "Công văn", "Chỉ thị", "Công điện",
          "Quyết định", "Kết luận")  # fmt: skip


def directive(rng: Random, damages: tuple[str, ...] = ()) -> Generated:
    """One directive. ``damages`` names what is done to its text, in that order."""
    body_office = office(rng)
    issued = _FIRST + timedelta(days=rng.randint(0, 1700))
    kind = rng.choice(_KINDS)
    if kind in ("Chỉ thị", "Công điện", "Quyết định") and body_office.code in ("THCS", "VHXH"):
        kind = "Kế hoạch"
    if kind == "Công điện" and body_office.party:
        kind = "Chỉ thị"
    works = Works(rng, body_office.leader)
    writer = Writer(rng, body_office, issued, works, Answers())
    addressees = writer.units() if kind == "Công văn" else ()
    subject = works.next("subject")
    surround = frame(rng, body_office, kind, issued, subject, addressees)
    body = letter(writer, addressees) if kind == "Công văn" else BODIES[kind](writer)
    blank = rng.choice(("\n", "\n", "\n\n"))
    table = any(line.startswith("|") for line in body)
    text = "\n".join((*surround.above, ("\n" if table else blank).join(body), *surround.below))
    for name in damages:
        text = DAMAGES[name](rng, text)
    return finished(text, surround.head, writer.answers, damages)


def seeded(seed: int) -> Generated:
    """The directive of a number: every second one clean, the others damaged in one or two ways."""
    rng = Random(seed)
    damages = tuple(rng.sample(sorted(DAMAGES), rng.choice((1, 1, 2)))) if seed % 2 else ()
    return directive(rng, damages)
