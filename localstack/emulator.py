"""The emulator: MiniStack in the background, or one that is already there."""
import os
import shutil
import socket
import urllib.error
import urllib.request

from daemon import Daemon
from failure import Failure
from places import VENV
from settings import HERE, REGION, Settings

# The emulator's own services that open further ports stay off, so that two can run side by side.
_OPTIONS = {"BIND_HOST": "127.0.0.1", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "MINISTACK_REGION": REGION,
            "PYTHONUNBUFFERED": "1"}


class Emulator:
    def __init__(self, settings: Settings):
        self.settings = settings
        self.daemon = Daemon(settings.state, "emulator", mark="ministack")

    def running(self) -> bool:
        return self.daemon.alive() and self.healthy()

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.settings.url}/_localstack/health", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def start(self) -> None:
        port, temporary = self.settings.port, self.settings.state / "tmp"
        if _taken(port):
            raise Failure(f"Port {port} is taken by another program. Choose another one: REJOIN_PORT={port + 1} make up")
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        env = {"PATH": os.environ["PATH"], "HOME": str(temporary), "TMPDIR": str(temporary),
               "GATEWAY_PORT": str(port), "REJOIN_MINUTE": str(self.settings.minute), "PYTHONPATH": str(HERE / "preload"), **_OPTIONS}
        self.daemon.start([VENV / "bin" / "python", "-m", "ministack"], env)
        self.daemon.wait(self.healthy)

    def stop(self) -> bool:
        stopped = self.daemon.stop()
        shutil.rmtree(self.settings.state / "tmp", ignore_errors=True)
        return stopped


def _taken(port: int) -> bool:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as s:
            s.settimeout(1)
            if s.connect_ex((address, port)) == 0:
                return True
    return False
