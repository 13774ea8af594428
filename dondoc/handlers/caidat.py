"""/caidat: administrators change settings of the office in chat; each is shown with what it leads to before it is saved."""

from __future__ import annotations

from datetime import date, timedelta

from dondoc.chat.messages import Choice
from dondoc.handlers.context import Context
from dondoc.rules.office_settings import SETTINGS, OfficeSetting, SettingKind, Value, read_value
from dondoc.storage import offices, work
from dondoc.storage.conversations import Button, Conversation
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import format_date, format_day

FLOW = "caidat"
_NEXT_DAYS = 6


async def show(ctx: Context) -> None:
    """Every setting with its value, and a button to change it."""
    lines = [ctx.t("handlers.settings.head", office=ctx.office.name)]
    rows: list[list[Choice]] = []
    for name, setting in SETTINGS.items():
        if setting.kind is not SettingKind.DAY:
            lines.append(f"• {_label(ctx, name)}: {_shown(ctx, setting, await _present(ctx, name))}")
        rows.append([await ctx.button("setting_pick", {"name": name}, ctx.t(f"handlers.settings.change.{name}"))])
    special = await offices.calendar_overrides_from(ctx.tx, ctx.now.date())
    for day, working in special:
        what = "working_day" if working else "day_off"
        lines.append(f"• {_label(ctx, what)}: {format_day(day)}")
    await ctx.say_text("\n".join(lines), choices=rows)


def _label(ctx: Context, name: str) -> str:
    return ctx.t(f"handlers.settings.label.{name}")


async def _present(ctx: Context, name: str) -> Value:
    of_office = {"name": ctx.office.name, "organ": ctx.office.organ, "place": ctx.office.place}
    if name in of_office:
        return of_office[name]
    value: Value = await offices.setting(ctx.tx, ctx.office.id, name, offices.DEFAULTS[name])
    return value


def _shown(ctx: Context, setting: OfficeSetting, value: Value) -> str:
    if setting.kind is SettingKind.SWITCH:
        return ctx.t("handlers.yes" if value else "handlers.no")
    if setting.kind is SettingKind.DAY:
        return format_day(date.fromisoformat(str(value)))
    return str(value) or "–"


async def _pick(ctx: Context, button: Button) -> None:
    """Ask for the new value: two buttons for a switch, a message for anything else."""
    setting = SETTINGS[str(button.data["name"])]
    label = _label(ctx, setting.name)
    if setting.kind is SettingKind.SWITCH:
        row = [
            await ctx.button("setting_value", {"name": setting.name, "value": value}, ctx.t(f"handlers.{word}"))
            for value, word in ((True, "yes"), (False, "no"))
        ]
        await ctx.say("handlers.settings.ask_switch", label=label, choices=[row])
        return
    await ctx.remember(FLOW, setting.name, {})
    await ctx.say(f"handlers.settings.ask_{setting.kind.value}", label=label, least=setting.least, most=setting.most)


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    setting = SETTINGS[conversation.step]
    if ctx.files or not ctx.text:
        return False
    value = read_value(setting, ctx.text, ctx.now.date())
    if value is None:
        await ctx.say(
            f"handlers.settings.bad_{setting.kind.value}",
            label=_label(ctx, setting.name),
            least=setting.least,
            most=setting.most,
        )
        return True
    await ctx.forget()
    await _preview(ctx, setting, value)
    return True


async def _pressed_value(ctx: Context, button: Button) -> None:
    await _preview(ctx, SETTINGS[str(button.data["name"])], button.data["value"])


async def _preview(ctx: Context, setting: OfficeSetting, value: Value) -> None:
    """What will be, before it is."""
    data = {"name": setting.name, "value": value}
    save = await ctx.button("setting_save", data, ctx.t("handlers.settings.save"))
    drop = await ctx.button("setting_drop", {}, ctx.t("handlers.settings.drop"))
    shown = _shown(ctx, setting, value)
    text = ctx.t("handlers.settings.preview", label=_label(ctx, setting.name), value=shown)
    await ctx.say_text(f"{text}\n{await _effect(ctx, setting, value)}", choices=[[save, drop]])


async def _effect(ctx: Context, setting: OfficeSetting, value: Value) -> str:
    name = f"handlers.settings.effect.{setting.name}"
    today = ctx.now.date()
    if setting.name in ("saturdays", "day_off", "working_day"):
        days = _working_days(await _calendar_with(ctx, setting, value), _from_day(setting, value, today))
        return ctx.t("handlers.settings.effect.working_days", days="; ".join(map(format_day, days)))
    if setting.name == "joining_is_checked":
        return ctx.t(f"{name}.{'yes' if value else 'no'}")
    if setting.name == "invitation_days":
        until = ctx.machine.astimezone(ctx.now.tzinfo).date() + timedelta(days=int(value) - 1)
        return ctx.t(name, until=format_date(until))
    if setting.name == "retention_days":
        before = ctx.machine.astimezone(ctx.now.tzinfo).date() - timedelta(days=int(value))
        return ctx.t(name, before=format_date(before))
    return ctx.t(name, value=value)


async def _calendar_with(ctx: Context, setting: OfficeSetting, value: Value) -> WorkCalendar:
    if setting.name == "saturdays":
        return await offices.work_calendar(ctx.tx, ctx.office.id, saturdays=bool(value))
    day = date.fromisoformat(str(value))
    return await offices.work_calendar(ctx.tx, ctx.office.id, also={day: setting.name == "working_day"})


def _from_day(setting: OfficeSetting, value: Value, today: date) -> date:
    """A little before the day that changes, so that it is seen to be there or to be left out."""
    if setting.kind is not SettingKind.DAY:
        return today
    return max(today, date.fromisoformat(str(value)) - timedelta(days=2))


def _working_days(calendar: WorkCalendar, start: date) -> list[date]:
    days: list[date] = []
    day = calendar.on_or_after(start)
    while len(days) < _NEXT_DAYS:
        days.append(day)
        day = calendar.after(day)
    return days


async def _save(ctx: Context, button: Button) -> None:
    """Once; the log says what was changed from what to what."""
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
        return
    setting, value = SETTINGS[str(button.data["name"])], button.data["value"]
    before: Value | None = None
    if setting.kind is SettingKind.DAY:
        await offices.set_working(ctx.tx, date.fromisoformat(value), working=setting.name == "working_day")
    else:
        before = await _present(ctx, setting.name)
        if setting.kind is SettingKind.TEXT:
            await offices.name_office(ctx.tx, ctx.office.id, **{setting.name: str(value)})
            # From now on the registry's own words for it no longer count.
            await offices.set_setting(ctx.tx, ctx.office.id, offices.NAMED_BY_HAND, True)
        else:
            await offices.set_setting(ctx.tx, ctx.office.id, setting.name, value)
    detail = {"name": setting.name, "from": before, "to": value}
    await work.record(ctx.tx, "setting.changed", actor_id=ctx.me.id, at=ctx.now, detail=detail)
    await ctx.say("handlers.settings.saved", label=_label(ctx, setting.name), value=_shown(ctx, setting, value))


async def _drop(ctx: Context, button: Button) -> None:
    await ctx.say("handlers.settings.dropped")


ACTIONS = {
    "setting_pick": _pick,
    "setting_value": _pressed_value,
    "setting_save": _save,
    "setting_drop": _drop,
}
FLOWS = {FLOW: _continue}
