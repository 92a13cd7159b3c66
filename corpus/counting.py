"""French numbers in sentences: « 1 verbatim », « 3 verbatims », « 1 234 verbatims »."""

NBSP = "\u00a0"
THIN = "\u202f"  # between thousands


def number(count: int) -> str:
    """Group the digits by three."""
    return f"{count:,}".replace(",", THIN)


def decimal(value: float, places: int = 2) -> str:
    """Figures after the comma: « 3,14 »."""
    return f"{value:.{places}f}".replace(".", ",")


def counted(count: int, singular: str, plural: str = "") -> str:
    """Bind a number to its noun; zero and one are singular in French."""
    noun = singular if abs(count) < 2 else plural or _plural(singular)
    return f"{number(count)}{NBSP}{noun}"


def _plural(words: str) -> str:
    return " ".join(f"{word}s" for word in words.split())
