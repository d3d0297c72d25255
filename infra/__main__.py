"""Build and deploy: python3 infra build | venv | checkov | npm | zones [check] | released | deploy STAGE [FILE] | agent STAGE EMAIL [NAME] [ADMIN] [REMOVE] |
shop STAGE SITE ORIGINS [FILE] [REMOVE] | secret STAGE [SITE] | destroy STAGE [STAGE] |
restore STAGE AT [STAGE]  (see the Makefile)."""
import os
import sys

if sys.version_info < (3, 11):
    sys.exit("Python %d.%d is too old: install version 3.11 or later." % sys.version_info[:2])

import build
import proxies
import tools
from failure import Failure, at_the_terminal
from places import BUILD

_PYTHON_ALONE = ("destroy", "restore", "agent", "secret")
_REMOTE = ("deploy", "shop", *_PYTHON_ALONE)


def main(action: str, *rest: str) -> None:
    proxies.spare(os.environ.get("AWS_ENDPOINT_URL", ""))
    logs = BUILD / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    if action not in _PYTHON_ALONE:
        tools.check()
    tools.ensure(logs)
    tools.enter()
    if action == "build":
        with build.alone():
            build.functions(logs, os.environ.get("GOARCH"))
            build.web(logs)
    elif action == "npm":
        with build.alone():
            build.install(logs)
    elif action == "checkov":
        tools.ensure_checkov(logs)
    elif action == "zones":
        import zones
        zones.check() if rest else zones.renew()
    elif action == "released":
        import release
        release.write()
    elif action in _REMOTE:
        import commands  # its libraries are in .venv
        getattr(commands, action)(*rest)
    elif action != "venv":
        raise Failure(__doc__)


if __name__ == "__main__":
    with at_the_terminal():
        main(*sys.argv[1:] or ["help"])
