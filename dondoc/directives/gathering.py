"""The duties of a whole document: those of its blocks, with the sentences and labels further down that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dondoc.directives.blocks import DASH, PLAIN, Block
from dondoc.directives.duties import Duty, duties_of, is_aside
from dondoc.directives.duty_words import SUBMISSION_SUBJECT
from dondoc.directives.labels import Labels, read_labels
from dondoc.directives.sections import Item, items_of
from dondoc.vietnamese.deadlines import same_day

_MIN_LETTERS = 8
_MAX_LISTED = 100  # items of one list for which a day below it may hold
_NAMED = ("own", "label")


@dataclass(frozen=True, slots=True)
class Found:
    """A duty with its block, before it becomes a draft.

    ``sending`` is the sentence elsewhere that says by when and to whom, ``cooperate`` what a label named, ``tail`` the
    last block of labels.
    """

    item: Item
    index: int
    duty: Duty
    sending: Found | None = None
    cooperate: tuple[str, ...] = ()
    tail: Block | None = None


def gather(blocks: list[Block], kind: str | None, reference: date) -> list[Found]:
    """The duties of the body's blocks in their order. ``kind`` is the document's kind."""
    return _same_days(_merged(_collect(blocks, kind, reference)))


def _same_days(found: list[Found]) -> list[Found]:
    """ "… trước 17 giờ cùng ngày" means the day of the duty before."""
    result: list[Found] = []
    day: date | None = None
    for entry in found:
        duty, block = entry.duty, entry.item.block
        if duty.phrase is None and day is not None:
            phrase = same_day(block.text[duty.start : duty.end], day)
            entry = replace(entry, duty=replace(duty, phrase=phrase)) if phrase is not None else entry
        day = entry.duty.phrase.day if entry.duty.phrase is not None and entry.duty.phrase.day else day
        result.append(entry)
    return result


def _collect(blocks: list[Block], kind: str | None, reference: date) -> list[Found]:
    found: list[Found] = []
    spoken = [block for block in blocks if not is_aside(block.text)]
    places = {id(block): index for index, block in enumerate(spoken)}
    previous: Item | None = None
    named = False
    for item in items_of(blocks, kind, reference):
        block = item.block
        index = places.get(id(block), -2)
        labels = read_labels(block.text, block.flat, reference, known=named)
        if labels is not None and not block.text[: labels.start].strip(" -+*_"):
            if previous is not None and _attach(found, previous, item, labels):
                named = named or labels.named
                continue
            labels = None
        named = labels is not None and labels.named
        previous = item
        last = index >= len(spoken) - 2 and not block.mark
        if labels is None or not labels.named:
            found += [Found(item, index, duty) for duty in duties_of(item, reference, last=last)]
        else:
            found += _with_labels(item, index, labels, reference)
    return found


def _with_labels(item: Item, index: int, labels: Labels, reference: date) -> list[Found]:
    """The duties of a block whose end names in labels who does it and by when."""
    block = item.block
    text = block.text[: labels.start].rstrip(" (;,.-–+")
    cut = Block(block.level, block.mark, text, block.places[: len(text)], block.flat[: len(text)])
    shorter = replace(item, block=cut)
    duties = duties_of(shorter, reference, last=False) or _whole(shorter, labels)
    return [_labelled(Found(shorter, index, duty), labels, block) for duty in duties]


def _whole(item: Item, labels: Labels) -> list[Duty]:
    """A block that is a task for no other reason than that a label says whose it is."""
    text = item.block.text
    if not labels.lead or sum(letter.isalpha() for letter in text) < _MIN_LETTERS:
        return []
    return [Duty(0, len(text), 0, labels.lead, "label", "imperative", origin="; ".join(labels.lead))]


def _attach(found: list[Found], previous: Item, item: Item, labels: Labels) -> bool:
    """Give the duties of the block before a block of labels what these say; whether there were any."""
    block = item.block
    targets: list[int] = []
    while len(targets) < len(found):
        index = len(found) - 1 - len(targets)
        if found[index].item.block.places[0] != previous.block.places[0]:
            break
        targets.append(index)
    if not targets:
        duties = _whole(previous, labels)
        found += [Found(previous, -2, duty) for duty in duties]
        targets = list(range(len(found) - len(duties), len(found)))
    if not labels.named and previous.block.level == block.level and DASH <= block.level < PLAIN:
        targets = [
            index
            for index in range(max(0, len(found) - _MAX_LISTED), len(found))
            if found[index].item.block.level == block.level
            and found[index].item.context.section == item.context.section
        ]
    for index in targets:
        found[index] = _labelled(found[index], labels, block if len(targets) == 1 else None)
    return bool(targets)


def _labelled(entry: Found, labels: Labels, tail: Block | None) -> Found:
    duty = entry.duty
    if labels.lead:
        duty = replace(duty, lead=labels.lead, source="label", origin="; ".join(labels.lead))
    if labels.phrase is not None and (duty.phrase is None or duty.inherited):
        duty = replace(duty, phrase=labels.phrase, inherited=False)
    return replace(entry, duty=duty, cooperate=entry.cooperate or labels.cooperate, tail=tail or entry.tail)


def _merged(found: list[Found]) -> list[Found]:
    """Duties whose sending is said in a sentence of its own take that sentence's day and addressee.

    "Sở đề nghị các đơn vị báo cáo … Báo cáo gửi về Sở trước ngày …" is one task, also where an outline of the report
    stands between the two.
    """
    result: list[Found] = []
    waiting: list[int] = []  # reports announced whose sending has not come yet
    for entry in found:
        place = _owner(result, waiting, entry) if result and _is_sending(entry) else None
        if place is None:
            if entry.duty.pending and not entry.sending:
                waiting.append(len(result))
            result.append(entry)
            continue
        owner = result[place]
        lead, source = (
            (entry.duty.lead, entry.duty.source)
            if entry.duty.source in _NAMED or (entry.duty.lead and _closes_list(owner, entry))
            else (owner.duty.lead, owner.duty.source)
        )
        for_all = _closes_list(owner, entry) and entry.duty.lead not in ((), owner.duty.lead)
        if owner.sending is None and _takes(owner, entry) and not for_all:
            result[place] = replace(owner, sending=entry, duty=replace(owner.duty, lead=owner.duty.lead or lead))
            waiting = [index for index in waiting[-_MAX_LISTED:] if index != place]
        else:
            result.append(replace(entry, duty=replace(entry.duty, lead=lead, source=source if lead else "")))
    return result


def _closes_list(owner: Found, entry: Found) -> bool:
    """Whether a paragraph follows a list: what it says of sending is for all who were asked, not for its last item."""
    return entry.item.block.level == PLAIN and owner.item.block.level < PLAIN


def _owner(earlier: list[Found], waiting: list[int], entry: Found) -> int:
    """Where the duty stands that a sentence of sending belongs to: the one before it, or a report announced further up."""
    near = earlier[-1]
    if near.index >= entry.index - 1 and not near.sending and _takes(near, entry):
        return len(earlier) - 1
    return waiting[-1] if waiting else len(earlier) - 1


def _takes(owner: Found, entry: Found) -> bool:
    """Whether a duty lacks the day that the sending gives: a request without any, a report "hàng tuần" without its day."""
    phrase, sent = owner.duty.phrase, entry.duty.phrase
    if phrase is None:
        return owner.duty.how == "request"
    return (
        sent is not None
        and not phrase.recurrence_rule
        and bool(phrase.recurrence)
        and phrase.recurrence == sent.recurrence
    )


def _is_sending(entry: Found) -> bool:
    duty = entry.duty
    stretch = entry.item.block.flat[duty.start : duty.end]
    if duty.how != "submission":
        return False
    own_words = entry.item.block.flat[duty.words : duty.end].lstrip(" ,")
    sent = duty.source in _NAMED and own_words.startswith(("gui", "nop"))
    return sent or SUBMISSION_SUBJECT.match(stretch) is not None
