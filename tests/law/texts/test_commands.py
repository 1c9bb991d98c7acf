"""``flask law load-texts`` and ``flask law article`` as outsiders use them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from inspectorate.law.cli import law_cli
from inspectorate.law.texts import use
from tests.law.texts.layouts import FOLDER, bold, content_of, stand_in


def run(*arguments: object) -> Result:
    return CliRunner().invoke(law_cli, [str(each) for each in arguments])


def answer(*arguments: object) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_a_folder_is_loaded_and_loaded_again(given_folder: Path, kept: Path) -> None:
    first = run("load-texts", given_folder)
    assert first.exit_code == 0 and first.stdout.splitlines()[-1] == "3 texts: 3 new"
    assert "auc@2019-04-23: new, 33 articles" in first.stdout
    assert run("load-texts", given_folder).stdout == "3 texts: 3 already here\n"
    (given_folder / "toxicdrug@1988-12-27.md").write_text(bold(stand_in("toxicdrug", "1988-12-27")), "utf-8")
    again = run("load-texts", given_folder)
    assert again.stdout.splitlines() == [
        "toxicdrug@1988-12-27: replaced, 14 articles",
        "3 texts: 1 replaced, 2 already here",
    ]


def test_loading_answers_in_json(given_folder: Path, kept: Path) -> None:
    found = answer("load-texts", given_folder)
    assert found["folder"] == str(kept)
    assert found["texts"][0] == {
        "law": "auc",
        "version": "2019-04-23",
        "outcome": "new",
        "articles": 33,
        "first_article": 1,
        "last_article": 33,
    }


def test_what_cannot_be_loaded_is_named_by_file_and_line_and_nothing_is(given_folder: Path, kept: Path) -> None:
    (given_folder / "food@2021-04-29.md").write_text(
        "# 中华人民共和国食品安全法\n\n第一条 吃。\n\n第三条 喝。\n", "utf-8"
    )
    result = run("load-texts", given_folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "food@2021-04-29.md:5: article 3 follows article 1: one is missing, or they are out of order",
        "nothing was loaded",
    ]
    assert not kept.exists()
    assert run("load-texts", given_folder / "nowhere").exit_code == 2


def test_invented_laws_are_not_loaded(kept: Path) -> None:
    result = run("load-texts", FOLDER)
    assert result.exit_code == 1
    assert "lantern@2019-03-01.md: the catalogue has no law 'lantern'" in result.stderr


def test_an_article_is_shown_as_in_force_on_a_day(given_folder: Path, kept: Path) -> None:
    run("load-texts", given_folder)
    shown = run("article", "auc", 7, "--on", "2020-01-01")
    assert shown.exit_code == 0
    head, words = shown.stdout.splitlines()
    assert head == "《中华人民共和国反不正当竞争法》第七条（2019-04-23，自2019-04-23起施行）"
    assert words == "第7号灯笼应当挂好。"
    found = answer("article", "auc", 7, "--paragraph", 1, "--on", "2020-01-01")
    assert (found["law"], found["article"], found["paragraph"]) == ("auc", 7, 1)
    assert (found["version"], found["on"], found["in_force_from"]) == ("2019-04-23", "2020-01-01", "2019-04-23")
    assert found["text"] == words and found["paragraphs"] == [{"number": 1, "text": words, "items": []}]
    assert found["loaded"] == ["2019-04-23", "2025-06-27"]


def test_an_item_is_shown_with_the_words_above_it_alone(kept: Path) -> None:
    text = stand_in("toxicdrug", "1988-12-27")
    lines = content_of(text).decode().replace("第3号灯笼应当挂好。", "挂灯：\n\n(一)门前；\n\n(二)水上。\n\n不挂。")
    kept.mkdir()
    (kept / "toxicdrug@1988-12-27.md").write_text(lines, "utf-8")
    found = answer("article", "toxicdrug", 3, "--item", 2)
    assert found["text"] == "挂灯：\n（二）水上。"
    assert found["paragraphs"] == [
        {"number": 1, "text": "挂灯：", "items": [{"number": 2, "text": "水上。", "points": []}]}
    ]
    whole = answer("article", "toxicdrug", 3)
    assert whole["text"].splitlines() == ["挂灯：", "（一）门前；", "（二）水上。", "不挂。"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (
            ("food", 1, "--on", "2022-01-01"),
            "version 2021-04-29 of food applies, of which no text is loaded; no version",
        ),
        (
            ("auc", 7, "--on", "1980-01-01"),
            "auc was not yet in force on 1980-01-01, only from ",
        ),
        (("radlaw", 7, "--on", "2027-01-01"), "radlaw was no longer in force on 2027-01-01: it ended on 2026-08-15"),
        (("ecom", 7, "--on", "2019-06-01"), "no version of it is loaded"),
        (("auc", 99), "《反不正当竞争法》第九十九条, version 2025-06-27: there is no such article"),
        (("auc", 7, "--paragraph", 2), "it has 1 paragraphs"),
        (("auc", 7, "--item", 3), "it has no item 3"),
        (("auc", 7, "--suffix", 1), "there is no such article"),
        (("lantern", 1), "the catalogue has no law 'lantern'"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_shown_says_why(arguments: tuple[object, ...], why: str, given_folder: Path, kept: Path) -> None:
    run("load-texts", given_folder)
    result = run("article", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert why in result.stderr and result.stderr.count("\n") == 1


def test_where_only_another_version_is_loaded_it_says_which(given_folder: Path, kept: Path) -> None:
    run("load-texts", given_folder)
    (kept / "auc@2025-06-27.md").unlink()
    result = run("article", "auc", 7, "--on", "2026-01-01", "--json")
    assert result.exit_code == 1
    assert result.stderr == (
        "on 2026-01-01 version 2025-06-27 of auc applies, of which no text is loaded; loaded: 2019-04-23\n"
    )
    found = json.loads(result.stdout)
    assert (found["version"], found["loaded"], found["text"]) == ("2025-06-27", ["2019-04-23"], None)


@pytest.mark.parametrize("wrong", [("auc", "seven"), ("auc", 0), ("auc", 7, "--on", "yesterday"), ("auc",)])
def test_wrong_usage_is_wrong_usage(wrong: tuple[object, ...], kept: Path) -> None:
    assert run("article", *wrong).exit_code == 2


def test_without_a_folder_to_load_into_it_is_said(given_folder: Path, kept: Path) -> None:
    use(None)
    result = run("load-texts", given_folder)
    assert (result.exit_code, "DATA_DIR" in result.stderr) == (1, True)
