"""What an administrator may set in the chat: each setting's kind and bounds, and the reading of what they write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dondoc.vietnamese.deadline_dates import find_dates, line_of
from dondoc.vietnamese.text import nfc


class SettingKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"  # yes or no
    DAY = "day"  # one day of the calendar


@dataclass(frozen=True, slots=True)
class OfficeSetting:
    """``least`` and ``most`` are letters of a text, or the bounds of a number."""

    name: str
    kind: SettingKind
    least: int = 0
    most: int = 0


_ALL = (
    OfficeSetting("name", SettingKind.TEXT, 5, 200),
    OfficeSetting("organ", SettingKind.TEXT, 5, 200),
    OfficeSetting("place", SettingKind.TEXT, 2, 100),
    OfficeSetting("saturdays", SettingKind.SWITCH),
    OfficeSetting("day_off", SettingKind.DAY),
    OfficeSetting("working_day", SettingKind.DAY),
    OfficeSetting("invitation_days", SettingKind.NUMBER, 1, 365),
    OfficeSetting("joining_is_checked", SettingKind.SWITCH),
    OfficeSetting("retention_days", SettingKind.NUMBER, 90, 3650),
)
SETTINGS: Mapping[str, OfficeSetting] = {setting.name: setting for setting in _ALL}

Value = str | int | bool


def read_value(setting: OfficeSetting, text: str, today: date) -> Value | None:
    """The value that a text gives, days as ISO; None if it gives none within the bounds. A switch is pressed, not written."""
    written = " ".join(nfc(text).split())
    if setting.kind is SettingKind.TEXT:
        return written if setting.least <= len(written) <= setting.most else None
    if setting.kind is SettingKind.NUMBER:
        numbers = re.findall(r"\d+", written)
        value = int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) < 6 else -1
        return value if setting.least <= value <= setting.most else None
    if setting.kind is SettingKind.DAY:
        days = [found.day for found in find_dates(line_of(written), today)]
        return days[0].isoformat() if len(days) == 1 and days[0] >= today else None
    return None
