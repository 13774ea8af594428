"""What handlers are given of the program around them: files, the menus of chats, the links that lead into them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from dondoc.chat.channel import Channel, ChannelError, HasDeepLinks, HasMenu
from dondoc.chat.messages import Inbound
from dondoc.storage import people
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.outbox import Address

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class HandlerServices:
    """The services of one process; ``channels`` by name and account."""

    files: FileStore
    max_upload: int
    database: Database
    channels: Mapping[tuple[str, str], Channel] = field(default_factory=dict)
    forget: Callable[[Inbound], Awaitable[None]] | None = None

    async def forget_message(self, inbound: Inbound) -> None:
        """Blank the copy of a received message that a channel of ours keeps, if one does."""
        if self.forget is not None:
            await self.forget(inbound)

    async def show_menu(self, to: Address, commands: Sequence[tuple[str, str]], key: str) -> None:
        """Set the platform's menu of one chat, where it has one. If that fails, it is tried at the next message."""
        channel = self.channels.get((to.channel, to.account))
        if not isinstance(channel, HasMenu):
            return
        try:
            await channel.set_commands({"": commands}, chat_id=to.chat_id)
        except ChannelError as error:
            log.warning("menu not set", action="menu", error=type(error).__name__)
            return
        async with self.database.write() as tx:
            await people.set_menu(tx, to, key)

    def join_links(self, code: str) -> list[str]:
        """The links that carry a code, one for each platform that has such links and is known by name."""
        links: list[str] = []
        for channel in self.channels.values():
            if isinstance(channel, HasDeepLinks) and channel.username is not None:
                links.append(channel.deep_link(code))
        return links
