"""Which conversation a message belongs to, and whether its sender may.

In this order: strangers can only register; a pressed button means what the database says; a command; a conversation under
way; a file; and everything else is an answer about somebody's work. What each takes stands in ``rules.permissions``; it is
looked up here and nowhere else, so a handler that runs may do its work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from dondoc.handlers import (
    approving,
    baocao,
    caidat,
    dangky,
    daumoi,
    draft_buttons,
    dulieu,
    duyet,
    giahan,
    giaoviec,
    goidien,
    hoantac,
    hoivanban,
    invitations,
    menu,
    moi,
    nhatky,
    soanthao,
    suadoi,
    tiendo,
    tiepnhan,
    trogiup,
    vanban,
)
from dondoc.handlers.context import Context
from dondoc.handlers.secret import erase_of_stranger, refuse_secret
from dondoc.rules import permissions
from dondoc.rules.commands import Command, read_bare, read_command
from dondoc.rules.roles import Right
from dondoc.storage import conversations, people, submissions, work

log = structlog.get_logger(__name__)

Step = Callable[[Context], Awaitable[None]]
PressedStep = Callable[[Context, conversations.Button], Awaitable[None]]
Continued = Callable[[Context, conversations.Conversation], Awaitable[bool]]

# What each command does. What stands behind its name is the handler's to read: ``ctx.argument``.
COMMANDS: dict[str, Step] = {
    "start": dangky.start,
    "trogiup": trogiup.help_,
    "nhiemvu": trogiup.my_tasks,
    "giaoviec": giaoviec.start,
    "vanban": vanban.list_drafts,
    "duyet": duyet.queue,
    "giahan": giahan.queue,
    "tiendo": tiendo.show,
    "xuat": tiendo.export,
    "hoantac": hoantac.show,
    "goidien": goidien.show,
    "dangky": dangky.listing,
    "moi": moi.invite,
    "bangiao": daumoi.hand_over,
    "thaythe": daumoi.stand_in,
    "nhatky": nhatky.show,
    "caidat": caidat.show,
    "dulieu": dulieu.show,
    "ngonngu": trogiup.language,
}

ACTIONS: dict[str, PressedStep] = {
    **baocao.ACTIONS,
    **caidat.ACTIONS,
    **dangky.ACTIONS,
    **daumoi.ACTIONS,
    **dulieu.ACTIONS,
    **duyet.ACTIONS,
    **giahan.ACTIONS,
    **giaoviec.ACTIONS,
    **hoantac.ACTIONS,
    **invitations.ACTIONS,
    **moi.ACTIONS,
    **hoivanban.ACTIONS,
    **approving.ACTIONS,
    **draft_buttons.ACTIONS,
    **suadoi.ACTIONS,
    **tiendo.ACTIONS,
    **tiepnhan.ACTIONS,
    **trogiup.ACTIONS,
    **vanban.ACTIONS,
}

FLOWS: dict[str, Continued] = {
    **baocao.FLOWS,
    **caidat.FLOWS,
    **dulieu.FLOWS,
    **duyet.FLOWS,
    **giahan.FLOWS,
    **giaoviec.FLOWS,
    **hoivanban.FLOWS,
    **soanthao.FLOWS,
}

# Those who may read what is neither a command nor a button, in this order; each says whether it was meant.
READERS: tuple[tuple[Right, Callable[[Context], Awaitable[bool]]], ...] = (
    (permissions.DRAFT_WORDS, soanthao.words),
    (permissions.DIRECTIVE_FILE, vanban.offered),
    (permissions.PAPER_LINE, duyet.one_line),
    (permissions.REPLY, baocao.answer),
    (permissions.QUESTION, tiendo.question),
)


async def dispatch(ctx: Context) -> None:
    """Handle one message, whatever it is."""
    if ctx.inbound.service:
        await _service(ctx)
        return
    shown = ctx.person.menu if ctx.person else None
    await _handle(ctx)
    if ctx.person is not None and not ctx.inbound.is_group:
        menu.keep_up(ctx, shown)


async def _handle(ctx: Context) -> None:
    if ctx.person is None:
        await erase_of_stranger(ctx)
        await dangky.stranger(ctx)
        return
    if await refuse_secret(ctx):
        return
    if ctx.inbound.is_group:
        # What is said in a group may be read by people who may not see it: nothing about tasks is said there.
        if ctx.text.startswith("/") or ctx.inbound.choice is not None:
            await ctx.say("handlers.group_only_private")
        return
    await people.set_reachable(ctx.tx, ctx.address, True)
    if ctx.inbound.choice is not None:
        await _pressed(ctx, ctx.inbound.choice)
        return
    command = read_command(ctx.text, COMMANDS)
    if command is not None:
        await _command(ctx, command)
        return
    conversation = await conversations.recall(ctx.tx, ctx.address, ctx.machine)
    if conversation is not None and await _continue(ctx, conversation):
        return
    await _words(ctx)


async def _service(ctx: Context) -> None:
    """The platform tells that a person blocked the bot or came back."""
    await people.set_reachable(ctx.tx, ctx.address, ctx.inbound.service == "unblocked", ctx.inbound.service)


async def _command(ctx: Context, command: Command) -> None:
    if not command.known:
        await ctx.say("handlers.unknown_command")
    elif await _is_allowed(ctx, permissions.COMMANDS[command.name]):
        ctx.argument = command.argument
        await ctx.forget()
        await _note_reading(ctx, command.name)
        await COMMANDS[command.name](ctx)


async def _pressed(ctx: Context, choice: str) -> None:
    button = await conversations.get_button(ctx.tx, choice)
    if button is None or button.person_id != ctx.me.id:
        # Somebody else's button, or one that was forwarded: it says nothing about what it stands for.
        await ctx.say("handlers.button_foreign")
        return
    if await _is_allowed(ctx, permissions.BUTTONS[button.action], button.data):
        await conversations.use_button(ctx.tx, button.id, ctx.machine)
        await _note_reading(ctx, button.action)
        await ACTIONS[button.action](ctx, button)


async def _continue(ctx: Context, conversation: conversations.Conversation) -> bool:
    """Whether the message belongs to the conversation under way. Who lost the right to it says something new."""
    right = permissions.flow_right(conversation.flow, conversation.step)
    if right is not None and not ctx.scope.may(right, await _units_meant(ctx, conversation.data)):
        return False
    return await FLOWS[conversation.flow](ctx, conversation)


async def _words(ctx: Context) -> None:
    """Neither button nor command, and no conversation is under way."""
    bare = None if ctx.files else read_bare(ctx.text, COMMANDS)
    if bare is not None and _may(ctx, permissions.COMMANDS[bare.name]):
        await _note_reading(ctx, bare.name)
        await COMMANDS[bare.name](ctx)
        return
    for right, reader in READERS:
        if ctx.may(right) and await reader(ctx):
            return
    if ctx.scope.closed:
        await dangky.closed_unit(ctx)
    elif not ctx.me.roles:
        await dangky.start(ctx)
    else:
        await ctx.say("handlers.not_understood_office")


# --- who may ----------------------------------------------------------------------------------------------------------


def _may(ctx: Context, right: Right | None) -> bool:
    return right is None or ctx.may(right)


async def _is_allowed(ctx: Context, right: Right | None, data: Mapping[str, Any] | None = None) -> bool:
    """Whether the sender has the right, over every unit that the data speak of; if not, they are told."""
    if not _may(ctx, right):
        await ctx.say("handlers.no_right")
        return False
    if right is None or data is None or ctx.scope.may(right, await _units_meant(ctx, data)):
        return True
    await ctx.say("handlers.outside_field" if right in ctx.scope.fields else "handlers.button_foreign")
    return False


async def _note_reading(ctx: Context, name: str) -> None:
    if name in permissions.READINGS:
        await work.record(ctx.tx, f"read.{name}", actor_id=ctx.me.id, at=ctx.now)


async def _units_meant(ctx: Context, data: Mapping[str, Any]) -> frozenset[int]:
    """The units of the assignments, of the request for more time, or of the draft that a button or a step speaks of."""
    ids = [int(one) for one in data.get("assignments", ())]
    if data.get("assignment") is not None:
        ids.append(int(data["assignment"]))
    if data.get("extension") is not None:
        extension = await submissions.get_extension(ctx.tx, int(data["extension"]))
        ids += [extension.assignment_id] if extension else []
    draft = data.get("draft", {})
    named = frozenset(int(one) for one in (*draft.get("lead", ()), *draft.get("cooperate", ())))
    return named | (await work.units_of(ctx.tx, ids) if ids else frozenset())
