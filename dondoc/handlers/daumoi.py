"""/bangiao and /thaythe: a unit's contact hands over for good, or somebody stands in for a while."""

from __future__ import annotations

from dondoc.handlers.context import Context
from dondoc.reports.invitations import last_day
from dondoc.rules.contact_lines import read_handover, read_stand_in
from dondoc.rules.roles import Role
from dondoc.rules.units import Unit
from dondoc.storage import handover, invitations, registry
from dondoc.storage.conversations import Button
from dondoc.storage.registry import UnitContact
from dondoc.storage.unit_records import ContactRecord
from dondoc.vietnamese.text import fold
from dondoc.vietnamese.words import format_date


async def hand_over(ctx: Context) -> None:
    """/bangiao TH Hoa Sen: Đào Bích Liên, Hiệu trưởng, 0900000099. Shown first, done by one tap."""
    line = read_handover(ctx.argument)
    if line is None:
        await ctx.say("handlers.contact.how_handover")
        return
    unit = await _unit(ctx, line.unit)
    if unit is None:
        return
    contacts = await registry.contacts_of(ctx.tx, [unit.id])
    gone = _named(contacts, line.gone)
    if line.gone and gone is None:
        await ctx.say("handlers.contact.unknown", name=line.gone[:100], unit=unit.name)
        return
    data = {
        "unit": unit.id,
        "gone": gone.person_id if gone else None,
        "name": line.name,
        "title": line.title,
        "phone": line.phone,
    }
    yes = await ctx.button("hand_over", data, ctx.t("handlers.contact.hand_over"))
    new = ", ".join(filter(None, (line.name, line.title, line.phone)))
    old = _shown(gone) if gone else "–"
    await ctx.say("handlers.contact.handover", unit=unit.name, old=old, new=new, choices=[[yes]])


async def _pressed_hand_over(ctx: Context, button: Button) -> None:
    data = button.data
    unit = (await registry.registry(ctx.tx)).by_id(int(data["unit"]))
    contacts = {one.person_id: one for one in await registry.contacts_of(ctx.tx, [int(data["unit"])])}
    gone = contacts.get(data["gone"])
    if button.used_at is not None or unit is None or (data["gone"] is not None and gone is None):
        await ctx.say("handlers.button_old")
        return
    record = ContactRecord(data["name"], data["title"], data["phone"])
    await handover.hand_over(ctx.tx, unit.id, gone, record, actor_id=ctx.me.id, at=ctx.now)
    code = await invitations.invite(
        ctx.tx,
        ctx.office.id,
        Role.CONTACT,
        ctx.machine,
        unit_id=unit.id,
        person_name=record.name,
        created_by=ctx.me.id,
    )
    if gone is not None:
        await ctx.tell(
            gone.person_id,
            lambda t: t("handlers.contact.you_handed_over", office=ctx.office.name, unit=unit.name, name=record.name),
        )
    until = await last_day(ctx.tx, ctx.office.id, ctx.machine, ctx.now.tzinfo)
    await ctx.say("handlers.contact.handed_over", unit=unit.name, name=record.name, code=code, until=format_date(until))


async def stand_in(ctx: Context) -> None:
    """/thaythe TH Hoa Sen: Vũ Hoài Nam từ 01/7 đến 15/7."""
    line = read_stand_in(ctx.argument, ctx.now.date())
    if line is None:
        await ctx.say("handlers.contact.how_stand_in")
        return
    unit = await _unit(ctx, line.unit)
    if unit is None:
        return
    if line.last_day < ctx.now.date():
        await ctx.say("handlers.date_past", day=format_date(line.last_day))
        return
    contacts = await registry.contacts_of(ctx.tx, [unit.id])
    absent = _named(contacts, line.absent)
    substitute = next((one for one in contacts if fold(one.name) == fold(line.name)), None)
    if absent is None or substitute is None or substitute.person_id == absent.person_id:
        missing = line.absent if absent is None and line.absent else line.name
        await ctx.say("handlers.contact.unknown", name=missing[:100], unit=unit.name)
        return
    await handover.stand_in(
        ctx.tx,
        unit.id,
        absent.person_id,
        substitute.person_id,
        line.first_day,
        line.last_day,
        actor_id=ctx.me.id,
        at=ctx.now,
    )
    days = {"first": format_date(line.first_day), "last": format_date(line.last_day)}
    told = await ctx.tell(
        substitute.person_id,
        lambda t: t("handlers.contact.you_stand_in", office=ctx.office.name, unit=unit.name, name=absent.name, **days),
    )
    text = ctx.t("handlers.contact.stands_in", unit=unit.name, name=substitute.name, absent=absent.name, **days)
    if not told:
        text += " " + ctx.t("handlers.contact.not_reached", name=substitute.name)
    await ctx.say_text(text)


async def _unit(ctx: Context, name: str) -> Unit | None:
    """The one unit that is meant; if it is not clear, it is said so."""
    units = await registry.registry(ctx.tx)
    found = units.resolve(name, ctx.now.date())
    unit = units.by_code(name) or (found.units[0] if len(found.units) == 1 and found.is_settled else None)
    if unit is None:
        await ctx.say("handlers.contact.which_unit", name=name[:100])
    return unit


def _named(contacts: list[UnitContact], name: str) -> UnitContact | None:
    if not name:
        return contacts[0] if contacts else None
    return next((one for one in contacts if fold(one.name) == fold(name)), None)


def _shown(contact: UnitContact) -> str:
    return ", ".join(filter(None, (contact.name, contact.title)))


ACTIONS = {"hand_over": _pressed_hand_over}
