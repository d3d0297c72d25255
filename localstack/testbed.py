"""A command with its own stack, or its own DynamoDB Local, around it: on free ports, in a folder of its own, beside
whatever else runs."""
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from infra.terminal import Failure

from .emulator import DynamoDBLocal
from .settings import Settings, engines
from .stack import down, up

ENGINE_URL = "DYNAMODB_LOCAL_URL"


def with_stack(settings: Settings, command: list[str]) -> int:
    """Runs the command and returns its exit status. The stack is stopped in any case. What passed has to have kept
    people's words out of the logs as well."""
    from .demo import local  # their libraries are in .venv
    from .logs import Logs

    state = _folder("with", command)
    own, engine, status = settings.beside(state), DynamoDBLocal(state), 1
    try:
        env = dict(os.environ) | {"REJOIN_TEST_STATE": str(state), "ENGINES": ",".join(engines())}
        if "dynamodblocal" in engines():
            env[ENGINE_URL] = engine.start()
        endpoints = up(own, seeded=False)
        env["MINISTACK_URL"] = endpoints["aws"]
        status = _run(command, env)
        if not status:
            print(Logs(local(own), endpoints).check(), flush=True)
        return status
    finally:
        engine.stop()
        down(own)
        _leave(state, status)


def with_engine(command: list[str]) -> int:
    """The same with DynamoDB Local alone, which is all that some tests need."""
    state = _folder("engine", command)
    engine, status = DynamoDBLocal(state), 1
    try:
        status = _run(command, dict(os.environ) | {"ENGINES": "dynamodblocal", ENGINE_URL: engine.start()})
        return status
    finally:
        engine.stop()
        _leave(state, status)


def _folder(action: str, command: list[str]) -> Path:
    if not command:
        raise Failure(f"Say what to run: python3 -m localstack {action} COMMAND …")
    return Path(tempfile.mkdtemp(prefix="rejoin-test-"))


def _leave(state: Path, status: int) -> None:
    if status:
        print(f"The logs of what was under test are in {state}", flush=True)
    else:
        shutil.rmtree(state, ignore_errors=True)


def _run(command: list[str], env: dict) -> int:
    """In a process group of its own, so that what the command started ends with it when we are told to stop."""
    process = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
