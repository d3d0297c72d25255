"""Background processes: the emulator (MiniStack, or one that runs already), and DynamoDB Local, AWS's own engine, for the store's tests.
DynamoDB Local needs Java 17 and Maven."""
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from infra.machine import BUILD, ROOT, VENV
from infra.terminal import Failure, last_lines, run, step

from .settings import HERE, REGION, Settings, free_port

# Services of the emulator that open further ports are off, so that several emulators can run at once.
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

    def stop(self, patience: float = 5) -> bool:
        """Stops the emulator, by force after `patience` seconds. Returns whether it ran."""
        stopped = self.daemon.stop(patience)
        shutil.rmtree(self.settings.state / "tmp", ignore_errors=True)
        return stopped


def _taken(port: int) -> bool:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as s:
            s.settimeout(1)
            if s.connect_ex((address, port)) == 0:
                return True
    return False


class DynamoDBLocal:
    def __init__(self, state: Path):
        self.state = state
        self.daemon = Daemon(state, "dynamodb-local", mark="dynamodb")

    @staticmethod
    def require_tools() -> None:
        for tool, words in (("java", "Java 17"), ("mvn", "Maven")):
            if not shutil.which(tool):
                raise Failure(f"`{tool}` is missing on this machine: install {words}, or leave dynamodblocal out of ENGINES.")

    def start(self) -> str:
        """Returns its address."""
        self.require_tools()
        pom = HERE / "pom.xml"
        jars = BUILD / f"dynamodblocal-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
        if not (jars / "complete").exists():
            with step("Fetching DynamoDB Local"):
                run(["mvn", "-q", "-B", "-f", pom, f"-Djars={jars}", "package"], self.state / "mvn.log", ROOT)
                (jars / "complete").touch()
        with step("Starting DynamoDB Local"):
            port = free_port()
            self.daemon.start(
                ["java", "-XX:+UseSerialGC", f"-Djava.library.path={jars}", "-cp", f"{jars}/*",
                 "software.amazon.dynamodb.services.local.main.ServerRunner", "-inMemory", "-disableTelemetry",
                 "-port", str(port)], dict(os.environ))
            self.daemon.wait(lambda: _listens(port))
        return f"http://localhost:{port}"

    def stop(self) -> None:
        self.daemon.stop(patience=0)


def _listens(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


class Daemon:
    def __init__(self, state: Path, name: str, mark: str):
        self.name, self.mark = name, mark
        self.pid_file, self.log = state / f"{name}.pid", state / f"{name}.log"
        self.process: subprocess.Popen | None = None

    def start(self, command: list, env: dict) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=subprocess.STDOUT, start_new_session=True)
        self.pid_file.write_text(str(self.process.pid))

    def wait(self, answers, seconds: float = 60) -> None:
        """Returns when `answers()` is true. If the process ends or does not answer in time, the Failure shows its log."""
        deadline = time.monotonic() + seconds
        while not answers():
            if self.process and self.process.poll() is not None:
                raise Failure(f"The {self.name} died during its start; the end of {self.log}:{last_lines(self.log)}")
            if time.monotonic() > deadline:
                raise Failure(f"The {self.name} did not answer within {seconds:.0f} s; the end of {self.log}:"
                              f"{last_lines(self.log)}")
            time.sleep(0.1)

    def members(self) -> list[int]:
        """The ids of the group's processes that are still ours."""
        try:
            group = int(self.pid_file.read_text())
        except (FileNotFoundError, ValueError):
            return []
        table = subprocess.run(["ps", "-Ao", "pid=,pgid=,stat=,command="], capture_output=True, text=True).stdout
        rows = (line.split(None, 3) for line in table.splitlines())
        return [int(row[0]) for row in rows
                if len(row) == 4 and int(row[1]) == group and row[2][0] != "Z" and self.mark in row[3]]

    def alive(self) -> bool:
        """Whether the leader of the group runs."""
        members = self.members()
        return bool(members) and int(self.pid_file.read_text()) in members

    def stop(self, patience: float = 5) -> bool:
        """Ends the process group, by force after `patience` seconds. Returns whether any of it ran."""
        found = self.members()
        for sign, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5)):
            for pid in self.members() if seconds else []:
                _signal(pid, sign)
            deadline = time.monotonic() + seconds
            while seconds and self.members() and time.monotonic() < deadline:
                if self.process:
                    self.process.poll()
                time.sleep(0.05)
        self.pid_file.unlink(missing_ok=True)
        return bool(found)


def _signal(pid: int, sign: signal.Signals) -> None:
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        pass
