"""What a person sees at the terminal: steps with the time that each took, and failures as sentences."""
import fcntl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

@contextmanager
def step(words: str) -> Iterator[Callable[[str], None]]:
    """Gives a function that says how far the step is, to whoever watches at a terminal."""
    begun = time.monotonic()
    watched = sys.stdout.isatty()

    def say(far: str) -> None:
        if watched:
            print(f"\r\033[K  {words} … {far}", end="", flush=True)

    print(f"  {words} …", end="", flush=True)
    try:
        yield say
    except BaseException:
        print(flush=True)
        raise
    took = f"{time.monotonic() - begun:.1f} s"
    print(f"\r\033[K  {words} … {took}" if watched else f" {took}", flush=True)


@contextmanager
def locked(lock: Path):
    """What two commands at once would do in the same folder, they do one after the other."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def run(command: list, log: Path, cwd: Path, env: dict | None = None) -> None:
    """Runs a command into its own log; a failure shows the end of that log."""
    with log.open("wb") as out:
        done = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    if done.returncode:
        words = " ".join(str(part) for part in command[:4])
        raise Failure(f"`{words} …` failed; the end of {log}:{last_lines(log)}")


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
