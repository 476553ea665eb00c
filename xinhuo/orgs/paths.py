"""Paths of the unit tree: fixed-width steps over 0-9A-Y, so that a subtree is the range [path, path + "Z")."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXY"
WIDTH = 3
MAX_CHILDREN = len(ALPHABET) ** WIDTH


def step(number: int) -> str:
    """The path step of the ``number``-th child (0-based); ValueError beyond 42,874 children."""
    if not 0 <= number < MAX_CHILDREN:
        msg = f"a unit may have {MAX_CHILDREN} units below it, not number {number}"
        raise ValueError(msg)
    digits = []
    for _ in range(WIDTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def number_of(path: str) -> int:
    """The child number that the last step of ``path`` stands for."""
    number = 0
    for character in path[-WIDTH:]:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number


def depth(path: str) -> int:
    """Steps below the root: 0 for the root itself."""
    return len(path) // WIDTH - 1


def ancestors(path: str) -> list[str]:
    """Paths from the root down to ``path`` itself."""
    return [path[:end] for end in range(WIDTH, len(path) + 1, WIDTH)]


def parent(path: str) -> str:
    """The path one step up; empty for the root."""
    return path[:-WIDTH]
