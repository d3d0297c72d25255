"""`make dev`: what `make up` starts, and then whatever is edited is built, brought to it, and shown by the browser."""
import hashlib
import json
import re
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from infra import build, machine, pages
from infra.account import plainly
from infra.machine import DEV_VENV, ROOT, WEB
from infra.terminal import Failure, run, step

from . import stack
from .demo import local
from .settings import HERE, Settings

_WATCHED = [*build.FUNCTION_SOURCES, *build.PAGE_SOURCES, "infra/template.yaml"]
_NO_CACHE = "no-cache"


def follow(settings: Settings) -> None:
    """Never returns by itself. When it is told to stop, the stack runs on, with the pages as they were built."""
    machine.ensure_dev(settings.state)
    live = Live(settings)
    live.start()
    try:
        with _changes() as changes:
            print("\nEdit away: what you save goes live. Ctrl-C ends this; the stack runs on.", flush=True)
            for paths in changes:
                live.bring(paths)
    finally:
        live.leave()


@contextmanager
def _changes():
    """Yields an iterator over lists of paths."""
    watcher = subprocess.Popen([DEV_VENV / "bin" / "python", HERE / "watch.py", ROOT, *_WATCHED], stdout=subprocess.PIPE, text=True)
    try:
        yield (json.loads(line) for line in watcher.stdout)
        raise Failure("The watcher ended.")
    finally:
        watcher.terminate()
        watcher.wait()


class Live:
    def __init__(self, settings: Settings):
        account = local(settings)
        self._settings, self._lambda, self._s3 = settings, account.client("lambda"), account.client("s3")

    def start(self) -> None:
        """Brings up everything, and notes what runs."""
        endpoints = stack.up(self._settings)
        self._bucket = urlsplit(endpoints["demo"]).path.split("/")[1]
        self._functions = endpoints["functions"]
        self._code = {name: _digest(build.archive(name).read_bytes()) for name in self._functions}
        self._shown: dict[str, str] = {}
        self._show()

    def bring(self, paths: list[str]) -> None:
        """Does what the changes ask for. What cannot be built is told, and what runs stays as it was."""
        todo, begun = work(paths), time.monotonic()
        try:
            with plainly():
                if todo.template:
                    self.start()
                elif todo.functions:
                    self._replace_functions()
                if todo.parts and not todo.template:
                    self._replace_pages(todo.parts)
        except Failure as failure:
            print(failure, flush=True)
            return
        if todo != work([]):
            print(f"  live, {time.monotonic() - begun:.1f} s after {paths[0]}{' and others' * (len(paths) > 1)}", flush=True)

    def leave(self) -> None:
        """Leaves the pages as they were built."""
        for name, body in pages.built().items():
            pages.put(self._s3, self._bucket, name, body, _NO_CACHE)
        for name in ("dev/reload.js", "dev/version"):
            self._s3.delete_object(Bucket=self._bucket, Key=name)

    def _replace_functions(self) -> None:
        """Replaces those whose code is another by now."""
        with build.alone():
            build.functions(self._settings.state)
        for name, function in self._functions.items():
            code = build.archive(name).read_bytes()
            if _digest(code) != self._code[name]:
                self._lambda.update_function_code(FunctionName=function, ZipFile=code)
                self._code[name] = _digest(code)

    def _replace_pages(self, parts: frozenset[str]) -> None:
        with build.alone():
            build.install(self._settings.state)
            with step(f"Building {', '.join(sorted(parts))}"):
                run(["node", "build.mjs", *sorted(parts)], self._settings.state / "web.log", WEB)
        self._show()

    def _show(self) -> None:
        """Uploads the pages that are new, each with what looks for newer ones."""
        built = pages.built()
        version = _digest(b"".join(built.values()))
        tag = f'<script type="module" src="../dev/reload.js?{version}"></script></head>'.encode()
        built = {name: body.replace(b"</head>", tag) if name.endswith(".html") else body for name, body in built.items()}
        for name, body in (built | {"dev/reload.js": (HERE / "reload.js").read_bytes(), "dev/version": version.encode()}).items():
            if self._shown.get(name) != _digest(body):
                pages.put(self._s3, self._bucket, name, body, _NO_CACHE)
                self._shown[name] = _digest(body)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


_PARTS = frozenset({"widget", "console", "demo"})
_TEST = re.compile(r"(_test\.go|\.test\.tsx?|/testdata/.*)$")


@dataclass(frozen=True)
class Work:
    functions: bool = False
    parts: frozenset[str] = frozenset()  # of the pages
    template: bool = False  # everything anew


def work(paths: list[str]) -> Work:
    """For paths from the root, with slashes. Which function a Go file is part of, Go's build cache knows best."""
    functions = template = False
    parts: set[str] = set()
    for path in paths:
        top, *below = PurePosixPath(path).parts
        if _TEST.search(path):
            continue
        if top in ("functions", "internal") and path.endswith(".go") or path in ("go.mod", "go.sum"):
            functions = True
        elif path == "infra/template.yaml":
            template = True
        elif top == "web" and below:
            parts |= _pages(below)
    return Work(functions, frozenset(parts), template)


def _pages(below: list[str]) -> frozenset[str]:
    if below[0] in _PARTS and len(below) > 1:
        return frozenset({below[0]})
    if below[0] in ("client", "components") or below[0] in ("build.mjs", "package-lock.json"):
        return _PARTS
    return frozenset()
