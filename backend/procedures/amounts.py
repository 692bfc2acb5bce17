"""An amount of money as it is written on screen and as slips and receipts say it in words. Pure: no I/O."""

MOST = 999_999_999_999
"""999 tỷ and the rest: more is no fee."""
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ((1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))


def money(amount: int) -> str:
    """21.000 đ, which no line end breaks. For screens: a message by SMS has plain letters and signs only."""
    return f"{amount:,}\u00a0đ".replace(",", ".")


def in_words(amount: int) -> str:
    """21000 -> `Hai mươi mốt nghìn đồng`. Raises ValueError outside 0 to MOST."""
    if not 0 <= amount <= MOST:
        raise ValueError("an amount from 0 to 999.999.999.999 đồng")
    read = _number(amount)
    return f"{read[0].upper()}{read[1:]} đồng"


def _number(amount: int) -> str:
    if amount == 0:
        return _DIGITS[0]
    words: list[str] = []
    for size, name in _GROUPS:
        group = amount // size % 1000
        if group:
            words += _group(group, leading=not words)
            words += [name] if name else []
    return " ".join(words)


def _group(group: int, *, leading: bool) -> list[str]:
    """Three digits. After others the hundreds are read even when there are none: một triệu không trăm lẻ năm."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or not leading else []
    if tens == 0:
        return words + (["lẻ"] if words and ones else []) + ([_DIGITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    if ones == 5:
        return [*words, "lăm"]
    return words + ([_DIGITS[ones]] if ones else [])
