"""The tools: what must be on the machine, and the .venv with what we pin (emulator, AWS CLI, linters)."""
import hashlib
import os
import shutil
import subprocess
import sys
import venv

from failure import Failure
from settings import HERE, ROOT, VENV
from steps import run, step

_REQUIREMENTS = HERE / "requirements.txt"
_MADE_FROM = VENV / "made-from"  # written last: a half-made folder is made again


def check() -> None:
    for tool, words in (("go", "Go 1.26 or later, from go.dev"), ("node", "Node.js 20 or later, from nodejs.org"),
                        ("npm", "npm, which comes with Node.js")):
        if not shutil.which(tool):
            raise Failure(f"`{tool}` is missing on this machine: install {words}.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < 20:
        raise Failure(f"Node.js {version} is too old: install version 20 or later, from nodejs.org.")


def ensure(state) -> None:
    """Makes .venv from requirements.txt if that has changed since."""
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    if _MADE_FROM.exists() and _MADE_FROM.read_text() == wanted:
        return
    with step("Making .venv with the emulator and the AWS CLI"):
        state.mkdir(parents=True, exist_ok=True)
        try:
            venv.create(VENV, clear=True, with_pip=True)
        except (subprocess.CalledProcessError, OSError) as error:
            raise Failure(f"Python cannot make a virtual environment ({error}): install its venv module, "
                          "on Debian and Ubuntu the package python3-venv.")
        run([VENV / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "-r", _REQUIREMENTS],
            state / "pip.log", ROOT)
        _MADE_FROM.write_text(wanted)


def enter() -> None:
    """Goes on inside .venv, with the same arguments."""
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, str(HERE), *sys.argv[1:]])
