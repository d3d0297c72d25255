"""What has to be done for the files that changed."""
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

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
