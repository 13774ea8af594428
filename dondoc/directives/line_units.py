"""Who is meant in a line of staff: who leads, who cooperates, to whom the result goes, and what is only spoken about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from dondoc.directives.line_text import ACTION, MASK, LineText
from dondoc.rules.units import Kind, Registry, Resolution, Unit, UnitSpan

_TITLES = (
    r"cac |d/c |dong chi |thay |co |ban giam hieu |bgh |pho |hieu truong |thu truong |chu tich |truong |giam doc |\d{1,2} "
    r"|lanh dao |bi thu "
)
_PERSON = rf"(?:{_TITLES})*"
_BETWEEN = re.compile(
    r"^[\s,;&+/()-]*(?:(?:va|cung|va ca|tru|ngoai tru|khong gom|khong bao gom|khong ke|ke ca|bao gom|gom ca|gom|sau|nhu sau"
    rf"|dong thoi)[\s:]+)*{_PERSON}[\s,;&+/(:-]*$"
)
_CALLED = re.compile(
    r"(?:^|[\s,;:.(-])(?:(?:giao(?: viec)?(?: cho)?|kinh gui|yeu cau|de nghi|kinh de nghi|nho|moi|kinh moi"
    r"|trieu tap|don vi(?: thuc hien"
    rf"| chu tri)?|chu tri|dau moi|doi voi)\s*:?\s*){_PERSON}$"
)
_COOPERATE_LEFT = re.compile(r"\b(?:phoi hop|p/h|ph)(?: chat che)?(?: cung voi| voi| cung)?\s*:?\s*(?:la )?$")
_COOPERATE_RIGHT = re.compile(r"^\s*[(,-]*\s*(?:cung )?(?:phoi hop|p/h)\b\)?(?! voi| cung)")
_LEAD_RIGHT = re.compile(r"^\s*[(,:-]*\s*(?:lam )?(?:chu tri|dau moi)\b\)?")
_REPORT_VERB = r"(?:gui|nop|bao cao|trinh|chuyen|bao|bc|tham muu|phan hoi|tra loi)"
_REPORT = re.compile(
    rf"\b{_REPORT_VERB}\b(?P<object>[^,;.:|]{{0,60}}?)\s*\b(?P<by>ve cho|ve|cho|len|toi|den|qua"
    rf"|trinh)\s*(?:lanh dao |thuong truc )?$"
    rf"|\b(?:gui|nop|bao cao|trinh|chuyen|bc|tham muu)\s*(?:lanh dao |thuong truc )?$"
)
_AFTER_DATE = re.compile(rf"[{re.escape(MASK)}]\s*(?:ve cho|ve|cho|len|toi|den)\s*$")
_MEETING_WITH = re.compile(r"\b(?:hop|lam viec|giao ban)\b[^,;|]{0,40}\b(?P<with>voi\s*)$")
_ADDRESSED = re.compile(r"^\s*(?:[:,]\s*(?:de nghi|yeu cau)\b|:)")
_VIA = re.compile(r"\b(?:qua|thong qua)\s*$")
_TOPIC = re.compile(
    r"\b(?:(?:tai|o) (?:(?!va\b)\w+ ){0,4}|tai|o|cua|tu|trong|thuoc|ve|voi|giua|hoc sinh|giao vien|vien chuc|can bo"
    r"|tre em|phu huynh|cum|khu vuc|diem|"
    r"kiem tra|thanh tra|phuc tra|giam sat|khao sat|tham dinh|ho tro|giup|huong dan|don doc|sua chua|xay dung|dau tu|lam viec"
    r"|tham|ban giao|tiep nhan|danh gia|xep loai|ra soat|moi|chi dao|thay mat|vao)\s*$"
)
_SIGN = re.compile(
    r"^\s*(?:huyen )?(?:xem xet|ky(?: ban hanh)?|phe duyet|ban hanh|quyet dinh|cho y kien)\b(?:,? ?(?:ky|ban hanh))*"
)
_ONLY_FILLER = re.compile(
    rf"^(?:[\s,;:.()\[\]\"'“”-]|{re.escape(MASK)}|giao|giao viec|cho|viec|yeu cau|de nghi|kinh|nho|moi|trieu tap"
    rf"|thong bao|tb|gap|khan|hoa toc|doi voi|don vi|chu tri|nhac|{_TITLES})*$"
)
_NOTHING_AFTER = re.compile(rf"^(?:[\s,;:.()!-]|{re.escape(MASK)}|nhe|nha|a|voi|giup|thuc hien|lam)*$")
_CLAUSE_START = re.compile(rf"(?:^|[,;:.({re.escape(MASK)}-]|\bva)\s*{_PERSON}$")
_VERB_AFTER = re.compile(
    rf"^\s*(?:[,:.;({re.escape(MASK)}-]|(?:phai |can |se |hay |khan truong |tiep tuc )*(?:{ACTION})\b|$)"
)
_TYPE_WORD = re.compile(
    r"^(?:truong|phong|ubnd|uy ban|th|thcs|thpt|mn|mg|xa|thi tran|trung tam|tt|ban|hoi|doan|chi bo|cong an|tram"
    r"|nha truong|huyen doan|huyen uy|mat tran|mttq|lien doan|ban quan ly)\b"
)
_MORE = re.compile(
    rf"^\s*(?:,|va|&|\+)\s*(?P<more>(?!\s|(?:phai |can |de nghi|yeu cau|khan truong|gap|han|nho|theo|kinh|thoi)"
    rf"|(?:{ACTION})\b)"
    rf"[^,:;.|()]{{2,40}}?)(?=\s+(?:phai |can )?(?:{ACTION})\b|\s*:)"
)
_OWN_BARE = re.compile(
    r"\b(?:ve|len|trinh|cho|qua)\s+(?P<own>huyen|uy ban|xa|phuong)\b(?=\s*(?:[,;.|]|$|ky|truoc|cham|trong|xem))"
)


class Role(Enum):
    """What a named unit is to the task."""

    LEAD = auto()
    COOPERATE = auto()
    REPORT = auto()
    VIA = auto()
    TOPIC = auto()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Units named one after another, with nothing but commas and "và" between them."""

    start: int
    end: int
    spans: tuple[UnitSpan, ...]

    @property
    def weak(self) -> bool:
        return all(span.weak for span in self.spans)


