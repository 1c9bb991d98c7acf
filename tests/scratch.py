"""Where a test run keeps its databases and files: in memory where there is room.

Every test asks for a fresh database and commits to it, and every commit waits for the disk (``synchronous=FULL`` is
kept): on a disk half of the time of the suite is such waiting.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3
"""Bytes free; a whole run takes less than half of it."""


def use_memory() -> None:
    """Put all temporary folders of this process into memory, unless ``TMPDIR`` names another place."""
    if "TMPDIR" not in os.environ and roomy(MEMORY):
        tempfile.tempdir = str(MEMORY)


def roomy(folder: Path) -> bool:
    """Whether the folder can be written to, has room and lets programs run."""
    try:
        return (
            os.access(folder, os.W_OK)
            and shutil.disk_usage(folder).free >= ENOUGH
            and not os.statvfs(folder).f_flag & os.ST_NOEXEC
        )
    except OSError:
        return False
