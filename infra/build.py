"""Builds build/NAME.zip for each function, and web/dist. Builds are reproducible, so that a deployment updates only what has changed."""
import hashlib
import os
import stat
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from .machine import BUILD, ROOT, WEB
from .terminal import locked, run, step

# What the functions and the pages are made of.
FUNCTION_SOURCES = ("functions", "internal", "go.mod", "go.sum")
PAGE_SOURCES = ("web/client", "web/components", "web/widget", "web/console", "web/demo", "web/build.mjs", "web/package.json", "web/package-lock.json")
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
    env = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOEXPERIMENT")}
    env |= _GO | ({"GOOS": "linux", "GOARCH": arch} if arch else {})
    go = subprocess.run(["go", "env", "GOVERSION", "GOFLAGS", "GOOS", "GOARCH"], cwd=ROOT, env=env, capture_output=True, check=True).stdout
    names = [folder.name for folder in (ROOT / "functions").iterdir() if folder.is_dir()]

    def make() -> None:
        with step("Building the functions"):
            made = BUILD / ".bin"
            made.mkdir(parents=True, exist_ok=True)
            run(["go", "build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", f"{made}/",
                 "./functions/..."], logs / "go.log", ROOT, env)
            for name in names:
                pack((made / name).read_bytes(), archive(name))

    _unless_made("functions", go, FUNCTION_SOURCES, lambda: map(archive, names), make)


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

    def make() -> None:
        with step("Building the pages"):
            run(["npm", "run", "build"], logs / "web.log", WEB)

    _unless_made("pages", b"", PAGE_SOURCES, lambda: _files(WEB / "dist"), make)


def _unless_made(what: str, settings: bytes, sources: Iterable[str], made: Callable[[], Iterable[Path]], make: Callable[[], None]) -> None:
    """Makes what is not there yet as these sources and settings made it."""
    note = BUILD / f"{what}-made-from"
    wanted = _digest((path for name in sources for path in _files(ROOT / name)), settings)
    if not note.exists() or note.read_text() != wanted + _digest(made()):
        make()
        note.write_text(wanted + _digest(made()))


def _files(path: Path) -> list[Path]:
    return sorted(it for it in path.rglob("*") if it.is_file()) if path.is_dir() else [path]


def _digest(files: Iterable[Path], also: bytes = b"") -> str:
    digest = hashlib.sha256(also)
    for path in files:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()