@dataclass(slots=True)
class Named:
    """The units of a line by their part. ``unknown`` is a name that the registry does not hold."""

    lead: Resolution | None = None
    cooperate: tuple[Unit, ...] = ()
    report_to: Unit | None = None
    report_via: Unit | None = None
    unknown: str | None = None
    unsure: tuple[Unit, ...] = ()
    reports: bool = False
    submits: bool = False
    notes: list[str] = field(default_factory=list)


def find_named(line: LineText, registry: Registry, on: date) -> Named:
    """Find the units of a line and cut them out of it; what remains of the line is its content."""
    clusters = _clusters(line, registry, on)
    roles = [_role(line, cluster, clusters) for cluster in clusters]
    _place_leads(line, clusters, roles)
    named = Named()
    first = next((i for i, role in enumerate(roles) if role is Role.LEAD), len(roles))
    for i, (cluster, role) in enumerate(zip(clusters, roles, strict=True)):
        left, right = line.flat[: cluster.start], line.flat[cluster.end :]
        if (
            role is None
            and i > first
            and not cluster.weak
            and re.search(r"[,;.]\s*$", left)
            and _VERB_AFTER.match(right)
        ):
            named.notes.append("several_orders")
        if role is Role.LEAD:
            others = [other for other, its in zip(clusters, roles, strict=True) if its is not None]
            _take_lead(line, cluster, others, registry, on, named)
        elif role is Role.COOPERATE:
            _take_cooperating(line, cluster, registry, on, named)
        elif role in {Role.REPORT, Role.VIA}:
            _take_receiver(line, cluster, role, registry, on, named)
        elif role is None and not cluster.weak:
            singly = [span.resolution for span in cluster.spans if not span.is_group]
            named.unsure += tuple(unit for found in singly for unit in (*found.units, *found.candidates))
    if named.lead is not None:
        named.unsure = ()
    else:
        _find_unknown(line, named)
    if named.report_to is None and registry.own_committee and (own := _OWN_BARE.search(line.flat)):
        _cut_receiver(line, own.start(), own.end("own"), named)
        named.report_to = registry.own_committee
    return named


def _clusters(line: LineText, registry: Registry, on: date) -> list[Cluster]:
    clusters: list[Cluster] = []
    for span in registry.find(line.masked, on):
        if re.match(r"\s*pham\b", line.flat[span.end :]) and span.text.lower().endswith("phòng"):
            continue
        last = clusters[-1] if clusters else None
        if last and _BETWEEN.match(line.flat[last.end : span.start]) and not _parted(line, last, span):
            clusters[-1] = Cluster(last.start, span.end, (*last.spans, span))
        else:
            clusters.append(Cluster(span.start, span.end, (span,)))
    return clusters


