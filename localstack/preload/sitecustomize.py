"""Read by the emulator's Python at its start: what it does otherwise than AWS, and than a stack can work with.
docs/fidelity.md has each of them, and a test that tells when a release of the emulator needs it no longer."""
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

_serve = apigateway.handle_connections_api


async def _connections(method, *rest):
    """Tells of a connection by the names and in the times of AWS's API: an SDK reads any other as nothing."""
    status, headers, body = await _serve(method, *rest)
    if method == "GET" and status == 200:
        told = json.loads(body)
        body = json.dumps({"connectedAt": _iso(told["ConnectedAt"]), "identity": told["Identity"],
                           "lastActiveAt": _iso(told["LastActiveAt"])}).encode()
    return status, headers, body


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


apigateway.handle_connections_api = _connections

# Schedules whose minute takes fewer seconds, for tests that wait for one. The emulator looks every 10 s whether one is due.
_minute = int(os.environ.get("REJOIN_MINUTE", "60"))
if _minute < 60:
    _every = eventbridge._parse_rate_seconds
    eventbridge._parse_rate_seconds = lambda rate: (seconds := _every(rate)) and seconds * _minute / 60
    scheduler._SCHEDULE_TICK_INTERVAL = 1
