"""/moi: administrators make invitations in the chat: one unit's, one role's, or a sheet of slips for all units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dondoc.chat.messages import Attachment
from dondoc.handlers.context import Context
from dondoc.reports.invitation_sheet import Slip, invitation_sheet
from dondoc.reports.invitations import last_day, unit_slips, without_anybody
from dondoc.rules.fields import UnclearField, units_of_field
from dondoc.rules.role_words import read_role
from dondoc.rules.roles import Role
from dondoc.rules.units import Unit
from dondoc.storage import files, invitations, registry, work
from dondoc.storage.conversations import Button
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count, format_date

_SHOWN = 8


async def invite(ctx: Context) -> None:
    """/moi TH Hoa Sen, /moi chuyên viên, /moi lãnh đạo: các trường mầm non, or /moi alone for all units."""
    wanted = nfc(ctx.argument).strip(" .")
    if not wanted:
        await _offer_all(ctx)
        return
    role = read_role(wanted)
    if role is not None:
        await _role(ctx, *role)
        return
    units = await registry.registry(ctx.tx)
    by_code = units.by_code(wanted)
    found = units.resolve(wanted, ctx.now.date())
    chosen = (by_code,) if by_code else (*found.units, *found.candidates)
    if not chosen or (found.unknown and not by_code):
        await ctx.say("handlers.invite.unknown", name=wanted[:100])
    elif found.group and not by_code:
        await _offer(ctx, found.units)
    elif len(chosen) == 1:
        await _unit(ctx, chosen[0])
    else:
        rows = [[await ctx.button("invite_unit", {"unit": unit.id}, unit.name)] for unit in chosen[:_SHOWN]]
        await ctx.say("handlers.invite.which", choices=rows)


async def _offer_all(ctx: Context) -> None:
    today = ctx.now.date()
    existing = [unit for unit in await registry.all_units(ctx.tx) if unit.is_valid(today)]
    await _offer(ctx, await without_anybody(ctx.tx, existing))


async def _offer(ctx: Context, units: Sequence[Unit]) -> None:
    """Codes for many are made when somebody says so, not by a slip of the finger."""
    if not units:
        await ctx.say("handlers.invite.nobody_left")
        return
    ids = [unit.id for unit in units]
    yes = await ctx.button("invite_units", {"units": ids}, ctx.t("handlers.invite.make_sheet"))
    await ctx.say("handlers.invite.offer", number=count(len(ids)), choices=[[yes]])


async def _pressed_unit(ctx: Context, button: Button) -> None:
    for unit in await registry.all_units(ctx.tx):
        if unit.id == button.data["unit"]:
            await _unit(ctx, unit)


async def _pressed_units(ctx: Context, button: Button) -> None:
    """The sheet of slips, once: pressed again, codes in hands would be made a second time."""
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
        return
    wanted = set(button.data["units"])
    await _sheet(ctx, [unit for unit in await registry.all_units(ctx.tx) if unit.id in wanted])


async def _unit(ctx: Context, unit: Unit) -> None:
    [slip] = await _slips(ctx, [unit])
    until = await _until(ctx)
    await ctx.say("handlers.invite.unit", unit=unit.name, code=slip.code, until=format_date(until))
    await _how(ctx, slip.code)


async def _role(ctx: Context, role: Role, field: str | None) -> None:
    if field is not None:
        try:
            units_of_field(await registry.registry(ctx.tx), field, ctx.now.date())
        except UnclearField as unclear:
            await ctx.say("handlers.invite.unclear_field", what=str(unclear)[:200])
            return
    code = await invitations.invite(ctx.tx, ctx.office.id, role, ctx.machine, field=field, created_by=ctx.me.id)
    await _record(ctx, 1, role.value)
    name = ctx.t(f"handlers.role.{role.value}")
    if field:
        name = ctx.t("handlers.role.with_field", role=name, field=field)
    until = await _until(ctx)
    await ctx.say("handlers.invite.role", role=name, code=code, until=format_date(until))
    await _how(ctx, code)


async def _how(ctx: Context, code: str) -> None:
    """A message to be passed on as it is."""
    links = ctx.services.join_links(code)
    if links:
        await ctx.say("handlers.invite.pass_on_link", office=ctx.office.name, link=links[0], code=code)
    else:
        await ctx.say("handlers.invite.pass_on", office=ctx.office.name, code=code)


async def _slips(ctx: Context, units: Sequence[Unit]) -> list[Slip]:
    # The codes outlive a transaction that is done again, because by then they stand on the sheet.
    codes = ctx.outside("codes", lambda: [invitations.new_code() for _ in units])
    slips = await unit_slips(
        ctx.tx, ctx.office.id, units, ctx.machine, ctx.services.join_links, codes=codes, created_by=ctx.me.id
    )
    await _record(ctx, len(slips), Role.CONTACT.value)
    return slips


async def _record(ctx: Context, number: int, role: str) -> None:
    detail = {"number": number, "role": role}
    await work.record(ctx.tx, "invitation.made", actor_id=ctx.me.id, at=ctx.now, detail=detail)


async def _until(ctx: Context) -> date:
    return await last_day(ctx.tx, ctx.office.id, ctx.machine, ctx.now.tzinfo)


async def _sheet(ctx: Context, units: Sequence[Unit]) -> None:
    slips = await _slips(ctx, units)
    until = await _until(ctx)
    content = ctx.outside("sheet", lambda: invitation_sheet(slips, office=ctx.office.name, until=until))
    stored = await ctx.services.files.store_bytes(content)
    await files.register(ctx.tx, stored)
    attachment = Attachment("phieu-moi.pdf", stored.size, stored.media_type, sha256=stored.sha256)
    await ctx.say("handlers.invite.sheet", number=count(len(slips)), until=format_date(until), attachments=[attachment])


ACTIONS = {"invite_unit": _pressed_unit, "invite_units": _pressed_units}
