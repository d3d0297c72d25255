"""The settings of a local stack. The environment is read here and nowhere else."""
import os
import random
import socket
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from infra.terminal import Failure

HERE = Path(__file__).resolve().parent
REGION = "us-east-1"
LOCAL = "local"  # the stage that `make up` deploys


@dataclass(frozen=True)
class Settings:
    state: Path  # logs, process ids and endpoints.json
    port: int
    endpoint: str | None = None  # an emulator that is started and stopped elsewhere
    params: str | None = None  # a file of the template's parameters, like PARAMS of `make deploy`
    minute: int = 60  # how many seconds the emulator's schedules take for one

    @property
    def url(self) -> str:
        return self.endpoint or f"http://localhost:{self.port}"

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def endpoints(self) -> Path:
        return self.state / "endpoints.json"

    def beside(self, state: Path, **changed) -> "Settings":
        """The same settings for another stack, which must not touch the first."""
        return replace(self, state=state, port=free_port(), **changed)


def from_environment() -> Settings:
    port = os.environ.get("REJOIN_PORT", "4566")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Failure(f"REJOIN_PORT={port} is not a port.")
    endpoint = os.environ.get("REJOIN_ENDPOINT", "").rstrip("/") or None
    if endpoint and (urlsplit(endpoint).scheme != "http" or not urlsplit(endpoint).hostname):
        raise Failure(f"REJOIN_ENDPOINT={endpoint} is not an address like http://localhost:4566.")
    state = Path(os.environ.get("REJOIN_STATE", HERE / ".state")).resolve()
    minute = os.environ.get("REJOIN_MINUTE", "60")
    if not minute.isdecimal() or int(minute) < 1:
        raise Failure(f"REJOIN_MINUTE={minute} is not a number of seconds.")
    return Settings(state=state, port=int(port), endpoint=endpoint, params=os.environ.get("REJOIN_PARAMS"), minute=int(minute))


def engines() -> list[str]:
    return os.environ.get("ENGINES", "memory,ministack").split(",")


def free_port() -> int:
    """A port that is free, outside the range for outgoing connections, so that it stays free until it is used."""
    for port in random.sample(range(20000, 32000), 1000):
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass
    raise Failure("No port from 20000 to 32000 is free on this machine.")
