"""The ways in which one unit may be called, from its full name down to the bare name of its place.

Every way is a key (a tuple of words, see ``unit_words``) with a strength. A strong way may be recognised inside a sentence;
a weak one only where nothing but a unit is expected ("Nội vụ", "Bình Chánh").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from dondoc.rules.unit_kinds import COMMITTEES, SCHOOLS, Kind
from dondoc.rules.unit_words import MARKS_INSIDE_NAMES, key_of, read_words

Key = tuple[str, ...]


class Strength(IntEnum):
    """How surely a key means the unit; a lower figure is surer."""

    FULL = 0  # the name, the short name, another name or the code as the registry holds it
    USUAL = 1  # the name without "Trường", without "huyện", with its type abbreviated
    BRIEF = 2  # without "Phòng", by initials, by the beginning of a long name
    PLACE = 3  # nothing but the proper name, which several units may share


# "quan" is also quân and quan, "tinh" also tình: there only a closing word or a name that fits no other reading counts.
_LOCALITY = re.compile(
    r" (?:huyen|thi xa|thanh pho|(?<!co )quan(?! (?:su|ly|doi|nhan|he|tri|tam)\b)|tinh(?! (?:nguyen|hinh|uy)\b))"
    r"( [a-z0-9 ]+)?$"
)
_SCHOOL_LOCALITY = re.compile(r" (?:huyen|thi xa|thanh pho) [a-z0-9 ]+$")
_SCHOOL_TYPES = (
    ("pho", "thong", "dan", "toc", "ban", "tru"),
    ("pho", "thong", "dan", "toc", "noi", "tru"),
    ("trung", "hoc", "co", "so"),
    ("trung", "hoc", "pho", "thong"),
    ("mam", "non"),
    ("mau", "giao"),
    ("tieu", "hoc"),
    ("pho", "thong"),
    ("lien", "cap"),
    ("tu", "thuc"),
    ("dan", "lap"),
    ("cong", "lap"),
)
_PRIVATE_WORDS = (("tu", "thuc"), ("dan", "lap"))
_COMMITTEE_TYPES = (("xa",), ("thi", "tran"), ("phuong",))
# Organs that everybody calls by a shorter name than their own. Patterns are on words without marks.
_FAMILIAR = (
    (re.compile(r"\bmat tran to quoc\b"), ("mat tran", "mat tran to quoc", "uy ban mat tran", "uy ban mat tran to quoc")),
    (re.compile(r"\blien hiep phu nu\b"), ("hoi phu nu", "hoi lien hiep phu nu", "phu nu")),
    (re.compile(r"^hoi nong dan\b"), ("hoi nong dan",)),
    (re.compile(r"\bcuu chien binh\b"), ("hoi cuu chien binh", "cuu chien binh")),
    (re.compile(r"^((huyen|thi|thanh|xa) )?doan\b(?!.*lao dong)"), ("doan thanh nien", "huyen doan")),
    (re.compile(r"^ban chi huy quan su\b"), ("quan su", "quan su huyen", "huyen doi", "ban chi huy quan su")),
    (re.compile(r"^cong an\b"), ("ca huyen", "cah", "cong an")),
    (re.compile(r"^van phong (hoi dong nhan dan )?uy ban nhan dan\b"), (
        "van phong", "van phong uy ban", "van phong uy ban nhan dan", "van phong hoi dong nhan dan uy ban nhan dan",
        "van phong huyen", "van phong hoi dong nhan dan", "vpub", "van phong uy ban huyen",
    )),
)  # fmt: skip


def split_school(words: Key) -> tuple[Key, Key]:
    """The type words of a school and its proper name: (("tieu", "hoc"), ("1", "binh", "long"))."""
    i = 1 if words[:1] == ("truong",) else 0
    start = i
    while found := next((t for t in _SCHOOL_TYPES if words[i : i + len(t)] == t), None):
        i += len(found)
    return words[start:i], words[i:]


def split_committee(words: Key) -> tuple[Key, Key]:
    """The type of a commune's committee and its proper name: (("xa",), ("binh", "chanh"))."""
    rest = words[4:] if words[:4] == ("uy", "ban", "nhan", "dan") else words
    for kind in _COMMITTEE_TYPES:
        if rest[: len(kind)] == kind:
            return kind, rest[len(kind) :]
    return (), rest


