"""Chinese and Arabic numerals. cn2an reads the numerals; what it would read wrongly is kept from it."""

from __future__ import annotations

from functools import cache

DIGITS = "零〇一二三四五六七八九十百千万两"
ORDINALS: dict[str, int] = {
    (tens + ones): number
    for number in range(1, 100)
    for tens, ones in [
        (
            "" if number < 10 else ("十" if number < 20 else "一二三四五六七八九"[number // 10 - 1] + "十"),
            "" if number % 10 == 0 else "一二三四五六七八九"[number % 10 - 1],
        )
    ]
}
"""一 … 九十九 as the labels of headings write them."""


@cache
def number(text: str) -> int | None:
    """The whole number that a numeral of either script means, or None where it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text in ORDINALS:
        return ORDINALS[text]
    if not text or any(char not in DIGITS for char in text):
        return None
    import cn2an

    try:
        return int(cn2an.cn2an(text.replace("〇", "零"), "smart"))
    except ValueError:
        return None
