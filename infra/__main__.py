"""Build and deploy: python3 -m infra build | venv | checkov | npm | zones [check] | released | deploy STAGE [FILE] |
agent STAGE EMAIL [NAME] [ADMIN] [REMOVE] | shop STAGE SITE ORIGINS [FILE] [REMOVE] | secret STAGE [SITE] [EDGE] | destroy STAGE [STAGE] |
restore STAGE AT [STAGE]  (see the Makefile)."""
import os
import sys

if sys.version_info < (3, 11):
    sys.exit("Python %d.%d is too old: install version 3.11 or later." % sys.version_info[:2])

from . import build, machine, zones
from .terminal import Failure, failures_as_sentences, together

_WITH_GO_AND_NODE = ("build", "npm", "deploy", "shop")
_ON_AWS = ("deploy", "destroy", "restore", "agent", "shop", "secret")


def main(action: str, *rest: str) -> None:
    machine.bypass_proxies(os.environ.get("AWS_ENDPOINT_URL", ""))
    logs = machine.BUILD / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    if action in _WITH_GO_AND_NODE:
        machine.check_tools()
    match action:
        case "build":
            with build.exclusively():
                together(lambda: build.functions(logs, os.environ.get("GOARCH")), lambda: build.web(logs))
        case "npm":
            with build.exclusively():
                build.install(logs, for_tests=True)
        case "venv":
            machine.ensure_checks(logs)
        case "checkov":
            machine.ensure_checkov(logs)
        case "zones":
            zones.check_age() if rest else zones.fetch()
        case "released":
            machine.ensure_venv(logs)
            machine.enter_venv()
            from . import losses  # its libraries are in .venv
            losses.record_release()
        case _ if action in _ON_AWS:
            machine.ensure_venv(logs)
            machine.enter_venv()
            from . import commands
            getattr(commands, action)(*rest)
        case _:
            raise Failure(__doc__)


if __name__ == "__main__":
    with failures_as_sentences():
        main(*sys.argv[1:] or ["help"])
