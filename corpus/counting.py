"""French plurals in sentences: « 1 verbatim », « 3 verbatims »."""


def counted(number: int, singular: str, plural: str = "") -> str:
    """Write a number with its noun; zero and one are singular in French."""
    return f"{number} {singular if abs(number) < 2 else plural or _plural(singular)}"


def _plural(words: str) -> str:
    return " ".join(f"{word}s" for word in words.split())
