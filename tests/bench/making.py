"""Makes one big database in a process of its own: ``python -m tests.bench.making ESTABLISHMENTS SCALE RESULT``."""

import json
import sys
import time
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "inspect"))

COUNTED = ("inspection", "enforcement_case", "penalty", "subject", "complaint", "entry_approval", "record_entry")


def main(establishments: str, scale: str, result: str) -> None:
    """Migrate, run the command as a user would, count, and tell how long the command took."""
    from inspectorate import create_app
    from inspectorate.extensions import Base, db

    app = create_app()
    with app.app_context():
        upgrade()
        db.session.remove()
    begun = time.perf_counter()
    done = app.test_cli_runner().invoke(args=["demo", "--establishments", establishments, "--scale", scale])
    seconds = time.perf_counter() - begun
    if done.exit_code:
        raise SystemExit(f"{done.output}\n{done.exc_info}")
    with app.app_context():
        tables = Base.metadata.tables
        rows = {name: db.session.scalar(select(func.count()).select_from(tables[name])) for name in COUNTED}
        db.session.remove()
        db.engine.dispose()
    Path(result).write_text(json.dumps({"seconds": seconds, "rows": rows}))


if __name__ == "__main__":
    main(*sys.argv[1:])
