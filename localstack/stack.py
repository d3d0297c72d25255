"""Up and down, as a whole: whatever fails on the way up, what was started is stopped again."""
import fcntl
import json
import os
from contextlib import contextmanager

from infra.machine import ROOT
from infra.terminal import Failure, run, step

from .emulator import Emulator
from .settings import Settings

def up(settings: Settings, seeded: bool = True) -> dict:
    """Starts what does not run yet, deploys, and writes endpoints.json as the last thing. Returns what that holds."""
    from . import demo  # its libraries are in .venv, which `down` must do without

    emulator = Emulator(settings)
    with _only_one(settings):
        fresh = not settings.endpoint and not emulator.running()
        if settings.endpoint and not emulator.healthy():
            raise Failure(f"No emulator answers at REJOIN_ENDPOINT={settings.endpoint}.")
        try:
            if fresh:
                settings.endpoints.unlink(missing_ok=True)
                emulator.stop()
                with step(f"Starting the emulator on port {settings.port}"):
                    emulator.start()
            endpoints = demo.deploy(settings)
            written = settings.state / "endpoints.new.json"
            written.touch(mode=0o600)  # it holds the shops' secrets
            written.write_text(json.dumps(endpoints, indent=2, ensure_ascii=False))
            if seeded and not settings.endpoints.exists():
                with step("Filling a month of chats to look back at"):
                    run(["go", "run", "./localstack/month", written], settings.state / "month.log", ROOT)
                with step("Talking a little: a few rooms to look at"):
                    run(["go", "run", "./localstack/seed", written], settings.state / "seed.log", ROOT)
            written.replace(settings.endpoints)
            return endpoints
        except BaseException:
            if fresh:
                emulator.stop()
            raise


def down(settings: Settings) -> bool:
    """Stops the emulator, also what a crash left of it. Tells whether anything ran."""
    settings.endpoints.unlink(missing_ok=True)
    return Emulator(settings).stop()


@contextmanager
def _only_one(settings: Settings):
    settings.state.mkdir(parents=True, exist_ok=True)
    with (settings.state / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"Another `make up` is at work in {os.path.relpath(settings.state)}: wait for it, "
                          "or choose another folder with REJOIN_STATE and another REJOIN_PORT.")
        yield
