"""``python -m tests.directives.generator NUMBER …`` shows the directives of these numbers and what is read amiss in them."""

from __future__ import annotations

import sys

from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText
from tests.directives.generator.directives import seeded
from tests.directives.generator.scoring import Score


def main(numbers: list[str]) -> None:
    for number in numbers:
        document = seeded(int(number))
        score = Score()
        score.add(document, parse_directive(SourceText(document.text, (document.text,), "text/plain")))
        print(f"#{number} {', '.join(document.damage) or 'undamaged'}\n\n{document.text}\n")
        print("\n".join(score.misses) or "read without fault")
        print(score.totals())


if __name__ == "__main__":
    main(sys.argv[1:])
