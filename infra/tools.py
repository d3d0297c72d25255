"""The tools: what must be on the machine, and the .venv with what we pin (emulator, AWS CLI, linters).
Checkov has one of its own: it pins other versions of the same packages. So has what `make dev` alone needs."""
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from failure import Failure
from places import BUILD, CHECKOV_VENV, DEV_VENV, INFRA, ROOT, VENV
from steps import locked, run, step


def check() -> None:
    for tool, words in (("go", "Go 1.26 or later, from go.dev"), ("node", "Node.js 20 or later, from nodejs.org"),
                        ("npm", "npm, which comes with Node.js")):
        if not shutil.which(tool):
            raise Failure(f"`{tool}` is missing on this machine: install {words}.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < 20:
        raise Failure(f"Node.js {version} is too old: install version 20 or later, from nodejs.org.")


def ensure(logs: Path) -> None:
    _make(VENV, INFRA / "requirements.txt", "the emulator and the AWS CLI", logs)


def ensure_checkov(logs: Path) -> None:
    _make(CHECKOV_VENV, INFRA / "requirements-checkov.txt", "Checkov", logs)


def ensure_dev(logs: Path) -> None:
    _make(DEV_VENV, INFRA / "requirements-dev.txt", "what watches files", logs)


def _make(folder: Path, requirements: Path, what: str, logs: Path) -> None:
    """Makes a folder from its requirements if these have changed since."""
    made_from = folder / "made-from"  # written last: a half-made folder is made again
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    with locked(BUILD / f"{folder.name}.lock"):
        if made_from.exists() and made_from.read_text() == wanted:
            return
        with step(f"Making {folder.name} with {what}"):
            logs.mkdir(parents=True, exist_ok=True)
            try:
                venv.create(folder, clear=True, with_pip=True)
            except (subprocess.CalledProcessError, OSError) as error:
                raise Failure(f"Python cannot make a virtual environment ({error}): install its venv module, "
                              "on Debian and Ubuntu the package python3-venv.")
            run([folder / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "-r", requirements],
                logs / "pip.log", ROOT)
            made_from.write_text(wanted)


def enter() -> None:
    """Goes on inside .venv, with the same arguments."""
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, *sys.argv])
