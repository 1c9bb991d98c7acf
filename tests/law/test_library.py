"""``inspectorate.law`` stands by itself: the example of the docs runs where neither Flask nor SQLAlchemy can be had."""

import re
import subprocess
import sys
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from inspectorate.law.records import read_tier, read_violation
from inspectorate.law.standards import faults
from inspectorate.law.standards_reading import read_standard

ROOT = Path(__file__).resolve().parents[2]

ALONE = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("flask", "sqlalchemy", "werkzeug", "jinja2"):
            raise ImportError(f"{name} is not to be had here")
sys.meta_path.insert(0, Nothing())
sys.path.insert(0, "inspect")
"""


def test_the_example_of_the_docs_works_without_the_web_and_the_database() -> None:
    page = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    example = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    assert len(example.strip().splitlines()) <= 5
    done = subprocess.run(
        [sys.executable, "-c", ALONE + example], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    first, *steps = done.stdout.splitlines()
    assert first == "18400000 73600000" and len(steps) > 3 and any("bhl" in step or "99" in step for step in steps)


def test_every_module_of_the_law_can_be_had_alone() -> None:
    modules = sorted(path.stem for path in (ROOT / "inspect/inspectorate/law").glob("*.py") if path.stem != "__init__")
    asked = "\n".join(f"import inspectorate.law.{name}" for name in modules)
    done = subprocess.run([sys.executable, "-c", ALONE + asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "inspect/inspectorate/py.typed").exists()


@pytest.mark.parametrize("name", ["adding-a-rule.md", "adding-a-rule.zh-CN.md"])
def test_the_lawyers_page_shows_rules_that_can_be_read(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    (record,) = tomllib.loads(re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[0])["violation"]
    edition = tomllib.loads(re.findall(r"^   ```toml\n(.*?)^   ```", page, re.DOTALL | re.MULTILINE)[0])["violation"]
    entry = read_violation({**record, "earlier": edition["earlier"]}, "page")
    assert entry.code == "FD-900" and entry.edition_on(date(2022, 1, 1)) is entry.earlier[0]
    fines = re.findall(r"\| `(\{ kind.*\})` \|", page)
    assert len(fines) == 9
    for text in fines:
        assert read_tier(
            {"name": "x", "when": "x", "fine": tomllib.loads(f"fine = {text}", parse_float=Decimal)["fine"]}
        ).fine


def test_the_standard_on_the_page_has_no_fault() -> None:
    page = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert faults(read_standard(text, "page")) == []
