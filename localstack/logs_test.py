import os
import socket
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path


class LogsTest(unittest.TestCase):
    def test_an_emulator_that_was_stopped_is_a_sentence(self):
        with tempfile.TemporaryDirectory() as state, socket.socket() as nobody:
            nobody.bind(("localhost", 0))
            url = f"http://localhost:{nobody.getsockname()[1]}"
            (Path(state) / "endpoints.json").write_text("{}")
            done = subprocess.run([sys.executable, Path(__file__).parent, "logs"], capture_output=True, text=True,
                                  env=dict(os.environ) | {"REJOIN_STATE": state, "REJOIN_ENDPOINT": url})
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"Nothing answers at {url}", done.stderr)
        self.assertNotIn("Traceback", done.stderr)
