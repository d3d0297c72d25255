"""What goes wrong, as a sentence for the person at the terminal."""
from pathlib import Path


class Failure(Exception):
    pass


def last_lines(log: Path, count: int = 25) -> str:
    """The end of a log, indented, to stand below the sentence."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "".join(f"\n    {line}" for line in lines[-count:])
