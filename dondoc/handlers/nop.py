"""Submissions: files and words with which a unit hands in its result, and the receipt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dondoc.handlers import steps
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.reports.phrases import Phrases
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Right
from dondoc.rules.states import SETTLED, WAITING
from dondoc.storage import outbox, people, submissions
from dondoc.storage.work import Assignment

# Files and the words that belong to them come as separate messages.
TOGETHER = timedelta(minutes=15)
ALBUM_WAIT = timedelta(seconds=2)
_QUEUE_WAIT = 5

# What cannot be a report: programs and scripts. Everything else is the office's to judge.
_REFUSED_TYPES = frozenset(
    {
        "application/x-msdownload",
        "application/x-dosexec",
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-elf",
        "application/x-sharedlib",
        "application/x-sh",
        "text/x-shellscript",
        "application/java-archive",
        "application/x-ms-installer",
    }
)
_REFUSED_ENDINGS = (
    ".exe",
    ".dll",
    ".bat",
    ".cmd",
    ".com",
    ".scr",
    ".js",
    ".vbs",
    ".ps1",
    ".jar",
    ".msi",
    ".sh",
    ".apk",
)


def refused(file: ReceivedFile) -> bool:
    """Whether the file is a program, by content or by name."""
    return file.media_type in _REFUSED_TYPES or file.name.lower().endswith(_REFUSED_ENDINGS)


async def usable_files(ctx: Context) -> list[ReceivedFile]:
    """The files that were stored; for each of the others one clear line is said."""
    good: list[ReceivedFile] = []
    for file in ctx.files:
        if file.failure == "too_large":
            await ctx.say("handlers.file.too_large", file=file.name, limit=(file.limit or 0) // (1024 * 1024))
        elif file.failure or file.sha256 is None:
            await ctx.say("handlers.file.unavailable", file=file.name)
        elif file.size == 0:
            await ctx.say("handlers.file.empty", file=file.name)
        elif refused(file):
            await ctx.say("handlers.file.refused", file=file.name)
        else:
            good.append(file)
    return good


async def hand_in(
    ctx: Context,
    item: Assignment,
    files: list[ReceivedFile],
    *,
    document: str | None = None,
    complete: bool = True,
) -> bool:
    """Write a submission down and give a receipt. False if the assignment is settled (the sender is told so)."""
    pairs = [(file.sha256, file.name) for file in files if file.sha256]
    if await _belongs_to_last(ctx, item, pairs, document):
        return True
    submission = await steps.submit(ctx, item, files=pairs, document=document, complete=complete)
    if submission is None:
        if item.state in SETTLED:
            await ctx.say("handlers.report.settled", code=item.code)
        else:
            state = Phrases(ctx.t, ctx.now.date(), ctx.calendar).state(item)
            await ctx.say("handlers.report.not_now", code=item.code, state=state)
        return False
    await _receipt(ctx, item, submission.id)
    if complete:
        await tell_queue(ctx)
    return True


async def album_is_handed_in(ctx: Context) -> bool:
    """Whether the album that the message is of was handed in for a task: then it is no other task's."""
    return bool(ctx.inbound.album) and await outbox.by_key(ctx.tx, album_key(ctx)) is not None


async def continue_album(ctx: Context, files: list[ReceivedFile]) -> bool:
    """A further file of an album that was already received in part: it belongs to the same submission."""
    row = await outbox.by_key(ctx.tx, album_key(ctx)) if ctx.inbound.album else None
    if row is None:
        return False
    submission = await submissions.get_submission(ctx.tx, int(row.payload["submission"]))
    if submission.verdict is not None:
        return False
    pairs = [(file.sha256, file.name) for file in files if file.sha256]
    await submissions.add_files(ctx.tx, submission.id, pairs)
    if row.state not in (outbox.PENDING, outbox.LEASED):
        # A large file came after the receipt, which did not name it.
        payload = {"render": "receipt", "submission": submission.id}
        key = f"{album_key(ctx)}:{ctx.inbox_id}"
        until = ctx.machine + ALBUM_WAIT
        await outbox.enqueue(
            ctx.tx, outbox.queued(ctx.address, "answer", payload, ctx.machine, dedup_key=key, not_before=until)
        )
    return True


async def take_back_album(ctx: Context) -> None:
    """What was handed in with the album must not be here: where nothing else was handed in, nothing was."""
    row = await outbox.by_key(ctx.tx, album_key(ctx))
    if row is None or "submission" not in row.payload:
        return
    submission = await submissions.get_submission(ctx.tx, int(row.payload["submission"]))
    if submission.verdict is not None or submission.files or submission.document:
        return
    item = await steps.fresh(ctx, submission.assignment_id)
    if item is None:
        return
    others = [one for one in await submissions.open_submissions(ctx.tx, item.id) if one.id != submission.id]
    if others or not await steps.retract(ctx, item):
        await submissions.set_submission(ctx.tx, submission.id, verdict="retracted")


async def _belongs_to_last(ctx: Context, item: Assignment, pairs: list[tuple[str, str]], document: str | None) -> bool:
    """One submission, not two versions: words after the file, the file a moment after the words, and "em nộp rồi" again.

    Saying it again must not make an earlier submission a later one.
    """
    last = await submissions.last_submission(ctx.tx, item.id)
    if last is None or item.state not in WAITING or last.verdict is not None:
        return False
    if pairs:
        together = last.person_id == ctx.me.id and ctx.now - last.arrived_at <= TOGETHER and not last.files
    else:
        together = document is None or last.document in (None, document)
    if not together:
        return False
    await submissions.add_files(ctx.tx, last.id, pairs)
    if document and not last.document:
        await submissions.set_submission(ctx.tx, last.id, document=document)
    await _receipt(ctx, item, last.id)
    return True


async def _receipt(ctx: Context, item: Assignment, submission_id: int) -> None:
    """The receipt is written when it is sent, so that an album is acknowledged once with all its files."""
    album = ctx.inbound.album
    row = outbox.queued(
        ctx.address,
        "answer",
        {"render": "receipt", "submission": submission_id, "assignment": item.id},
        ctx.machine,
        dedup_key=album_key(ctx) if album else f"receipt:{ctx.inbox_id}:{submission_id}",
        not_before=ctx.machine + ALBUM_WAIT if album else None,
    )
    await outbox.enqueue(ctx.tx, row)


def album_key(ctx: Context) -> str:
    """Under which the receipt of an album is queued."""
    return f"album:{ctx.address.channel}:{ctx.address.chat_id}:{ctx.inbound.album}"


async def tell_queue(ctx: Context) -> None:
    """Let those who confirm know that something waits, once for all that comes within a few seconds."""
    bucket = int(machine_now().timestamp()) // _QUEUE_WAIT
    staff = await people.with_right(ctx.tx, ctx.office.id, Right.CONFIRM)
    for person_id, to in (await people.addresses_of(ctx.tx, staff)).items():
        row = outbox.queued(
            to,
            "notice",
            {"render": "queue"},
            ctx.machine,
            dedup_key=f"queue:{person_id}:{bucket}",
            # Past the end of its bucket, so that whoever finds the key taken is still in time for the message.
            not_before=datetime.fromtimestamp((bucket + 2) * _QUEUE_WAIT, UTC),
        )
        await outbox.enqueue(ctx.tx, row)
