"""Entry point: puts the source root on the path and builds the app."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "inspect"))

from inspectorate import create_app
from inspectorate.config import Misconfigured

try:
    app = create_app()
except Misconfigured as error:
    sys.exit(f"Error: {error}")
