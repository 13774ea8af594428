"""How well a reading fits what was expected: the counts and shares that the project is measured by."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from dondoc.directives.drafts import DirectiveDraft, TaskDraft
from dondoc.vietnamese.text import nfc
from tests.directives.generator.marked import ExpectedTask, Generated

_ALIKE = 0.6
_SAME = (
    ("uỷ ban nhân dân", "ubnd"), ("ủy ban nhân dân", "ubnd"), ("giáo dục và đào tạo", "gdđt"), ("thành phố", "tp"),
    ("hội đồng nhân dân", "hđnd"), ("trung học cơ sở", "thcs"), ("trung học phổ thông", "thpt"),
)  # fmt: skip


def folded(text: str) -> str:
    """Text for comparing: lower case, without mark-up, with one dash and single blanks."""
    text = re.sub(r"[*_|#>]+", " ", nfc(text).lower())
    return " ".join(re.sub(r"[–—−]", "-", text).split())


def _words_of_unit(name: str) -> set[str]:
    text = folded(name)
    for long, short in _SAME:
        text = text.replace(long, short)
    text = re.sub(r"[^\w&\-/ ]+", " ", re.sub(r"\s*-\s*", "-", text)).strip()
    text = re.sub(r"^(các|những|đồng chí|giao|đề nghị|yêu cầu|toàn thể|tất cả)\s+", "", text)
    text = re.sub(r"\b(thuộc|trực thuộc|trên địa bàn|của|ở|tại)\b.*$", "", text)
    text = re.sub(r"\b(huyện|tỉnh|tp)$", "", text.strip())
    return set(text.replace("-", " ").split())


def alike(one: str, other: str) -> bool:
    """Whether two names mean the same unit: three fifths of their words are the same."""
    first, second = _words_of_unit(one), _words_of_unit(other)
    return bool(first and second) and len(first & second) / len(first | second) >= _ALIKE


@dataclass(slots=True)
class Score:
    """Counts over any number of documents; ``misses`` says in words what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, expected: Generated, got: DirectiveDraft) -> None:
        """Count one document."""
        hay = [folded(f"{task.quote} {task.content}") for task in got.tasks]
        self._head(expected, got)
        self._tasks(expected, got.tasks, hay)
        self._said(expected, got.tasks, hay)

    def share(self, part: str, whole: str) -> float:
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0

    def f1(self, name: str) -> float:
        """The harmonic mean of precision and recall of "dated" or "lead"."""
        precision = self.share(f"{name}_right", f"{name}_said")
        recall = self.share(f"{name}_found", f"{name}_expected")
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def totals(self) -> dict[str, float]:
        """The figures of the table, shares rounded to three places."""
        shares = {
            "dated_f1": self.f1("dated"),
            "found": self.share("found", "expected"),
            "lead_f1": self.f1("lead"),
            "task_precision": self.share("tasks_right", "tasks_said"),
            "report_to_via": self.share("receivers_right", "receivers"),
            "meta": self.share("head_right", "head"),
            "section": self.share("section_right", "sections"),
            "rule": self.share("rule_right", "rules"),
            "recurrence": self.share("recurrence_right", "recurrences"),
            "relative": self.share("relative_right", "relatives"),
        }
        return {name: round(share, 3) for name, share in shares.items()} | {
            name: self.counts[name] for name in ("quote_bad", "not_task_bad", "not_deadline_bad")
        }

    def _head(self, expected: Generated, got: DirectiveDraft) -> None:
        want, have = expected.head, got.document
        right = {
            "kind": have.kind == want.kind,
            "number": folded(have.number or "").replace(" ", "") == folded(want.number or "").replace(" ", ""),
            "issuer": alike(want.issuer, have.issuer or ""),
            "issued_on": have.issued_on == want.issued_on,
            "signer": folded(have.signer or "") == folded(want.signer),
        }
        for name, fits in right.items():
            self.counts["head"] += 1
            self.counts["head_right"] += fits
            if not fits:
                self.misses.append(f"{name}: {getattr(want, name)!r}, got {getattr(have, name)!r}")

    def _tasks(self, expected: Generated, said: tuple[TaskDraft, ...], hay: list[str]) -> None:
        used: set[int] = set()
        for task in expected.tasks:
            words = folded(task.snippet)
            holding = [index for index, text in enumerate(hay) if words in text]
            exact = [index for index in holding if said[index].deadline == task.moment.day]
            best = next((index for index in exact if index not in used), (*exact, *holding, None)[0])
            if task.optional:
                used.update(holding)
                continue
            self.counts["expected"] += 1
            self.counts["found"] += best is not None
            if task.moment.day is not None:
                self.counts["dated_expected"] += 1
                self.counts["dated_found"] += bool(exact)
                if not exact:
                    dates = [str(said[index].deadline) for index in holding]
                    self.misses.append(
                        f"due {task.moment.day} ({task.moment.words}): {task.snippet[:50]!r} got {dates}"
                    )
            if best is None:
                self.counts["lead_expected"] += len(task.lead)
                self.misses.append(f"not found: {task.snippet[:70]!r}")
                continue
            used.add(best)
            self._one(task, said[best])

    def _one(self, task: ExpectedTask, got: TaskDraft) -> None:
        lead = list(got.lead) if task.lead else []
        hits = 0
        for name in task.lead:
            match = next((other for other in lead if alike(name, other)), None)
            if match is not None:
                lead.remove(match)
                hits += 1
        self.counts["lead_expected"] += len(task.lead)
        self.counts["lead_found"] += hits
        self.counts["lead_right"] += hits
        self.counts["lead_said"] += len(got.lead) if task.lead else 0
        if task.lead and (hits < len(task.lead) or lead):
            self.misses.append(f"lead {task.lead} got {got.lead}: {task.snippet[:50]!r}")
        for name in ("report_to", "report_via"):
            want, have = getattr(task, name), getattr(got, name)
            if want:
                self.counts["receivers"] += 1
                self.counts["receivers_right"] += bool(have) and alike(want, have)
                if not (have and alike(want, have)):
                    self.misses.append(f"{name} {want!r} got {have!r}: {task.snippet[:50]!r} … {got.quote[-90:]!r}")
        self._details(task, got)

    def _details(self, task: ExpectedTask, got: TaskDraft) -> None:
        moment = task.moment
        details: list[tuple[str, object, object]] = []
        if moment.day is not None and got.deadline == moment.day and not task.inherited:
            details.append(("rule", (moment.rule, moment.time), (got.deadline_rule, got.time)))
        if moment.recurrence:
            wanted = (moment.recurrence, moment.recurrence_rule, moment.time)
            details.append(("recurrence", wanted, (got.recurrence, got.recurrence_rule, got.time)))
        if moment.relative:
            details.append(("relative", True, got.relative is not None))
        if task.section is not None:
            details.append(("section", task.section, got.section))
        for name, want, have in details:
            self.counts[f"{name}s"] += 1
            self.counts[f"{name}_right"] += want == have
            if want != have:
                self.misses.append(f"{name} {want} got {have}: {task.snippet[:40]!r} ({moment.words})")

    def _said(self, expected: Generated, said: tuple[TaskDraft, ...], hay: list[str]) -> None:
        source = folded(expected.text)
        snippets = [(folded(task.snippet), task.moment.day) for task in expected.tasks]
        for task, text in zip(said, hay, strict=True):
            self.counts["tasks_said"] += 1
            known = any(words in text for words, _ in snippets)
            self.counts["tasks_right"] += known
            if not known:
                self.misses.append(f"no task: {task.quote[:90]!r}")
            if not task.quote or folded(task.quote) not in source:
                self.counts["quote_bad"] += 1
                self.misses.append(f"quote: {task.quote[:90]!r}")
            if task.deadline is None:
                continue
            right = any(words in text and day == task.deadline for words, day in snippets)
            self.counts["dated_said"] += 1
            self.counts["dated_right"] += right
            self.counts["not_deadline_bad"] += task.deadline in expected.not_deadlines
            if not right:
                self.misses.append(f"says {task.deadline} ({task.deadline_text}): {task.quote[:70]!r}")
        for words in expected.not_tasks:
            if any(folded(words) in text for text in hay):
                self.counts["not_task_bad"] += 1
                self.misses.append(f"taken for a task: {words[:80]!r}")
