"""What the phone's own code makes for a transfer and asks of a hand-over word, the centre reads and makes alike."""

import random

from backend.fees.references import MOST, number_of, reference
from backend.fees.vietqr import Transfer, decode, encode
from backend.parcels.codes import is_hand_over_word
from tests.courier_api.asking import answers, ask

NAMES = (
    "Bưu điện tỉnh Đồng Tháp",
    "BUU DIEN TP CAO LANH",
    "UBND xã Mỹ Hiệp",
    "Đ đ Ư ư Ơ ơ",
)


def test_references_are_the_centres_own_to_the_letter() -> None:
    chance = random.Random(2_104_297_843)
    numbers = [1, 2, 22, 23, 24, MOST - 1, MOST, *(chance.randint(1, MOST) for _ in range(5000))]
    [made] = answers([{"ask": "references", "numbers": numbers}])
    assert made == [reference(number) for number in numbers]
    assert [number_of(text) for text in made] == numbers


def test_no_reference_is_made_of_a_number_that_no_block_has() -> None:
    for number in (0, -1, MOST + 1, 1.5):
        [said] = ask([{"ask": "references", "numbers": [number]}])
        assert "thrown" in said, number


def test_a_transfer_code_is_the_one_the_centre_would_show() -> None:
    chance = random.Random(38)
    asked = [
        {
            "bin": f"{chance.randint(970_400, 970_499)}",
            "account": chance.choice(("0071001234567", "VA12345678901234567", "1")),
            "amount": chance.choice((1, 8_000, 72_000, 499_999_999)),
            "name": chance.choice(NAMES)[:25],
            "reference": reference(chance.randint(1, MOST)),
        }
        for _ in range(500)
    ]
    made = answers({"ask": "transfer", **one} for one in asked)
    for one, text in zip(asked, made, strict=True):
        told = Transfer(
            bin=one["bin"],
            account=one["account"],
            amount=one["amount"],
            name=one["name"],
            more={"08": one["reference"]},
        )
        assert text == encode(told)
        assert decode(text).more == {"08": one["reference"]}


def test_a_hand_over_word_is_checked_as_at_the_centre() -> None:
    chance = random.Random(6)
    texts = [f"{chance.randrange(10**6):06}" for _ in range(5000)]
    texts += ["", "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", " 12345"]
    [told] = answers([{"ask": "words", "texts": texts}])
    assert told == [is_hand_over_word(text) for text in texts]
    assert 300 < sum(told) < 600
