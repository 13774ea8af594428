"""Files of the demo page: only content that a message of the log names, and only as an inert download."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from dondoc.web.answers import PageError
from dondoc.web.doors import Demo
from dondoc.web.security import FILE_POLICY

# Types a browser draws without running anything; everything else is sent as mere bytes.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class NamedFile:
    """What a message calls some stored content."""

    sha256: str
    name: str
    media_type: str | None


class LogFiles:
    """Knows which content the messages of the log name now: an erased message takes its files out of reach."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._read: dict[str, int] = {}
        self._files: dict[tuple[str, str], tuple[NamedFile, ...]] = {}

    async def serve(self, request: Request) -> Response:
        """The content as a download that a browser neither runs nor frames."""
        file = await self.find(request.path_params["sha256"])
        if file is None:
            raise PageError(404, "file")
        try:
            path = self._demo.content.path(file.sha256)
        except FileNotFoundError as error:
            raise PageError(404, "file") from error
        return FileResponse(
            path,
            filename=file.name,
            media_type=file.media_type if file.media_type in PICTURES else "application/octet-stream",
            headers={"Content-Security-Policy": FILE_POLICY},
        )

    async def find(self, sha256: str) -> NamedFile | None:
        """The file under the name that the first message gave it; None if no message names it."""
        await self._catch_up()
        return next((file for files in self._files.values() for file in files if file.sha256 == sha256), None)

    async def _catch_up(self) -> None:
        for phone in self._demo.phones:
            for entry in await self._demo.log.since(phone.chat_id, self._read.get(phone.chat_id, 0)):
                self._read[phone.chat_id] = max(entry.seq, self._read.get(phone.chat_id, 0))
                self._files[phone.chat_id, entry.external_id] = tuple(
                    NamedFile(file["sha256"], file["name"], file.get("media_type"))
                    for file in entry.message.get("files") or ()
                )
