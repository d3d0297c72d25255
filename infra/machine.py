"""This machine: where things lie in the checkout, the tools that must be installed, the virtual environments with what we pin
(emulator, AWS CLI, linters), and requests that must not go through a proxy.
Checkov has an environment of its own: it pins other versions of the same packages. So has what `make dev` alone needs."""
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path
from urllib.parse import urlsplit

from .terminal import Failure, locked, run, step

ROOT = Path(__file__).resolve().parent.parent
INFRA = ROOT / "infra"
VENV = ROOT / ".venv"
CHECKOV_VENV = ROOT / ".venv-checkov"
DEV_VENV = ROOT / ".venv-dev"
BUILD = ROOT / "build"
WEB = ROOT / "web"

_EXCEPT = ("no_proxy", "NO_PROXY")
_LOCAL = ("localhost", "127.0.0.1", "::1", "[::1]")  # IPv6 as some programs look for it, and as others do


def check_tools() -> None:
    for tool, words in (("go", "Go 1.26 or later, from go.dev"), ("node", "Node.js 20 or later, from nodejs.org"),
                        ("npm", "npm, which comes with Node.js")):
        if not shutil.which(tool):
            raise Failure(f"`{tool}` is missing on this machine: install {words}.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < 20:
        raise Failure(f"Node.js {version} is too old: install version 20 or later, from nodejs.org.")


def ensure_venv(logs: Path) -> None:
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


def enter_venv() -> None:
    """Goes on inside .venv, with the same arguments."""
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, *sys.orig_argv[1:]])


def bypass_proxies(address: str = "") -> None:
    """Has this process and those that it starts go straight to this machine, and to an address that is another name of it."""
    if not any(name.lower().endswith("_proxy") and name.lower() not in _EXCEPT for name in os.environ):
        return
    given = [name.strip() for names in _EXCEPT for name in os.environ.get(names, "").split(",")]  # programs read one spelling or the other
    host = urlsplit(address).hostname
    names = ["*"] if "*" in given else [*given, *_LOCAL, *([host] if host and _is_this_machine(host) else [])]
    os.environ |= dict.fromkeys(_EXCEPT, ",".join(dict.fromkeys(name for name in names if name)))


def _is_this_machine(host: str) -> bool:
    """A machine can bind only its own addresses."""
    try:
        for family, kind, _, _, address in socket.getaddrinfo(host, 0, type=socket.SOCK_DGRAM):
            with socket.socket(family, kind) as own:
                own.bind(address)
        return True
    except OSError:
        return False