def proper_name(kind: Kind, name: str) -> Key:
    """What is left of a name without the words for its type; empty for units that are called by their task."""
    words = key_of(name)
    if kind in SCHOOLS:
        return split_school(without_locality(words, of_school=True))[1]
    if kind in COMMITTEES:
        return split_committee(words)[1]
    return locality_of(name) if kind == Kind.OWN_COMMITTEE else ()


def locality_of(name: str) -> Key:
    """The proper name of the district, province … in a committee's name: "UBND huyện Bình Sơn" → ("binh", "son")."""
    words = " ".join(key_of(name))
    match = re.search(r"\b(?:huyen|quan|thi xa|thanh pho|tinh|xa|phuong|thi tran|dac khu) (.+)$", words)
    return tuple(match.group(1).split()) if match else ()


def without_locality(words: Key, *, of_school: bool = False) -> Key:
    """The words without a closing "huyện" or "huyện Bình Sơn"; of a school's name only the latter is taken off."""
    pattern = _SCHOOL_LOCALITY if of_school else _LOCALITY
    return tuple(pattern.sub("", " ".join(words)).split())


def keys_of(kind: Kind, code: str, name: str, others: tuple[str, ...]) -> Iterator[tuple[Key, Strength]]:
    """Every key of a unit with its strength; the same key may come more than once, the surest counts."""
    if code:
        yield (code.lower(),), Strength.FULL
        yield key_of(code), Strength.FULL
    for called in (name, *others):
        for key, strength in _keys_of_name(kind, called):
            yield key, strength
            yield from ((ambiguous, max(strength, Strength.USUAL)) for ambiguous in _with_double_meanings(key))


def _keys_of_name(kind: Kind, name: str) -> Iterator[tuple[Key, Strength]]:
    full = key_of(name)
    yield full, Strength.FULL
    words = without_locality(full, of_school=kind in SCHOOLS)
    if words != full and len(words) > 0:
        yield words, Strength.USUAL
    if kind in SCHOOLS:
        yield from _school(words)
    elif kind in COMMITTEES:
        yield from _committee(words)
    elif kind == Kind.OWN_COMMITTEE:
        yield from _own(full)
    else:
        yield from _organ(kind, name, words)
    for pattern, familiar in _FAMILIAR:
        if pattern.search(" ".join(full)):
            yield from ((tuple(called.split()), Strength.USUAL) for called in familiar)


def _school(words: Key) -> Iterator[tuple[Key, Strength]]:
    types, proper = split_school(words)
    if not types:
        return
    brief = _without_private(types)
    for kind_words in {types, brief}:
        for place in _number_moved(proper):
            yield (*kind_words, *place), Strength.USUAL
            yield ("truong", *kind_words, *place), Strength.USUAL
    if proper:
        initials = "".join(word[0] for word in (*brief, *proper))
        if len(initials) >= 4:
            yield (initials,), Strength.BRIEF
        for place in (*_number_moved(proper), without_number(proper)):
            yield place, Strength.PLACE


def _without_private(types: Key) -> Key:
    for private in _PRIVATE_WORDS:
        for i in range(len(types) - 1):
            if types[i : i + 2] == private and len(types) > 2:
                return types[:i] + types[i + 2 :]
    return types


def _number_moved(proper: Key) -> Iterator[Key]:
    """ "số 1 Bình Long" and "Bình Long số 1" are one school."""
    yield proper
    if len(proper) > 1 and proper[0].isdigit():
        yield (*proper[1:], proper[0])
    if len(proper) > 1 and proper[-1].isdigit():
        yield (proper[-1], *proper[:-1])


def without_number(proper: Key) -> Key:
    """The name of the place alone: "số 1 Bình Long" lies in Bình Long."""
    return tuple(word for word in proper if not word.isdigit()) or proper


