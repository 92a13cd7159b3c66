"""Scripts as they travel: the sources, less their comments and their indentation.

The sources keep to what this reads: a comment stands alone on its lines, or ends one after
« // » between spaces, and no text that spans lines holds what looks like one.
"""

import re

_COMMENT_LINE = re.compile(r"//|/\*\*|\*/|\*( |$)")
_COMMENT_AT_END = re.compile(r" // .*")


def bare(source: str) -> str:
    """The same script, line by line, for a browser."""
    lines = (line.strip() for line in source.splitlines())
    kept = (_COMMENT_AT_END.sub("", line) for line in lines if not _COMMENT_LINE.match(line))
    return "".join(f"{line}\n" for line in kept if line)
