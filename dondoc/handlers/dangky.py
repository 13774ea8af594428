"""Joining by one-time code. An unknown person, whatever they send, gets only the way to register."""

from __future__ import annotations

from dondoc.handlers.context import Context
from dondoc.locales import Translator
from dondoc.reports.phrases import Phrases
from dondoc.rules.roles import Right, Scope
from dondoc.rules.states import OWING
from dondoc.storage import invitations, offices, people, registry, work
from dondoc.storage.conversations import Button
from dondoc.storage.invitations import Invitation, Joined
from dondoc.storage.people import Person
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count, format_date, format_hour

_SHOWN = 10


async def stranger(ctx: Context) -> None:
    """A message of somebody unknown."""
    code = _code_in(ctx.text)
    if code is None or ctx.inbound.is_group:
        if not ctx.inbound.is_group:
            await ctx.say("handlers.join.how")
        return
    await _join(ctx, code)


async def start(ctx: Context) -> None:
    """/start of somebody known: with a further code they join once more (another unit, another role)."""
    code = _code_in(ctx.text)
    if code is not None:
        await _join(ctx, code)
    elif await invitations.is_waiting(ctx.tx, ctx.me.id):
        await ctx.say("handlers.join.waits", office=ctx.office.name)
    else:
        await ctx.say("handlers.join.welcome_back", name=_salutation(ctx.t, ctx.me), office=ctx.office.name)


def _code_in(text: str) -> str | None:
    """The code of "/start CODE", or a code that was typed alone."""
    words = text.split()
    if len(words) == 2 and words[0].partition("@")[0] == "/start":
        return words[1]
    if len(words) == 1 and invitations.looks_like_code(words[0]):
        return words[0]
    return None


async def _join(ctx: Context, code: str) -> None:
    if await invitations.slowed_down(ctx.tx, ctx.address, ctx.machine):
        await ctx.say("handlers.join.slow_down")
        return
    invitation = await invitations.open_invitation(ctx.tx, code, ctx.machine)
    if invitation is None:
        # Used, expired and unknown codes get the same words, so that nothing can be learned by trying.
        await invitations.count_wrong_code(ctx.tx, ctx.address, ctx.machine)
        await ctx.say("handlers.join.bad_code")
        return
    checked = bool(await offices.setting(ctx.tx, ctx.office.id, offices.JOINING_IS_CHECKED, False))
    person_id = ctx.person.id if ctx.person else await _person_for(ctx, invitation, known=not checked)
    await invitations.use_invitation(ctx.tx, invitation, person_id, ctx.machine, admit=not checked)
    await people.join(ctx.tx, person_id, ctx.address, ctx.machine)
    await invitations.forget_wrong_codes(ctx.tx, ctx.address)
    detail = {"role": invitation.role.value, "unit_id": invitation.unit_id, "checked": checked}
    await work.record(ctx.tx, "person.joined", actor_id=person_id, at=ctx.now, detail=detail)
    ctx.person = await people.get_person(ctx.tx, person_id, ctx.now.date())
    if checked:
        await ctx.say("handlers.join.waits", office=ctx.office.name)
        await _ask_office(ctx, invitation)
        return
    await ctx.say_text(await _welcome(ctx, ctx.t, ctx.me, invitation))
    await _open_tasks(ctx, invitation)


async def _person_for(ctx: Context, invitation: Invitation, *, known: bool) -> int:
    """Who the code is for: the contact of that name, the unit's first contact not yet joined, or a new person.

    Unless they are ``known`` to be who the code was made for, they are a new person until the office has looked.
    """
    if invitation.unit_id is not None and known:
        contacts = await registry.contacts_of(ctx.tx, [invitation.unit_id])
        joined = await people.addresses_of(ctx.tx, [contact.person_id for contact in contacts])
        waiting = [contact for contact in contacts if contact.person_id not in joined]
        named = [contact for contact in waiting if contact.name == invitation.person_name]
        if named or (waiting and not invitation.person_name):
            return (named or waiting)[0].person_id
    name = invitation.person_name or nfc(ctx.inbound.sender_name).strip()
    return await people.add_person(ctx.tx, ctx.machine, name=name[:200])


async def _welcome(ctx: Context, t: Translator, person: Person, invitation: Invitation) -> str:
    """Who they are to the office from now on, what is kept about them and why."""
    given = {"name": _salutation(t, person), "office": ctx.office.name}
    if invitation.unit_id is None:
        role = t(f"handlers.role.{invitation.role.value}")
        if invitation.field:
            role = t("handlers.role.with_field", role=role, field=invitation.field)
        return t("handlers.join.welcome_office", role=role, **given)
    names = await registry.unit_names(ctx.tx, [invitation.unit_id])
    return t("handlers.join.welcome_unit", unit=names[invitation.unit_id], **given)