def _committee(words: Key) -> Iterator[tuple[Key, Strength]]:
    kind, proper = split_committee(words)
    if not kind or not proper:
        return
    for head in ((), ("uy", "ban"), ("uy", "ban", "nhan", "dan")):
        yield (*head, *kind, *proper), Strength.USUAL
        if head:
            yield (*head, *proper), Strength.USUAL
    yield proper, Strength.PLACE


def _own(words: Key) -> Iterator[tuple[Key, Strength]]:
    joined = " ".join(words)
    match = re.match(r"uy ban nhan dan (huyen|quan|thi xa|thanh pho|tinh|xa|phuong|thi tran)( .+)?$", joined)
    if not match:
        return
    level, place = match.group(1), (match.group(2) or "").strip()
    for called in (f"uy ban nhan dan {level}", f"uy ban {level}", "uy ban nhan dan", f"uy ban nhan dan {place}"):
        yield tuple(called.split()), Strength.USUAL
    if place:
        yield tuple(place.split()), Strength.PLACE


def _organ(kind: Kind, name: str, words: Key) -> Iterator[tuple[Key, Strength]]:
    """Departments, centres, front, police: with or without "Phòng", by initials, by the first part of the name."""
    segments = _segments(name)
    has_head = words[:1] == ("phong",)
    bare = words[1:] if has_head else words
    if has_head and bare:
        yield bare, Strength.BRIEF
    if kind in {Kind.DEPARTMENT, Kind.PUBLIC_SERVICE} and has_head and len(segments) > 1:
        yield ("phong", *segments[0]), Strength.BRIEF
        for initials in _initials([segments[0]]):
            yield ("phong", *initials), Strength.BRIEF
    if words[:2] == ("trung", "tam") and len(words) > 2:
        yield words[2:], Strength.BRIEF
    if kind == Kind.PARTY_CELL and "truong" in words:
        yield tuple(word for word in words if word != "truong"), Strength.USUAL
    if len(bare) < 2:
        return
    for initials in _initials(segments):
        if sum(map(len, initials)) >= 3:
            yield initials, Strength.BRIEF
        if has_head:
            yield ("phong", *initials), Strength.USUAL
            yield ("p" + initials[0], *initials[1:]), Strength.BRIEF


def _segments(name: str) -> list[Key]:
    """The name cut at its dashes, commas and "và", without "Phòng" and without the district."""
    segments: list[list[str]] = [[]]
    for word in read_words(name):
        if word.text in MARKS_INSIDE_NAMES or word.text == ",":
            segments.append([])
        else:
            segments[-1].append(word.text)
    if segments[-1]:
        segments[-1] = list(without_locality(tuple(segments[-1]))) or segments[-1]
    if segments[0][:1] == ["phong"]:
        segments[0] = segments[0][1:]
    return [tuple(segment) for segment in segments if segment]


def _initials(segments: list[Key]) -> Iterator[Key]:
    """The initials of each part, together and apart: ldtbxh; ld tb xh; ld tbxh."""
    letters = ["".join(word[0] for word in segment) for segment in segments]
    if not letters:
        return
    yield ("".join(letters),)
    if len(letters) > 1:
        yield tuple(letters)
    if len(letters) > 2:
        yield (letters[0], "".join(letters[1:]))
        yield ("".join(letters[:-1]), letters[-1])


_DOUBLE = ((("thi", "tran"), "tt"), (("trung", "tam"), "tt"), (("tu", "thuc"), "tt"))


def _with_double_meanings(key: Key) -> Iterator[Key]:
    """The key with the abbreviations that mean several things: TT (thị trấn, trung tâm, tư thục), P (phòng, phường)."""
    for long, short in _DOUBLE:
        for i in range(len(key) - 1):
            if key[i : i + 2] == long:
                yield (*key[:i], short, *key[i + 2 :])
    if key[0] in {"phong", "phuong"} and len(key) > 1:
        yield ("p", *key[1:])
    if key[0] == "xa" and len(key) > 1:
        yield ("x", *key[1:])
