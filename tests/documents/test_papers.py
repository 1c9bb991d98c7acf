"""What is printed: every kind as PDF and as DOCX, looked at through the text that comes out."""

import io
import re
from datetime import date
from typing import Any

import pytest
from docx import Document as open_docx
from pypdf import PdfReader

from inspectorate.accounts.models import Agency
from inspectorate.codes import PENALTIES
from inspectorate.documents.blocks import Passage, SealPlace, Signature
from inspectorate.documents.compose import compose
from inspectorate.documents.docx import paper_docx
from inspectorate.documents.html import paper_html, single_sheet
from inspectorate.documents.layouts import kinds, layout
from inspectorate.documents.pdf import close_pool, render_pdf
from inspectorate.documents.performance import SENTENCES
from inspectorate.documents.preparation import completed
from inspectorate.documents.snapshots import agency_fields
from inspectorate.documents.values import CHARGED
from tests.documents.samples import AGENCY, PARTY, PERSON, RECORD, snapshot

RARE_NAMES = "喆玥昇旻珺堃翀彧璟"


def paper(kind: str, **changes: Any) -> Any:
    number = {"文号": "西卫医罚〔2025〕11号", "编号": "2025—017"}.get(layout(kind).number_form, "")
    return compose(layout(kind), snapshot(kind, **changes), number=number, verification="校验码 3F2A 91BC")


def pdf(kind: str, **changes: Any) -> PdfReader:
    made = paper(kind, **changes)
    return PdfReader(io.BytesIO(render_pdf(paper_html(made), single_sheet=single_sheet(made), in_process=True)))


def words(reader: PdfReader) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def body_text(made: Any) -> list[str]:
    passages = [block for block in made.blocks if isinstance(block, Passage)]
    return ["".join(run.text for run in one.text) for passage in passages for one in passage.paragraphs]


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_printed_as_pdf(kind):
    reader = pdf(kind)
    text = words(reader)
    if layout(kind).look != "strip":
        assert layout(kind).title in text
    assert layout(kind).series in text
    assert "{" not in text
    assert "None" not in text


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_printed_as_docx_and_equal_data_give_equal_bytes(kind):
    content = paper_docx(paper(kind))
    assert content == paper_docx(paper(kind))
    document = open_docx(io.BytesIO(content))
    assert layout(kind).title in [paragraph.text for paragraph in document.paragraphs]


def test_a_market_authority_issues_no_health_papers():
    bureau = agency_fields(Agency(name="某市场监督管理局", sector="market"))
    assert paper("D34").series == "卫生行政执法文书"
    assert paper("D34", **bureau).series == "行政执法文书"
    assert [paper(kind).title for kind in ("D03", "D37")] == ["卫生监督意见书", "送达回执"]
    assert [paper(kind, **bureau).title for kind in ("D03", "D37")] == ["监督意见书", "送达回证"]


@pytest.mark.parametrize("kind", kinds())
def test_no_caption_of_a_market_authority_speaks_of_health(kind):
    made = paper(kind, **agency_fields(Agency(name="某市场监督管理局", sector="market")))
    assert "卫生" not in f"{made.series}{made.title}{made.copies}"


@pytest.mark.parametrize(("kind", "heading"), [("D23", "案情及违法事实"), ("D23", "裁量理由"), ("D24", "违法事实")])
def test_facts_and_reasons_in_boxes_end_as_sentences(kind, heading):
    made = paper(kind, **{"case.facts": "收取费用5000元", "case.discretion": "系初次违法"})
    passage = next(block for block in made.blocks if isinstance(block, Passage) and block.label == heading)
    assert "".join(run.text for run in passage.paragraphs[-1].text).endswith("元。" if "事实" in heading else "违法。")


