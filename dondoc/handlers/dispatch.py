"""Which conversation a message belongs to.

In this order: strangers can only register; a pressed button means what the database says; a command; a conversation under
way; a file; and everything else is an answer about somebody's work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from dondoc.handlers import baocao, dangky, duyet, giahan, giaoviec, soanthao, tiendo, tiepnhan, trogiup, vanban
from dondoc.handlers.context import Context
from dondoc.handlers.secret import erase_of_stranger, refuse_secret
from dondoc.rules.roles import Right
from dondoc.storage import conversations, people
from dondoc.vietnamese.text import fold

log = structlog.get_logger(__name__)

Step = Callable[[Context], Awaitable[None]]
PressedStep = Callable[[Context, conversations.Button], Awaitable[None]]
Continued = Callable[[Context, conversations.Conversation], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Command:
    """What a slash command does and the right it takes. ``rest`` of the text is the handler's to read."""

    run: Step
    right: Right | None


COMMANDS: dict[str, Command] = {
    "start": Command(dangky.start, None),
    "trogiup": Command(trogiup.help_, None),
    "help": Command(trogiup.help_, None),
    "nhiemvu": Command(trogiup.my_tasks, Right.SEE_OWN),
    "giaoviec": Command(giaoviec.start, Right.ASSIGN),
    "giaonhiemvu": Command(giaoviec.start, Right.ASSIGN),
    "tiendo": Command(tiendo.show, Right.SEE_ALL),
    "duyet": Command(duyet.queue, Right.CONFIRM),
    "giahan": Command(giahan.queue, Right.DECIDE),
    "vanban": Command(vanban.list_drafts, Right.ASSIGN),
    "xuat": Command(tiendo.export, Right.SEE_ALL),
    "ngonngu": Command(trogiup.language, None),
}

ACTIONS: dict[str, PressedStep] = {
    **baocao.ACTIONS,
    **duyet.ACTIONS,
    **giahan.ACTIONS,
    **giaoviec.ACTIONS,
    **soanthao.ACTIONS,
    **tiendo.ACTIONS,
    **tiepnhan.ACTIONS,
    **trogiup.ACTIONS,
}

FLOWS: dict[str, Continued] = {
    **baocao.FLOWS,
    **duyet.FLOWS,
    **giahan.FLOWS,
    **giaoviec.FLOWS,
}


async def dispatch(ctx: Context) -> None:
    """Handle one message, whatever it is."""
    if ctx.inbound.service:
        await _service(ctx)
        return
    if ctx.person is None:
        await erase_of_stranger(ctx)
        await dangky.stranger(ctx)
        return
    await people.set_reachable(ctx.tx, ctx.address, True)
    if ctx.inbound.is_group:
        # What is said in a group may be read by people who may not see it: nothing about tasks is said there.
        if ctx.text.startswith("/"):
            await ctx.say("handlers.group_only_private")
        return
    if await refuse_secret(ctx):
        return
    if ctx.inbound.choice is not None:
        await _pressed(ctx, ctx.inbound.choice)
        return
    if await _command(ctx):
        return
    conversation = await conversations.recall(ctx.tx, ctx.address, ctx.machine)
    if conversation is not None and await FLOWS[conversation.flow](ctx, conversation):
        return
    if await vanban.offered(ctx):
        return
    if await duyet.one_line(ctx):
        return
    if ctx.may(Right.ANSWER):
        await baocao.answer(ctx)
        return
    if await tiendo.question(ctx):
        return
    await ctx.say("handlers.not_understood_office")


async def _service(ctx: Context) -> None:
    """The platform tells that a person blocked the bot or came back."""
    await people.set_reachable(ctx.tx, ctx.address, ctx.inbound.service == "unblocked", ctx.inbound.service)


async def _command(ctx: Context) -> bool:
    found = read_command(ctx.text)
    if found is None:
        return False
    name, ctx.argument = found
    command = COMMANDS.get(name)
    if command is None:
        await ctx.say("handlers.unknown_command")
    elif command.right is not None and not ctx.may(command.right):
        await ctx.say("handlers.no_right")
    else:
        await ctx.forget()
        await command.run(ctx)
    return True


def read_command(text: str) -> tuple[str, str] | None:
    """The command's name without marks and case, and what stands behind it; None if the text is no command.

    "/tien do" is understood as /tiendo, and "/TiếnĐộ@bot" as well.
    """
    if not text.startswith("/"):
        return None
    first, _, rest = text[1:].strip().partition(" ")
    name = fold(first.partition("@")[0])
    second, _, further = rest.strip().partition(" ")
    if name not in COMMANDS and name + fold(second) in COMMANDS:
        return name + fold(second), further.strip()
    return name, rest.strip()


async def _pressed(ctx: Context, choice: str) -> None:
    button = await conversations.get_button(ctx.tx, choice)
    if button is None or button.person_id != ctx.me.id:
        # Somebody else's button, or one that was forwarded: it says nothing about what it stands for.
        await ctx.say("handlers.button_foreign")
        return
    await conversations.use_button(ctx.tx, button.id, ctx.machine)
    await ACTIONS[button.action](ctx, button)
