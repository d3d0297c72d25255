"""A command with its own stacks, or its own DynamoDB Local, around it: on free ports, in a folder of its own, beside
whatever else runs."""
import argparse
import os
import shutil
import signal
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from infra.terminal import Failure, together

from .emulator import DynamoDBLocal, Emulator
from .settings import HERE, Settings, engines
from .stack import up

ENGINE_URL = "DYNAMODB_LOCAL_URL"
_QUICK = {"params": str(HERE / "quick.json"), "minute": 2}  # chats end by short rules, and the schedule runs every two seconds
_INTERRUPTED = (KeyboardInterrupt, SystemExit)  # nothing failed: no log is worth keeping


def with_stacks(settings: Settings, arguments: list[str]) -> int:
    """Runs a command and returns its exit status. The stacks are stopped in any case. A command that passed must also have kept people's
    words out of the logs.

    The command finds its stacks' folders in the environment, each with an endpoints.json: that of the first in REJOIN_TEST_STATE, those of
    all, separated by colons, in REJOIN_TEST_STATES, and in REJOIN_TEST_QUICK that of the one with the short rules. MINISTACK_URL is the
    first one's address, DYNAMODB_LOCAL_URL that of DynamoDB Local, if ENGINES names it."""
    from .demo import emulator_account  # their libraries are in .venv
    from .logs import Logs, check

    chosen = _options(arguments)
    if settings.endpoint and chosen.stacks + chosen.quick > 1:
        raise Failure("REJOIN_ENDPOINT names one emulator: several stacks cannot share it.")
    folder = _folder()
    own = [settings.beside(folder / str(n + 1)) for n in range(chosen.stacks)]
    quick = [settings.beside(folder / "quick", **_QUICK)] if chosen.quick else []
    engine, status, logs = DynamoDBLocal(folder), 1, {}
    engines_started = [engine.start] if "dynamodblocal" in engines() else []
    try:
        if engines_started:
            engine.require_tools()  # before the stacks take their time
        started = together(partial(up, *own, *quick, for_tests=True), *engines_started)
        logs = {it.state / "functions.log": Logs(emulator_account(it), endpoints) for it, endpoints in zip([*own, *quick], started[0])}
        env = dict(os.environ) | {"ENGINES": ",".join(engines()), "MINISTACK_URL": own[0].url, "REJOIN_TEST_STATE": str(own[0].state),
                                  "REJOIN_TEST_STATES": ":".join(str(it.state) for it in own)}
        env |= {ENGINE_URL: started[1]} if len(started) > 1 else {}
        env |= {"REJOIN_TEST_QUICK": str(quick[0].state)} if quick else {}
        status = _run(chosen.command, env)
        if not status:
            status = 1  # until the logs have been found clean: otherwise somebody wants to read them
            print(check([*logs.values()]), flush=True)
            status = 0
        return status
    except _INTERRUPTED:
        status = 0
        raise
    finally:
        if status:
            _keep(logs)
        together(engine.stop, *(partial(Emulator(it).stop, patience=0) for it in [*own, *quick]))
        _leave(folder, status)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python3 -m localstack with")
    parser.add_argument("--stacks", type=int, default=1, metavar="N", help="how many stacks, each with an emulator of its own")
    parser.add_argument("--quick", action="store_true", help="one more, with the short rules of localstack/quick.json")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    if not chosen.command or chosen.stacks < 1:
        parser.error("say what to run, and with how many stacks from 1")
    return chosen


def with_engine(command: list[str]) -> int:
    """The same with DynamoDB Local alone, which is all that some tests need."""
    if not command:
        raise Failure("Say what to run: python3 -m localstack engine COMMAND …")
    folder = _folder()
    engine, status = DynamoDBLocal(folder), 1
    try:
        status = _run(command, dict(os.environ) | {"ENGINES": "dynamodblocal", ENGINE_URL: engine.start()})
        return status
    except _INTERRUPTED:
        status = 0
        raise
    finally:
        engine.stop()
        _leave(folder, status)


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="rejoin-test-"))


def _leave(folder: Path, status: int) -> None:
    if status:
        print(f"The logs of what was under test are in {folder}", flush=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(logs: dict) -> None:
    """Writes the functions' logs to files, while there is an emulator to ask. If it does not answer any more, that hides no other failure."""
    for file, functions in logs.items():
        try:
            functions.keep(file)
        except Exception as error:
            print(f"The functions' logs are lost: {error}", flush=True)


def _run(command: list[str], env: dict) -> int:
    """In a process group of its own, so that what the command started ends with it when we are told to stop."""
    process = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
