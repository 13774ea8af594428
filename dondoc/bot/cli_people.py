"""``dondoc invite``: a one-time code with which a person joins."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.bot.command import FAILED, USAGE, Installation, fail, say, tell, with_installation

if TYPE_CHECKING:
    from dondoc.bot.settings import Settings
    from dondoc.reports.invitation_sheet import Slip

_TELEGRAM_TIMEOUT = 10.0


class OfficeRole(StrEnum):
    """The roles that are given by invitation; a unit's contact is invited by the unit's code."""

    STAFF = "staff"
    CHIEF = "chief"
    LEADER = "leader"
    ADMIN = "admin"


class Function(StrEnum):
    """What a contact is to the unit: first or second contact, clerk (văn thư), or on duty in summer (trực hè)."""

    CONTACT = "contact"
    FIRST = "first"
    SECOND = "second"
    CLERK = "clerk"
    SUMMER = "summer"


def invite(
    unit: Annotated[str | None, typer.Option("--unit", metavar="CODE", help="For a contact of this unit.")] = None,
    all_units: Annotated[bool, typer.Option("--all-units", help="A slip for each unit; needs --pdf.")] = False,
    missing: Annotated[bool, typer.Option("--missing", help="With --all-units: only where nobody joined.")] = False,
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Who the code is for.")] = "",
    function: Annotated[
        Function, typer.Option("--function", help="What the contact is to the unit.")
    ] = Function.CONTACT,
    role: Annotated[OfficeRole | None, typer.Option("--role", help="For somebody of the office.")] = None,
    field: Annotated[
        str | None,
        typer.Option("--field", metavar="UNITS", help="Limit the role to these units, as a directive names them."),
    ] = None,
    qr: Annotated[Path | None, typer.Option("--qr", metavar="FILE.png", help="Write the link as a QR code.")] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE.pdf", help="Write slips to cut and hand out.")
    ] = None,
) -> None:
    """Make a one-time code for a person to join.

    The code stands on the first line, the links that carry it after it. With --all-units the codes stand on the slips only.
    """
    if (unit is not None) + (role is not None) + all_units != 1:
        fail(USAGE, "one of --unit, --role and --all-units is needed, and only one")
    if all_units and (pdf is None or qr is not None):
        fail(USAGE, "--all-units writes slips: --pdf FILE.pdf is needed, and no --qr")
    if field is not None and role is None:
        fail(USAGE, "--field limits a --role")

    async def one(here: Installation) -> None:
        code, name = await _code(here, unit, person, function, role, field)
        say(code)
        links = await _links(here.settings, [code])
        for link in links.get(code, ()):
            say(link)
        first = next(iter(links.get(code, ())), None)
        if qr is not None:
            # Without any link the code itself is shown: it can be typed into the chat alone.
            _draw(first or code, qr)
        if pdf is not None:
            from dondoc.reports.invitation_sheet import Slip

            await _write_slips(here, [Slip(name, person, code, first)], pdf)

    async def every(here: Installation) -> None:
        if pdf is not None:
            await _all_units(here, pdf, missing=missing)

    with_installation(every if all_units else one)


async def _code(
    here: Installation, unit: str | None, person: str, function: Function, role: OfficeRole | None, field: str | None
) -> tuple[str, str]:
    """The code, and the name of the unit or the role that it is for."""
    from dondoc.locales import translator
    from dondoc.rules.clock import machine_now
    from dondoc.rules.fields import UnclearField, units_of_field
    from dondoc.rules.roles import Role
    from dondoc.storage import invitations, registry
    from dondoc.vietnamese.text import nfc

    async with here.database.write() as tx:
        unit_id: int | None = None
        given = Role.CONTACT if role is None else Role(role.value)
        name = translator()(f"handlers.role.{given.value}")
        units = await registry.registry(tx)
        if unit is not None:
            found = units.by_code(nfc(unit))
            if found is None:
                fail(USAGE, f"no unit has the code {unit}; see dondoc units list")
            unit_id, name = found.id, found.name
        if field is not None:
            try:
                units_of_field(units, nfc(field), here.now.date())
            except UnclearField as unclear:
                fail(USAGE, f"the registry does not know for certain: {unclear}")
        code = await invitations.invite(
            tx,
            here.office.id,
            given,
            machine_now(),  # codes expire by the machine's time: moving the office's clock ends none of them
            unit_id=unit_id,
            person_name=" ".join(nfc(person).split()),
            function=function.value,
            field=nfc(field) if field else None,
        )
    return code, name


async def _all_units(here: Installation, pdf: Path, *, missing: bool) -> None:
    from dondoc.reports.invitations import unit_slips, without_anybody
    from dondoc.rules.clock import machine_now
    from dondoc.storage import invitations, registry

    async with here.database.read() as tx:
        today = here.now.date()
        units = [unit for unit in await registry.all_units(tx) if unit.is_valid(today)]
        if missing:
            units = await without_anybody(tx, units)
    if not units:
        fail(FAILED, "somebody of every unit has joined" if missing else "no units yet: dondoc units import")
    codes = [invitations.new_code() for _ in units]
    links = await _links(here.settings, codes)
    async with here.database.write() as tx:
        slips = await unit_slips(
            tx, here.office.id, units, machine_now(), lambda code: links.get(code, ()), codes=codes
        )
        # Within the transaction: codes that stand on no paper would be of no use to anybody.
        await _write_slips(here, slips, pdf)
    say(f"{len(slips)} slips: {pdf}")


async def _write_slips(here: Installation, slips: Sequence[Slip], pdf: Path) -> None:
    from dondoc.reports.invitation_sheet import invitation_sheet
    from dondoc.reports.invitations import last_day
    from dondoc.rules.clock import machine_now

    async with here.database.read() as tx:
        until = await last_day(tx, here.office.id, machine_now(), here.settings.timezone)
    try:
        pdf.write_bytes(invitation_sheet(slips, office=here.office.name, until=until))
    except OSError as error:
        fail(FAILED, f"{pdf} cannot be written: {error.strerror}")


async def _links(settings: Settings, codes: Sequence[str]) -> dict[str, list[str]]:
    """The links that carry each code; none while the platform cannot be asked for the bot's name."""
    from dondoc.chat.channel import ChannelError
    from dondoc.chat.telegram import TelegramChannel

    if settings.telegram_token is None:
        return {}
    channel = TelegramChannel(
        settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        connect_timeout=_TELEGRAM_TIMEOUT,
        read_timeout=_TELEGRAM_TIMEOUT,
    )
    try:
        await channel.me()
        return {code: [channel.deep_link(code)] for code in codes}
    except (ChannelError, ValueError) as error:
        tell(f"dondoc: no Telegram link, the code works all the same: {error}")
        return {}
    finally:
        await channel.close()


def _draw(text: str, file: Path) -> None:
    import segno

    try:
        segno.make(text, error="m", micro=False).save(str(file), kind="png", scale=8, border=4)
    except OSError as error:
        fail(FAILED, f"{file} cannot be written: {error.strerror}")
    tell(f"QR code: {file}")
