"""What was changed against the draft."""

from hypothesis import given
from hypothesis import strategies as st

from inspectorate.typical.comparing import Piece, changes, is_changed

DRAFT = "2021年8月20日，对某诊所罚款。决定书已送达。\n本案结案。"
texts = st.text("甲乙丙。；，：\n", max_size=40)


def test_added_and_removed_sentences_stand_apart() -> None:
    pieces = changes(DRAFT, "2021年8月20日，对某诊所罚款。罚没款已缴清。\n本案结案。")
    assert pieces == [
        Piece("same", "2021年8月20日，对某诊所罚款。"),
        Piece("removed", "决定书已送达。"),
        Piece("added", "罚没款已缴清。"),
        Piece("same", "\n本案结案。"),
    ]
    assert is_changed(pieces)


def test_the_same_text_has_no_changes_however_its_lines_end() -> None:
    assert not is_changed(changes(DRAFT, DRAFT.replace("\n", "\r\n") + "\n"))
    assert changes("", "") == []


@given(texts, texts)
def test_without_what_was_added_it_is_the_draft_and_without_what_was_removed_the_text(draft: str, text: str) -> None:
    pieces = changes(draft, text)
    assert "".join(p.text for p in pieces if p.change != "added").strip() == draft.strip()
    assert "".join(p.text for p in pieces if p.change != "removed").strip() == text.strip()
