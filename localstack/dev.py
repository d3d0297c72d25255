"""`make dev`: starts what `make up` starts, then builds and deploys each edit, and has open pages reload."""
import hashlib
import json
import re
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from infra import build, pages
from infra.account import aws_errors_as_sentences
from infra.machine import DEV_VENV, ROOT, WEB
from infra.terminal import Failure, run, step

from . import stack
from .demo import emulator_account
from .settings import HERE, Settings

_PAGES = frozenset({"widget", "console", "demo"})
_TEST = re.compile(r"(_test\.go|\.test\.tsx?|/testdata/.*)$")
_WATCHED = [*build.FUNCTION_SOURCES, *build.PAGE_SOURCES, "infra/template.yaml"]
_NO_CACHE = "no-cache"


def follow(settings: Settings) -> None:
    """Runs until it is told to stop. The stack then keeps running, with the pages as they were built."""
    live = LiveStack(settings)
    live.start()
    try:
        with _changed_paths() as changes:
            print("\nWhat you save now is deployed. Ctrl-C ends this; the stack keeps running.", flush=True)
            for paths in changes:
                live.apply(paths)
    finally:
        live.restore_pages()


@contextmanager
def _changed_paths():
    """Yields an iterator over lists of paths, relative to the root."""
    watcher = subprocess.Popen([DEV_VENV / "bin" / "python", HERE / "watch.py", ROOT, *_WATCHED], stdout=subprocess.PIPE, text=True)
    try:
        yield (json.loads(line) for line in watcher.stdout)
        raise Failure("The watcher ended.")
    finally:
        watcher.terminate()
        watcher.wait()


class LiveStack:
    def __init__(self, settings: Settings):
        account = emulator_account(settings)
        self._settings, self._lambda, self._s3 = settings, account.client("lambda"), account.client("s3")

    def start(self) -> None:
        """Starts and deploys everything, and records what runs."""
        [endpoints] = stack.up(self._settings, filled=True)
        self._bucket = urlsplit(endpoints["demo"]).path.split("/")[1]
        self._functions = endpoints["functions"]
        self._code = {name: _digest(build.archive(name).read_bytes()) for name in self._functions}
        self._uploaded: dict[str, str] = {}
        self._upload_pages()

    def apply(self, paths: list[str]) -> None:
        """Builds and deploys what changed. If that fails, it says why, and what runs stays as it was."""
        rebuild, started = rebuild_for(paths), time.monotonic()
        try:
            with aws_errors_as_sentences():
                if rebuild.template:
                    self.start()
                elif rebuild.functions:
                    self._replace_functions()
                if rebuild.pages and not rebuild.template:
                    self._replace_pages(rebuild.pages)
        except Failure as failure:
            print(failure, flush=True)
            return
        if rebuild != rebuild_for([]):
            print(f"  live, {time.monotonic() - started:.1f} s after {paths[0]}{' and others' * (len(paths) > 1)}", flush=True)

    def restore_pages(self) -> None:
        """Uploads the pages without what makes them reload."""
        for name, body in pages.built_files().items():
            pages.put_file(self._s3, self._bucket, name, body, _NO_CACHE)
        for name in ("dev/reload.js", "dev/version"):
            self._s3.delete_object(Bucket=self._bucket, Key=name)

    def _replace_functions(self) -> None:
        """Updates those whose code has changed."""
        with build.exclusively():
            build.functions(self._settings.state)
        for name, function in self._functions.items():
            code = build.archive(name).read_bytes()
            if _digest(code) != self._code[name]:
                self._lambda.update_function_code(FunctionName=function, ZipFile=code)
                self._code[name] = _digest(code)

    def _replace_pages(self, names: frozenset[str]) -> None:
        with build.exclusively():
            build.install(self._settings.state, for_tests=False)
            with step(f"Building {', '.join(sorted(names))}"):
                run(["node", "build.mjs", *sorted(names)], self._settings.state / "web.log", WEB)
        self._upload_pages()

    def _upload_pages(self) -> None:
        """Uploads the pages that have changed, each with the script that reloads it."""
        built = pages.built_files()
        version = _digest(b"".join(built.values()))
        tag = f'<script type="module" src="../dev/reload.js?{version}"></script></head>'.encode()
        built = {name: body.replace(b"</head>", tag) if name.endswith(".html") else body for name, body in built.items()}
        for name, body in (built | {"dev/reload.js": (HERE / "reload.js").read_bytes(), "dev/version": version.encode()}).items():
            if self._uploaded.get(name) != _digest(body):
                pages.put_file(self._s3, self._bucket, name, body, _NO_CACHE)
                self._uploaded[name] = _digest(body)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


@dataclass(frozen=True)
class Rebuild:
    functions: bool = False
    pages: frozenset[str] = frozenset()
    template: bool = False  # deploy everything


def rebuild_for(paths: list[str]) -> Rebuild:
    """What paths from the root require. Which functions a Go file is part of is left to Go."""
    functions = template = False
    page_names: set[str] = set()
    for path in paths:
        top, *below = PurePosixPath(path).parts
        if _TEST.search(path):
            continue
        if top in ("functions", "internal") and path.endswith(".go") or path in ("go.mod", "go.sum"):
            functions = True
        elif path == "infra/template.yaml":
            template = True
        elif top == "web" and below:
            page_names |= _pages_of(below)
    return Rebuild(functions, frozenset(page_names), template)


def _pages_of(below: list[str]) -> frozenset[str]:
    if below[0] in _PAGES and len(below) > 1:
        return frozenset({below[0]})
    if f"web/{below[0]}" in build.PAGE_SOURCES:
        return _PAGES
    return frozenset()