def _parted(line: LineText, last: Cluster, span: UnitSpan) -> bool:
    """Whether a comma ends one list and begins another: "giao PGD, TC-KH phối hợp" after "chủ trì"."""
    between = line.flat[last.end : span.start]
    return ":" in between and not last.spans[-1].is_group


def _role(line: LineText, cluster: Cluster, clusters: Sequence[Cluster]) -> Role | None:
    left, right = line.flat[: cluster.start], line.flat[cluster.end :]
    if _COOPERATE_LEFT.search(left):
        return Role.COOPERATE
    if _LEAD_RIGHT.match(right):
        return Role.LEAD
    if found := _COOPERATE_RIGHT.match(right):
        follows = any(0 <= other.start - (cluster.end + found.end()) <= 1 for other in clusters)
        if not follows:
            return Role.COOPERATE
    if _CALLED.search(left):
        return Role.LEAD
    if _VIA.search(left):
        return Role.VIA
    if _MEETING_WITH.search(left):
        return Role.LEAD
    if _ADDRESSED.match(right) and _is_start(line, re.sub(r"\bgui\s*$", "", left)):
        return Role.LEAD
    report = _REPORT.search(left)
    if report and not _is_start(line, left[: report.start()] + left[report.end() :]):
        return Role.REPORT
    if report and (report["by"] or not cluster.weak):
        return Role.REPORT
    # "gửi báo cáo trước 28/6 về PGD": the date between was cut out already.
    if _AFTER_DATE.search(left) and re.search(rf"\b{_REPORT_VERB}\b", left):
        return Role.REPORT
    if _TOPIC.search(left):
        return Role.TOPIC
    return None


def _is_start(line: LineText, left: str) -> bool:
    return bool(_ONLY_FILLER.match(left))


def _place_leads(line: LineText, clusters: Sequence[Cluster], roles: list[Role | None]) -> None:
    """Give the lead to the units that stand where a line addresses somebody: at its beginning, or apart at its end."""
    if Role.LEAD in roles:
        return
    open_ones = [i for i, role in enumerate(roles) if role is None]
    for i in open_ones:
        left, right = line.flat[: clusters[i].start], line.flat[clusters[i].end :]
        if _is_start(line, left) and (not clusters[i].weak or _VERB_AFTER.match(right)):
            roles[i] = Role.LEAD
            return
    for i in open_ones:
        left, right = line.flat[: clusters[i].start], line.flat[clusters[i].end :]
        opened = not clusters[i].weak and re.search(rf"[:{re.escape(MASK)}]\s*{_PERSON}$", left)
        if opened or (_CLAUSE_START.search(left) and (_VERB_AFTER.match(right) or _NOTHING_AFTER.match(right))):
            roles[i] = Role.LEAD
            return
    strong = [i for i in open_ones if not clusters[i].weak]
    if len(strong) == 1:
        i = strong[0]
        right = line.flat[clusters[i].end :]
        if _VERB_AFTER.match(right) or _NOTHING_AFTER.match(right):
            roles[i] = Role.LEAD
            return
    # "PGD phối hợp rà soát": it cooperates with nobody, so it is the one that is addressed.
    alone = [i for i, role in enumerate(roles) if role is Role.COOPERATE]
    if len(alone) == 1 and not open_ones and _is_start(line, line.flat[: clusters[alone[0]].start]):
        roles[alone[0]] = Role.LEAD


def _take_lead(
    line: LineText, cluster: Cluster, clusters: Sequence[Cluster], registry: Registry, on: date, named: Named
) -> None:
    found = registry.resolve(line.text[cluster.start : cluster.end], on)
    named.lead = found if named.lead is None else _joined(named.lead, found)
    named.notes += found.notes
    start, end = cluster.start, cluster.end
    if _is_start(line, line.flat[:start]):
        start = 0
    elif called := _CALLED.search(line.flat[:start]):
        start = 0 if _by_office(line, registry, on, called.start()) else called.start()
    elif meeting := _MEETING_WITH.search(line.flat[:start]):
        start = meeting.start("with")
    elif person := re.search(rf"(?:^|(?<=\s)){_PERSON}$", line.flat[:start]):
        start = person.start()
    if lead := _LEAD_RIGHT.match(line.flat[end:]):
        end += lead.end()
    line.cut(start, end)
    more = _MORE.match(line.flat[end:])
    if more and not any(end <= other.start < end + more.end() for other in clusters):
        _take_more(line, end + more.start("more"), end + more.end("more"), registry, on, named)
        line.cut(end, end + more.end("more"))


