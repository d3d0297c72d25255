import os
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from infra.machine import ROOT

_UNKNOWN_CREDENTIALS = b"<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>who</Message></Error></ErrorResponse>"


class _Emulator(BaseHTTPRequestHandler):
    """Healthy, and refuses all credentials, before anything is built."""

    def do_GET(self):
        self._answer(200, b"{}")

    def do_POST(self):
        self._answer(403, _UNKNOWN_CREDENTIALS)

    def _answer(self, status: int, body: bytes):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class ProxiesTest(unittest.TestCase):
    def setUp(self):
        self.emulator = ThreadingHTTPServer(("0.0.0.0", 0), _Emulator)
        self.addCleanup(self.emulator.server_close)
        self.addCleanup(self.emulator.shutdown)
        threading.Thread(target=self.emulator.serve_forever).start()
        refusing = self.enterContext(socket.socket())  # bound, and not listening: it refuses connections
        refusing.bind(("127.0.0.1", 0))
        self.proxy = f"http://127.0.0.1:{refusing.getsockname()[1]}"

    def test_an_emulator_on_this_machine_is_never_reached_through_a_proxy(self):
        for action in (["localstack", "up"], ["infra", "destroy", "trial"]):
            for host, no_proxy in (("localhost", {}), ("127.0.0.1", {"NO_PROXY": "corp.example"}), ("localhost", {"no_proxy": "corp.example"}),
                                   (socket.gethostname(), {})):
                with self.subTest(" ".join(action), host=host, no_proxy=no_proxy):
                    self.assertIn("AWS does not accept these credentials", self._stderr(action, host, no_proxy))

    def _stderr(self, action: list[str], host: str, no_proxy: dict[str, str]) -> str:
        url = f"http://{host}:{self.emulator.server_address[1]}"
        proxies = {name: self.proxy for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY")}
        env = {name: value for name, value in os.environ.items() if name.lower() != "no_proxy"} | proxies | no_proxy | {
            "AWS_ENDPOINT_URL": url, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        with tempfile.TemporaryDirectory() as state:
            done = subprocess.run([sys.executable, "-m", *action], cwd=ROOT, capture_output=True, text=True, timeout=120,
                                  env=env | {"REJOIN_STATE": state, "REJOIN_ENDPOINT": url})
        return done.stderr
