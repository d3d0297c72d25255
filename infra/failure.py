"""What goes wrong, as a sentence for the person at the terminal."""
import sys
from contextlib import contextmanager
from pathlib import Path


class Failure(Exception):
    pass


@contextmanager
def at_the_terminal():
    """Ends the program with a sentence, and no traceback, where a person can do something about what went wrong."""
    try:
        yield
    except Failure as failure:
        sys.exit(f"\n{failure}")
    except OSError as error:
        sys.exit(f"\nThe machine refused: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def last_lines(log: Path, count: int = 25) -> str:
    """The end of a log, indented, to stand below the sentence."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "".join(f"\n    {line}" for line in lines[-count:])