def test_the_pdf_is_an_archive_file_with_its_own_faces_and_equal_for_equal_data():
    html = paper_html(paper("D04"))
    content = render_pdf(html, in_process=True)
    assert content == render_pdf(html, in_process=True)
    reader = PdfReader(io.BytesIO(content))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata or 'pdfaid:part="3"' in metadata
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_names_with_rare_characters_are_shown():
    assert RARE_NAMES in words(pdf("D37", srv__receiver=RARE_NAMES))


def test_worker_processes_make_the_same_bytes():
    html = paper_html(paper("D37"))
    try:
        assert render_pdf(html) == render_pdf(html, in_process=True)
    finally:
        close_pool()


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "data:image/svg+xml;base64,PHN2Zy8+", "ftp://127.0.0.1/x"],
)
def test_a_paper_loads_nothing_that_is_not_ours(address):
    with pytest.raises(ValueError, match="may not load"):
        render_pdf(f'<html><body><img src="{address}"></body></html>', in_process=True)


def test_what_people_type_is_text_and_never_markup():
    made = paper("D04", correct__what=["<img src=x> & <b>即日</b>"])
    assert "&lt;img src=x&gt; &amp; &lt;b&gt;" in paper_html(made)


def test_a_field_record_is_signed_on_every_page():
    reader = pdf("D01", insp__record="\n".join([RECORD] * 3))
    assert len(reader.pages) > 2
    for number, page in enumerate(reader.pages, 1):
        text = re.sub(r"\s", "", page.extract_text())
        assert f"第{number}页共{len(reader.pages)}页" in text
        assert "已阅，与事实相符" in text
        assert "执法人员：" in text
        assert "编号：2025—017" in text
    assert "（以下空白）" in text


def test_a_refused_signature_is_told_and_a_witness_signs_instead():
    made = paper("D01", sign__refusal="当事人拒绝签名，未说明理由，见证人王某在场")
    assert [place.who for place in made.every_page] == ["见证人", "执法人员"]
    assert "当事人未签名：当事人拒绝签名，未说明理由，见证人王某在场。" in body_text(made)


def test_a_record_without_an_escort_says_why():
    made = paper(
        "D01", insp__escort=None, insp__escort_title=None, insp__no_escort="经电话通知未到，由社区工作人员见证"
    )
    assert "检查时当事人未到场，经电话通知未到，由社区工作人员见证。检查所见如下：" in body_text(made)


def test_a_single_sheet_carries_no_page_number_and_a_longer_letter_does():
    assert "共1页" not in words(pdf("D04"))
    assert "第1页共3页" in words(pdf("D34"))


def test_the_decision_names_notice_defence_discretion_bank_review_body_and_court():
    text = words(pdf("D34"))
    for part in (
        "西卫医罚告〔2025〕12号《行政处罚事先告知书》",
        "本机关对从轻处罚的请求不予采纳",
        "裁量基准",
        "2.没收违法所得人民币叁万陆仟捌佰元整（¥36,800.00）；",
        "3.罚款人民币壹拾捌万肆仟元整（¥184,000.00）。",
        "罚没款共计人民币贰拾贰万零捌佰元整（¥220,800.00）",
        "每日按罚款数额的百分之三加处罚款",
        AGENCY["agency.reconsideration_body"],
        AGENCY["agency.court"],
        "六十日内",
        "六个月内",
    ):
        assert part in text


def issued_text(penalties: list[dict[str, Any]], kind: str = "D34", **changes: Any) -> str:
    """The text of a paper as it is issued: what follows from the penalties is worked out, not given."""
    worked_out = dict.fromkeys(("dec__total", "dec__fine", "dec__dues", "dec__performance"))
    data = completed(kind, snapshot(kind, dec__penalties=penalties, **{**worked_out, **changes}), date(2025, 7, 18))
    return "".join(body_text(compose(layout(kind), data)))


def test_a_decision_without_money_asks_for_none_and_says_how_it_is_performed():
    text = issued_text([{"kind": "warning"}])
    assert "共计人民币" not in text
    assert "加处罚款" not in text
    assert "警告自本决定书送达之日起生效，送达即执行完毕。" in text


