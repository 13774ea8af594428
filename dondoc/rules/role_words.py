"""The roles and functions of people as an administrator writes them."""

from __future__ import annotations

from collections.abc import Mapping

from dondoc.rules.roles import Role
from dondoc.vietnamese.text import fold

_ROLES: Mapping[Role, tuple[str, ...]] = {
    Role.STAFF: ("chuyen vien", "chuyen vien van phong", "van phong", "nhan vien", "can bo van phong", "staff"),
    Role.CHIEF: ("chanh van phong", "chanh vp", "cvp", "pho chanh van phong", "chief"),
    Role.LEADER: ("lanh dao", "chu tich", "pho chu tich", "leader"),
    Role.ADMIN: ("quan tri", "quan tri vien", "admin"),
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words}


def read_role(text: str) -> tuple[Role, str | None] | None:
    """An office role and its field: "lãnh đạo: các trường mầm non". None if the text begins with no role."""
    name, colon, field = text.partition(":")
    role = _ROLE_OF.get(" ".join(fold(name).split()))
    if role is None or (colon and not field.strip()):
        return None
    return role, field.strip() or None