def _by_office(line: LineText, registry: Registry, on: date, end: int) -> bool:
    """Whether nothing but the office's own organ stands before: "UBND huyện giao …" names who gives the order."""
    spans = registry.find(line.masked[:end], on)
    if len(spans) != 1 or not _is_start(line, line.flat[: spans[0].start] + line.flat[spans[0].end : end]):
        return False
    return all(unit.kind in {Kind.OWN_COMMITTEE, Kind.OFFICE} for unit in spans[0].resolution.units)


def _take_more(line: LineText, start: int, end: int, registry: Registry, on: date, named: Named) -> None:
    """What still stands in the list of those addressed, before the first verb: a unit by a weak name, or an unknown one."""
    text = line.text[start:end]
    found = registry.resolve(text, on)
    if found.unknown or named.lead is None:
        named.notes.append(f"unknown_unit:{text}")
    else:
        named.lead = _joined(named.lead, found)


def _joined(first: Resolution, second: Resolution) -> Resolution:
    return Resolution(
        f"{first.text}; {second.text}",
        units=tuple(dict.fromkeys((*first.units, *second.units))),
        candidates=(*first.candidates, *second.candidates),
        doubtful=(*first.doubtful, *second.doubtful),
        excluded=(*first.excluded, *second.excluded),
        closed=(*first.closed, *second.closed),
        unread=(*first.unread, *second.unread),
    )


def _take_cooperating(line: LineText, cluster: Cluster, registry: Registry, on: date, named: Named) -> None:
    found = registry.resolve(line.text[cluster.start : cluster.end], on)
    named.cooperate += tuple(unit for unit in found.units if unit not in named.cooperate)
    if found.candidates or found.closed:
        named.notes.append("cooperate_unclear")
    start, end = cluster.start, cluster.end
    if left := _COOPERATE_LEFT.search(line.flat[:start]):
        start = left.start()
    elif right := _COOPERATE_RIGHT.match(line.flat[end:]):
        end += right.end()
    line.cut(start, end)


def _take_receiver(line: LineText, cluster: Cluster, role: Role, registry: Registry, on: date, named: Named) -> None:
    found = registry.resolve(line.text[cluster.start : cluster.end], on)
    unit = found.units[0] if len(found.units) == 1 and not found.candidates else None
    if unit is None:
        named.notes.append("receiver_unclear")
    if role is Role.VIA and unit is not None:
        named.report_via = unit
    elif unit is not None and named.report_to is None:
        named.report_to = unit
    _cut_receiver(line, cluster.start, cluster.end, named)


def _cut_receiver(line: LineText, start: int, end: int, named: Named) -> None:
    """Cut "báo cáo về PGD", "trình UBND huyện ký"; the verb stays where the task itself begins with it."""
    left = line.flat[:start]
    if re.search(r"\btham muu(?: cho)?\s*$", left):
        named.submits = True
        line.cut(start, end)
        return
    named.reports = named.reports or bool(re.search(r"\b(?:bao cao|bc)\b", left))
    if sign := _SIGN.match(line.flat[end:]):
        end += sign.end()
    prefix = re.search(r"(?:ve cho|ve|cho|len|toi|den|qua|thong qua)?\s*(?:lanh dao |thuong truc )?$", left)
    cut_from = prefix.start() if prefix else start
    verb = re.search(
        r"[,;.(]?\s*(?:va |de |roi )?\b(?P<verb>gui bao cao|nop bao cao|bao cao ket qua|gui ket qua|bao cao|gui|nop"
        r"|trinh|bc|tham muu"
        r"|chuyen)\s*$",
        line.flat[:cut_from],
    )
    if verb and verb["verb"] == "trinh":
        named.submits = True
    if verb and line.has_content(0, verb.start()):
        cut_from = verb.start()
    line.cut(cut_from, end)


def _find_unknown(line: LineText, named: Named) -> None:
    """A name before a colon or before the first verb that looks like a unit but is none of the registry."""
    match = re.match(rf"^[\s({re.escape(MASK)}-]*(?:giao (?:cho )?)?", line.flat)
    start = match.end() if match else 0
    rest = line.flat[start:]
    if not _TYPE_WORD.match(rest):
        return
    stop = re.search(rf"[:,;.({re.escape(MASK)}]|\b(?:phai |can )?(?:{ACTION})\b", rest)
    if stop is None or not 0 < len(rest[: stop.start()].split()) <= 9 or named.unsure:
        return
    named.unknown = line.text[start : start + stop.start()].strip(" -")
    line.cut(0, start + stop.start())
