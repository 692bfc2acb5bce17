"""The tax code of an organisation: 10 digits, the last a check digit; of a branch with three more. Pure: no I/O."""

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def is_tax_code(text: str) -> bool:
    """Whether one was ever given out like this: form `0102595740` or `0102595740-001`, and the check digit."""
    main, dash, branch = text.partition("-")
    if not (text.isascii() and main.isdigit() and len(main) == 10):
        return False
    if dash and not (len(branch) == 3 and branch.isdigit()):
        return False
    return 10 - sum(int(digit) * weight for digit, weight in zip(main, _WEIGHTS, strict=False)) % 11 == int(main[9])
