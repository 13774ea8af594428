"""Which directive and which of its drafts a person is reviewing, kept in a row so that it survives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from dondoc.handlers.context import Context
from dondoc.storage import conversations, directives, outbox

FLOW = "soanthao"
REVIEW, ASKED, APPROVE = "review", "asked", "approve"
"""Steps: drafts were shown, a question was asked, an approval was offered in words."""

_DRAFT, _DIRECTIVE = "draft:", "directive:"
_REMEMBERED_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Focus:
    """``task`` is the draft that was shown last, if it was one; ``passed`` those gone by on the way from one to the next;
    ``seen`` the last step of reviewing that the person knows of, None where that is not known."""

    directive: int
    task: int | None = None
    passed: tuple[int, ...] = ()
    seen: int | None = None

    @property
    def about(self) -> list[str]:
        """What a message about several drafts speaks of."""
        return [f"{_DIRECTIVE}{self.directive}"]

    def of(self, task: int | None) -> Focus:
        """The same with another draft shown."""
        return replace(self, task=task)

    def passing(self) -> Focus:
        """The draft that was shown is done with."""
        return self if self.task is None else replace(self, task=None, passed=(*self.passed, self.task))

    def having_seen(self, step: int) -> Focus:
        return replace(self, seen=step)

    async def keep(self, ctx: Context, step: str = REVIEW, **more: Any) -> None:
        """Remember it for this chat, with what the step needs besides."""
        await ctx.remember(FLOW, step, {**self.data, **more})

    @property
    def data(self) -> dict[str, Any]:
        """As conversations and buttons keep it."""
        return {"directive": self.directive, "task": self.task, "passed": list(self.passed), "seen": self.seen}


def focus_from(data: Mapping[str, Any]) -> Focus:
    """What a conversation or a button kept."""
    return Focus(int(data["directive"]), data.get("task"), tuple(data.get("passed", ())), data.get("seen"))


async def focus_on(ctx: Context, focus: Focus) -> Focus:
    """The same draft; what was passed and seen besides is the conversation's, if it is about the same directive."""
    conversation = await conversations.recall(ctx.tx, ctx.address, ctx.machine)
    if conversation is None or conversation.flow != FLOW or conversation.data["directive"] != focus.directive:
        return focus
    return focus_from(conversation.data).of(focus.task)


async def focus_of_reply(ctx: Context) -> Focus | None:
    """What the message that was answered spoke of, or else the last one that spoke of anything; None if not of drafts."""
    if ctx.inbound.reply_to:
        to = ctx.address
        sent = await outbox.find_sent(ctx.tx, to.channel, to.account, to.chat_id, ctx.inbound.reply_to)
        about = sent.payload.get("message", {}).get("about") or [] if sent else []
    else:
        about, _ = await outbox.last_about(ctx.tx, ctx.address, ctx.machine - _REMEMBERED_FOR)
    if len(about) != 1:
        return None
    [name] = about
    if name.startswith(_DIRECTIVE):
        return await focus_on(ctx, Focus(int(name.removeprefix(_DIRECTIVE))))
    if not name.startswith(_DRAFT):
        return None
    task_id = int(name.removeprefix(_DRAFT))
    try:
        task = await directives.get_task(ctx.tx, task_id)
    except LookupError:
        return None
    if task.directive_id is None:
        return None
    return await focus_on(ctx, Focus(task.directive_id, task_id if ctx.inbound.reply_to else None))
