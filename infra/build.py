"""Builds build/NAME.zip for each function, and web/dist. Builds are reproducible, so that a deployment updates only what has changed."""
import hashlib
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from .machine import BUILD, ROOT, WEB
from .terminal import locked, run, step

PROGRAMS = BUILD / ".bin"
# What the functions and the pages are built from.
FUNCTION_SOURCES = ("functions", "internal", "go.mod", "go.sum")
PAGE_SOURCES = ("web/client", "web/components", "web/widget", "web/console", "web/demo", "web/build.mjs", "web/package.json",
                "web/package-lock.json", "web/tsconfig.json")
_PROGRAM = "bootstrap"  # by this name Lambda starts it
# Settings of the builder's own machine that would change the program, or keep it from starting. GOFLAGS is left to the builder.
_GO = {"CGO_ENABLED": "0", "GOAMD64": "v1", "GOARM64": "v8.0"}
_BUILD_ID = re.compile(rb"\x04\0\0\0.{4}\x04\0\0\0Go\0\0([\w/-]+)", re.DOTALL)  # an ELF note: sizes of name and text, type 4, name, text
_UNIX = 3  # the zip entry's system, without which its mode is ignored


def exclusively():
    """Keeps others from building at the same time: all stacks and stages share the build folder and web/dist."""
    return locked(BUILD / ".lock")


def functions(logs: Path, arch: str | None = None, programs: Iterable[str] = ()) -> None:
    """Builds them for this machine, on which the emulator runs them, or for `arch` as Go names it; and into PROGRAMS further programs of
    this checkout, with the same flags, so that Go compiles what they share once. Go links only what has changed. Its stamp of the commit is
    left out: it changes with every commit."""
    with step("Building the functions"):
        env = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOEXPERIMENT")}
        env |= _GO | ({"GOOS": "linux", "GOARCH": arch} if arch else {})
        PROGRAMS.mkdir(parents=True, exist_ok=True)
        run(["go", "build", "-tags", "lambda.norpc", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -B none", "-o", f"{PROGRAMS}/",
             "./functions/...", *programs], logs / "go.log", ROOT, env)
        for folder in (ROOT / "functions").iterdir():
            if folder.is_dir():
                pack((PROGRAMS / folder.name).read_bytes(), archive(folder.name))


def archive(function: str) -> Path:
    return BUILD / f"{function}.zip"


def pack(code: bytes, target: Path) -> None:
    """Packs a function as Lambda starts it, whatever the umask and the clock of this machine are. Go's build id is blanked: it changes with
    every file that any function is made of. In its own output Go needs it, to know what has changed."""
    code = _BUILD_ID.sub(lambda note: note[0].replace(note[1], b"0" * len(note[1])), code)
    if target.exists():
        with zipfile.ZipFile(target) as packed:
            there = packed.getinfo(_PROGRAM)
            if (there.file_size, there.CRC) == (len(code), zlib.crc32(code)):
                return
    info = zipfile.ZipInfo(_PROGRAM)  # dated 1980
    info.create_system, info.external_attr, info.compress_type = _UNIX, (stat.S_IFREG | 0o755) << 16, zipfile.ZIP_DEFLATED
    half = target.with_suffix(".half")
    with zipfile.ZipFile(half, "w") as packed:
        packed.writestr(info, code, compresslevel=1)  # three times as fast, and a tenth larger
    half.replace(target)


def install(logs: Path, for_tests: bool) -> None:
    """Installs what the pages are built with, and with `for_tests` also what they are checked and tested with, unless the lock file is the one
    that it was installed from."""
    mark = WEB / "node_modules" / ".installed-from"
    digest, only = _digest([WEB / "package-lock.json"]), " to build"
    installed = mark.read_text() if mark.exists() else only
    everything = for_tests or not installed.endswith(only)
    if installed not in ([digest] if everything else [digest, digest + only]):
        with step("Installing what the pages are built with"):
            run(["npm", "ci", "--no-audit", "--no-fund", *([] if everything else ["--omit=dev"])], logs / "npm.log", WEB)
            mark.write_text(digest if everything else digest + only)


def web(logs: Path, for_tests: bool = False) -> None:
    install(logs, for_tests)

    def make() -> None:
        with step("Building the pages"):
            run(["npm", "run", "build"], logs / "web.log", WEB)

    _unless_made("pages", PAGE_SOURCES, lambda: _files(WEB / "dist"), make)


def _unless_made(what: str, sources: Iterable[str], made: Callable[[], Iterable[Path]], make: Callable[[], None]) -> None:
    """Calls `make`, unless what it makes is there as it made it from the same sources."""
    mark = BUILD / f"{what}.made-from"
    wanted = _digest(path for name in sources for path in _files(ROOT / name))
    if not mark.exists() or mark.read_text() != wanted + _digest(made()):
        make()
        mark.write_text(wanted + _digest(made()))


def _files(path: Path) -> list[Path]:
    return sorted(it for it in path.rglob("*") if it.is_file()) if path.is_dir() else [path]


def _digest(files: Iterable[Path]) -> str:
    """Of the names and contents of files; one that is missing counts as empty."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()
