"""DynamoDB Local, the official engine, for the store's tests. Needs Java 17 and Maven, as in CI."""
import hashlib
import os
import shutil
import socket
from pathlib import Path

from daemon import Daemon
from failure import Failure
from places import BUILD, ROOT
from settings import HERE, free_port
from steps import run, step


class DynamoDBLocal:
    def __init__(self, state: Path):
        self.state = state
        self.daemon = Daemon(state, "dynamodb-local", mark="dynamodb")

    def start(self) -> str:
        """Returns its address."""
        for tool, words in (("java", "Java 17"), ("mvn", "Maven")):
            if not shutil.which(tool):
                raise Failure(f"`{tool}` is missing on this machine: install {words}, or leave dynamodblocal out of ENGINES.")
        pom = HERE / "pom.xml"
        jars = BUILD / f"dynamodblocal-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
        if not (jars / "complete").exists():
            with step("Fetching DynamoDB Local"):
                run(["mvn", "-q", "-B", "-f", pom, f"-Djars={jars}", "package"], self.state / "mvn.log", ROOT)
                (jars / "complete").touch()
        with step("Starting DynamoDB Local"):
            port = free_port()
            self.daemon.start(
                ["java", f"-Djava.library.path={jars}", "-cp", f"{jars}/*",
                 "software.amazon.dynamodb.services.local.main.ServerRunner", "-inMemory", "-disableTelemetry",
                 "-port", str(port)], dict(os.environ))
            self.daemon.wait(lambda: _listens(port))
        return f"http://localhost:{port}"

    def stop(self) -> None:
        self.daemon.stop()


def _listens(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0
