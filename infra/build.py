"""Builds what is deployed: build/NAME/bootstrap for each function, and web/dist."""
import fcntl
import filecmp
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from places import BUILD, ROOT, WEB
from steps import run, step


@contextmanager
def alone():
    """Two stacks started at once share the build folder, one after the other."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def functions(logs: Path, arch: str | None = None) -> None:
    """For this machine, on which the emulator runs them, or for `arch` as Go names it. Without Go's build id, which changes with
    every file that any of them is made of, a function stays the same to the byte unless its own code changes."""
    with step("Building the functions"):
        env = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH")}
        env |= {"CGO_ENABLED": "0"} | ({"GOOS": "linux", "GOARCH": arch} if arch else {})
        made = BUILD / ".bin"
        made.mkdir(parents=True, exist_ok=True)
        run(["go", "build", "-tags", "lambda.norpc", "-trimpath", "-ldflags=-s -w -buildid=", "-o", f"{made}/", "./functions/..."],
            logs / "go.log", ROOT, env)
        for folder in (ROOT / "functions").iterdir():
            if folder.is_dir():
                target = BUILD / folder.name / "bootstrap"
                target.parent.mkdir(exist_ok=True)
                if not target.exists() or not filecmp.cmp(made / folder.name, target, shallow=False):
                    shutil.copy2(made / folder.name, target)


def install(logs: Path) -> None:
    """What the pages are built and checked with, if the lock file has changed since."""
    lock, installed = WEB / "package-lock.json", WEB / "node_modules" / ".installed-from"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not installed.exists() or installed.read_text() != wanted:
        with step("Installing what the pages are built with"):
            run(["npm", "ci", "--no-audit", "--no-fund"], logs / "npm.log", WEB)
            installed.write_text(wanted)


def web(logs: Path) -> None:
    install(logs)
    with step("Building the pages"):
        run(["npm", "run", "build"], logs / "web.log", WEB)
