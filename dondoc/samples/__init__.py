"""A made-up office for the demo: its registry, a directive, and reports of its schools. No person or unit is real."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

REGISTRY = "don-vi.csv"
DIRECTIVE = "thong-bao-57.docx"
REPORT = "bao-cao-de-xuat.docx"


def sample(name: str) -> Path:
    """The path of a sample file."""
    return Path(str(files(__package__) / name))
