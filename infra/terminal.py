"""What a person sees at the terminal: steps with the time that each took, and failures as sentences."""
import fcntl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path


class Failure(Exception):
    """Its text tells the person at the terminal what went wrong, and what to do."""


@contextmanager
def failures_as_sentences():
    """Ends the program with a sentence, and no traceback, if a person can do something about what went wrong."""
    try:
        yield
    except Failure as failure:
        sys.exit(f"\n{failure}")
    except OSError as error:
        sys.exit(f"\nThe machine refused: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


@contextmanager
def step(words: str) -> Iterator[Callable[[str], None]]:
    """Prints what is done, and at its end the seconds that it took. Yields a function that shows the progress at a terminal.
    A step beside others (`together`) prints its line as a whole, at its end."""
    begun = time.monotonic()
    alone = threading.current_thread() is threading.main_thread()
    watched = alone and sys.stdout.isatty()

    def say(progress: str) -> None:
        if watched:
            print(f"\r\033[K  {words} … {progress}", end="", flush=True)

    if alone:
        print(f"  {words} …", end="", flush=True)
    try:
        yield say
    except BaseException:
        print("" if alone else f"  {words} … failed", flush=True)
        raise
    took = f"{time.monotonic() - begun:.1f} s"
    if alone and not watched:
        print(f" {took}", flush=True)
    else:
        print(f"\r\033[K  {words} … {took}" if watched else f"  {words} … {took}", flush=True)


def together(*tasks: Callable[[], object]) -> list:
    """Runs tasks at the same time and returns their results. If some fail, the first of them in order is raised once all have ended."""
    if len(tasks) == 1:
        return [tasks[0]()]
    with ThreadPoolExecutor(len(tasks)) as pool:
        running = [pool.submit(task) for task in tasks]
    return [task.result() for task in running]


@contextmanager
def locked(lock: Path):
    """Lets one process at a time pass: two commands that would write the same folder do it one after the other."""
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


def last_lines(log: Path, count: int = 25) -> str:
    """The end of a log, indented, to stand below the sentence."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "".join(f"\n    {line}" for line in lines[-count:])
