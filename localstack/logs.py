"""The functions' logs: follows them, and checks that no invocation failed and that no private words or tokens are in them."""
import json
import re
import time
from datetime import datetime, timezone
from pathlib import Path

from infra.account import Account
from infra.terminal import Failure, together

_RESULT = "Code"  # in the last line of each invocation (internal/telemetry)
_PLATFORM = re.compile(r"(START|END|REPORT) RequestId: (\S+)")
_GROUPS = "/aws/lambda/"
_TOKEN = re.compile(r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.")
_TOO_SHORT = 8  # characters: shorter words may be part of a code or an id


class Logs:
    def __init__(self, account: Account, endpoints: dict):
        self._client = account.client
        self._endpoints = endpoints

    def lines(self, since: int = 0):
        """Yields (time in ms, function, line), in order for each function."""
        logs = self._client("logs")
        groups = logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=_GROUPS)
        for group in [group["logGroupName"] for page in groups for group in page["logGroups"]]:
            pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
            for event in (event for page in pages for event in page["events"]):
                yield event["timestamp"], group.removeprefix(_GROUPS), event["message"].rstrip()

    def keep(self, file: Path) -> None:
        """Writes all lines to a file, each with its time and function, by time."""
        with file.open("w") as kept:
            for at, function, line in sorted(self.lines(), key=lambda it: it[0]):  # those of an invocation have one time: in their order
                when = datetime.fromtimestamp(at / 1000, timezone.utc).isoformat(timespec="milliseconds")
                kept.write(f"{when} {function} {line}\n")

    def follow(self) -> None:
        since, shown = int(time.time() * 1000) - 60_000, set()
        while True:
            for line in sorted(line for line in self.lines(since) if line not in shown):
                shown.add(line)
                since = max(since, line[0] - 5_000)  # lines of other functions may arrive late
                if line[2].startswith("{"):
                    print(line[1], line[2], flush=True)
            shown = {line for line in shown if line[0] >= since}
            time.sleep(1)

    def check(self) -> tuple[int, int]:
        """Reads every line for failures, and against every word that is stored. Returns how many lines and words these were."""
        secrets = {self._endpoints["siteSecret"], *self._endpoints["shops"].values()}
        private = self._private_words() | secrets | {agent["password"] for agent in self._endpoints["agents"]}
        lines = [(function, line) for _, function, line in self.lines()]
        for function, line in lines:
            found = next((word for word in private if word in line), None) or _TOKEN.search(line)
            if found:
                raise Failure(f"{function} logged private words or a token:\n{line}")
        failed = failures(lines)
        if failed:
            raise Failure(f"Functions failed, {len(failed)} times:\n" + "\n".join(failed[:20]))
        return len(lines), len(private)

    def _private_words(self) -> set[str]:
        """Messages and names of people. Unlike keys and codes, they have spaces or letters beyond ASCII."""
        dynamo, found = self._client("dynamodb"), set()
        for table in self._endpoints["tables"].values():
            for page in dynamo.get_paginator("scan").paginate(TableName=table):
                for item in page["Items"]:
                    found |= {value["S"] for value in item.values() if "S" in value}
        return {words for words in found if len(words) >= _TOO_SHORT and (" " in words or not words.isascii() or "@" in words)}


def check(stacks: list[Logs]) -> str:
    """Checks the logs of stacks that a command used, and says what was read."""
    lines, private = (sum(counts) for counts in zip(*together(*(logs.check for logs in stacks))))
    if not lines:
        raise Failure("No function has logged anything: the check of the logs has read nothing.")
    return f"{lines} lines in the functions' logs: no failure, no token, and none of {private} texts, names and secrets."


def failures(lines) -> list[str]:
    """Takes pairs of function and line. Returns each line that is an error or not JSON, and each invocation without a result: it crashed or
    timed out."""
    found, started, ended = [], {}, set()
    for function, line in lines:
        platform = _PLATFORM.match(line)
        if platform:
            started[platform[2]] = function
            continue
        try:
            record = json.loads(line)
            level = record["level"]
        except (ValueError, TypeError, KeyError):
            found.append(f"{function}: {line}")
            continue
        if _RESULT in record:
            ended.add(record.get("invocationId"))
        if level == "ERROR":
            found.append(f"{function}: {line}")
    return found + [f"{function}: invocation {id} logged no result" for id, function in started.items() if id not in ended]
