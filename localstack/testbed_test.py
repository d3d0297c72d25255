import io
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import MagicMock, patch

from . import logs, testbed
from .settings import Settings

_LINES = {"/aws/lambda/rejoin-room": [(1796030100123, "START RequestId: i1"), (1796030100123, "an error\n")],
          "/aws/lambda/rejoin-sweep": [(1796030099000, "START RequestId: i0")]}
_KEPT = """2026-11-30T09:14:59.000+00:00 rejoin-sweep START RequestId: i0
2026-11-30T09:15:00.123+00:00 rejoin-room START RequestId: i1
2026-11-30T09:15:00.123+00:00 rejoin-room an error
"""


def _emulator(_: Settings) -> MagicMock:
    """An account whose functions have logged _LINES."""
    pages = {"describe_log_groups": lambda **_: [{"logGroups": [{"logGroupName": group} for group in _LINES]}],
             "filter_log_events": lambda logGroupName, startTime: [
                 {"events": [{"timestamp": at, "message": line} for at, line in _LINES[logGroupName]]}]}
    account = MagicMock()
    account.client.return_value.get_paginator.side_effect = lambda call: MagicMock(paginate=pages[call])
    return account


def _gone(_: Settings) -> MagicMock:
    """An account whose emulator has died."""
    account = MagicMock()
    account.client.return_value.get_paginator.side_effect = OSError("nobody answers")
    return account


class WithStacksTest(unittest.TestCase):
    def _run(self, command: str, account=_emulator) -> tuple[int, str]:
        """Runs a command with a stack of which only the logs exist. Returns its exit status and what was printed."""
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)), "test")
        (self.folder / "1").mkdir(parents=True)
        with (patch.object(testbed, "_folder", lambda: self.folder), patch.object(testbed, "up", lambda *_, **__: [{}]),
              patch.object(testbed, "engines", lambda: ["memory"]), patch.object(testbed, "Emulator"),
              patch("localstack.demo.emulator_account", account), patch.object(logs, "check", lambda _: "clean"),
              redirect_stdout(io.StringIO()) as printed):
            return testbed.with_stacks(Settings(self.folder, 4566), [command]), printed.getvalue()

    def test_the_functions_logs_of_a_command_that_fails_are_kept(self):
        status, printed = self._run("false")
        self.assertEqual(1, status)
        self.assertIn(str(self.folder), printed)
        self.assertEqual(_KEPT, (self.folder / "1" / "functions.log").read_text())

    def test_nothing_is_kept_of_a_command_that_passes(self):
        self.assertEqual((0, "clean\n"), self._run("true"))
        self.assertFalse(self.folder.exists())

    def test_an_emulator_that_is_gone_hides_no_failure(self):
        status, printed = self._run("false", _gone)
        self.assertEqual(1, status)
        self.assertIn("The functions' logs are lost: nobody answers", printed)
