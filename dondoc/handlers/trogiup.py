"""/trogiup shows what the asker can do; /nhiemvu lists what a unit was given; /ngonngu changes the language."""

from __future__ import annotations

from dondoc.handlers.context import Context
from dondoc.locales import LANGUAGES
from dondoc.reports.phrases import Phrases
from dondoc.rules import permissions
from dondoc.rules.states import SETTLED
from dondoc.storage import people, work
from dondoc.storage.conversations import Button
from dondoc.vietnamese.words import count

# Pressed by the platform, and the help itself.
_UNSAID = frozenset({"start", "trogiup"})


async def help_(ctx: Context) -> None:
    """What the asker may do here, and nothing else."""
    lines = [ctx.t("handlers.help.head", office=ctx.office.name)]
    lines += [ctx.t(f"handlers.help.{name}") for name in permissions.commands_of(ctx.scope) if name not in _UNSAID]
    if ctx.may(permissions.REPLY):
        lines.append(ctx.t("handlers.help.answer"))
    if ctx.may(permissions.DIRECTIVE_FILE):
        lines.append(ctx.t("handlers.help.document"))
    await ctx.say_text("\n".join(lines))


async def my_tasks(ctx: Context) -> None:
    """Every task of the asker's own units that is not settled."""
    own = await work.find(ctx.tx, ctx.scope, unit_ids=ctx.me.unit_ids)
    items = [item for item in own if item.state not in SETTLED]
    if not items:
        await ctx.say("handlers.tasks.none")
        return
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    lines = [ctx.t("handlers.tasks.head", number=count(len(items)))]
    for item in items:
        if item.task_class == "standing":
            lines.append(ctx.t("handlers.tasks.standing", title=phrases.title(item, cited=False)))
        else:
            lines.append(
                ctx.t(
                    "handlers.task_line",
                    title=phrases.title(item, cited=False),
                    deadline=phrases.deadline(item.deadline, remaining=False),
                    state=phrases.state(item),
                )
            )
    about = [f"assignment:{item.id}" for item in items if item.task_class != "standing"]
    await ctx.say_text("\n".join(lines), about=about)


async def language(ctx: Context) -> None:
    """Offer the languages."""
    row = [await ctx.button("language", {"language": code}, ctx.t(f"handlers.language.{code}")) for code in LANGUAGES]
    await ctx.say("handlers.language.ask", choices=[row])


async def _set_language(ctx: Context, button: Button) -> None:
    await people.update_person(ctx.tx, ctx.me.id, language=str(button.data["language"]))
    ctx.person = await people.get_person(ctx.tx, ctx.me.id)
    await ctx.say("handlers.language.done")


ACTIONS = {"language": _set_language}
