"""Joining by one-time code. An unknown person, whatever they send, gets only the way to register."""

from __future__ import annotations

from dondoc.handlers.context import Context
from dondoc.reports.phrases import Phrases
from dondoc.rules.roles import Scope
from dondoc.rules.states import OWING
from dondoc.storage import people, registry, work
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count

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
    if code is None:
        await ctx.say("handlers.join.welcome_back", name=_salutation(ctx), office=ctx.office.name)
        return
    await _join(ctx, code)


def _code_in(text: str) -> str | None:
    """The code of "/start CODE", or a code that was typed alone."""
    words = text.split()
    if len(words) == 2 and words[0].partition("@")[0] == "/start":
        return words[1]
    if len(words) == 1 and people.looks_like_code(words[0]):
        return words[0]
    return None


async def _join(ctx: Context, code: str) -> None:
    if await people.slowed_down(ctx.tx, ctx.address, ctx.machine):
        await ctx.say("handlers.join.slow_down")
        return
    invitation = await people.open_invitation(ctx.tx, code, ctx.machine)
    if invitation is None:
        # Used, expired and unknown codes get the same words, so that nothing can be learned by trying.
        await people.count_wrong_code(ctx.tx, ctx.address, ctx.machine)
        await ctx.say("handlers.join.bad_code")
        return
    person_id = ctx.person.id if ctx.person else await _person_for(ctx, invitation)
    if invitation.unit_id is not None:
        await people.add_contact(ctx.tx, invitation.unit_id, person_id)
    else:
        await people.add_role(ctx.tx, person_id, invitation.office_id, invitation.role)
    await people.use_invitation(ctx.tx, invitation.id, person_id, ctx.machine)
    await people.join(ctx.tx, person_id, ctx.address, ctx.machine)
    await people.forget_wrong_codes(ctx.tx, ctx.address)
    await work.record(ctx.tx, "person.joined", actor_id=person_id, at=ctx.now, detail={"role": invitation.role.value})
    ctx.person = await people.get_person(ctx.tx, person_id)
    await _welcome(ctx, invitation)


async def _person_for(ctx: Context, invitation: people.Invitation) -> int:
    """Who the code is for: the contact of that name, the unit's first contact not yet joined, or a new person."""
    if invitation.unit_id is not None:
        contacts = await registry.contacts_of(ctx.tx, [invitation.unit_id])
        joined = await people.addresses_of(ctx.tx, [contact.person_id for contact in contacts])
        waiting = [contact for contact in contacts if contact.person_id not in joined]
        named = [contact for contact in waiting if contact.name == invitation.person_name]
        if named or (waiting and not invitation.person_name):
            return (named or waiting)[0].person_id
    name = invitation.person_name or nfc(ctx.inbound.sender_name).strip()
    return await people.add_person(ctx.tx, ctx.machine, name=name[:200])


async def _welcome(ctx: Context, invitation: people.Invitation) -> None:
    name = _salutation(ctx)
    if invitation.unit_id is None:
        role = ctx.t(f"handlers.role.{invitation.role.value}")
        await ctx.say("handlers.join.welcome_office", name=name, office=ctx.office.name, role=role)
        return
    names = await registry.unit_names(ctx.tx, [invitation.unit_id])
    await ctx.say("handlers.join.welcome_unit", name=name, office=ctx.office.name, unit=names[invitation.unit_id])
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


def _salutation(ctx: Context) -> str:
    """How the person is addressed: the stored form with the name; unknown: đồng chí."""
    form = ctx.me.address_form or ctx.t("handlers.comrade")
    return f"{form} {ctx.me.name}".strip()
