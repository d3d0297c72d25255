"""Up and down, as a whole: if anything fails on the way up, what was started is stopped again."""
import fcntl
import json
import os
from contextlib import ExitStack, contextmanager
from functools import partial

from infra import build
from infra.machine import ROOT
from infra.terminal import Failure, run, step, together

from .emulator import Emulator
from .settings import Settings

_MONTH, _SEED = "./localstack/month", "./localstack/seed"
PROGRAMS = (_MONTH, _SEED)  # that fill a stack


def up(*stacks: Settings, filled: bool = False, for_tests: bool = False) -> list[dict]:
    """Starts what does not run yet, deploys, and writes each stack's endpoints.json as the last thing. Returns what these hold.
    Several stacks are built once, and started at the same time."""
    from . import demo  # its libraries are in .venv, which `down` must do without

    with ExitStack() as locks:
        for it in stacks:
            locks.enter_context(_only_one(it))
        started = [it for it in stacks if not _runs(it)]
        for it in stacks:
            if it not in started:
                demo.emulator_account(it).id  # an emulator that refuses these credentials says so before anything is built
        fill = [it for it in stacks if filled and (it in started or not it.endpoints.exists())]
        try:
            with build.exclusively():
                together(partial(build.functions, stacks[0].state, programs=PROGRAMS if fill else ()), partial(build.web, stacks[0].state, for_tests),
                         *(partial(_start, it) for it in started))
                deployed = together(*(partial(demo.deploy, it) for it in stacks))
            for settings, endpoints in zip(stacks, deployed):
                _publish(settings, endpoints, settings in fill)
            return deployed
        except BaseException:
            for it in started:
                Emulator(it).stop()
            raise


def down(settings: Settings) -> bool:
    """Stops the emulator, also what a crash left of it. Tells whether anything ran."""
    settings.endpoints.unlink(missing_ok=True)
    return Emulator(settings).stop()


def _runs(settings: Settings) -> bool:
    emulator = Emulator(settings)
    if settings.endpoint and not emulator.healthy():
        raise Failure(f"No emulator answers at REJOIN_ENDPOINT={settings.endpoint}.")
    return bool(settings.endpoint) or emulator.running()


def _start(settings: Settings) -> None:
    settings.endpoints.unlink(missing_ok=True)
    emulator = Emulator(settings)
    emulator.stop()
    with step(f"Starting the emulator on port {settings.port}"):
        emulator.start()


def _publish(settings: Settings, endpoints: dict, fill: bool) -> None:
    """Writes endpoints.json, after the stack was filled if it has to be."""
    written = settings.state / "endpoints.new.json"
    written.touch(mode=0o600)  # it holds the shops' secrets
    written.write_text(json.dumps(endpoints, indent=2, ensure_ascii=False))
    if fill:
        with step("Filling in a month of past chats"):
            run([_program(_MONTH), written], settings.state / "month.log", ROOT)
        with step("Starting a few chats"):
            run([_program(_SEED), written], settings.state / "seed.log", ROOT)
    written.replace(settings.endpoints)


def _program(package: str) -> str:
    return str(build.PROGRAMS / os.path.basename(package))


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
