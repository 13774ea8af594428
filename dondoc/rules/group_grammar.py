"""Reads the name of a group out of words: "tất cả các trường MN và TH trên địa bàn huyện"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dondoc.rules.group_cursor import Cursor
from dondoc.rules.groups import Group, Noun, Scope
from dondoc.rules.unit_kinds import Kind
from dondoc.rules.unit_words import Word
from dondoc.vietnamese.text import strip_marks

Key = tuple[str, ...]

_ALL = ("tat ca moi", "tat ca", "toan bo", "toan the", "moi")
_EACH = ("cac", "nhung", "cap", "cac cap")
_HEADS = (
    "dong chi hieu truong", "hieu truong", "ban giam hieu", "dong chi thu truong", "thu truong", "nguoi dung dau",
    "dong chi chu tich", "chu tich", "dong chi lanh dao", "lanh dao", "dong chi truong", "giam doc", "dong chi bi thu",
    "bi thu", "van thu", "can bo van thu", "dong chi",
)  # fmt: skip
_SCHOOL_HEADS = frozenset({"dong chi hieu truong", "hieu truong", "ban giam hieu"})
_PUBLIC = {"cong lap": True, "tu thuc": False, "dan lap": False, "ngoai cong lap": False, "tu lap": False}
_COMMITTEES = {
    "xa": Kind.COMMUNE_COMMITTEE,
    "thi tran": Kind.TOWNSHIP_COMMITTEE,
    "tt": Kind.TOWNSHIP_COMMITTEE,
    "phuong": Kind.WARD_COMMITTEE,
    "p": Kind.WARD_COMMITTEE,
}
_DISTRICTS = ("huyen", "quan", "thi xa", "thanh pho", "tp", "tinh", "h")
_COMMUNES = ("xa", "phuong", "thi tran", "tt", "dac khu")
_VAGUE = ("co lien quan", "lien quan", "chuc nang", "co tham quyen", "duoc giao", "duoc phan cong")
_UNDER = ("thuoc va truc thuoc", "thuoc truc thuoc", "truc thuoc", "thuoc", "cua", "do")
_AREA = ("tren dia ban toan", "tren dia ban", "dong tren dia ban", "dong chan tren dia ban", "trong toan", "tren toan")
_PLAIN_SCOPE = ("toan", "trong", "o")
# Nouns of the offices' own units, longest first; each with the group it makes when it stands alone or in company.
_AGENCY_WORDS = ("co quan", "don vi", "phong", "ban", "nganh", "to chuc", "so")
_FIXED = (
    ("don vi su nghiep", Noun.SERVICES),
    ("co quan chuyen mon", Noun.DEPARTMENTS),
    ("phong ban chuyen mon", Noun.DEPARTMENTS),
    ("phong chuyen mon", Noun.DEPARTMENTS),
    ("co quan nganh doc", Noun.VERTICAL),
    ("nganh doc", Noun.VERTICAL),
    ("luc luong vu trang", Noun.VERTICAL),
    ("mat tran cac doan the", Noun.FRONT),
    ("mat tran to quoc cac doan the", Noun.FRONT),
    ("mat tran to quoc viet nam cac to chuc chinh tri xa hoi", Noun.FRONT),
    ("mat tran to quoc cac to chuc chinh tri xa hoi", Noun.FRONT),
    ("to chuc chinh tri xa hoi", Noun.FRONT),
    ("hoi doan the", Noun.FRONT),
    ("doan the", Noun.FRONT),
    ("chi bo truong hoc", Noun.PARTY_CELLS),
    ("chi bo", Noun.PARTY_CELLS),
    ("to chuc co so dang", Noun.PARTY_ORGANS),
    ("to chuc dang", Noun.PARTY_ORGANS),
    ("chi dang bo", Noun.PARTY_ORGANS),
    ("dang bo", Noun.PARTY_ORGANS),
)
_AFTER_MEET = frozenset({"truc", "giao", "phu", "ban", "tai", "luc", "ngay", "ve"})
# Without "các" these still are groups: nothing else is called so.
_PLURAL_BY_ITSELF = frozenset({Noun.VERTICAL, Noun.FRONT})


@dataclass(frozen=True, slots=True)
class Home:
    """The territory of the office: what it is called ("huyen") and its name (("binh", "son")), both empty if unknown."""

    level: str = ""
    name: Key = ()


class GroupReader:
    """Reads groups; knows the office's territory and how the names of the registry begin."""

    def __init__(self, home: Home, beginnings: Mapping[Key, int]) -> None:
        self.home = home
        self._beginnings = beginnings

    def read(self, words: Sequence[Word], start: int) -> tuple[int, Group] | None:
        """The group that begins at a word and the word after it; None if there is none."""
        cursor = Cursor(words, start)
        every = not _is_other(cursor, "mọi") and bool(cursor.take(*_ALL))
        each = bool(cursor.take(*_EACH)) or every
        head = "" if _is_accented(cursor, "trường") else cursor.take(*_HEADS)
        if head:
            each = bool(cursor.take(*_EACH)) or each
            if head == "dong chi" and (found := cursor.take(*_HEADS)):
                head = f"dong chi {found}"
                each = bool(cursor.take(*_EACH)) or each
        body = cursor.at
        found_groups = [
            found
            for found in (
                self._schools(Cursor(words, body), each, head),
                self._committees(Cursor(words, body), each),
                self._fixed(Cursor(words, body), each),
                self._agencies(Cursor(words, body), each),
                self._named(Cursor(words, body), each),
            )
            if found
        ]
        return max(found_groups, key=lambda found: found[0], default=None)

    def _schools(self, cursor: Cursor, each: bool, head: str) -> tuple[int, Group] | None:
        noun = cursor.take("co so giao duc", "nha truong", "truong ( hoc )", "truong hoc", "truong")
        if cursor.last_source.lower().startswith(("trưởng", "trương")) or (noun == "truong" and _is_case(cursor)):
            return None
        levels = cursor.levels()
        if each and not noun and cursor.inside_name() and not cursor.peek(*_DISTRICTS, *_UNDER, *_AREA, *_PUBLIC):
            levels = []
        if not noun and not (levels and each) and not (head in _SCHOOL_HEADS and each):
            return None
        group = Group(
            Noun.FACILITIES if noun == "co so giao duc" else Noun.SCHOOLS,
            levels=frozenset(levels),
        )
        said = set(cursor.listed(_PUBLIC))
        group = replace(group, public=said.pop() if len(said) == 1 else None, with_private=len(said) > 1)
        group = self._scoped(cursor, group)
        if not each and (group.scope is None or (noun == "truong" and not levels)):
            return None
        return cursor.at, group

    def _committees(self, cursor: Cursor, each: bool) -> tuple[int, Group] | None:
        if cursor.take("chinh quyen dia phuong", "dia phuong"):
            return cursor.at, self._scoped(cursor, Group(Noun.COMMITTEES))
        body = bool(cursor.take("uy ban nhan dan", "uy ban"))
        each = bool(cursor.take(*_EACH)) or each
        if cursor.take("cap xa") or (body and cursor.back_is("cap") and cursor.take("xa")):
            return cursor.at, self._scoped(cursor, Group(Noun.COMMITTEES))
        kinds = cursor.listed(_COMMITTEES)
        if not kinds or not (each or (body and len(kinds) > 1)):
            return None
        if cursor.peek("hoi"):  # "các xã hội" is no commune
            return None
        return cursor.at, self._scoped(cursor, Group(Noun.COMMITTEES, committees=frozenset(kinds)))

    def _fixed(self, cursor: Cursor, each: bool) -> tuple[int, Group] | None:
        for phrase, noun in _FIXED:
            if cursor.take_loosely(phrase):
                if not each and noun not in _PLURAL_BY_ITSELF:
                    return None
                group = self._scoped(cursor, Group(noun, of_schools=phrase.endswith("truong hoc")))
                return cursor.at, replace(group, vague=False) if noun == Noun.PARTY_CELLS else group
        return None

    def _agencies(self, cursor: Cursor, each: bool) -> tuple[int, Group] | None:
        nouns = cursor.listed({word: word for word in _AGENCY_WORDS})
        if not nouns:
            return None
        if nouns[-1] == "to chuc" and cursor.peek("chinh tri", "dang", "co so dang"):
            cursor.at -= 2
            cursor.at -= cursor.back_is(",") or cursor.back_is("va")
            nouns.pop()
        said = set(nouns)
        if len(said) == 1 and (not each or said & {"ban", "to chuc", "so", "nganh"}):
            return None
        if "don vi" in said and len(said) > 1:
            noun = Noun.AGENCIES
        elif said == {"don vi"}:
            noun = Noun.UNITS
        elif "nganh" in said:
            noun = Noun.BRANCHES
        else:
            noun = Noun.OFFICES if said <= {"co quan", "to chuc"} else Noun.DEPARTMENTS
        cursor.take("chuyen mon")
        after = cursor.at
        group = self._scoped(cursor, Group(noun))
        # "các phòng giáo dục": the word after is part of a name, not a group's end.
        if cursor.at == after and len(said) == 1 and cursor.inside_name():
            return None
        return cursor.at, group

    def _named(self, cursor: Cursor, each: bool) -> tuple[int, Group] | None:
        if not each:
            return None
        best: tuple[int, Key] | None = None
        key: list[str] = []
        for at in range(cursor.at, min(cursor.at + 12, len(cursor.words))):
            word = cursor.words[at]
            if word.is_mark:
                if word.text not in {"va", "-", "&", "–"}:
                    break
                continue
            key.append(word.text)
            if len(key) > 1 and tuple(key) in self._beginnings:
                best = at + 1, tuple(key)
        if best is None:
            return None
        title = " ".join(dict.fromkeys(word.source for word in cursor.words[cursor.at : best[0]]))
        cursor.at = best[0]
        if cursor.inside_name() and not cursor.peek(*_DISTRICTS, *_UNDER, *_AREA, *_VAGUE):
            return None
        return cursor.at, self._scoped(cursor, Group(Noun.NAMED, beginning=best[1], title=title))

    def _scoped(self, cursor: Cursor, group: Group) -> Group:
        """The group with what follows it: "trực thuộc huyện Bình Sơn", "trên địa bàn", "có liên quan"."""
        vague = bool(cursor.take(*_VAGUE))
        before = cursor.at
        scope: Scope | None = None
        if cursor.take(*_AREA):
            scope = Scope.AREA
        elif said := cursor.take(*_UNDER):
            scope = Scope.UNDER
            if said in {"cua", "do"} and not cursor.peek(*_DISTRICTS):
                scope, cursor.at = None, before
        else:
            cursor.take(*_PLAIN_SCOPE)
            if not cursor.peek(*_DISTRICTS):
                cursor.at = before
        whole = bool(cursor.take("toan"))
        start = cursor.at
        place, elsewhere, named = self._territory(cursor, scoped=scope is not None or cursor.at != before)
        title = group.title or (" ".join(word.source for word in cursor.words[start : cursor.at]) if place else "")
        if scope is None and named:
            scope = Scope.AREA if whole or cursor.words[before].text in _PLAIN_SCOPE else Scope.UNDER
        if scope is Scope.UNDER and cursor.take("so giao duc dao tao", "so giao duc", "so"):
            elsewhere = self.home.level not in {"", "tinh", "so"}
        vague = bool(cursor.take(*_VAGUE)) or vague
        return replace(group, scope=scope, place=place, elsewhere=elsewhere, vague=vague, title=title)

    def _territory(self, cursor: Cursor, *, scoped: bool) -> tuple[Key, bool, bool]:
        """(commune named, another district named, a territory named at all)."""
        if level := cursor.take(*_DISTRICTS):
            name = cursor.proper_name(self.home.name)
            elsewhere = bool(name) and bool(self.home.name) and name != self.home.name
            return (), elsewhere and level in _DISTRICTS, True
        if scoped and (level := cursor.take(*_COMMUNES)):
            name = cursor.proper_name(self.home.name)
            own = not name or (name == self.home.name and self.home.level in _COMMUNES)
            return (() if own else name), False, True
        return (), False, False


def _is_other(cursor: Cursor, text: str) -> bool:
    """Whether the word here has the letters of ``text`` but other marks: "môi" is not "mọi"."""
    if cursor.at >= len(cursor.words):
        return False
    word = cursor.words[cursor.at]
    return word.text == strip_marks(text) and word.source.lower() not in {text, word.text}


def _is_case(cursor: Cursor) -> bool:
    """Whether "trường" goes on as "trường hợp" (case) and not as schools that meet ("các trường họp 14h")."""
    if not cursor.peek("hop"):
        return False
    source = cursor.words[cursor.at].source.lower()
    after = cursor.words[cursor.at + 1].text if cursor.at + 1 < len(cursor.words) else ""
    return source != "họp" and not (source == "hop" and (after[:1].isdigit() or after in _AFTER_MEET))


def _is_accented(cursor: Cursor, text: str) -> bool:
    return cursor.at < len(cursor.words) and cursor.words[cursor.at].source.lower() == text
