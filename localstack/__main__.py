"""The local stack: python3 -m localstack up | dev | down | logs | with [--stacks N] [--quick] COMMAND … |
 engine COMMAND … | restat FROM TO [STAGE]  (see the Makefile)."""
import json
import os
import signal
import sys
from functools import partial

if sys.version_info < (3, 11):
    sys.exit("Python %d.%d is too old: install version 3.11 or later." % sys.version_info[:2])

from infra import build, machine
from infra.terminal import Failure, failures_as_sentences, together

from . import restat, stack, testbed
from .settings import from_environment


def _up(settings) -> None:
    again = settings.endpoints.exists()
    [endpoints] = stack.up(settings, filled=True)
    agents = "\n".join(f"    {a['username']:8}{a['password']}{'   (admin)' if a['admin'] else ''}" for a in endpoints["agents"])
    print(f"""
{"Rejoin was running already, and now runs what you have edited." if again else "Rejoin runs."}

  Shop with the widget   {endpoints["demo"]}
  Agents' console        {endpoints["console"]}
{agents}

  All addresses are in {os.path.relpath(settings.endpoints)}; `make logs` follows the functions' logs, `make down` stops it.""")


def _down(settings) -> None:
    print("Rejoin is stopped." if stack.down(settings) else "Nothing was running.")


def _logs(settings) -> None:
    from .demo import emulator_account
    from .logs import Logs

    if not settings.endpoints.exists():
        raise Failure("Nothing runs here: `make up` first.")
    Logs(emulator_account(settings), json.loads(settings.endpoints.read_text())).follow()


def main(action: str, *rest: str) -> int:
    settings = from_environment()
    machine.bypass_proxies(settings.url)
    if action == "down":
        _down(settings)
        return 0
    if action == "engine":
        return testbed.with_engine(list(rest))
    machine.check_tools()
    _ensure_venv(settings, action)
    machine.enter_venv()
    from infra.account import aws_errors_as_sentences  # its libraries are in .venv

    with aws_errors_as_sentences():
        return _on_the_emulator(action, settings, *rest)


def _ensure_venv(settings, action: str) -> None:
    """In a fresh checkout, builds at the same time what a start will need next."""
    settings.state.mkdir(parents=True, exist_ok=True)
    if action not in ("up", "dev", "with"):
        machine.ensure_venv(settings.state)
    elif not machine.venv_ready():
        with build.exclusively():
            together(partial(machine.ensure_venv, settings.state), partial(build.functions, settings.state, programs=stack.PROGRAMS),
                     partial(build.web, settings.state, for_tests=action == "with"))
    if action == "dev":
        machine.ensure_dev(settings.state)


def _on_the_emulator(action: str, settings, *rest: str) -> int:
    if action == "up":
        _up(settings)
    elif action == "dev":
        from .dev import follow

        follow(settings)
    elif action == "logs":
        _logs(settings)
    elif action == "restat":
        restat.restat(settings, *rest)
    elif action == "with":
        return testbed.with_stacks(settings, list(rest))
    else:
        raise Failure(__doc__)
    return 0


if __name__ == "__main__":
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # as of nohup
            signal.signal(number, lambda number, _: sys.exit(128 + number))
    with failures_as_sentences():
        sys.exit(main(*sys.argv[1:] or ["help"]))
