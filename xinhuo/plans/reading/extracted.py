"""The text taken out of another format, and what its layout told about it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Extracted:
    """``tables`` are character ranges of tables; ``notes`` are (code, message, start, end) to be told."""

    text: str
    encoding: str
    tables: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[str, str, int, int]] = field(default_factory=list)
    name: str = ""  # what the page calls itself
    wrapped: bool = False  # lines end where the margin was, not where paragraphs end


class Builder:
    """Collects lines and remembers where they stand."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: list[str] = []
        self._size = 0
        self.tables: list[tuple[int, int]] = []
        self.notes: list[tuple[str, str, int, int]] = []

    @property
    def size(self) -> int:
        """Characters so far."""
        return self._size

    def line(self, text: str) -> tuple[int, int]:
        """Add a line and return its range."""
        start = self._size
        self._parts += [text, "\n"]
        self._size += len(text) + 1
        return start, start + len(text)

    def result(self, encoding: str) -> Extracted:
        """Everything collected."""
        return Extracted("".join(self._parts), encoding, self.tables, self.notes)
