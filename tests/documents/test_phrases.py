import pytest

from inspectorate.documents.blocks import Run
from inspectorate.documents.phrases import Placeholder, fill, parse, placeholders


def filled(text: str, **values: str) -> list[str]:
    named = {key.replace("__", "."): value for key, value in values.items()}
    texts = fill(parse(text), lambda part: named.get(part.key, ""), lambda part: Run(blank=True, width=4))
    return ["".join("____" if run.blank else run.text for run in text) for text in texts]


def test_a_placeholder_is_replaced_by_its_value():
    assert filled("当事人：{party.name}。", party__name="张三") == ["当事人：张三。"]


def test_a_stretch_without_its_value_is_left_out_with_its_label():
    text = "当事人：{party.name}[，职务：{party.post}][，电话：{party.phone}]。"
    assert filled(text, party__name="张三", party__phone="1") == ["当事人：张三，电话：1。"]


def test_a_missing_value_outside_of_a_stretch_leaves_a_ruled_blank():
    assert filled("记录人：{recorder}。") == ["记录人：____。"]


@pytest.mark.parametrize("mark", ["。", "；", ";", "，", ""])
def test_the_mark_at_the_end_of_a_value_gives_way_to_that_of_the_layout(mark):
    assert filled("经查，{facts}。以上属实。", facts=f"有手术7例{mark}") == ["经查，有手术7例。以上属实。"]


def test_a_value_that_ends_the_phrase_keeps_its_mark():
    assert filled("经查，{facts}", facts="有手术7例。") == ["经查，有手术7例。"]


def test_line_breaks_make_paragraphs_and_empty_lines_none():
    assert filled("证据：\n{list}", list="1. 甲；\n\n 2. 乙。") == ["证据：", "1. 甲；", "2. 乙。"]


def test_styles_are_read_with_the_key():
    assert list(placeholders(parse("{case.evidence:names}[，{a}]"))) == [
        (Placeholder("case.evidence", "names"), True),
        (Placeholder("a"), False),
    ]


@pytest.mark.parametrize("text", ["{party.name", "a]b", "[x[y]]", "{Party}", "{}"])
def test_brackets_that_do_not_match_are_refused(text):
    with pytest.raises(ValueError, match="match"):
        parse(text)
