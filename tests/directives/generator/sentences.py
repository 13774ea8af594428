"""Duties as sentences: who is ordered, what is to be done, with whom, by when, to whom it goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tests.directives.generator import moments, other_dates
from tests.directives.generator.marked import Answers, ExpectedTask, Moment
from tests.directives.generator.offices import Office
from tests.directives.generator.phrasing import capital, joined
from tests.directives.generator.shapes import rare
from tests.directives.generator.works import Works

_SHAPES = (
    *("plain",) * 2, *("dated",) * 3, *("report",) * 2, "periodic", "standing", "relative", "front", "three", *("rare",) * 3,
)  # fmt: skip


@dataclass(slots=True)
class Writer:
    """Writes the duties of one document and notes their answers."""

    rng: Random
    office: Office
    issued: date
    works: Works
    answers: Answers

    def units(self, most: int = 3) -> tuple[str, ...]:
        count = self.rng.choice((1, 1, 1, 1, 2, min(3, most))) if most > 1 else 1
        return tuple(self.rng.sample(self.office.units, count))

    def order(self, units: tuple[str, ...] | None = None, *, heir: ExpectedTask | None = None) -> str:
        """One item of a list of duties, without its mark, ending in a full stop or semicolon.

        ``units`` None: the units come from a heading, ``heir`` says what is inherited.
        """
        rng = self.rng
        base = heir or ExpectedTask()
        if units is not None:
            base = replace(base, lead=units)
        shape = rng.choice(_SHAPES)
        if shape == "rare":
            return rare(self, units, base)
        if shape == "three":
            return self._three(units, base)
        if shape == "front":
            return self._front(units, base)
        return self._one(units, base, shape)

    def _opening(self, units: tuple[str, ...] | None) -> tuple[str, bool]:
        """The words before the verb, and whether the sentence has begun."""
        rng = self.rng
        if units is None:
            return "", False
        named = joined(rng, units)
        opening = rng.choice(
            ("Giao {}", "Yêu cầu {}", "Đề nghị {}", "{}", "{}", "{} có trách nhiệm", "Giao {} chịu trách nhiệm")
        )
        return capital(opening.format(named)) + " ", True

    def _one(self, units: tuple[str, ...] | None, base: ExpectedTask, shape: str) -> str:
        rng = self.rng
        opening, begun = self._opening(units)
        words, cooperate = self._with(self.works.standing() if shape == "standing" else self.works.duty(), shape)
        if rng.random() < 0.35:
            words += other_dates.within_duty(rng, self.office, self.issued, self.answers)
        else:
            words += self.works.tail()
        expected = replace(base, cooperate=cooperate)
        ending = ""
        if shape == "dated":
            moment = moments.any_dated(rng, self.issued)
            ending = self._deadline(moment)
            expected = replace(expected, moment=moment, inherited=False)
        elif shape == "report":
            ending, expected = self._report(expected)
        elif shape == "periodic":
            moment = moments.recurring(rng, self.issued)
            to = rng.choice((self.office.short, self.office.leader))
            ending = f", báo cáo {to} {moment.words}"
            expected = replace(expected, moment=moment, report_to=to, inherited=False)
        elif shape == "relative":
            moment = moments.relative(rng)
            ending = rng.choice(
                (f", hoàn thành {moment.words}", f" {moment.words}", f", thực hiện xong {moment.words}")
            )
            expected = replace(expected, moment=moment, inherited=False)
        verb = words if begun else capital(words)
        return opening + self.answers.task(verb, expected) + ending + rng.choice((".", ".", ";"))

    def _with(self, words: str, shape: str) -> tuple[str, tuple[str, ...]]:
        rng = self.rng
        if shape == "standing" or rng.random() < 0.6:
            return words, ()
        others = (rng.choice(self.office.units),)
        lead = rng.choice(
            (
                "chủ trì, phối hợp với {} ",
                "phối hợp với {} ",
                "chủ trì phối hợp {} ",
                "chủ trì, phối hợp chặt chẽ với {} ",
            )
        )
        return lead.format(others[0]) + words, others

    def _deadline(self, moment: Moment) -> str:
        """The words behind a duty that say until when."""
        rng = self.rng
        near = moment.words.startswith(("trước", "chậm nhất", "muộn nhất", "không quá"))
        shapes = [
            f", hoàn thành {moment.words}", f"; hoàn thành {moment.words}", f" (hoàn thành {moment.words})",
            f", xong {moment.words}", f". Hoàn thành {moment.words}", f", phải hoàn thành {moment.words}",
            f". Thời gian hoàn thành: {moment.words}", f". Thời hạn hoàn thành: {capital(moment.words)}",
        ]  # fmt: skip
        if near:
            shapes += [f" {moment.words}", f", {moment.words}", f" ({moment.words})"]
        return rng.choice(shapes)

    def _report(self, expected: ExpectedTask) -> tuple[str, ExpectedTask]:
        """A sending behind a duty: to whom, through whom, by when, for what."""
        rng = self.rng
        to = rng.choice((self.office.short, self.office.short, self.office.leader))
        via = rng.choice(self.office.via) if rng.random() < 0.45 and to == self.office.short else None
        through = (
            rng.choice(("(qua {})", "(qua {})", "qua {}", "(gửi qua {})", "(thông qua {})")).format(via) if via else ""
        )
        moment = moments.absolute(rng, self.issued)
        verb = rng.choice((
            ", báo cáo kết quả về", "; gửi kết quả về", ", gửi báo cáo về", "; báo cáo", ", báo cáo kết quả thực hiện cho",
            ", gửi về", "; đồng thời gửi báo cáo về",
        ))  # fmt: skip
        purpose = rng.choice(
            ("", "", f" để tổng hợp, báo cáo {rng.choice(self.office.above)}", " để tổng hợp", " để theo dõi, chỉ đạo")
        )
        if rng.random() < 0.25:
            words = (
                f"{verb} {moment.words} {through} về {to}"
                if "về" not in verb and "cho" not in verb and verb != "; báo cáo"
                else f"{verb} {to} {through} {moment.words}"
            )
        else:
            words = f"{verb} {to} {through} {moment.words}"
        ending = f"{words}{purpose}".replace("  ", " ")
        return ending, replace(expected, moment=moment, report_to=to, report_via=via, inherited=False)

    def _front(self, units: tuple[str, ...] | None, base: ExpectedTask) -> str:
        """The day stands first: "Trước ngày …, Phòng X …"."""
        moment = moments.absolute(self.rng, self.issued)
        while moment.family in ("A5", "A13"):
            moment = moments.absolute(self.rng, self.issued)
        named = f"{joined(self.rng, units)} " if units is not None else ""
        verb = self.rng.choice(("", "hoàn thành việc ", "phải "))
        words = f"{verb}{self.works.duty()}"
        expected = replace(base, moment=moment, inherited=False)
        return f"{capital(moment.words)}, {named}{self.answers.task(words, expected)}."

    def _three(self, units: tuple[str, ...] | None, base: ExpectedTask) -> str:
        """One sentence, three deliverables, three days."""
        opening, begun = self._opening(units)
        parts = []
        for index in range(3):
            moment = moments.absolute(self.rng, self.issued)
            while moment.family not in ("A1", "A3", "A4") or any(
                moment.day == other.moment.day for other in self.answers.tasks
            ):
                moment = moments.absolute(self.rng, self.issued)
            words = self.works.duty()
            words = capital(words) if index == 0 and not begun else words
            parts.append(f"{self.answers.task(words, replace(base, moment=moment, inherited=False))} {moment.words}")
        comma = self.rng.choice((", ", "; "))
        return opening + comma.join(parts) + "."

    def sending(self, to_whom: tuple[str, ...]) -> str:
        """A sentence of its own about the sending of what the document asks for; one task."""
        rng = self.rng
        _, expected = self._report(ExpectedTask(lead=to_whom))
        moment, to, via = expected.moment, expected.report_to, expected.report_via
        through = f" (qua {via})" if via else ""
        what = rng.choice(
            (
                "Báo cáo kết quả thực hiện",
                "Kết quả thực hiện",
                "Báo cáo",
                "Văn bản tham gia ý kiến",
                "Danh sách đăng ký",
            )
        )
        return self.answers.task(f"{what} gửi về {to}{through} {moment.words}", expected) + rng.choice(
            (".", " để tổng hợp.")
        )
