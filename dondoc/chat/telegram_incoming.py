"""A raw Telegram update as an Inbound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from dondoc.chat.channel import Unparseable
from dondoc.chat.messages import Attachment, Inbound
from dondoc.rules.clock import machine_now
from dondoc.vietnamese.text import nfc

NAME = "telegram"

_GONE = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})
_COMMAND_TO = re.compile(r"(/\w+)@(\w+)", re.ASCII)
_UNSTORABLE = re.compile("[\\x00\ud800-\udfff]")


def parse_update(payload: Mapping[str, Any], *, account: str, username: str | None) -> Inbound | None:
    """The update as an Inbound; None if it is of no interest (an edit, a channel's post, another bot's command).

    A pressed button carries no time of its own: ``sent_at`` is then the time of parsing.
    Raises Unparseable for what is no update of Telegram.
    """
    try:
        update = Update.de_json(dict(payload), None)
        if update.message is not None:
            return _message(update.message, account, username)
        if update.callback_query is not None:
            return _press(update.callback_query, account)
        if update.my_chat_member is not None:
            return _membership(update.my_chat_member, account, str(update.update_id))
    # The library raises whatever its constructors do; its words may quote the person's, so only the kind is kept.
    except Exception as error:  # noqa: BLE001
        raise Unparseable(f"no update of Telegram: {type(error).__name__}") from None
    return None


def storable(value: Any) -> Any:
    """The JSON value with NUL and lone surrogates replaced: no database stores them, and one would stop all others."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value


def _message(message: Message, account: str, username: str | None) -> Inbound | None:
    if message.chat.type == ChatType.CHANNEL or message.is_automatic_forward:
        return None
    text = message.text or message.caption or _emoji(message) or _contact(message)
    attachments = _attachments(message)
    if text is None and not attachments:
        return None  # somebody joined, a title changed, a place on the map
    text = _without_our_name(nfc(text or ""), username)
    if text is None:
        return None
    sender = _sender(message)
    if sender is None:
        return None
    return Inbound(
        channel=NAME,
        account=account,
        chat_id=str(message.chat.id),
        sender_id=str(sender.id),
        sender_name=_display_name(sender),
        message_id=str(message.message_id),
        sent_at=message.date,
        text=text,
        reply_to=_reply_to(message),
        attachments=attachments,
        is_group=_is_group(message.chat),
        album=message.media_group_id,
    )


def _press(query: CallbackQuery, account: str) -> Inbound | None:
    if query.message is None or query.data is None:
        return None
    pressed = str(query.message.message_id)
    return Inbound(
        channel=NAME,
        account=account,
        chat_id=str(query.message.chat.id),
        sender_id=str(query.from_user.id),
        sender_name=_display_name(query.from_user),
        message_id=pressed,
        sent_at=machine_now(),
        reply_to=pressed,
        choice=query.data,
        is_group=_is_group(query.message.chat),
        ack=query.id,
    )


def _membership(change: ChatMemberUpdated, account: str, update_id: str) -> Inbound | None:
    was_gone, is_gone = change.old_chat_member.status in _GONE, change.new_chat_member.status in _GONE
    if was_gone == is_gone:
        return None
    return Inbound(
        channel=NAME,
        account=account,
        chat_id=str(change.chat.id),
        sender_id=str(change.from_user.id),
        sender_name=_display_name(change.from_user),
        message_id=update_id,
        sent_at=change.date,
        is_group=_is_group(change.chat),
        service="blocked" if is_gone else "unblocked",
    )


def _sender(message: Message) -> User | Chat | None:
    # A group's administrator may write in the group's name; Telegram then puts a bot of its own as the writer.
    return message.sender_chat or message.from_user


def _display_name(sender: User | Chat) -> str:
    return nfc(sender.full_name if isinstance(sender, User) else sender.effective_name or "")


def _is_group(chat: Chat) -> bool:
    return chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


def _reply_to(message: Message) -> str | None:
    answered = message.reply_to_message
    # In a forum's topic every message "answers" the one that opened the topic.
    if answered is None or answered.forum_topic_created is not None:
        return None
    return str(answered.message_id)


def _without_our_name(text: str, username: str | None) -> str | None:
    """``/tiendo@our_bot`` as ``/tiendo``; None for a command to another bot of the group."""
    command = _COMMAND_TO.match(text)
    if command is None:
        return text
    if username is not None and command[2].casefold() != username.casefold():
        return None
    return command[1] + text[command.end() :]


def _emoji(message: Message) -> str | None:
    return message.sticker.emoji if message.sticker is not None else None


def _contact(message: Message) -> str | None:
    contact = message.contact
    if contact is None:
        return None
    return " ".join(filter(None, (contact.first_name, contact.last_name, contact.phone_number)))


def _attachments(message: Message) -> tuple[Attachment, ...]:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (_attachment(largest, "photo.jpg", media_type="image/jpeg"),)
    # An animation also comes as a document: one of the two is enough.
    for media, name in (
        (message.document, "document"),
        (message.video, "video.mp4"),
        (message.audio, "audio.mp3"),
        (message.voice, "voice.ogg"),
        (message.video_note, "video.mp4"),
    ):
        if media is not None:
            return (_attachment(media, name),)
    if message.sticker is not None:
        moving = message.sticker.is_animated or message.sticker.is_video
        return (_attachment(message.sticker, "sticker", media_type=None if moving else "image/webp"),)
    return ()


def _attachment(media: Any, fallback: str, media_type: str | None = None) -> Attachment:
    return Attachment(
        name=_file_name(getattr(media, "file_name", None)) or fallback,
        size=media.file_size,
        media_type=media_type or getattr(media, "mime_type", None),
        remote_id=media.file_id,
    )


def _file_name(name: str | None) -> str:
    """The sender's name for the file, to be shown: without control and direction characters, which hide its ending."""
    return "".join(letter for letter in nfc(name or "") if letter.isprintable()).strip()
