"""Finds failures of the functions in their logs."""
import json
import re

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
