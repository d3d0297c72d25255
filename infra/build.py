"""Builds build/NAME.zip for each function, and web/dist. Builds are reproducible, so that a deployment updates only what has changed."""
import hashlib
import os
import stat
import zipfile
from pathlib import Path

from .machine import BUILD, ROOT, WEB
from .terminal import locked, run, step

_PROGRAM = "bootstrap"  # by this name Lambda starts it
# Settings of the builder's own machine that would change the program, or keep it from starting. GOFLAGS is left to the builder.
_GO = {"CGO_ENABLED": "0", "GOAMD64": "v1", "GOARM64": "v8.0"}
_UNIX = 3  # the zip entry's system, without which its mode is ignored


def alone():
    """Two stacks started at once share the build folder and what the pages are built with."""
    return locked(BUILD / ".lock")


def functions(logs: Path, arch: str | None = None) -> None:
    """For this machine, on which the emulator runs them, or for `arch` as Go names it. Go's build id changes with every file
    that any function is made of, and its stamp with every commit: both are left out."""
    with step("Building the functions"):
        env = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOEXPERIMENT")}
        env |= _GO | ({"GOOS": "linux", "GOARCH": arch} if arch else {})
        made = BUILD / ".bin"
        made.mkdir(parents=True, exist_ok=True)
        run(["go", "build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", f"{made}/",
             "./functions/..."], logs / "go.log", ROOT, env)
        for folder in (ROOT / "functions").iterdir():
            if folder.is_dir():
                pack((made / folder.name).read_bytes(), archive(folder.name))


def archive(function: str) -> Path:
    return BUILD / f"{function}.zip"


def pack(code: bytes, target: Path) -> None:
    """Packs a function as Lambda starts it, whatever the umask is and whatever the clock says."""
    if target.exists():
        with zipfile.ZipFile(target) as packed:
            if packed.read(_PROGRAM) == code:
                return
    info = zipfile.ZipInfo(_PROGRAM)  # dated 1980, whenever it is built
    info.create_system, info.external_attr, info.compress_type = _UNIX, (stat.S_IFREG | 0o755) << 16, zipfile.ZIP_DEFLATED
    half = target.with_suffix(".half")
    with zipfile.ZipFile(half, "w") as packed:
        packed.writestr(info, code)
    half.replace(target)


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
