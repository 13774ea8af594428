"""A message made to fit a channel: split at its limit, and choices as numbered lines where it has no buttons.

Pure, and the same for every channel. The marks of the message model are known here: ``**bold**`` within one line, and
lines that begin with "> ". Lengths are UTF-16 units, as the platforms count them; the marks are counted too, so that a
part may come out a little shorter than it could be and never longer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from dondoc.chat.messages import Capabilities, Choice, Outbound
from dondoc.vietnamese.text import fold, utf16_length

BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
QUOTE = "> "

HEADROOM = 32
"""Units kept free, so that a part still fits when it is sent again with a mark before its text, "(gửi lại)"."""

_FENCE = "**"
_SHORTEST_LIMIT = 64
_FURTHEST_BACK = 16
_JOINER = "\u200d"
_OWN_NUMBER = re.compile(r"(\d{1,2}) – \S")
_ANSWER = re.compile(r"(?:(\d{1,3})\s*[.)]?|(\d{1,3})\s*[-–—.:)]\s*(\S.*))")

# Where a text may be cut, the best place first. Each match ends where the next part begins.
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…;])[\"”’)\]]*\s+")
_WORD = re.compile(r"\s+")
_BOUNDARIES = (_PARAGRAPH, _LINE, _SENTENCE, _WORD)


def fit(
    message: Outbound,
    capabilities: Capabilities,
    *,
    numbered: Callable[[int, str], str],
    kept_back: Callable[[str], str] | None = None,
) -> list[Outbound]:
    """The message as parts that the channel takes, in the order in which they are to be sent.

    ``reply_to`` and ``replaces`` stay on the first part, choices and attachments on the last; with attachments the last
    part is short enough to be their caption. Every part keeps ``about``, so that a reply to any of them is understood.

    ``numbered`` words one choice for a channel without buttons, from its number and its label, as the catalogue has it:
    ``numbered(1, "Đúng")`` → "1 – Đúng". A label with its own number ("0 – Xem tiếp") stands as it is and keeps that
    number; a choice that is a link is not numbered. ``kept_back`` words the names of files that a channel cannot carry.
    """
    text, choices = message.text, message.choices
    if message.attachments and not capabilities.files_out:
        names = ", ".join(file.name for file in message.attachments if file.sha256 is not None)
        text = "\n".join(filter(None, (text, kept_back(names) if kept_back and names else "")))
        message = replace(message, attachments=())
    if choices and not capabilities.buttons:
        text = "\n".join(filter(None, (text, *_numbered_lines(choices, numbered))))
        choices = ()
    limit = capabilities.max_chars - HEADROOM
    caption = min(capabilities.max_caption - HEADROOM, limit)
    if message.attachments and utf16_length(text) > caption:
        head, tail = _with_short_tail(text, caption)
        texts = [*split(head, limit), tail]
    else:
        texts = split(text, limit)
    last = len(texts) - 1
    return [
        replace(
            message,
            text=part,
            choices=choices if place == last else (),
            attachments=message.attachments if place == last else (),
            reply_to=message.reply_to if place == 0 else None,
            replaces=message.replaces if place == 0 else None,
        )
        for place, part in enumerate(texts)
    ]


def numbered_choice(text: str, choices: Sequence[Sequence[Choice]]) -> str | None:
    """The id of the choice that a reply names by its number, as ``fit`` numbered them; None if it names none.

    Understood are the number alone ("1", "1.", "1)") and the line as it was shown ("1 – Đúng"). Nothing looser: "1 việc
    xong" is an answer in words and not a choice.
    """
    answer = _ANSWER.fullmatch(text.strip())
    if answer is None:
        return None
    number, label = int(answer[1] or answer[2]), answer[3]
    for own, choice in _numbers(choices):
        if own == number:
            shown = choice.label.partition(" – ")[2] if _OWN_NUMBER.match(choice.label) else choice.label
            return choice.id if label is None or fold(label) == fold(shown) else None
    return None


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most ``limit`` UTF-16 units, cut at a paragraph, else a line, a sentence, a word.

    A bold mark or a quotation that is too long for one part is closed and opened again in the next.
    """
    if limit < _SHORTEST_LIMIT:
        raise ValueError("the limit leaves no room for words")
    parts: list[str] = []
    rest = text
    while utf16_length(rest) > limit:
        part, rest = _cut(rest, limit)
        parts.append(part)
    return [*parts, rest] if rest or not parts else parts


