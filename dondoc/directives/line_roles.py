"""Which part each unit that a line of staff names has in the task: told by the words around the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from dondoc.directives.line_party import PARTY_KINDS, find_party
from dondoc.directives.line_text import ACTION, MASK, LineText
from dondoc.rules.units import Registry, Resolution, UnitSpan

_TITLES = (
    r"cac |d/c |dong chi |thay |co |ban giam hieu |bgh |pho |hieu truong |thu truong |chu tich |truong |giam doc |\d{1,2} "
    r"|lanh dao |bi thu "
)
PERSON = rf"(?:{_TITLES})*"
_BETWEEN = re.compile(
    r"^[\s,;&+/()-]*(?:(?:va|voi|cung|cung voi|va ca|"
    r"tru|ngoai tru|khong gom|khong bao gom|khong ke|ke ca|bao gom|gom ca|gom|sau|nhu sau"
    rf"|dong thoi)[\s:]+)*{PERSON}[\s,;&+/(:-]*$"
)
CALLED = re.compile(
    r"(?:^|[\s,;:.(-])(?:(?:giao(?: viec)?(?: cho)?|kinh gui|yeu cau|de nghi|kinh de nghi|nho|moi|kinh moi"
    r"|trieu tap|don vi(?: thuc hien"
    rf"| chu tri)?|chu tri|dau moi|doi voi)\s*:?\s*){PERSON}$"
)
COOPERATE_LEFT = re.compile(r"\b(?:phoi hop|p/h|ph)(?: chat che)?(?: cung voi| voi| cung)?\s*:?\s*(?:la )?$")
COOPERATE_RIGHT = re.compile(r"^\s*[(,-]*\s*(?:cung )?(?:phoi hop|p/h)\b\)?(?! voi| cung)")
LEAD_RIGHT = re.compile(r"^\s*[(,:-]*\s*(?:lam )?(?:chu tri|dau moi)\b\)?")
_REPORT_VERB = r"(?:gui|nop|bao cao|trinh|chuyen|bao|bc|tham muu|phan hoi|tra loi)"
_REPORT = re.compile(
    rf"\b{_REPORT_VERB}\b(?P<object>[^,;.:|]{{0,60}}?)\s*\b(?P<by>ve cho|ve|cho|len|toi|den|qua"
    rf"|trinh)\s*(?:lanh dao |thuong truc |pct |ct |(?:pho )?chu tich )?$"
    rf"|\b(?:gui|nop|bao cao|trinh|chuyen|bc|tham muu)\s*(?:lanh dao |thuong truc |pct |ct |(?:pho )?chu tich )?$"
)
_AFTER_DATE = re.compile(rf"[{re.escape(MASK)}]\s*(?:ve cho|ve|cho|len|toi|den)\s*$")
MEETING_WITH = re.compile(r"\b(?:hop|lam viec|giao ban)\b[^,;|]{0,40}\b(?P<with>voi\s*)$")
_ADDRESSED = re.compile(r"^\s*(?:[:,]\s*(?:de nghi|yeu cau)\b|:)")
_VIA = re.compile(r"\b(?:qua|thong qua)\s*$")
_TOPIC = re.compile(
    r"\b(?:(?:tai|o) (?:(?!va\b)\w+ ){0,4}|tai|o|cua|tu|trong|thuoc|ve|voi|giua|hoc sinh|giao vien|vien chuc|can bo"
    r"|tre em|phu huynh|cum|khu vuc|diem|"
    r"kiem tra|thanh tra|phuc tra|giam sat|khao sat|tham dinh|ho tro|giup|huong dan|don doc|sua chua|xay dung|dau tu|lam viec"
    r"|tham|ban giao|tiep nhan|danh gia|xep loai|ra soat|moi|chi dao|thay mat|vao)\s*$"
)
_ONLY_FILLER = re.compile(
    rf"^(?:[\s,;:.()\[\]\"'“”-]|{re.escape(MASK)}|giao|giao viec|cho|viec|yeu cau|de nghi|kinh|nho|moi|trieu tap"
    rf"|thong bao|tb|gap|khan|hoa toc|doi voi|don vi|chu tri|nhac|{_TITLES})*$"
)
_NOTHING_AFTER = re.compile(rf"^(?:[\s,;:.()!-]|{re.escape(MASK)}|nhe|nha|a|voi|giup|thuc hien|lam)*$")
_OTHER_WORDS = re.compile(r"\s*(?:pham|chong|chay|dich|benh|ngua|thi|thu|an|hoc|tranh|ve|khong)\b")
_SENTENCE_START = re.compile(rf"[.!?;]\s+{PERSON}$")
_CLAUSE_START = re.compile(rf"(?:^|[,;:.({re.escape(MASK)}-]|\bva)\s*{PERSON}$")
VERB_AFTER = re.compile(
    rf"^\s*(?:[,:.;({re.escape(MASK)}-]|(?:phai |can |se |hay |khan truong |tiep tuc )*(?:{ACTION})\b|$)"
)


class Role(Enum):
    """What a named unit is to the task."""

    LEAD = auto()
    COOPERATE = auto()
    REPORT = auto()
    VIA = auto()
    TOPIC = auto()


PARTY = "party"
"""Note of a span that names an organ of the Party."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Units named one after another, with nothing but commas and "và" between them."""

    start: int
    end: int
    spans: tuple[UnitSpan, ...]

    @property
    def weak(self) -> bool:
        return all(span.weak for span in self.spans)

    @property
    def party(self) -> bool:
        return any(is_party(span) for span in self.spans)


