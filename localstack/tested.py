"""A command with its own stack around it: on a free port, in a folder of its own, beside whatever else runs."""
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from dynamodblocal import DynamoDBLocal
from failure import Failure
from settings import Settings, engines
from stack import down, up


def with_stack(settings: Settings, command: list[str]) -> int:
    """Runs the command and returns its exit status. The stack is stopped in any case."""
    if not command:
        raise Failure("Say what to run: python3 localstack with COMMAND …")
    state = Path(tempfile.mkdtemp(prefix="rejoin-test-"))
    own, engine, status = settings.beside(state), DynamoDBLocal(state), 1
    try:
        env = dict(os.environ) | {"REJOIN_TEST_STATE": str(state), "ENGINES": ",".join(engines())}
        if "dynamodblocal" in engines():
            env["DYNAMODB_LOCAL_URL"] = engine.start()
        env["MINISTACK_URL"] = up(own, seeded=False)["aws"]
        status = _run(command, env)
        return status
    finally:
        engine.stop()
        down(own)
        if status:
            print(f"The logs of the stack under test are in {state}", flush=True)
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
