"""Who is meant in a line of staff: who leads, who cooperates, to whom the result goes, and what is only spoken about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dondoc.directives.line_roles import (
    CALLED,
    COOPERATE_LEFT,
    COOPERATE_RIGHT,
    LEAD_RIGHT,
    MEETING_WITH,
    PERSON,
    VERB_AFTER,
    Cluster,
    Role,
    find_clusters,
    is_party,
    is_start,
    place_leads,
    role_of,
)
from dondoc.directives.line_text import ACTION, MASK, LineText
from dondoc.rules.units import Kind, Registry, Resolution, Unit

_SIGN = re.compile(
    r"^\s*(?:huyen )?(?:xem xet|ky(?: ban hanh)?|phe duyet|ban hanh|quyet dinh|cho y kien)\b(?:,? ?(?:ky|ban hanh))*"
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
# "giao TH … với MN …": in speech both are addressed.
_WITH = re.compile(r"\s+(?:cùng |cung )?(?:với|voi)\b", re.IGNORECASE)
_TO = re.compile(
    r"(?:ve cho|ve|cho|len|toi|den|qua|thong qua)?\s*(?:lanh dao |thuong truc |pct |ct |(?:pho )?chu tich )?$"
)
_GENERAL = re.compile(
    rf"^[\s({re.escape(MASK)}-]*(?:giao (?:cho )?|de nghi |yeu cau )?(?:cac )?(?:don vi|co quan)"
    rf"(?:,? (?:va )?(?:don vi|co quan))*"
    rf"(?: (?:co )?lien quan)?(?=\s*[:,]|\s+(?:{ACTION})\b)"
)
_ONLY_TOWNSHIP = re.compile(
    rf"^[\s({re.escape(MASK)}-]*(?:giao (?:cho )?)?(?P<name>(?:ubnd |uy ban )?thi tran)(?=\s*:|\s+(?:{ACTION})\b)"
)
_OWN_BARE = re.compile(
    r"\b(?:ve|len|trinh|cho|qua)\s+(?P<own>huyen|uy ban|xa|phuong)\b(?=\s*(?:[,;.|]|$|ky|truoc|cham|trong|xem))"
)


@dataclass(slots=True)
class Named:
    """The units of a line by their part.

    ``unknown`` is a name that the registry does not hold, ``party`` names the organs of the Party that are addressed,
    ``next_order`` is where another unit is told something else (0: nowhere).
    """

    lead: Resolution | None = None
    cooperate: tuple[Unit, ...] = ()
    report_to: Unit | None = None
    report_via: Unit | None = None
    unknown: str | None = None
    unsure: tuple[Unit, ...] = ()
    party: tuple[str, ...] = ()
    reports: bool = False
    submits: bool = False
    next_order: int = 0
    notes: list[str] = field(default_factory=list)


def find_named(line: LineText, registry: Registry, on: date) -> Named:
    """Find the units of a line and cut them out of it; what remains of the line is its content."""
    clusters = find_clusters(line, registry, on)
    roles = [role_of(line, cluster, clusters) for cluster in clusters]
    place_leads(line, clusters, roles)
    named = Named()
    first = next((i for i, role in enumerate(roles) if role is Role.LEAD), len(roles))
    for i, (cluster, role) in enumerate(zip(clusters, roles, strict=True)):
        left, right = line.flat[: cluster.start], line.flat[cluster.end :]
        if (
            role is None
            and i > first
            and not cluster.weak
            and re.search(r"[,;.]\s*$", left)
            and VERB_AFTER.match(right)
        ):
            named.notes.append("several_orders")
            named.next_order = min(named.next_order, cluster.start) if named.next_order else cluster.start
        if cluster.party and role is not Role.LEAD:
            continue  # what goes to the Party's organs or is done with them stays in the words of the task
        if role is Role.LEAD:
            named.party += tuple(span.text for span in cluster.spans if is_party(span))
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
    elif _cut_general(line):
        named.notes.append("vague")
    elif not _take_township(line, registry, on, named):
        _find_unknown(line, named)
    if named.report_to is None and registry.own_committee and (own := _OWN_BARE.search(line.flat)):
        _cut_receiver(line, own.start(), own.end("own"), named)
        named.report_to = registry.own_committee
    return named


def _take_lead(
    line: LineText, cluster: Cluster, clusters: Sequence[Cluster], registry: Registry, on: date, named: Named
) -> None:
    if cluster.party:
        found = Resolution(cluster.spans[0].text, units=cluster.spans[0].resolution.units)
    else:
        listed = _WITH.sub(",", line.text[cluster.start : cluster.end])
        found = registry.resolve(listed, on)
    named.lead = found if named.lead is None else _joined(named.lead, found)
    named.notes += found.notes
    start, end = cluster.start, cluster.end
    if is_start(line, line.flat[:start]):
        start = 0
    elif called := CALLED.search(line.flat[:start]):
        start = 0 if _by_office(line, registry, on, called.start()) else called.start()
    elif meeting := MEETING_WITH.search(line.flat[:start]):
        start = meeting.start("with")
    elif person := re.search(rf"(?:^|(?<=\s)){PERSON}$", line.flat[:start]):
        start = person.start()
    if lead := LEAD_RIGHT.match(line.flat[end:]):
        end += lead.end()
    line.cut(start, end)
    more = _MORE.match(line.flat[end:])
    if more and not any(end <= other.start < end + more.end() for other in clusters):
        _take_more(line, end + more.start("more"), end + more.end("more"), registry, on, named)
        line.cut(end, end + more.end("more"))


def _by_office(line: LineText, registry: Registry, on: date, end: int) -> bool:
    """Whether nothing but the office's own organ stands before: "UBND huyện giao …" names who gives the order."""
    spans = registry.find(line.masked[:end], on)
    if len(spans) != 1 or not is_start(line, line.flat[: spans[0].start] + line.flat[spans[0].end : end]):
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
    if left := COOPERATE_LEFT.search(line.flat[:start]):
        start = left.start()
    elif right := COOPERATE_RIGHT.match(line.flat[end:]):
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
    prefix = _TO.search(left)
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


def _cut_general(line: LineText) -> bool:
    """ "các đơn vị gửi …": which units, only the writer knows."""
    match = _GENERAL.match(line.flat)
    if match is None:
        return False
    line.cut(0, match.end())
    return True


def _take_township(line: LineText, registry: Registry, on: date, named: Named) -> bool:
    """ "thị trấn báo cáo …": where there is one township, its type alone names it."""
    match = _ONLY_TOWNSHIP.match(line.flat)
    townships = [unit for unit in registry.units if unit.kind == Kind.TOWNSHIP_COMMITTEE and unit.is_valid(on)]
    if match is None or len(townships) != 1:
        return False
    named.lead = Resolution(line.text[match.start("name") : match.end("name")], units=(townships[0],))
    named.unsure = ()
    line.cut(0, match.end("name"))
    return True


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