def _numbered_lines(choices: Sequence[Sequence[Choice]], numbered: Callable[[int, str], str]) -> Iterator[str]:
    numbers = {choice: number for number, choice in _numbers(choices)}
    for choice in _flat(choices):
        if choice.url is not None:
            yield f"{choice.label}: {choice.url}"
        elif _OWN_NUMBER.match(choice.label):
            yield choice.label
        else:
            yield numbered(numbers[choice], choice.label)


def _numbers(choices: Sequence[Sequence[Choice]]) -> list[tuple[int, Choice]]:
    to_number = [choice for choice in _flat(choices) if choice.url is None]
    own = {choice: int(match[1]) for choice in to_number if (match := _OWN_NUMBER.match(choice.label))}
    free = iter(number for number in range(1, len(to_number) + len(own) + 1) if number not in own.values())
    return [(own[choice] if choice in own else next(free), choice) for choice in to_number]


def _flat(choices: Sequence[Sequence[Choice]]) -> Iterable[Choice]:
    return (choice for row in choices for choice in row)


def _with_short_tail(text: str, limit: int) -> tuple[str, str]:
    """The text in two, the second part being the longest within the limit that begins at a good place."""
    for boundary in _BOUNDARIES:
        for place in _admissible(text, boundary):
            tail = _continued(text, place.end())
            if utf16_length(tail) <= limit:
                return text[: place.start()], tail
    return text, ""


def _cut(text: str, limit: int) -> tuple[str, str]:
    reach = _prefix(text, limit)
    # A cut in the first third wastes a message: rather take the next best kind of place.
    for shortest in (reach // 3, 1):
        for boundary in _BOUNDARIES:
            places = [p for p in _admissible(text, boundary) if shortest <= p.start() <= reach]
            if places and text[: places[-1].start()].strip():
                return text[: places[-1].start()], _continued(text, places[-1].end())
    return _hard_cut(text, limit)


def _hard_cut(text: str, limit: int) -> tuple[str, str]:
    """A cut where there is no good place: within a bold mark, or within a "word" longer than a whole part."""
    room = limit - len(_FENCE)
    reach = _prefix(text, room)
    span = next((s for s in BOLD.finditer(text) if s.start() < reach < s.end()), None)
    if span is None:
        end = _whole_letters(text, reach)
        return text[:end], _continued(text, end)
    if span.start() > 0 and text[: span.start()].strip(QUOTE):
        return text[: span.start()].rstrip(), _continued(text, span.start())
    spaces = [p for p in _WORD.finditer(text, span.start(1), span.end(1)) if p.start() <= reach]
    if spaces:
        end, begin = spaces[-1].span()
    else:
        end = begin = _whole_letters(text, min(reach, span.end(1)))
    opened = _continued(text, begin)
    quoted = opened.startswith(QUOTE) and not text[begin:].startswith(QUOTE)
    opened = f"{QUOTE}{_FENCE}{opened.removeprefix(QUOTE)}" if quoted else f"{_FENCE}{opened}"
    return text[:end] + _FENCE, opened


def _admissible(text: str, boundary: re.Pattern[str]) -> Iterator[re.Match[str]]:
    bold = [span.span() for span in BOLD.finditer(text)]
    for place in boundary.finditer(text):
        if any(start < place.end() and place.start() < end for start, end in bold):
            continue
        if "\n" in place[0] or _line_before(text, place.start()).strip(QUOTE):
            yield place


def _continued(text: str, begin: int) -> str:
    """The rest of the text; where it begins within a quoted line it is marked as a quotation again."""
    rest = text[begin:]
    return QUOTE + rest if rest and _line_before(text, begin).startswith(QUOTE) else rest


def _line_before(text: str, place: int) -> str:
    return text[text.rfind("\n", 0, place) + 1 : place]


def _prefix(text: str, limit: int) -> int:
    """How many characters of the text fit into ``limit`` UTF-16 units."""
    units = 0
    for count, letter in enumerate(text):
        units += 2 if ord(letter) > 0xFFFF else 1
        if units > limit:
            return count
    return len(text)


def _whole_letters(text: str, end: int) -> int:
    """A place at or before ``end`` that does not take a letter from its marks or break up a joined emoji."""
    for place in range(end, end - _FURTHEST_BACK, -1):
        if not _hangs_on(text[place]) and text[place - 1] != _JOINER:
            return place
    return end


def _hangs_on(letter: str) -> bool:
    return unicodedata.combining(letter) != 0 or letter == _JOINER or unicodedata.category(letter) in ("Mn", "Me", "Sk")
