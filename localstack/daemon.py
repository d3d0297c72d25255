"""A process in the background that is found and stopped again, by this run or a later one.

It leads its own process group, whose id is kept in the state folder, so that its children go with it, even when it
crashed and left them. An id may have been given to a stranger since: only members that carry the mark are ours.
"""
import os
import signal
import subprocess
import time
from pathlib import Path

from failure import Failure, last_lines


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
        """Returns when `answers()` is true; a process that dies, or stays silent, is a failure that shows its log."""
        deadline = time.monotonic() + seconds
        while not answers():
            if self.process and self.process.poll() is not None:
                raise Failure(f"The {self.name} died during its start; the end of {self.log}:{last_lines(self.log)}")
            if time.monotonic() > deadline:
                raise Failure(f"The {self.name} did not answer within {seconds:.0f} s; the end of {self.log}:"
                              f"{last_lines(self.log)}")
            time.sleep(0.1)

    def members(self) -> list[int]:
        """The process ids of the group that are still ours."""
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

    def stop(self) -> bool:
        """Ends the group, by force after 5 s. Tells whether there was anything to end."""
        found = self.members()
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for pid in self.members():
                _signal(pid, sign)
            deadline = time.monotonic() + 5
            while self.members() and time.monotonic() < deadline:
                if self.process:
                    self.process.poll()
                time.sleep(0.1)
        self.pid_file.unlink(missing_ok=True)
        return bool(found)


def _signal(pid: int, sign: signal.Signals) -> None:
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        pass