@pytest.mark.parametrize("kind", [kind for kind in PENALTIES if kind not in (*CHARGED, "detention")])
def test_way_and_term_of_every_penalty_that_is_not_money_are_said_once(kind):
    penalties = [{"kind": kind, "detail": "甲"}, {"kind": kind, "detail": "乙"}, {"kind": "fine", "amount_fen": 100}]
    text = issued_text(penalties)
    sentence = SENTENCES[kind].format(you="你单位")
    assert text.count(f"{sentence}。") == 1
    assert text.index(sentence) < text.index("十五日内缴至")
    assert "{" not in text


def test_whoever_is_a_person_is_told_as_one_what_to_hand_over():
    text = issued_text([{"kind": "revoke_licence", "detail": "《医师执业证书》"}], party__kind="person")
    assert "你应当自收到本决定书之日起十五日内将该证件交回。" in text


@pytest.mark.parametrize(
    ("penalties", "words"),
    [
        ([{"kind": "fine", "amount_fen": 100_000}], "罚款共计人民币壹仟元整（¥1,000.00）。"),
        ([{"kind": "confiscate_income", "amount_fen": 100_000}], "没收的违法所得共计人民币壹仟元整（¥1,000.00）。"),
        (
            [{"kind": "fine", "amount_fen": 100_000}, {"kind": "confiscate_income", "amount_fen": 50_000}],
            "罚没款共计人民币壹仟伍佰元整（¥1,500.00）。",
        ),
    ],
)
def test_what_is_to_be_paid_is_called_what_it_is(penalties, words):
    assert words in issued_text(penalties)


def test_an_order_given_before_is_named_and_not_given_again():
    text = words(pdf("D34", case__prior_order="本机关已于2025年6月3日责令改正，你单位已改正"))
    assert "本机关已于2025年6月3日责令改正，你单位已改正。" in text
    assert "同时，依照" not in text


def test_a_person_is_named_with_sex_age_and_identity_and_addressed_as_you():
    unit = dict.fromkeys(key.replace(".", "__") for key in PARTY)
    person = {key.replace(".", "__"): value for key, value in PERSON.items()}
    text = words(pdf("D34", **{**unit, **person}))
    assert "当事人：翀彧璟，女，34岁，居民身份证号码：330106199103070021" in text
    assert "你单位有" not in text
    assert "法定代表人" not in text


def test_the_prior_notice_offers_a_hearing_only_where_there_is_a_right_to_one():
    assert "有要求听证的权利" in words(pdf("D27"))
    assert "听证" not in words(pdf("D27", pn__hearing=False))


def test_an_order_is_at_once_or_by_a_day():
    assert "于2025年6月18日前改正" in words(pdf("D04"))
    at_once = words(pdf("D04", correct__by=None))
    assert "立即改正" in at_once
    assert "日前改正" not in at_once


def test_the_seal_goes_over_the_name_and_date_and_no_picture_stands_for_it():
    made = paper("D34")
    assert made.blocks[-1] == SealPlace(AGENCY["agency.name"], "2025年7月18日", required=True)
    assert not pdf("D34").pages[-1].images


def test_opinions_are_printed_with_name_and_day():
    boxes = [place for block in paper("D19").blocks for place in getattr(block, "places", ())]
    assert boxes[-1] == Signature("负责人意见", "box", boxes[-1].text, name="周彧", on="2025年6月5日")
    assert "签名：周彧" in words(pdf("D19"))


def test_options_are_ticked_by_a_drawn_box():
    html = paper_html(paper("D18"))
    assert '<span class="tick">√</span>检查发现</span>' in html
    assert "☑" not in html


def test_a_draft_is_marked_and_has_blanks_for_number_and_missing_values():
    made = compose(layout("D34"), {"party.name": "某单位"}, draft=True)
    html = paper_html(made)
    assert "草　稿" in html
    assert html.count('class="blank"') > 5
    assert b"%PDF" in render_pdf(html, in_process=True)[:8]
