"""The payment reference as a phone makes it offline, from a number of its block: `DT`, seven characters, one to check.

23 characters of which no two look alike; the weighted sum of all eight is a multiple of 23. Neighbouring numbers are
spread apart by a factor that has no common divisor with 23.
"""

ALPHABET = "34679ACDEFGHJKMNPRTUWXY"
_BASE, _DIGITS, _SPREAD = len(ALPHABET), 7, 2_104_297_843


def reference(number: int) -> str:
    spread = number * _SPREAD % _BASE**_DIGITS
    values = [spread // _BASE**place % _BASE for place in range(_DIGITS - 1, -1, -1)]
    weighed = sum(weight * value for weight, value in enumerate(values, 1))
    check = next(value for value in range(_BASE) if (weighed + (_DIGITS + 1) * value) % _BASE == 0)
    return "DT" + "".join(ALPHABET[value] for value in (*values, check))
