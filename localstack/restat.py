"""Recounts the statistics of a range of ended chats, through the sweep function: the code that counts chats as they end."""
import json
from datetime import datetime, timedelta, timezone

from infra.stage import checked_stage
from infra.terminal import Failure

from .settings import LOCAL, Settings


def _start_of(day: str, days: int = 0) -> int:
    """When a day begins, UTC, in ms since 1970."""
    try:
        return int((datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=timezone.utc) + timedelta(days=days)).timestamp() * 1000)
    except ValueError:
        raise Failure(f"`{day}` is not a day like 2026-11-24.")


def restat(settings: Settings, first: str = "", last: str = "", stage: str = "") -> None:
    """Recounts from the first day to the last, UTC, of the local stack, or of a stage in the AWS account that is logged in."""
    from infra.account import logged_in  # their libraries are in .venv

    from .demo import emulator_account

    if not first or not last:
        raise Failure("Say which days, UTC: FROM=2026-11-01 TO=2026-11-30.")
    start, end = _start_of(first), _start_of(last, 1) - 1
    if end < start:
        raise Failure(f"FROM={first} is later than TO={last}.")
    if not stage and not settings.endpoints.exists():
        raise Failure("Nothing runs here: `make up` first, or name a stage on AWS with STAGE=.")
    account, function = (logged_in() if stage else emulator_account(settings)), f"{checked_stage(stage or LOCAL).stack}-sweep"
    _recount(account.client("lambda"), function, start, end)


def _recount(client, function: str, start: int, end: int) -> None:
    while end:
        payload = json.dumps({"restat": {"from": start, "to": end}})
        answer = client.invoke(FunctionName=function, Payload=payload)
        body = json.loads(answer["Payload"].read() or "null")
        if answer.get("FunctionError") or not isinstance(body, dict):
            raise Failure(f"The function {function} failed: {body}")
        end = body["rest"]  # it ran out of time: the days up to here are left
        print("  counted" + (f" down to {datetime.fromtimestamp(end / 1000, timezone.utc):%Y-%m-%d %H:%M}" if end else ""), flush=True)
