"""A process that has made a PDF leaves nothing in the temporary folder, whether it sets type itself or in workers."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

MAKE = """
import sys; sys.path.insert(0, "inspect")
if __name__ == "__main__":
    from inspectorate.documents import pdf, typesetter
    assert {call}.startswith(b"%PDF")
"""


@pytest.mark.parametrize(
    "call", ["typesetter.typeset('字', [], [])", "pdf.render_pdf('字')"], ids=["itself", "workers"]
)
def test_the_unpacked_fonts_are_removed_at_the_end_of_the_process(tmp_path: Path, call: str) -> None:
    program, scratch = tmp_path / "make.py", tmp_path / "scratch"
    program.write_text(MAKE.format(call=call))
    scratch.mkdir()
    subprocess.run([sys.executable, program], cwd=ROOT, env={"TMPDIR": str(scratch)}, check=True)
    assert not list(scratch.iterdir())
