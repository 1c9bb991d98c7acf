"""Texts of statutes are read the same in every layout, or refused with file, line and reason; nothing else happens."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspectorate.law.statutes import Citation
from inspectorate.law.texts import Text, Unreadable, read_text
from inspectorate.law.texts.reading import LONGEST, parse, read_content, read_file
from tests.harness.scale import count
from tests.law.texts.layouts import LAYOUTS, anchored, bold, invented, plain, stand_in, statutes

NAME = "lantern@2019-03-01.md"
GOOD = "# 灯笼法\n\n## 第一章 总则\n\n第一条 挂灯：\n\n（一）门前；\n\n（二）水上。\n\n第二条 熄灯。\n\n第三条 收灯。\n"


def without_lines(text: Text) -> Text:
    return replace(text, articles=tuple(article._replace(line=0) for article in text.articles))


def reason(source: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        parse(source, NAME)
    assert refused.value.name == NAME
    return refused.value


# --- what is read -----------------------------------------------------------------------------------------------


def test_the_bold_layout_gives_articles_items_points_and_where_they_stand() -> None:
    text = invented("lantern")
    assert text.title == "中华人民共和国灯笼管理法" and len(text.history) == 2
    assert [article.key for article in text.articles] == [(1, 0), (2, 0), (2, 1), (3, 0), (4, 0), (5, 0), (6, 0)]
    second = text.article(2)
    assert second and second.heading == ("第一编　总则", "第一章　灯笼的分类")
    assert [len(paragraph.items) for paragraph in second.paragraphs] == [3, 0, 0]
    assert second.paragraphs[0].items[1].points == ("1. 纸做的；", "2. 绢做的；")
    third = text.article(3)
    assert third and third.heading == ("第二编　灯笼的使用", "第一章　点灯", "第一节　时间")
    assert text.article(2, 1) and not text.article(7) and text.begins_late is None
    assert text.annex == ("附件：", "灯笼图样", "一、圆形灯笼")


def test_words_between_two_items_belong_to_the_item_before() -> None:
    fourth = invented("lantern").article(4)
    assert fourth and len(fourth.paragraphs) == 1
    assert [item.text.count("\n") for item in fourth.paragraphs[0].items] == [0, 1, 0]


def test_a_table_belongs_to_its_paragraph() -> None:
    fifth = invented("lantern").article(5)
    assert fifth and fifth.paragraphs[0].text.split("\n")[1:] == ["级别　烛数", "一级　三", "二级　五"]


def test_the_plain_layout_is_read_with_half_width_brackets_and_bare_headings() -> None:
    text = invented("kite")
    assert [article.heading for article in text.articles] == [
        ("第一章　总则",),
        ("第一章　总则",),
        ("第二章　罚则",),
        ("附则",),
    ]
    second, third = text.article(2), text.article(3)
    assert second and len(second.paragraphs) == 2, "a paragraph that begins with 第三方 is no article"
    assert third and [item.number for item in third.paragraphs[0].items] == [1, 2]
    assert third.paragraphs[1].text.startswith("有前款第（一）项")
    first = text.article(1)
    assert first and "〈中华人民共和国风筝法〉" in first.whole()


def test_the_anchored_layout_is_read_without_its_links() -> None:
    text = invented("umbrella")
    second, third = text.article(2), text.article(3)
    assert second and [len(paragraph.items) for paragraph in second.paragraphs] == [2, 0]
    assert third and third.whole() == "违反第二条第二款规定的，处伞价百分之三十以下的罚款。"
    assert text.history == ("（2022年2月2日雨伞总局令第8号公布　自2022年5月1日起施行）",)


@settings(max_examples=count(40, 400))
@given(statutes(), st.sampled_from(LAYOUTS))
def test_a_statute_reads_the_same_in_every_layout(text: Text, layout: Callable[[Text], str]) -> None:
    assert without_lines(parse(layout(text), NAME)) == text


@settings(max_examples=count(40, 400))
@given(statutes(), st.sampled_from(LAYOUTS), st.sampled_from(["bom", "crlf", "spaces", "blank lines", "front matter"]))
def test_what_editors_leave_behind_changes_nothing(text: Text, layout: Callable[[Text], str], left: str) -> None:
    source = layout(text)
    changed = {
        "bom": "\ufeff" + source,
        "crlf": source.replace("\n", "\r\n"),
        "spaces": source.replace("\n", "　 \t\n"),
        "blank lines": source.replace("\n", "\n\n\n"),
        "front matter": f"---\ntitle: x\ntags:\n  - y\n---\n{source}",
    }[left]
    assert without_lines(parse(changed, NAME)) == text


def test_a_list_of_contents_is_no_second_chapter() -> None:
    source = (
        "# 灯笼法\n\n目　录\n\n第一章 总则\n\n第二章 罚则\n\n"
        "# 第一章 总则\n\n第一条 挂灯。\n\n# 第二章 罚则\n\n第二条 罚。\n"
    )
    text = parse(source, NAME)
    assert [article.heading for article in text.articles] == [("第一章　总则",), ("第二章　罚则",)]


def test_a_point_is_written_in_digits_or_in_a_ring() -> None:
    source = GOOD.replace("（二）水上。", "（二）水上：\n（1）池中；\n2. 河中；\n③海中。")
    first = parse(source, NAME).article(1)
    assert first and first.paragraphs[0].items[1].points == ("（1）池中；", "2. 河中；", "③海中。")


def test_a_later_part_of_a_law_is_read_and_says_where_it_begins() -> None:
    text = parse("# 第二编　分则\n\n**第四十条**　挂灯。\n\n**第四十一条**　熄灯。\n", NAME)
    assert text.begins_late == 40


# --- what is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "line", "why"),
    [
        (("第二条 熄灯。\n\n", ""), 11, "article 3 follows article 1"),
        (("第一条", "第二条"), 5, "begins with article 2"),
        (("第三条", "第二条"), 13, "article 2 is there twice"),
        (("第三条", "第一条"), 13, "article 1 is there twice"),
        (("第二条 熄灯。", "第二条 "), 11, "article 2 is empty"),
        (("挂灯：\n", "\n"), 7, "without its paragraph"),
        (("（二）水上。", "（三）水上。"), 9, "item 3 follows item 1"),
        (("（一）门前；\n\n", ""), 7, "begin with item 2"),
        (("（二）水上。", "（二）"), 9, "item 2 is empty"),
        (("门前；\n\n（二）", "门前；（二）"), 7, "several items in one line"),
        (("熄灯。", "熄<b>灯</b>。"), 11, "<b>"),
        (("熄灯。", "熄灯。## 第二章 罚则"), 11, "'#'"),
        (("总则", "总则第二章 罚则"), 3, "several in one"),
        (("第二条 熄灯。", "# 目次外的标题\n第二条 熄灯。"), 11, "no 编, 章 or 节"),
        (("第二条 熄灯。", "## 第三章 罚则\n第二条 熄灯。"), 11, "does not follow"),
        (("第二条 熄灯。", "## 第二章 罚则\n## 第三章 附则\n第二条 熄灯。"), 12, "has no article"),
        (("第二条 熄灯。", "## 第二章 罚则\n无主之词。\n第二条 熄灯。"), 12, "between a heading and its first"),
        (("熄灯。", "熄灯"), 11, "cut off"),
        (("（二）水上。\n\n", ""), 7, "missing behind"),
        (("熄灯。", "有下列情形之一的："), 11, "missing behind"),
        (("第二条", "第一一条"), 11, "一一 is no number"),
        (("第二条", "第２条"), 11, "２ is no number"),
        (("第二条", "第零条"), 11, "零 is no number"),
        (("第一章", "第零章"), 3, "零 is no number"),
        (("第一章", "第99999章"), 3, "99999 is no number"),
        (("（二）", "（二二）"), 9, "二二 is no number"),
        (("熄灯。", "熄\x07灯。"), 11, "U+0007"),
        (("熄灯。", "熄\u202e灯。"), 11, "U+202E"),
        (("熄灯。", "熄\ufffd灯。"), 11, "\ufffd"),
        (("熄灯。", "熄&lt;灯。"), 11, "&lt;"),
        (("# 灯笼法", "---\ntitle: x\n\n# 灯笼法"), 1, "does not end"),
        (("第二条 熄灯。", "附件：\n第二条 熄灯。"), 12, "behind the annex"),
    ],
    ids=lambda value: "" if isinstance(value, tuple | int) else value,
)
def test_what_a_reader_would_overlook_is_refused_by_line(change: tuple[str, str], line: int, why: str) -> None:
    parse(GOOD, NAME)
    broken = GOOD.replace(*change, 1)
    assert broken != GOOD
    refused = reason(broken)
    assert (refused.line, why in refused.reason) == (line, True), str(refused)


@pytest.mark.parametrize("long", ["|" + "-" * 50_000 + "x", "<" * 50_000, "（" * 50_000, "一" * 50_000, "1" * 50_000])
def test_a_line_that_never_ends_is_soon_dealt_with(long: str) -> None:
    started = time.process_time()
    for line in (long, f"第一条 {long}", f"# {long}"):
        with pytest.raises(Unreadable):
            parse(line, NAME)
    assert time.process_time() - started < 2


def test_a_text_without_articles_is_refused() -> None:
    for source in ("", "\n\n", "# 灯笼法\n", "随便几句话。\n", "---\n---\n"):
        assert "no article" in reason(source).reason


def test_an_anchor_of_another_article_is_refused() -> None:
    source = anchored(invented("umbrella")).replace('id="二"', 'id="三"', 1)
    assert "anchor" in reason(source).reason


def test_another_encoding_is_refused_by_line() -> None:
    content = plain(invented("kite")).encode()
    broken = content.replace("第二条".encode(), "第二条".encode("gb18030"), 1)
    with pytest.raises(Unreadable, match=r"kite@2021-07-09\.md:\d+: is not UTF-8"):
        read_content(broken, "kite@2021-07-09.md")
    with pytest.raises(Unreadable, match="UTF-8"):
        read_content(plain(invented("kite")).encode("utf-16"), "kite@2021-07-09.md")


def test_a_file_beyond_every_statute_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "food@2021-04-29.md"
    path.write_bytes(b"x" * (LONGEST + 1))
    with pytest.raises(Unreadable, match="MiB"):
        read_file(path)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("food.md", "not named"),
        ("food@2021.md", "not named"),
        ("FOOD@2021-04-29.md", "not named"),
        ("food@2021-04-29.txt", "not named"),
        ("../food@2021-04-29.md", "not named"),
        ("lantern@2019-03-01.md", "no law 'lantern'"),
        ("food@2021-04-30.md", "no version of food adopted on that day, only"),
    ],
)
def test_a_name_that_is_no_version_of_a_law_is_refused(name: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_text(plain(stand_in("toxicdrug", "1988-12-27")), name)


def test_a_text_under_the_name_of_another_law_is_refused() -> None:
    text = stand_in("toxicdrug", "1988-12-27")
    name = "toxicdrug@1988-12-27.md"
    assert without_lines(read_text(plain(text), name)) == text
    with pytest.raises(Unreadable, match="is titled 灯笼法"):
        read_text(plain(replace(text, title="灯笼法")), name)
    with pytest.raises(Unreadable, match="ends with article 13, but version 1988-12-27 has 14"):
        read_text(plain(replace(text, articles=text.articles[:-1])), name)


# --- citations in it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cited", "lack"),
    [
        (Citation("lantern", 2), None),
        (Citation("lantern", 2, suffix=1), None),
        (Citation("lantern", 2, 3), None),
        (Citation("lantern", 2, 1, 3), None),
        (Citation("lantern", 4, item=2), None),
        (Citation("lantern", 7), "no such article"),
        (Citation("lantern", 2, suffix=2), "no such article"),
        (Citation("lantern", 2, 4), "it has 3 paragraphs"),
        (Citation("lantern", 2, 2, 1), "paragraph 2 has no item 1"),
        (Citation("lantern", 1, item=1), "no item 1"),
    ],
    ids=lambda value: value.place() if isinstance(value, Citation) else "",
)
def test_a_citation_leads_to_its_paragraph_and_item_or_says_what_is_not_there(
    cited: Citation, lack: str | None
) -> None:
    text = invented("lantern")
    found = text.lack(cited)
    assert (found is None) == (lack is None)
    assert lack is None or lack in str(found)


def test_a_part_is_the_item_with_the_words_above_it() -> None:
    second = invented("lantern").article(2)
    assert second
    assert second.part(Citation("lantern", 2, 1, 3)) == "灯笼分为下列几类：\n放在水上的。"
    assert second.part(Citation("lantern", 2, 2)) == "放在水上的灯笼不得点蜡烛。"
    assert second.part(Citation("lantern", 2)).startswith("灯笼分为下列几类：\n（一）挂在门前的；")


# --- the reference ----------------------------------------------------------------------------------------------


def test_every_text_of_the_reference_is_read(shared_folder: Path) -> None:
    paths = sorted((shared_folder / "law-texts").glob("*.md"))
    texts = [read_file(path) for path in paths]
    assert len(texts) == 85
    assert [text.law for text in texts if text.begins_late] == ["crim"]
    assert all(text.articles[-1].number > 10 for text in texts)


def test_bold_is_bold() -> None:
    assert bold(invented("kite")).count("**第") == 4


def test_comments_without_an_end_are_refused_at_once() -> None:
    with pytest.raises(Unreadable) as error:
        parse(f"第一条　{'<!--' * 100_000}。", "kite@2021-07-09.md")
    assert len(str(error.value)) < 200
