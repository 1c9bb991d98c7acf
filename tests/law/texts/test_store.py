"""Loading a folder is all or nothing, doing it again changes nothing, and every process sees what another loaded."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from inspectorate.law.statutes import Citation, UnknownLaw
from inspectorate.law.texts import article_on, loaded, store, text_of, use
from inspectorate.law.texts.loading import NotLoaded, Outcome, load_folder
from tests.law.texts.layouts import bold, content_of, stand_in

ROOT = Path(__file__).resolve().parents[3]


def outcomes(source: Path, into: Path) -> dict[str, Outcome]:
    return {f"{each.text.law}@{each.text.adopted}": each.outcome for each in load_folder(source, into)}


def test_what_was_loaded_is_found_by_law_and_version(given_folder: Path, kept: Path) -> None:
    assert (text_of("auc", "2019-04-23"), loaded("auc")) == (None, ())
    assert set(outcomes(given_folder, kept).values()) == {Outcome.NEW}
    assert loaded("auc") == ("2019-04-23", "2025-06-27") and loaded("food") == ()
    text = text_of("auc", "2019-04-23")
    assert text and len(text.articles) == 33
    assert text_of("auc", "2019-04-23") is text, "it is read once"
    assert sorted(path.name for path in kept.iterdir()) == sorted(path.name for path in given_folder.iterdir())


def test_loading_again_changes_nothing_and_says_so(given_folder: Path, kept: Path) -> None:
    load_folder(given_folder, kept)
    before = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    assert set(outcomes(given_folder, kept).values()) == {Outcome.SAME}
    assert {path.name: path.stat().st_mtime_ns for path in kept.iterdir()} == before


def test_a_changed_text_takes_the_place_of_its_version_alone(given_folder: Path, kept: Path) -> None:
    load_folder(given_folder, kept)
    assert text_of("auc", "2019-04-23")
    changed = stand_in("auc", "2019-04-23", words="灯笼应当熄灭。")
    (given_folder / "auc@2019-04-23.md").write_text(bold(changed), "utf-8")
    assert outcomes(given_folder, kept) == {
        "auc@2019-04-23": Outcome.REPLACED,
        "auc@2025-06-27": Outcome.SAME,
        "toxicdrug@1988-12-27": Outcome.SAME,
    }
    text = text_of("auc", "2019-04-23")
    assert text and "熄灭" in text.articles[0].whole()


def test_one_bad_text_keeps_all_out(given_folder: Path, kept: Path) -> None:
    whole = (given_folder / "auc@2025-06-27.md").read_text("utf-8")
    (given_folder / "auc@2025-06-27.md").write_text(whole.replace("第七条 ", "第八条 ", 1), "utf-8")
    (given_folder / "notes.md").write_text("买菜", "utf-8")
    with pytest.raises(NotLoaded) as refused:
        load_folder(given_folder, kept)
    assert [problem.partition(": ")[0].partition(":")[0] for problem in refused.value.problems] == [
        "auc@2025-06-27.md",
        "notes.md",
    ]
    assert not kept.exists()


def test_a_full_disk_leaves_what_was_there(given_folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_folder(given_folder, kept)
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    for path in given_folder.iterdir():
        path.write_bytes(path.read_bytes().replace("挂好".encode(), "摘下".encode()))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        load_folder(given_folder, kept)
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before


def test_what_is_no_file_is_refused_and_not_waited_for(given_folder: Path, kept: Path) -> None:
    os.mkfifo(given_folder / "food@2021-04-29.md")
    (given_folder / "bad\nname.md").mkdir()
    (given_folder / "food@2025-09-12.md").symlink_to("nowhere")
    with pytest.raises(NotLoaded) as refused:
        load_folder(given_folder, kept)
    assert refused.value.problems == [
        "'bad\\nname.md': is no file",
        "food@2021-04-29.md: is no file",
        "food@2025-09-12.md: is no file",
    ]


def test_an_empty_folder_is_refused(tmp_path: Path, kept: Path) -> None:
    with pytest.raises(NotLoaded, match="no text"):
        load_folder(tmp_path, kept)


def test_what_another_process_loaded_is_seen(given_folder: Path, kept: Path) -> None:
    load_folder(given_folder, kept)
    assert text_of("auc", "2025-06-27")
    for path in given_folder.iterdir():
        path.write_bytes(path.read_bytes().replace("挂好".encode(), "高高挂起".encode()))
    script = (
        "import sys; from pathlib import Path; from inspectorate.law.texts.loading import load_folder;"
        "load_folder(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    environment = {"PYTHONPATH": str(ROOT / "inspect")}
    subprocess.run([sys.executable, "-c", script, given_folder, kept], env=environment, check=True)
    text = text_of("auc", "2025-06-27")
    assert text and "高高挂起" in text.articles[0].whole()


def test_a_file_altered_past_the_program_counts_as_not_loaded(
    given_folder: Path, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    load_folder(given_folder, kept)
    (kept / "auc@2025-06-27.md").write_text("乱", "utf-8")
    assert text_of("auc", "2025-06-27") is None
    assert "auc@2025-06-27.md" in caplog.text
    (kept / "auc@2025-06-27.md").unlink()
    assert text_of("auc", "2025-06-27") is None


def test_without_a_folder_nothing_is_loaded(kept: Path) -> None:
    use(None)
    assert (text_of("auc", "2025-06-27"), loaded("auc"), store.folder()) == (None, (), None)


# --- an article on a day ----------------------------------------------------------------------------------------


def test_an_article_comes_from_the_version_of_the_day_and_from_no_other(kept: Path) -> None:
    kept.mkdir()
    old, new = stand_in("auc", "2019-04-23", words="旧。"), stand_in("auc", "2025-06-27", words="新。")
    (kept / "auc@2019-04-23.md").write_bytes(content_of(old))
    before, after = date(2025, 10, 14), date(2025, 10, 15)
    found = article_on(Citation("auc", 7), before)
    assert found.article and found.article.whole() == "第7号旧。" and found.version
    assert found.version.name == "2019-04-23"
    missing = article_on(Citation("auc", 7), after)
    assert (missing.article, missing.text, missing.loaded) == (None, None, ("2019-04-23",))
    assert missing.version and missing.version.name == "2025-06-27"
    (kept / "auc@2025-06-27.md").write_bytes(content_of(new))
    newer = article_on(Citation("auc", 7), after)
    assert newer.article and newer.article.whole() == "第7号新。"


def test_before_the_first_known_version_there_is_none(kept: Path) -> None:
    found = article_on(Citation("auc", 7), date(1980, 1, 1))
    assert (found.version, found.text, found.article, found.paragraph) == (None, None, None, None)
    with pytest.raises(UnknownLaw):
        article_on(Citation("lantern", 1), date(2026, 1, 1))


def test_the_paragraph_meant_is_told_or_none_where_there_is_no_such(given_folder: Path, kept: Path) -> None:
    load_folder(given_folder, kept)
    on = date(2026, 1, 1)
    assert article_on(Citation("auc", 7, 1), on).paragraph == 1
    assert article_on(Citation("auc", 7), on).paragraph is None
    assert article_on(Citation("auc", 7, 2), on).paragraph is None
    assert article_on(Citation("auc", 99), on).article is None
