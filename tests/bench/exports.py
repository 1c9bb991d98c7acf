"""How far the memory of a process grows (peak of what is resident) from a file of 10,000 rows to one of 100,000.

The floor is what such a file itself takes on the disk, so that a process that kept its rows would be far beyond.
"""

import json
import subprocess
import sys
from pathlib import Path

from inspectorate.accounts.permissions import Role
from tests.bench.measure import Ratio
from tests.bench.prepared import Prepared

TITLE = "Exports"
ON_EACH_DATABASE = True

FEW, MANY = 10_000, 100_000
GROWTH = 24 * 2**20
"""Bytes by which 90,000 rows more may raise the peak: no more than two parts of what is read at a time."""

LISTS = (
    "/inspections/list.csv",
    "/inspections/list.xlsx",
    "/registry/list.csv",
    "/registry/list.xlsx",
    "/cases/list.csv",
)

PROGRAM = """
import json, re, sys
from pathlib import Path
sys.path.insert(0, "inspect"); sys.path.insert(0, ".")
from inspectorate import create_app, exports
from inspectorate.extensions import db
from inspectorate.accounts.models import User
from tests.client import IsolatedClient
address, most, user = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
whole = exports.rows_of
def rows_of(query):
    exports.EXPORT_ROWS = 10**9
    return whole(query.limit(most))
for name in ("cases.views.lists", "inspections.views.lists", "registry.files"):
    __import__(f"inspectorate.{name}", fromlist=["x"]).rows_of = rows_of
app = create_app()
app.test_client_class = IsolatedClient
client = app.test_client()
with app.app_context():
    client.sign_in(db.session.get_one(User, user))
response = client.get(address, buffered=False)
octets = sum(len(part) for part in response.response)
response.close()
assert response.status_code == 200, response.status_code
# Not ru_maxrss: that counts what the process was before it began this program, a copy of the bench.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([octets, int(peak[1]) * 1024]))
"""


def ratios(bench: Prepared) -> list[Ratio]:
    """The growth of each list's file, in a process of its own."""
    user = bench.user(Role.INSPECTOR, "000000")
    found = []
    for address in LISTS:
        (_, few), (octets, many) = (_measured(bench, address, most, user) for most in (FEW, MANY))
        name = f"{address}: growth of the peak, {FEW:,} to {MANY:,} rows ({octets / 2**20:.0f} MB)"
        found.append(Ratio(name, max(many - few, 0), 0, 1, plus=GROWTH, unit="bytes"))
    return found


def _measured(bench: Prepared, address: str, most: int, user: int) -> tuple[int, int]:
    """Octets of the file, and the peak of the process that made it."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", PROGRAM, address, str(most), str(user)]
    done = subprocess.run(command, cwd=root, env=bench.environment(), capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    octets, peak = json.loads(done.stdout.splitlines()[-1])
    return octets, peak
