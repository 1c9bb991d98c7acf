from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.documents.dates import printed_date, printed_end, printed_moment, printed_period
from inspectorate.documents.numbering import format_number, read_number, split_head
from inspectorate.documents.series import in_sector

SEEN = [
    ("会卫放罚〔2023〕1号", "会卫放罚", 2023, 1, None, "会卫放罚〔2023〕1号"),
    ("会卫放罚告〔2023〕1号", "会卫放罚告", 2023, 1, None, "会卫放罚告〔2023〕1号"),
    ("湖卫公罚 [2021]10号", "湖卫公罚", 2021, 10, None, "湖卫公罚〔2021〕10号"),
    ("乐卫传罚〔2020〕23号", "乐卫传罚", 2020, 23, None, "乐卫传罚〔2020〕23号"),
    ("深龙华卫医罚〔2020〕11-10", "深龙华卫医罚", 2020, 11, "10", "深龙华卫医罚〔2020〕11-10号"),
    ("谢综卫证保处【2022】001号", "谢综卫证保处", 2022, 1, None, "谢综卫证保处〔2022〕1号"),
    ("济历城卫医罚【2018】016号", "济历城卫医罚", 2018, 16, None, "济历城卫医罚〔2018〕16号"),
    ("济历城卫医催告【2018】020号", "济历城卫医催告", 2018, 20, None, "济历城卫医催告〔2018〕20号"),
    ("铜官卫医罚(2020)1号", "铜官卫医罚", 2020, 1, None, "铜官卫医罚〔2020〕1号"),
    ("邯卫职罚字[2006]005号", "邯卫职罚", 2006, 5, None, "邯卫职罚〔2006〕5号"),
    ("卫市监处罚〔2024〕7号", "卫市监处罚", 2024, 7, None, "卫市监处罚〔2024〕7号"),
    ("京卫食罚〔2002〕001号", "京卫食罚", 2002, 1, None, "京卫食罚〔2002〕1号"),
    ("杭卫医罚字（１９９９）第３号", "杭卫医罚", 1999, 3, None, "杭卫医罚〔1999〕3号"),
    ("西卫医罚［2025］12", "西卫医罚", 2025, 12, None, "西卫医罚〔2025〕12号"),
]


@pytest.mark.parametrize(("given_", "head", "year", "serial", "suffix", "printed"), SEEN)
def test_a_number_is_read_in_every_spelling_met_on_paper(given_, head, year, serial, suffix, printed):
    number = read_number(given_)
    assert (number.head, number.year, number.serial, number.suffix) == (head, year, serial, suffix)
    assert number.given == given_
    assert number.printed() == printed


@pytest.mark.parametrize("blank", ["甬宁卫医证保〔 〕号", "京卫医罚字[2009]×号"])
def test_a_number_with_blanks_is_read_as_far_as_it_goes_and_printed_as_given(blank):
    number = read_number(blank)
    assert number.serial is None
    assert number.printed() == blank


def test_a_form_number_is_year_and_serial():
    number = read_number("2002—001")
    assert (number.year, number.serial, number.bracketed) == (2002, 1, False)
    assert number.printed() == "2002—001"


@pytest.mark.parametrize("own_kind", ["SS20150427-301", "800SH2015051000054-1", "", "〔〕", "第七号文件"])
def test_a_number_of_a_kind_of_its_own_is_not_forced_into_ours(own_kind):
    number = read_number(own_kind)
    assert number is None or number.printed() == own_kind


def test_a_new_number_follows_the_pattern_of_its_layout():
    pattern = "{short}卫{category}罚〔{year}〕{serial}号"
    assert format_number(pattern, short="会", category="放", year=2023, serial=1) == "会卫放罚〔2023〕1号"
    assert format_number("{year}—{serial:3}", year=2025, serial=7) == "2025—007"


def test_a_part_that_nobody_gave_is_named():
    with pytest.raises(ValueError, match="category"):
        format_number("{short}卫{category}罚〔{year}〕{serial}号", short="会", year=2023, serial=1)


@given(st.integers(1990, 2099), st.integers(1, 99999), st.sampled_from(["会卫放罚", "深龙华卫医罚告", "西卫公催"]))
def test_what_we_print_we_read_back(year, serial, head):
    number = read_number(f"{head}〔{year}〕{serial}号")
    assert (number.head, number.year, number.serial) == (head, year, serial)
    assert number.printed() == number.given


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    number = read_number(text)
    assert number is None or number.given == text


NATURES = frozenset({"罚", "罚告", "催告", "证保", "证保处"})
CATEGORIES = frozenset({"医", "公", "放", "职", "传"})


def test_the_head_is_taken_apart_only_for_a_known_authority():
    assert split_head("会卫放罚告", "会卫", CATEGORIES, NATURES) == ("放", "罚告")
    assert split_head("谢综卫证保处", "谢综卫", CATEGORIES, NATURES) == ("", "证保处")
    assert split_head("卫市监处罚", "会卫", CATEGORIES, NATURES) is None
    assert split_head("会卫食罚", "会卫", CATEGORIES, NATURES) is None


def test_dates_and_times_have_no_leading_zeros_but_in_minutes():
    start, end = datetime(2025, 6, 3, 9, 5), datetime(2025, 6, 3, 10, 20)
    assert printed_date(start) == "2025年6月3日"
    assert printed_moment(start) == "2025年6月3日9时05分"
    assert printed_period(start, end) == "2025年6月3日9时05分至10时20分"
    assert printed_end(start, datetime(2025, 6, 4, 0, 0)) == "2025年6月4日0时00分"


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before"):
        printed_period(datetime(2025, 6, 3, 9), datetime(2025, 6, 3, 8))


@pytest.mark.parametrize(
    ("sector", "printed"),
    [
        ("health", "杭西卫医罚〔2026〕7号"),
        ("disease_control", "杭西疾控医罚〔2026〕7号"),
        ("market", "杭西市监处罚〔2026〕7号"),
        ("postal", "杭西邮处罚〔2026〕7号"),
    ],
)
def test_a_number_bears_the_sign_of_its_sector(sector, printed):
    pattern = in_sector("{short}卫{category}罚〔{year}〕{serial}号", sector)
    assert format_number(pattern, short="杭西", category="医", year=2026, serial=7) == printed


def test_a_number_without_category_bears_the_sign_too():
    assert in_sector("{short}卫检通〔{year}〕{serial}号", "market") == "{short}市监检通〔{year}〕{serial}号"
