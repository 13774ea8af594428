"""/dulieu: what is kept about the asker: shown, corrected, handed out, deleted."""

from __future__ import annotations

from dondoc.chat.messages import Attachment, Choice
from dondoc.handlers.context import Context
from dondoc.reports.own_data import as_of, own_data
from dondoc.rules.roles import Right
from dondoc.storage import files, offices, people, privacy, registry, work
from dondoc.storage.conversations import Button, Conversation
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count, format_date

FLOW = "dulieu"
# What a person may change of themselves, and how long it may be.
_FIELDS = {"name": 200, "title": 200, "phone": 40, "address_form": 40}


async def show(ctx: Context) -> None:
    """Everything in one message, with what can be done about it."""
    found = await privacy.kept(ctx.tx, ctx.me.id)
    days = int(await offices.setting(ctx.tx, ctx.office.id, offices.RETENTION_DAYS, offices.DEFAULT_RETENTION_DAYS))
    lines = [ctx.t("handlers.data.head", office=ctx.office.name)]
    lines += [f"• {name}: {value}" for name, value in await _facts(ctx)]
    lines += [
        ctx.t("handlers.data.chat", channel=channel, since=format_date(since.astimezone(ctx.now.tzinfo).date()))
        for channel, since in found.chats
    ]
    lines.append(
        ctx.t(
            "handlers.data.numbers",
            received=count(found.received),
            sent=count(found.sent),
            submissions=count(found.submissions),
            events=count(found.events),
        )
    )
    lines.append(ctx.t("handlers.data.why", days=days))
    await ctx.say_text("\n".join(lines), choices=await _choices(ctx))


async def _facts(ctx: Context) -> list[tuple[str, str]]:
    names = await registry.unit_names(ctx.tx, ctx.me.unit_ids)
    roles = [ctx.t(f"handlers.role.{role.value}") for role in sorted(ctx.me.roles)]
    values = {
        **{field: str(getattr(ctx.me, field)) for field in _FIELDS},
        "units": "; ".join(names.values()),
        "roles": "; ".join(roles),
        "language": ctx.t(f"handlers.language.{ctx.me.language}"),
    }
    return [(ctx.t(f"handlers.data.field.{field}"), value or "–") for field, value in values.items()]


async def _choices(ctx: Context) -> list[list[Choice]]:
    rows = [
        [await ctx.button("data_change", {"field": field}, ctx.t(f"handlers.data.change.{field}")) for field in pair]
        for pair in (("name", "title"), ("phone", "address_form"))
    ]
    rows.append([await ctx.button("data_export", {}, ctx.t("handlers.data.export"))])
    rows.append([await ctx.button("data_delete", {}, ctx.t("handlers.data.delete"))])
    return rows


async def _change(ctx: Context, button: Button) -> None:
    field = str(button.data["field"])
    await ctx.remember(FLOW, field, {})
    await ctx.say("handlers.data.ask", field=ctx.t(f"handlers.data.field.{field}"))


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    """The new value of what was asked for."""
    field = conversation.step
    value = " ".join(nfc(ctx.text).split())
    if ctx.files or not value:
        return False
    if len(value) > _FIELDS[field]:
        await ctx.say("handlers.data.too_long", number=_FIELDS[field])
        return True
    await ctx.forget()
    await people.update_person(ctx.tx, ctx.me.id, **{field: value})
    # The trail says that it was changed, never from what to what.
    await work.record(ctx.tx, "person.changed", actor_id=ctx.me.id, at=ctx.now, detail={"field": field})
    ctx.person = await people.get_person(ctx.tx, ctx.me.id, ctx.now.date())
    await ctx.say("handlers.data.changed", field=ctx.t(f"handlers.data.field.{field}"), value=value)
    return True


async def _export(ctx: Context, button: Button) -> None:
    facts = await _facts(ctx)
    everything = await privacy.everything(ctx.tx, ctx.me.id)
    zone = ctx.now.tzinfo
    content = ctx.outside("own_data", lambda: own_data(facts, everything, zone))
    stored = await ctx.services.files.store_bytes(content)
    await files.register(ctx.tx, stored)
    attachment = Attachment(as_of(ctx.now), stored.size, stored.media_type, sha256=stored.sha256)
    await work.record(ctx.tx, "person.exported", actor_id=ctx.me.id, at=ctx.now)
    await ctx.say("handlers.data.exported", attachments=[attachment])


async def _delete(ctx: Context, button: Button) -> None:
    sure = await ctx.button("data_delete_sure", {}, ctx.t("handlers.data.delete_sure"))
    await ctx.say("handlers.data.delete_ask", office=ctx.office.name, choices=[[sure]])


async def _delete_sure(ctx: Context, button: Button) -> None:
    """Blank the person, and let the office know which units may have lost their contact."""
    person, scope = ctx.me, ctx.scope
    names = await registry.unit_names(ctx.tx, person.unit_ids)
    staff = [one for one in await people.with_right(ctx.tx, ctx.office.id, Right.ADMIT) if one != person.id]
    t = ctx.t
    await privacy.erase_person(ctx.tx, person.id)
    await work.record(
        ctx.tx, "person.erased", actor_id=person.id, at=ctx.now, detail={"unit_ids": list(scope.unit_ids)}
    )
    if names:
        units = "; ".join(names.values())
        for staff_id in staff:
            await ctx.tell(staff_id, lambda t: t("handlers.data.office_told", units=units))
    ctx.person = None
    await ctx.say_text(t("handlers.data.deleted", office=ctx.office.name))


ACTIONS = {
    "data_change": _change,
    "data_export": _export,
    "data_delete": _delete,
    "data_delete_sure": _delete_sure,
}
FLOWS = {FLOW: _continue}
