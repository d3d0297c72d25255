import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from infra.machine import ROOT

from .logs import failures


class LogsTest(unittest.TestCase):
    def test_a_stopped_emulator_is_reported_in_a_sentence(self):
        with tempfile.TemporaryDirectory() as state, socket.socket() as refusing:
            refusing.bind(("localhost", 0))
            url = f"http://localhost:{refusing.getsockname()[1]}"
            (Path(state) / "endpoints.json").write_text("{}")
            done = subprocess.run([sys.executable, "-m", "localstack", "logs"], cwd=ROOT, capture_output=True, text=True,
                                  env=dict(os.environ) | {"REJOIN_STATE": state, "REJOIN_ENDPOINT": url})
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"Nothing answers at {url}", done.stderr)
        self.assertNotIn("Traceback", done.stderr)


_GOOD = [("sweep", "START RequestId: i1 Version: $LATEST"), ("sweep", '{"level": "INFO", "invocationId": "i1", "message": "event handled", "Code": "ok"}'),
         ("sweep", "END RequestId: i1"), ("sweep", "REPORT RequestId: i1\tDuration: 3 ms")]


class FailuresTest(unittest.TestCase):
    def test_no_failures(self):
        self.assertEqual(failures(_GOOD), [])
        self.assertEqual(failures([*_GOOD, ("room", '{"level": "WARN", "invocationId": "i1", "message": "post failed"}')]), [])

    def test_a_failed_sweep_is_found(self):
        failed = '{"level": "ERROR", "invocationId": "i1", "message": "event failed", "Code": "unavailable", "error": "no lastActiveAt"}'
        self.assertEqual(failures([_GOOD[0], ("sweep", failed), *_GOOD[2:]]), [f"sweep: {failed}"])

    def test_a_line_that_is_not_json_is_found(self):
        for line in ("panic: nil", "goroutine 1 [running]:", "", "7", "null", '"words"', '{"no": "level"}'):
            self.assertEqual(failures([*_GOOD, ("room", line)]), [f"room: {line}"])

    def test_an_invocation_without_a_result_is_found(self):
        self.assertEqual(failures([_GOOD[0], *_GOOD[2:]]), ["sweep: invocation i1 logged no result"])
        swept = ("sweep", '{"level": "INFO", "invocationId": "i1", "message": "room swept"}')
        self.assertEqual(failures([_GOOD[0], swept, *_GOOD[2:]]), ["sweep: invocation i1 logged no result"], "it timed out between two rooms")
