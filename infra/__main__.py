"""Build and deploy: python3 -m infra build | venv | checkov | npm | zones [check] | released | deploy STAGE [FILE] | agent STAGE EMAIL [NAME] [ADMIN] [REMOVE] |
shop STAGE SITE ORIGINS [FILE] [REMOVE] | secret STAGE [SITE] | destroy STAGE [STAGE] |
restore STAGE AT [STAGE]  (see the Makefile)."""
import os
import sys

if sys.version_info < (3, 11):
    sys.exit("Python %d.%d is too old: install version 3.11 or later." % sys.version_info[:2])

from . import build, machine
from .machine import BUILD
from .terminal import Failure, at_the_terminal

_PYTHON_ALONE = ("destroy", "restore", "agent", "secret")
_REMOTE = ("deploy", "shop", *_PYTHON_ALONE)


def main(action: str, *rest: str) -> None:
    machine.bypass_proxies(os.environ.get("AWS_ENDPOINT_URL", ""))
    logs = BUILD / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    if action not in _PYTHON_ALONE:
        machine.check_tools()
    machine.ensure_venv(logs)
    machine.enter_venv()
    if action == "build":
        with build.alone():
            build.functions(logs, os.environ.get("GOARCH"))
            build.web(logs)
    elif action == "npm":
        with build.alone():
            build.install(logs)
    elif action == "checkov":
        machine.ensure_checkov(logs)
    elif action == "zones":
        from . import zones
        zones.check() if rest else zones.renew()
    elif action == "released":
        from . import losses
        losses.record_release()
    elif action in _REMOTE:
        from . import commands  # its libraries are in .venv
        getattr(commands, action)(*rest)
    elif action != "venv":
        raise Failure(__doc__)


if __name__ == "__main__":
    with at_the_terminal():
        main(*sys.argv[1:] or ["help"])
