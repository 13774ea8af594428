"""What people read: one catalogue a room and language, under symbolic names such as "web.clock.next_slot".

The catalogues are gettext files, read with Babel when first needed, so no compile step stands between a translator and
the program. Vietnamese is the language of the house; English is complete beside it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from babel.messages.pofile import read_po

LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"


class Translator:
    """Turns names into sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._rooms: dict[str, dict[str, str]] = {}

    def __call__(self, name: str, /, **values: object) -> str:
        """The sentence called ``name`` with its fields filled in.

        Raises KeyError for a name that the catalogue does not have: a missing sentence is a bug, never a guess.
        """
        sentence = self.room(name.partition(".")[0])[name]
        return sentence.format_map(values) if values else sentence

    def has(self, name: str) -> bool:
        return name in self.room(name.partition(".")[0])

    def room(self, room: str) -> dict[str, str]:
        """All sentences of a room's catalogue, by name."""
        if room not in self._rooms:
            self._rooms[room] = _read(self.language, room)
        return self._rooms[room]


def _read(language: str, room: str) -> dict[str, str]:
    with (files(__package__) / language / f"{room}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id}


@lru_cache(maxsize=len(LANGUAGES))
def translator(language: str = DEFAULT_LANGUAGE) -> Translator:
    """The translator of a language; an unknown language gets the default one."""
    return Translator(language if language in LANGUAGES else DEFAULT_LANGUAGE)
