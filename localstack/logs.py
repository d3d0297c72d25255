"""What the functions log: to follow it, and to hold that none failed, and that nobody's words and no token are in it."""
import json
import re
import time

from infra.account import Account
from infra.terminal import Failure

_GROUPS = "/aws/lambda/"
_TOKEN = re.compile(r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.")
_TOO_SHORT = 8  # characters: shorter words may be part of a code or an id


class Logs:
    def __init__(self, account: Account, endpoints: dict):
        self._client = account.client
        self._endpoints = endpoints

    def lines(self, since: int = 0):
        """Yields (when in ms, function, line), each function's own in their order."""
        logs = self._client("logs")
        groups = logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=_GROUPS)
        for group in [group["logGroupName"] for page in groups for group in page["logGroups"]]:
            pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
            for event in (event for page in pages for event in page["events"]):
                yield event["timestamp"], group.removeprefix(_GROUPS), event["message"].rstrip()

    def follow(self) -> None:
        since, shown = int(time.time() * 1000) - 60_000, set()
        while True:
            for line in sorted(line for line in self.lines(since) if line not in shown):
                shown.add(line)
                since = max(since, line[0] - 5_000)  # lines of other functions may come in late
                if line[2].startswith("{"):
                    print(line[1], line[2], flush=True)
            shown = {line for line in shown if line[0] >= since}
            time.sleep(1)

    def check(self) -> str:
        """Reads every line for failures, and against every word that is kept. Returns what it read."""
        secrets = {self._endpoints["siteSecret"], *self._endpoints["shops"].values()}
        private = self._words() | secrets | {agent["password"] for agent in self._endpoints["agents"]}
        lines = [(function, line) for _, function, line in self.lines()]
        for function, line in lines:
            said = next((word for word in private if word in line), None) or _TOKEN.search(line)
            if said:
                raise Failure(f"{function} logged what nobody may read there:\n{line}")
        if not lines:
            raise Failure("No function has logged anything: the check of the logs has read nothing.")
        wrong = faults(lines)
        if wrong:
            raise Failure(f"Functions failed, {len(wrong)} lines tell of it:\n" + "\n".join(wrong[:20]))
        return f"{len(lines)} lines in the functions' logs: no failure, no token, and none of {len(private)} texts, names and secrets."

    def _words(self) -> set[str]:
        """What people wrote, and their names: unlike keys and codes it has spaces, or letters beyond ASCII."""
        dynamo, found = self._client("dynamodb"), set()
        for table in self._endpoints["tables"].values():
            for page in dynamo.get_paginator("scan").paginate(TableName=table):
                for item in page["Items"]:
                    found |= {value["S"] for value in item.values() if "S" in value}
        return {words for words in found if len(words) >= _TOO_SHORT and (" " in words or not words.isascii() or "@" in words)}


_END = "Code"  # what came of an event, which its own line tells (internal/telemetry)
_PLATFORM = re.compile(r"(START|END|REPORT) RequestId: (\S+)")


def faults(lines) -> list[str]:
    """Takes (function, line) and lists each line that is an error or not JSON, and each invocation that ended without its own line:
    it crashed, or ran out of time."""
    found, begun, ended = [], {}, set()
    for function, line in lines:
        platform = _PLATFORM.match(line)
        if platform:
            begun[platform[2]] = function
            continue
        try:
            record = json.loads(line)
            level = record["level"]
        except (ValueError, TypeError, KeyError):
            found.append(f"{function}: {line}")
            continue
        if _END in record:
            ended.add(record.get("invocationId"))
        if level == "ERROR":
            found.append(f"{function}: {line}")
    return found + [f"{function}: invocation {id} left no line" for id, function in begun.items() if id not in ended]
