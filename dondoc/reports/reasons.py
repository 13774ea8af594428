"""Why a draft was read as it was, in one line for staff who check it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dondoc.locales import Translator

_OBVIOUS = frozenset({"unit_own"})
"""What is not said: the unit stands in the quote that is shown beside it."""


def explain(t: Translator, why: Iterable[Mapping[str, str]]) -> str:
    """ "hạn: “trước ngày 28/6/2024”, quy tắc “trước ngày”; đơn vị theo đề mục “2. Các trường học thuộc huyện”".

    ``why`` is the column of that name of a task (see ``dondoc.directives.reasons``); empty if it holds nothing to say.
    """
    said = [t(f"lines.why.{one['code']}", words=one["words"]) for one in why if one["code"] not in _OBVIOUS]
    return "; ".join(said)
