"""Loaded by the emulator's Python at its start: fixes for where it differs from AWS. docs/fidelity.md lists each, with a test that
fails when a release of the emulator needs it no longer."""
import json
import os
import socketserver
from datetime import datetime, timezone

from ministack.services import apigateway, cognito, eventbridge, scheduler

# Without TCP_NODELAY each function call waits 40 ms for a delayed ACK.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True


class _Forgetful(dict):
    """Where the emulator keeps the hosted page's refresh tokens. Those that it finds there lose an agent's groups as they
    are used, so that an admin is none from the first renewal on; those that it does not it takes as Cognito does."""

    def __setitem__(self, token, grant):
        pass


cognito._refresh_tokens = _Forgetful()

# API Gateway's limits for WebSocket APIs, in bytes: of a frame that a client sends, and of what is posted to one.
_FRAME, _POST = 32 * 1024, 128 * 1024
_TOO_BIG = 1009  # RFC 6455: closed for a message that is too big

_serve, _drive, _invoke = apigateway.handle_connections_api, apigateway.handle_websocket, apigateway._invoke_ws_lambda


async def _connections(method, api_id, stage, connection_id, body, headers):
    """Describes a connection with the field names and times of AWS's API: an SDK ignores any others."""
    if method == "POST" and len(body) > _POST:
        error = {"content-type": "application/json", "x-amzn-ErrorType": "PayloadTooLargeException"}
        return 413, error, b'{"message": "PayloadTooLarge"}'
    status, headers, body = await _serve(method, api_id, stage, connection_id, body, headers)
    told = json.loads(body) if method == "GET" and status == 200 else {}
    if "LastActiveAt" in told:  # a release that answers as AWS does is left alone
        body = json.dumps({"connectedAt": _iso(told["ConnectedAt"]), "identity": told["Identity"],
                           "lastActiveAt": _iso(told["LastActiveAt"])}).encode()
    return status, headers, body


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def _websocket(scope, receive, send, api_id, path_override=None):
    """Closes a connection that sends a larger frame than AWS takes."""
    async def within():
        event = await receive()
        sent = event.get("bytes") or (event.get("text") or "").encode()
        if event["type"] == "websocket.receive" and len(sent) > _FRAME:
            await send({"type": "websocket.close", "code": _TOO_BIG})
            return {"type": "websocket.disconnect", "code": _TOO_BIG}
        return event

    await _drive(scope, within, send, api_id, path_override)


async def _answer(api_id, account_id, region, route, *rest, **more):
    """Sends answers only on routes that have a response."""
    response = await _invoke(api_id, account_id, region, route, *rest, **more)
    if response and not route.get("routeResponseSelectionExpression"):
        response = {**response, "body": None}
    return response


apigateway.handle_connections_api = _connections
apigateway.handle_websocket = _websocket
apigateway._invoke_ws_lambda = _answer

# Schedules whose minute takes fewer seconds, for tests that wait for one. The emulator looks every 10 s whether one is due.
_minute = int(os.environ.get("REJOIN_MINUTE", "60"))
if _minute < 60:
    _every = eventbridge._parse_rate_seconds
    eventbridge._parse_rate_seconds = lambda rate: (seconds := _every(rate)) and seconds * _minute / 60
    scheduler._SCHEDULE_TICK_INTERVAL = 1
