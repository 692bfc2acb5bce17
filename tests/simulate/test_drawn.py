"""Forms as the simulator reads them off a page: what a browser without scripts would send."""

import pytest

from backend.simulate.drawn import NoForm, form_of, refused_because

PAGE = """
<div class="alarm" role="alert"><p><strong>Chưa đủ.</strong></p> <div><p>Đếm lại &amp; gửi.</p></div></div><p>Xong</p>
<form method="post"><input type="hidden" name="kind" value="remit"><input name="act" value="1"></form>
<form method="post" enctype="multipart/form-data">
<input type="hidden" name="form_token" value="old"><input type="hidden" name="kind" value="sign">
<input type="hidden" name="act" value="2"><input name="name" value="Nguyễn &quot;Út&quot;">
<input type="file" name="picture">
<input type="radio" name="mode" value="ink" checked><input type="radio" name="mode" value="digital">
<input type="checkbox" name="pages" value="p1" checked><input type="checkbox" name="pages" value="p2">
<input type="checkbox" name="pages" value="p3" checked>
<select name="signer"><option value="owner">Chủ</option><option value="filer" selected>Người nộp</option></select>
<select name="hand"><option value="left">Trái</option><option value="right">Phải</option></select>
<textarea name="note">Đã &lt;xem&gt;</textarea><textarea name="more"></textarea><button>Ký</button>
</form>
"""


def test_a_form_sends_what_is_ticked_chosen_and_typed_and_nothing_of_another_form() -> None:
    form = form_of(PAGE, "sign")
    assert form.values == {
        "kind": ["sign"],
        "act": ["2"],
        "name": ['Nguyễn "Út"'],
        "mode": ["ink"],
        "pages": ["p1", "p3"],
        "signer": ["filer"],
        "hand": ["left"],
        "note": ["Đã <xem>"],
        "more": [""],
    }
    assert form.choices == {
        "mode": ["ink", "digital"],
        "pages": ["p1", "p2", "p3"],
        "signer": ["owner", "filer"],
        "hand": ["left", "right"],
    }
    assert form_of(PAGE, "remit").value("act") == "1"


def test_a_page_that_does_not_offer_the_form_says_what_it_offers() -> None:
    with pytest.raises(NoForm, match="no form collect among remit, sign"):
        form_of(PAGE, "collect")


def test_why_a_page_refuses_is_read_from_its_alarm() -> None:
    assert refused_because(PAGE) == "Chưa đủ. Đếm lại & gửi."
    assert refused_because("<p>Xong</p>") == ""
