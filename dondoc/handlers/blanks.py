"""The number and the day of a document that could not be read: which is asked next, and what waits for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dondoc.handlers import intake
from dondoc.handlers.context import Context
from dondoc.storage import conversations, directives
from dondoc.storage.conversations import Conversation
from dondoc.storage.directives import Directive

FLOW = "hoivanban"
NUMBER, DAY = "number", "day"
_NONE = "none"


async def ask(ctx: Context, directive: Directive) -> bool:
    """Ask for the number or the day of a document that is not approved, if it is blank and nobody has said that there is
    none. False if nothing is missing."""
    step = blank(directive)
    if step is None:
        return False
    await wait_for(ctx, step, {"directive": directive.id})
    data = {"directive": directive.id, "what": step}
    none = await ctx.button("reference_none", data, ctx.t(f"handlers.reference.no_{step}"))
    await ctx.say(f"handlers.reference.ask_{step}", citation=intake.citation(directive), choices=[[none]])
    return True


def blank(directive: Directive) -> str | None:
    """What of the two is missing and has to be asked, the number first."""
    said = (directive.answers or {}).get("document") or {}
    if directive.approved_at is not None:
        return None
    if directive.number is None and said.get(NUMBER) != _NONE:
        return NUMBER
    return DAY if directive.issued_on is None and said.get(DAY) != _NONE else None


async def has_none(ctx: Context, directive_id: int, what: str) -> None:
    """Staff say that the document has no number, or no day. Raises LookupError if it is gone."""
    directive = await directives.get_directive(ctx.tx, directive_id, lock=True)
    await directives.keep_answer(ctx.tx, directive, "document", what, _NONE)


async def wait_for(ctx: Context, step: str, data: Mapping[str, Any]) -> None:
    """The chat waits for an answer; what was spoken of before stays known, for words that answer nothing."""
    now = await conversations.recall(ctx.tx, ctx.address, ctx.machine)
    under = None
    if now is not None and now.flow == FLOW:
        under = now.data.get("under")
    elif now is not None:
        under = {"flow": now.flow, "step": now.step, "data": now.data}
    await ctx.remember(FLOW, step, {**data, "under": under})


def before(conversation: Conversation) -> Conversation | None:
    """What was spoken of before the question."""
    under = conversation.data.get("under")
    return None if under is None else Conversation(under["flow"], under["step"], under["data"])
