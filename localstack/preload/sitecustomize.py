"""Python loads this as the emulator starts. It corrects differences from AWS; docs/fidelity.md lists each, with a test that fails when a
release of the emulator no longer needs it."""
import json
import os
import queue
import socketserver
import time
from datetime import datetime, timezone

from ministack.core.lambda_runtime import ProvidedWorker
from ministack.services import apigateway, cognito, eventbridge, scheduler

# Without TCP_NODELAY each function call waits 40 ms for a delayed ACK.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True


class _EmptyDict(dict):
    """Takes the place of the emulator's store of the hosted page's refresh tokens. A token found there loses the agent's groups when it is
    used; one that is not is treated as Cognito does."""

    def __setitem__(self, token, grant):
        pass


cognito._refresh_tokens = _EmptyDict()

# API Gateway's limits for WebSocket APIs, in bytes: of a client's frame, and of a message posted to a client.
_MAX_FRAME, _MAX_POST = 32 * 1024, 128 * 1024
_TOO_BIG = 1009  # RFC 6455: closed for a message that is too big

_serve, _drive, _invoke = apigateway.handle_connections_api, apigateway.handle_websocket, apigateway._invoke_ws_lambda


async def _connections(method, api_id, stage, connection_id, body, headers):
    """Describes a connection with the field names and times of AWS's API, the only ones that an SDK reads."""
    if method == "POST" and len(body) > _MAX_POST:
        error = {"content-type": "application/json", "x-amzn-ErrorType": "PayloadTooLargeException"}
        return 413, error, b'{"message": "PayloadTooLarge"}'
    status, headers, body = await _serve(method, api_id, stage, connection_id, body, headers)
    described = json.loads(body) if method == "GET" and status == 200 else {}
    if "LastActiveAt" in described:  # otherwise this release answers as AWS does
        body = json.dumps({"connectedAt": _iso(described["ConnectedAt"]), "identity": described["Identity"],
                           "lastActiveAt": _iso(described["LastActiveAt"])}).encode()
    return status, headers, body


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def _websocket(scope, receive, send, api_id, path_override=None):
    """Closes a connection that sends a larger frame than AWS accepts."""
    async def receive_limited():
        event = await receive()
        sent = event.get("bytes") or (event.get("text") or "").encode()
        if event["type"] == "websocket.receive" and len(sent) > _MAX_FRAME:
            await send({"type": "websocket.close", "code": _TOO_BIG})
            return {"type": "websocket.disconnect", "code": _TOO_BIG}
        return event

    await _drive(scope, receive_limited, send, api_id, path_override)


async def _answer(api_id, account_id, region, route, *rest, **more):
    """Sends a function's answer only on routes that have a response."""
    response = await _invoke(api_id, account_id, region, route, *rest, **more)
    if response and not route.get("routeResponseSelectionExpression"):
        response = {**response, "body": None}
    return response


apigateway.handle_connections_api = _connections
apigateway.handle_websocket = _websocket
apigateway._invoke_ws_lambda = _answer

_run, _drain = ProvidedWorker.invoke, ProvidedWorker._drain_stderr_bounded


def _invoke_worker(self, event, request_id, **more):
    self._awaited = request_id
    return _run(self, event, request_id, **more)


def _lines(self, **limits):
    """Takes the lines of an invocation up to its result (internal/telemetry), which a function writes before it answers. On a busy machine the
    emulator reads it later than it waits for it: 50 ms for the first line, 5 ms for the next."""
    if limits:  # a function that has not started
        return _drain(self, **limits)
    lines, late = [], time.monotonic() + 10
    while not (lines and '"Code":' in lines[-1] and self._awaited in lines[-1]) and time.monotonic() < late:
        try:
            lines.append(self._stderr_queue.get(timeout=0.1))
        except queue.Empty:
            if self._proc is None or self._proc.poll() is not None:  # it has crashed
                break
    return "\n".join([*lines, *filter(None, [self._drain_stderr()])])


ProvidedWorker.invoke, ProvidedWorker._drain_stderr_bounded = _invoke_worker, _lines

# A shorter minute for schedules, for tests that wait for one. The emulator checks every 10 s which of them are due.
_minute = int(os.environ.get("REJOIN_MINUTE", "60"))
if _minute < 60:
    _parse = eventbridge._parse_rate_seconds
    eventbridge._parse_rate_seconds = lambda rate: (seconds := _parse(rate)) and seconds * _minute / 60
    scheduler._SCHEDULE_TICK_INTERVAL = 1