def find_clusters(line: LineText, registry: Registry, on: date) -> list[Cluster]:
    """The units of a line, those named one after another together. Organs of the Party stand apart."""
    clusters: list[Cluster] = []
    for span in _spans(line, registry, on):
        last = clusters[-1] if clusters else None
        apart = last is None or last.party or is_party(span)
        if last and not apart and _BETWEEN.match(line.flat[last.end : span.start]) and not _parted(line, last, span):
            clusters[-1] = Cluster(last.start, span.end, (*last.spans, span))
        else:
            clusters.append(Cluster(span.start, span.end, (span,)))
    return clusters


def _spans(line: LineText, registry: Registry, on: date) -> list[UnitSpan]:
    found = [span for span in registry.find(line.masked, on) if not _is_other_word(line, span)]
    party = find_party(line.masked, line.flat, found)
    free = [span for span in found if not any(start < span.end and span.start < end for start, end in party)]
    for start, end in party:
        name = line.text[start:end]
        known = registry.resolve(name, on)
        unit = known.units if known.is_settled and all(unit.kind in PARTY_KINDS for unit in known.units) else ()
        resolution = Resolution(name, units=unit, notes=(PARTY,))
        free.append(UnitSpan(start, end, name, resolution, weak=True))
    return sorted(free, key=lambda span: span.start)


def is_party(span: UnitSpan) -> bool:
    """Whether it names an organ of the Party."""
    return PARTY in span.resolution.notes


def _is_other_word(line: LineText, span: UnitSpan) -> bool:
    """ "văn phòng phẩm", "phòng chống": the letters of a unit inside other words."""
    return bool(span.text.lower().endswith(("phòng", "phong")) and _OTHER_WORDS.match(line.flat[span.end :]))


def _parted(line: LineText, last: Cluster, span: UnitSpan) -> bool:
    """Whether a comma ends one list and begins another: "giao PGD, TC-KH phối hợp" after "chủ trì"."""
    between = line.flat[last.end : span.start]
    return ":" in between and not last.spans[-1].is_group


def role_of(line: LineText, cluster: Cluster, clusters: Sequence[Cluster]) -> Role | None:
    left, right = line.flat[: cluster.start], line.flat[cluster.end :]
    if COOPERATE_LEFT.search(left):
        return Role.COOPERATE
    if LEAD_RIGHT.match(right):
        return Role.LEAD
    if found := COOPERATE_RIGHT.match(right):
        follows = any(0 <= other.start - (cluster.end + found.end()) <= 1 for other in clusters)
        if not follows:
            return Role.COOPERATE
    if CALLED.search(left):
        return Role.LEAD
    if _VIA.search(left):
        return Role.VIA
    if MEETING_WITH.search(left):
        return Role.LEAD
    if _ADDRESSED.match(right) and is_start(line, re.sub(r"\bgui\s*$", "", left)):
        return Role.LEAD
    report = _REPORT.search(left)
    if report and not is_start(line, left[: report.start()] + left[report.end() :]):
        return Role.REPORT
    if report and (report["by"] or not cluster.weak):
        return Role.REPORT
    # "gửi báo cáo trước 28/6 về PGD": the date between was cut out already.
    if _AFTER_DATE.search(left) and re.search(rf"\b{_REPORT_VERB}\b", left):
        return Role.REPORT
    if _TOPIC.search(left):
        return Role.TOPIC
    return None


def is_start(line: LineText, left: str) -> bool:
    return bool(_ONLY_FILLER.match(left))


def place_leads(line: LineText, clusters: Sequence[Cluster], roles: list[Role | None]) -> None:
    """Give the lead to the units that stand where a line addresses somebody: at its beginning, or apart at its end."""
    if Role.LEAD not in roles:
        _place_first(line, clusters, roles)
    for i in range(1, len(clusters)):
        # "TH …, chi bộ TH … nộp": an organ of the Party in the list of those addressed is addressed as well.
        beside = _BETWEEN.match(line.flat[clusters[i - 1].end : clusters[i].start])
        if beside and (clusters[i].party or clusters[i - 1].party):
            if roles[i - 1] is Role.LEAD and roles[i] is None:
                roles[i] = Role.LEAD
            elif roles[i] is Role.LEAD and roles[i - 1] is None:
                roles[i - 1] = Role.LEAD


def _place_first(line: LineText, clusters: Sequence[Cluster], roles: list[Role | None]) -> None:
    open_ones = [i for i, role in enumerate(roles) if role is None]
    for i in open_ones:
        left, right = line.flat[: clusters[i].start], line.flat[clusters[i].end :]
        if is_start(line, left) and (not clusters[i].weak or VERB_AFTER.match(right)):
            roles[i] = Role.LEAD
            return
    for i in open_ones:
        left, right = line.flat[: clusters[i].start], line.flat[clusters[i].end :]
        opened = not clusters[i].weak and re.search(rf"[:{re.escape(MASK)}]\s*{PERSON}$", left)
        if opened or (_CLAUSE_START.search(left) and (VERB_AFTER.match(right) or _NOTHING_AFTER.match(right))):
            roles[i] = Role.LEAD
            return
    strong = [i for i in open_ones if not clusters[i].weak]
    if len(strong) == 1:
        i = strong[0]
        left, right = line.flat[: clusters[i].start], line.flat[clusters[i].end :]
        if _SENTENCE_START.search(left) or VERB_AFTER.match(right) or _NOTHING_AFTER.match(right):
            roles[i] = Role.LEAD
            return
    # "PGD phối hợp rà soát": it cooperates with nobody, so it is the one that is addressed.
    alone = [i for i, role in enumerate(roles) if role is Role.COOPERATE]
    if len(alone) == 1 and not open_ones and is_start(line, line.flat[: clusters[alone[0]].start]):
        roles[alone[0]] = Role.LEAD