async def _open_tasks(ctx: Context, invitation: Invitation) -> None:
    if invitation.unit_id is None:
        return
    scope = Scope(person_id=ctx.me.id, unit_ids=frozenset({invitation.unit_id}))
    items = [item for item in await work.find(ctx.tx, scope, states=OWING, role="lead") if item.task_class == "dated"]
    if items:
        phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
        lines = [ctx.t("handlers.join.open_tasks", number=count(len(items)))]
        lines += [
            ctx.t(
                "handlers.task_line",
                title=phrases.title(item, cited=False),
                deadline=phrases.deadline(item.deadline, remaining=False),
                state=phrases.state(item),
            )
            for item in items[:_SHOWN]
        ]
        about = [f"assignment:{item.id}" for item in items[:_SHOWN]]
        await ctx.say_text("\n".join(lines), about=about)


async def closed_unit(ctx: Context) -> None:
    """Who answers only for units that exist no more is told who goes on with their work."""
    closed = sorted(ctx.scope.closed)
    names = await registry.unit_names(ctx.tx, closed)
    successors = await registry.unit_names(ctx.tx, await registry.successors_of(ctx.tx, closed))
    went_to = "; ".join(successors.values()) or "–"
    await ctx.say("handlers.unit_closed", units="; ".join(names.values()), successors=went_to, office=ctx.office.name)


# --- the office looks who joined --------------------------------------------------------------------------------------


async def _ask_office(ctx: Context, invitation: Invitation) -> None:
    [joined] = await invitations.joined(ctx.tx, ctx.office.id, invitation_id=invitation.id)
    data = {"invitation": invitation.id}
    choices = [("admit", "handlers.join.admit", data), ("turn_away", "handlers.join.turn_away", data)]
    for person_id in await people.with_right(ctx.tx, ctx.office.id, Right.ADMIT):
        await ctx.tell(
            person_id,
            lambda t: t("handlers.join.to_admit", who=_who(t, joined), sender=ctx.inbound.sender_name or "–"),
            choices=choices,
        )


async def listing(ctx: Context) -> None:
    """/dangky: those who wait to be let in, each with its buttons, and who joined last."""
    waiting = await invitations.joined(ctx.tx, ctx.office.id, waiting=True)
    for joined in reversed(waiting):
        data = {"invitation": joined.invitation.id}
        admit = await ctx.button("admit", data, ctx.t("handlers.join.admit"))
        turn_away = await ctx.button("turn_away", data, ctx.t("handlers.join.turn_away"))
        await ctx.say(
            "handlers.join.to_admit", who=_who(ctx.t, joined), sender=joined.name, choices=[[admit, turn_away]]
        )
    latest = [one for one in await invitations.joined(ctx.tx, ctx.office.id) if one.admitted]
    reached, total = await people.coverage(ctx.tx, ctx.now.date())
    lines = [ctx.t("handlers.join.coverage", reached=count(reached), total=count(total))]
    if latest:
        lines.append(ctx.t("handlers.join.latest"))
    for joined in latest:
        moment = joined.used_at.astimezone(ctx.now.tzinfo)
        when = f"{format_hour(moment)}, {format_date(moment.date())}"
        lines.append(ctx.t("handlers.join.latest_line", who=_who(ctx.t, joined), when=when))
    await ctx.say_text("\n".join(lines))


async def _admit(ctx: Context, button: Button) -> None:
    joined = await _waiting(ctx, button)
    if joined is None:
        return
    invitation = joined.invitation
    await invitations.decide(ctx.tx, invitation, joined.person_id, ctx.machine, admitted=True)
    await _record(ctx, "person.admitted", joined)
    person = await people.get_person(ctx.tx, joined.person_id, ctx.now.date())
    text = {language: await _welcome(ctx, t, person, invitation) for language, t in ctx.languages()}
    await ctx.tell(joined.person_id, lambda t: text[t.language])
    await ctx.say("handlers.join.admitted", who=_who(ctx.t, joined))


async def _turn_away(ctx: Context, button: Button) -> None:
    joined = await _waiting(ctx, button)
    if joined is None:
        return
    await invitations.decide(ctx.tx, joined.invitation, joined.person_id, ctx.machine, admitted=False)
    await _record(ctx, "person.turned_away", joined)
    await ctx.tell(joined.person_id, lambda t: t("handlers.join.not_admitted", office=ctx.office.name))
    await ctx.say("handlers.join.turned_away", who=_who(ctx.t, joined))


async def _waiting(ctx: Context, button: Button) -> Joined | None:
    found = await invitations.joined(
        ctx.tx, ctx.office.id, waiting=True, invitation_id=int(button.data["invitation"]), limit=1
    )
    if not found:
        await ctx.say("handlers.button_old")
        return None
    return found[0]


async def _record(ctx: Context, kind: str, joined: Joined) -> None:
    detail = {"person_id": joined.person_id, "role": joined.invitation.role.value, "unit_id": joined.invitation.unit_id}
    await work.record(ctx.tx, kind, actor_id=ctx.me.id, at=ctx.now, detail=detail)


def _who(t: Translator, joined: Joined) -> str:
    name = " – ".join(filter(None, (joined.name, joined.title))) or "–"
    return f"{name} ({joined.unit_name or t(f'handlers.role.{joined.invitation.role.value}')})"


def _salutation(t: Translator, person: Person) -> str:
    """How the person is addressed: the stored form with the name; unknown: đồng chí."""
    form = person.address_form or t("handlers.comrade")
    return f"{form} {person.name}".strip()


ACTIONS = {"admit": _admit, "turn_away": _turn_away}
