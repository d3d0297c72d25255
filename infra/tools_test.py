import fcntl
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import tools


class ToolsTest(unittest.TestCase):
    def test_of_two_commands_in_a_fresh_checkout_one_makes_the_tools(self):
        build = Path(self.enterContext(tempfile.TemporaryDirectory()))
        made = []

        def create(folder: Path, **_):
            with (build / f"{folder.name}.lock").open() as lock, self.assertRaises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the second command waits here
            folder.mkdir()
            made.append(folder)

        with (patch.object(tools, "BUILD", build), patch.object(tools, "VENV", build / ".venv"), patch.object(tools, "run"),
              patch.object(tools.venv, "create", create)):
            for _ in range(2):
                tools.ensure(build)
        self.assertEqual([build / ".venv"], made)


if __name__ == "__main__":
    unittest.main()
