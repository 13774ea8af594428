"""``dondoc load``: a directive becomes drafts, or assignments at once; an amended one shows its difference."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.bot.command import USAGE, Installation, fail, say, tell, with_installation
from dondoc.bot.directive_file import Document, citation, read_or_refuse

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from dondoc.bot.directive_file import DirectiveFile
    from dondoc.directives.drafts import DirectiveDraft
    from dondoc.handlers.amend import Doing
    from dondoc.handlers.amend_plan import Plan
    from dondoc.storage.directives import Directive
    from dondoc.storage.files import FileStore, StoredFile


def load(
    file: Document,
    approve: Annotated[
        bool, typer.Option("--approve", help="Assign at once what resolves in the registry; the rest stays drafts.")
    ] = False,
    number: Annotated[
        str | None, typer.Option("--number", metavar="NUMBER", help="The document's number, where it cannot be read.")
    ] = None,
    issued_on: Annotated[
        str | None, typer.Option("--issued-on", metavar="DATE", help="Its day of issue, as 2024-06-18.")
    ] = None,
) -> None:
    """Store a directive. Loading the same document again changes nothing; of an amended one the difference is shown, and
    carried out with --approve."""
    try:
        day = date.fromisoformat(issued_on) if issued_on else None
    except ValueError:
        fail(USAGE, f"--issued-on {issued_on}: a date such as 2024-06-18 is expected")
    read = read_or_refuse(file, number=number, issued_on=day)
    for warning in read.draft.warnings:
        tell(f"note: {warning}")
    data = file.read_bytes()

    async def work(here: Installation) -> None:
        await _Loading(here, read, data, file.name, approve).run()

    with_installation(work)


@dataclass(slots=True)
class _Loading:
    """One file on its way into an installation. What is to be said is said once it is stored: a pipe that breaks, or a
    full disk behind it, must not undo what was announced."""

    here: Installation
    read: DirectiveFile
    data: bytes
    name: str
    approve: bool
    _said: list[Callable[[], None]] = field(default_factory=list)

    async def run(self) -> None:
        await self._load()
        for line in self._said:
            line()

    def _say(self, show: Callable[..., None], *what: object) -> None:
        self._said.append(partial(show, *what))

    async def _load(self) -> None:
        from dondoc.handlers import intake

        draft = self.draft
        async with self.here.database.read() as tx:
            known = await intake.recognise(tx, self.here.office, draft, self.sha256)
            original = None
            if known is None and self.read.amended is not None:
                original = await intake.amended_by(tx, self.here.office, self.read.amended, draft.document.issuer)
        if known is not None:
            await self._again(known)
        elif not draft.tasks and not (original and self.read.moves):
            self._say(say, f"{citation(draft)}: no tasks found, nothing stored.")
        else:
            await self._new(original)

    @property
    def draft(self) -> DirectiveDraft:
        return self.read.draft

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def files(self) -> FileStore:
        from dondoc.storage.files import FileStore

        return FileStore(self.here.settings.files_dir)

    # --- a document that was never here ------------------------------------------------------------------------------

    async def _new(self, original: Directive | None) -> None:
        from dataclasses import replace

        from dondoc.handlers import intake
        from dondoc.handlers.amend_plan import own_duties

        draft, amended = self.draft, self.read.amended
        if original is not None and amended is not None:
            draft = replace(draft, tasks=own_duties(draft.tasks, amended, self.read.moves))
        content = await self.files.store_bytes(self.data)
        async with self.here.database.write() as tx:
            await self._register(tx, content)
            directive_id = await intake.store_new(
                tx,
                self.here.office,
                draft,
                file_sha256=self.sha256,
                file_name=self._file_name,
                created_by=None,
                now=self.here.now,
                amends=original,
                amendment=amended.how if amended else None,
            )
            dated = sum(task.deadline is not None for task in draft.tasks)
            self._say(say, f"{citation(draft)}: {len(draft.tasks)} drafts stored, {dated} with a deadline.")
            if amended is not None and original is None:
                self._say(tell, f"note: it amends document {amended.number}, which is not here")
            if original is not None:
                await self._carry(tx, directive_id, original)
            await self._show_or_assign(tx, directive_id)

    async def _carry(self, tx: AsyncConnection, directive_id: int, original: Directive) -> None:
        """What it amends in an earlier directive: shown, and carried out with --approve."""
        from dondoc.bot.amendment_lines import show_done, show_plan
        from dondoc.handlers import intake
        from dondoc.handlers.amend import carry_out
        from dondoc.handlers.amend_plan import plan_amending
        from dondoc.storage import directives, registry

        directive = await directives.get_directive(tx, directive_id)
        units = await registry.registry(tx)
        plan = await plan_amending(tx, original, directive, self.read.moves, units, self.here.now.date())
        self._say(say, f"It {directive.amendment} {intake.citation(original)}:")
        self._say(show_plan, plan)
        if self.approve:
            self._say(show_done, await carry_out(tx, plan, self._doing(directive)))
            await directives.set_approved(tx, directive_id, self.here.now)
        elif not plan.is_empty:
            self._say(say, "Nothing of it is carried out before it is approved: with /vanban in the chat.")

    # --- a document that is here -------------------------------------------------------------------------------------

    async def _again(self, known: Directive) -> None:
        from dondoc.handlers import intake
        from dondoc.handlers.amend_plan import plan_revision
        from dondoc.handlers.documents import read_stored
        from dondoc.storage import directives, registry

        async with self.here.database.write() as tx:
            known = await directives.get_directive(tx, known.id, lock=True)
            document = self.draft.document
            if (known.number is None and document.number) or (known.issued_on is None and document.issued_on):
                # What was blank is given now.
                dated = await intake.read_again(tx, known, self.draft)
                known = await directives.get_directive(tx, known.id)
                self._say(
                    say,
                    f"{intake.citation(known)}: number and day of issue noted, {dated} more drafts with a deadline.",
                )
            before = None
            if known.file_sha256 is not None:
                before = read_stored(
                    self.files, known.file_sha256, number=known.number, issued_on=known.issued_on
                ).draft
            plan = await plan_revision(tx, known, before, self.draft, await registry.registry(tx), self.here.now.date())
            if plan.is_empty:
                self._say(say, f"{citation(self.draft)} was loaded before; it was not stored again.")
                if self.approve:
                    await self._show_or_assign(tx, known.id)
                return
            await self._revise(tx, known, plan)

    async def _revise(self, tx: AsyncConnection, known: Directive, plan: Plan) -> None:
        from dondoc.bot.amendment_lines import show_done, show_plan
        from dondoc.handlers.amend import take_over

        self._say(say, f"{citation(self.draft)} was loaded before; this copy differs from it:")
        self._say(show_plan, plan)
        if not self.approve:
            self._say(say, "Nothing was changed. Load it with --approve to carry out the difference.")
            return
        await self._register(tx, await self.files.store_bytes(self.data))
        done = await take_over(
            tx, plan, self.draft, self._doing(known), file_sha256=self.sha256, file_name=self._file_name
        )
        self._say(show_done, done)
        await self._show_or_assign(tx, known.id)

    # --- both --------------------------------------------------------------------------------------------------------

    async def _show_or_assign(self, tx: AsyncConnection, directive_id: int) -> None:
        from dondoc.bot.draft_lines import show_approval, show_drafts
        from dondoc.handlers.approval import approve, proposals
        from dondoc.storage import directives, registry

        now, calendar = self.here.now, self.here.calendar
        if self.approve:
            self._say(show_approval, await approve(tx, directive_id, approver_id=None, now=now, calendar=calendar))
            return
        units = await registry.registry(tx)
        drafts = await proposals(tx, directive_id, now, calendar, units)
        self._say(show_drafts, drafts, await directives.get_directive(tx, directive_id), units, now.date())

    async def _register(self, tx: AsyncConnection, content: StoredFile) -> None:
        from dondoc.storage import files

        await files.register(tx, content)

    @property
    def _file_name(self) -> str:
        from dondoc.vietnamese.text import nfc

        return nfc(self.name)[:300]

    def _doing(self, source: Directive) -> Doing:
        from dondoc.handlers import intake
        from dondoc.handlers.amend import Doing

        return Doing(self.here.office, None, self.here.now, self.here.calendar, intake.citation(source))
