"""Counts a range of ended chats anew, through the sweep function: the same code that counts them as they end."""
import json
from datetime import datetime, timedelta, timezone

from failure import Failure
from settings import REGION, Settings


def _time(day: str, days: int = 0) -> int:
    """The ms at which a day begins, UTC."""
    try:
        return int((datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=timezone.utc) + timedelta(days=days)).timestamp() * 1000)
    except ValueError:
        raise Failure(f"`{day}` is not a day like 2026-11-24.")


def restat(settings: Settings, first: str, last: str, stack: str | None) -> None:
    """From the first day to the last, UTC; of the local stack, or of a stack in the AWS account that is logged in."""
    import boto3  # in .venv
    from botocore.config import Config

    start, end = _time(first), _time(last, 1) - 1
    if stack:
        client, function = boto3.client("lambda", config=Config(read_timeout=70)), f"{stack}-sweep"
    elif settings.endpoints.exists():
        function = json.loads(settings.endpoints.read_text())["functions"]["sweep"]
        client = boto3.Session("test", "test", region_name=REGION).client("lambda", endpoint_url=settings.url)
    else:
        raise Failure("Nothing runs here: `make up` first, or name a stack on AWS with STACK=.")
    while end:
        payload = json.dumps({"restat": {"from": start, "to": end}})
        answer = client.invoke(FunctionName=function, Payload=payload)
        body = json.loads(answer["Payload"].read() or "null")
        if answer.get("FunctionError") or not isinstance(body, dict):
            raise Failure(f"The function {function} failed: {body}")
        end = body["rest"]  # it had no more time: from the first day up to there is still to do
        print("  counted" + (f" down to {datetime.fromtimestamp(end / 1000, timezone.utc):%Y-%m-%d %H:%M}" if end else ""), flush=True)
