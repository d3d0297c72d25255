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
from importlib.util import find_spec
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
_LOCAL = ("localhost", "127.0.0.1", "::1", "[::1]")  # two spellings of IPv6: programs differ


def check_tools() -> None:
    for tool, words in (("go", "Go 1.26 or later, from go.dev"), ("node", "Node.js 20 or later, from nodejs.org"),
                        ("npm", "npm, which comes with Node.js")):
        if not shutil.which(tool):
            raise Failure(f"`{tool}` is missing on this machine: install {words}.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < 20:
        raise Failure(f"Node.js {version} is too old: install version 20 or later, from nodejs.org.")


def ensure_venv(logs: Path) -> None:
    """What `make up` and `make deploy` need."""
    with locked(BUILD / f"{VENV.name}.lock"):
        _install(VENV, _requirements(""), "the emulator and the AWS SDK", logs)


def ensure_checks(logs: Path) -> None:
    """What `make check` and the tests need beside it, in the same folder."""
    with locked(BUILD / f"{VENV.name}.lock"):
        _install(VENV, _requirements(""), "the emulator and the AWS SDK", logs)
        _install(VENV, _requirements("-check"), "cfn-lint and the AWS CLI", logs, fresh=False)


def ensure_checkov(logs: Path) -> None:
    with locked(BUILD / f"{CHECKOV_VENV.name}.lock"):
        _install(CHECKOV_VENV, _requirements("-checkov"), "Checkov", logs)


def ensure_dev(logs: Path) -> None:
    with locked(BUILD / f"{DEV_VENV.name}.lock"):
        _install(DEV_VENV, _requirements("-dev"), "what watches files", logs)


def venv_ready() -> bool:
    return _is_installed(VENV, _requirements(""))


def _requirements(kind: str) -> Path:
    return INFRA / f"requirements{kind}.txt"


def _mark(folder: Path, requirements: Path) -> tuple[Path, str]:
    """The file that is written last, since a half-made folder has to be made again, and its contents."""
    return folder / f"{requirements.stem}.made-from", hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()


def _is_installed(folder: Path, requirements: Path) -> bool:
    mark, wanted = _mark(folder, requirements)
    return mark.exists() and mark.read_text() == wanted


def _install(folder: Path, requirements: Path, what: str, logs: Path, fresh: bool = True) -> None:
    """Installs what is required if that has changed since, into a new folder unless it is added to one."""
    if _is_installed(folder, requirements):
        return
    with step(f"Installing {what} into {folder.name}"):
        logs.mkdir(parents=True, exist_ok=True)
        python = folder / "bin" / "python"
        pip = [sys.executable, "-m", "pip", "--python", python]  # quicker than giving the folder a pip of its own
        if not find_spec("pip"):
            pip = [python, "-m", "pip"]
        if fresh:
            try:
                venv.create(folder, clear=True, with_pip=not find_spec("pip"))
            except (subprocess.CalledProcessError, OSError) as error:
                raise Failure(f"Python cannot make a virtual environment ({error}): install its venv module, "
                              "on Debian and Ubuntu the package python3-venv.")
        run([*pip, "install", "--disable-pip-version-check", "--no-compile", "--no-deps", "-r", requirements],
            logs / f"pip-{folder.name}.log", ROOT)
        mark, wanted = _mark(folder, requirements)
        mark.write_text(wanted)


def enter_venv() -> None:
    """Continues inside .venv, with the same arguments."""
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, *sys.orig_argv[1:]])


def bypass_proxies(address: str = "") -> None:
    """Makes this process and its children connect directly to this machine, and to the host of `address` if it is this machine."""
    if not any(name.lower().endswith("_proxy") and name.lower() not in _EXCEPT for name in os.environ):
        return
    given = [name.strip() for names in _EXCEPT for name in os.environ.get(names, "").split(",")]  # programs read either spelling
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
