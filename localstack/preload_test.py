import asyncio
import json
import runpy
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock, patch

_AWS = {"connectedAt": "2026-11-30T09:15:00.000Z", "identity": {"sourceIp": "127.0.0.1"}, "lastActiveAt": "2026-11-30T09:16:40.000Z"}
_SECONDS = {"ConnectedAt": 1796030100, "Identity": {"sourceIp": "127.0.0.1"}, "LastActiveAt": 1796030200}


class ConnectionTest(unittest.TestCase):
    def _described(self, status: int, answer: bytes, method: str = "GET") -> tuple[int, bytes]:
        """What a function gets if the emulator answers like this."""
        async def serve(*_):
            return status, {}, answer

        apigateway = SimpleNamespace(handle_connections_api=serve, handle_websocket=None, _invoke_ws_lambda=None)
        services = SimpleNamespace(apigateway=apigateway, cognito=MagicMock(), eventbridge=MagicMock(), scheduler=MagicMock())
        with patch.dict("sys.modules", {"ministack": SimpleNamespace(services=services), "ministack.services": services,
                                        "ministack.core.lambda_runtime": MagicMock()}):
            runpy.run_path(str(Path(__file__).parent / "preload" / "sitecustomize.py"))
        status, _, body = asyncio.run(apigateway.handle_connections_api(method, "a1", "local", "c1", b"", {}))
        return status, body

    def test_a_connection_is_described_as_aws_does(self):
        for answer in (_SECONDS, _SECONDS | {"LastActiveAt": 1796030200.0}, _AWS):
            status, body = self._described(200, json.dumps(answer).encode())
            self.assertEqual((200, _AWS), (status, json.loads(body)))

    def test_other_answers_are_unchanged(self):
        for status, answer, method in ((410, b"", "GET"), (200, b"", "POST"), (204, b"", "DELETE")):
            self.assertEqual((status, answer), self._described(status, answer, method))
