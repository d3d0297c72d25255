"""Steps that a person watches: one line each, with the time that it took."""
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from failure import Failure, last_lines


@contextmanager
def step(words: str):
    begun = time.monotonic()
    print(f"  {words} …", end="", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - begun:.1f} s", flush=True)


def run(command: list, log: Path, cwd: Path, env: dict | None = None) -> None:
    """Runs a command into its own log; a failure shows the end of that log."""
    with log.open("wb") as out:
        done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    if done.returncode:
        words = " ".join(str(part) for part in command[:4])
        raise Failure(f"`{words} …` failed; the end of {log}:{last_lines(log)}")
