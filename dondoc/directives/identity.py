"""Which document a document is: whether two are the same one, in whatever format they came.

A document is known by its number, day of issue and issuer together: two issuers may use the same number.
"""

from __future__ import annotations

import hashlib
import json

from dondoc.directives.drafts import DirectiveDraft, TaskDraft
from dondoc.rules.unit_words import key_of
from dondoc.vietnamese.text import fold


def fingerprint(draft: DirectiveDraft) -> str:
    """A hash of what a document was read to say, blind to its format: line breaks, marks of bullets, spaces."""
    document = draft.document
    head = [number_key(document.number), str(document.issued_on), *key_of(document.issuer or "")]
    said = json.dumps([head, [_said(task) for task in draft.tasks]], ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _said(task: TaskDraft) -> list[str]:
    units = [" ".join(key_of(name)) for name in (*task.lead, "/", *task.cooperate)]
    return [letters(task.content), str(task.deadline), str(task.deadline_rule), str(task.time), *units]


def letters(text: str) -> str:
    """The letters and figures of a text alone, for comparing."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def number_key(number: str | None) -> str:
    """A document's number for comparing: "64/TB-UBND" and "064 / TB–UBND" are one."""
    return letters(number or "").lstrip("0")


def may_be_one_issuer(first: str | None, second: str | None) -> bool:
    """Whether two issuers, as two readings gave them, may be one; True where one of them was not read."""
    if not first or not second:
        return True
    one, other = key_of(first), key_of(second)
    return one == other or " ".join(one) in " ".join(other) or " ".join(other) in " ".join(one)
