"""What one may type to hurt a search: a fixed list, then random mixtures of the worst signs."""

import random
from collections.abc import Iterator

WORDS = ["eau", "habitants", "tiers-lieux", "économie", "élu·e·s", "l’ingénierie", "2024", "OU"]
_SIGNS = [
    *'abeioué éàç"*?()[]{}:^~-+/\\|&<>',
    *("\0", "\a", "\ud800", "\u202e", "\u0301", "\U0001f600", "\u200d", "\ufeff", "\u2028"),
    *("AND ", "OU ", "SAUF ", "NOT ", "ET ", " TO ", "«", "»", "“", "’", "-", "·"),
    *("theme:", "intervenant:", "apres:", "avant:2", "annee:", "type:", "zzz:", "depuis:mars "),
    *("eau ", "justice ", "dé", "~2", "^9", "tiers lieux ", "ESS ", '"petite faim" '),
]

FIXED = [
    *("*", "* * * * * *", "?*a*", "*e*", '"a* b*"', "?" * 60 + "*", "*a" * 40 + "b"),
    *(" OR ".join(f"{c}*" for c in "abcdefghijklmnopqrstuvwxyz"), "[a TO", "[a TO z]"),
    *("date:[0 TO 99999999999999999999999]", "date:*", "zzz:eau", "__class__:eau _stored:x"),
    *("eau~2", "eau~99", "confianse~9", "mer~2/0", '"eau justice"~1000000000'),
    *("eau^1e308 justice^-5 climat^nan", "eau^" + "9" * 200, "NOT " * 70 + "eau", "SAUF " * 60),
    *("(" * 140 + "eau" + ")" * 140, "(" * 300, ")" * 300, '"' * 299, "«" * 300, '"«“' * 100),
    *("AND OR NOT AND OR NOT ANDMAYBE REQUIRE ANDNOT", "OU OU OU", "OU", "SAUF", "-", "--", "ET"),
    *("   \t\n  ", "", "a" * 300, "a " * 150, '"' + "a " * 149, '"' + "eau " * 74 + '"'),
    *("eau\0justice \0", "eau \ud800 \udfff", "\u202eeau\u202c \u200d \u2066x \ufeff"),
    *(
        "e" + "\u0301" * 299,
        "de\u0301mocratie",
        "\U0001f600 \U0001f468\u200d\U0001f469",
        "🚲" * 150,
    ),
    *("".join(map(chr, range(32))) + "eau", "<script>alert(1)</script> eau", "'; DROP TABLE x;--"),
    *('r"(a+)+$"', 'r"(e|ea|au|eau|.)*.*(x+x+)+y"', 'r"((("', "{{7*7}} ${7*7} <%= 7*7 %>"),
    *("theme:" * 50, "theme:x " * 37, "-theme:x", "apres:2022-13-45", "avant:mars", "annee:" * 42),
    *("intervenant:" + "a" * 280, 'intervenant:"', "depuis:31 février 2022", "type:tout"),
    *("a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p " * 9, "l'" * 150, "qu’" * 100, "-a " * 100, "œ" * 300),
    *("a OU " * 60, '"a b" OU ' * 33, '-"a b c" ' * 33, "tiers-lieux " * 25, "ESS " * 75),
    *("%00%ff", "../../etc/passwd", "\r\nSet-Cookie: a=b", "ﬁ" * 300, "İ" * 300, "ß" * 300),
    *("ballayeuse " * 27, "xyzzyx " * 42, "a" * 301, "eau " * 2_500, "é" * 100_000),
]


def hostile_queries(count: int, seed: int = 13) -> Iterator[str]:
    """The fixed list, then as many as are missing."""
    draw = random.Random(seed)
    yield from FIXED
    for _ in range(count - len(FIXED)):
        words = draw.choices([*_SIGNS, *WORDS], k=draw.randint(1, 110))
        yield "".join(words)[: draw.choice([40, 300, 310])]
