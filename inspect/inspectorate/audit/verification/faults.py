"""What verification names."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is not as the record says: which entry, seal, row, file or trigger, and how."""

    kind: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.where}: {self.what}"

    def as_json(self) -> dict[str, str]:
        """For ``--json``."""
        return asdict(self)
