"""Where an exception came from, without its words: those may quote what a person wrote."""

from __future__ import annotations

import traceback
from pathlib import Path

_FRAMES = 6


def where(error: BaseException) -> str:
    """The kind of the exception and its innermost frames, nearest first; also of what caused it."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    told = f"{type(error).__name__} at {places}"
    return f"{told}; caused by {where(error.__cause__)}" if error.__cause__ is not None else told
