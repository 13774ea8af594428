"""``dondoc invite``: a one-time code with which a person joins."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.bot.command import FAILED, USAGE, Installation, fail, say, tell, with_installation

if TYPE_CHECKING:
    from dondoc.bot.settings import Settings

_TELEGRAM_TIMEOUT = 10.0


class OfficeRole(StrEnum):
    """The roles that are given by invitation; a unit's contact is invited by the unit's code."""

    STAFF = "staff"
    CHIEF = "chief"
    LEADER = "leader"
    ADMIN = "admin"


def invite(
    unit: Annotated[str | None, typer.Option("--unit", metavar="CODE", help="For a contact of this unit.")] = None,
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Who the code is for.")] = "",
    role: Annotated[OfficeRole | None, typer.Option("--role", help="For somebody of the office.")] = None,
    qr: Annotated[Path | None, typer.Option("--qr", metavar="FILE.png", help="Write the link as a QR code.")] = None,
) -> None:
    """Make a one-time code for a person to join.

    The code stands on the first line, the links that carry it after it.
    """
    if (unit is None) == (role is None):
        fail(USAGE, "one of --unit and --role is needed, and not both")

    async def work(here: Installation) -> None:
        code = await _code(here, unit, person, role)
        say(code)
        links = await _links(here.settings, code)
        for link in links:
            say(link)
        if qr is not None:
            # Without any link the code itself is shown: it can be typed into the chat alone.
            _draw(links[0] if links else code, qr)

    with_installation(work)


async def _code(here: Installation, unit: str | None, person: str, role: OfficeRole | None) -> str:
    from dondoc.rules.clock import machine_now
    from dondoc.rules.roles import Role
    from dondoc.storage import invitations, registry
    from dondoc.vietnamese.text import nfc

    async with here.database.write() as tx:
        unit_id: int | None = None
        if unit is not None:
            found = (await registry.registry(tx)).by_code(nfc(unit))
            if found is None:
                fail(USAGE, f"no unit has the code {unit}; see dondoc units list")
            unit_id = found.id
        return await invitations.invite(
            tx,
            here.office.id,
            Role(role.value) if role is not None else Role.CONTACT,
            machine_now(),  # codes expire by the machine's time: moving the office's clock ends none of them
            unit_id=unit_id,
            person_name=" ".join(nfc(person).split()),
        )


async def _links(settings: Settings, code: str) -> list[str]:
    links: list[str] = []
    if settings.telegram_token is not None:
        link = await _telegram_link(settings, code)
        if link is not None:
            links.append(link)
    return links


async def _telegram_link(settings: Settings, code: str) -> str | None:
    from dondoc.chat.channel import ChannelError
    from dondoc.chat.telegram import TelegramChannel

    if settings.telegram_token is None:
        return None
    channel = TelegramChannel(
        settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        connect_timeout=_TELEGRAM_TIMEOUT,
        read_timeout=_TELEGRAM_TIMEOUT,
    )
    try:
        await channel.me()
        return channel.deep_link(code)
    except (ChannelError, ValueError) as error:
        tell(f"dondoc: no Telegram link, the code works all the same: {error}")
        return None
    finally:
        await channel.close()


def _draw(text: str, file: Path) -> None:
    import segno

    try:
        segno.make(text, error="m", micro=False).save(str(file), kind="png", scale=8, border=4)
    except OSError as error:
        fail(FAILED, f"{file} cannot be written: {error.strerror}")
    tell(f"QR code: {file}")
