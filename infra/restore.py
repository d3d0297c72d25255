"""Puts a stage back to what it held at one moment, out of DynamoDB's point-in-time recovery. That makes new tables; what they hold
is put back into those that the stage has, so that names, indexes, expiry, backups and rights stay as they are, and so that this,
too, can be taken back."""
import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone

from .account import Account
from .stack import Stack, drop_table, tables
from .stage import Stage
from .terminal import Failure, step

# Connections are not put back, since they are about now. Rooms come before the lists that name them.
TABLES = ("customers", "rooms", "messages", "handled", "agents", "canned", "stats")
_AT_ONCE = 100  # keys in one BatchGetItem
_UNKNOWN = 300  # how many more numbers a chat may have given out since, of which no trace is left


def moment(text: str) -> datetime:
    try:
        given = datetime.fromisoformat(text).replace(microsecond=0)
        at = given.tzinfo and given.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        at = None
    if not at:
        raise Failure(f"AT={text} is not a time with a zone: give one, for instance AT=2026-11-30T09:15:00Z or AT=2026-11-30T18:15:00+09:00.")
    if at > datetime.now(timezone.utc):
        raise Failure(f"AT={text} is in the future.")
    return at


def restore(account: Account, stage: Stage, at: datetime, confirmed: Callable[[str], bool]) -> None:
    """After a failure half-way, a second call with the same moment continues."""
    functions = [it["PhysicalResourceId"] for it in Stack(account, stage.stack).standing() if it["ResourceType"] == "AWS::Lambda::Function"]
    copies = {f"{stage.stack}-{name}": f"{stage.stack}-{name}-at-{at:%Y%m%dt%H%M%S}" for name in TABLES}
    _possible(account, stage, at, copies)
    print(f"Stage {stage.name} in account {account.id}, {account.region}, will be put back to {at:%Y-%m-%d %H:%M:%S} UTC.\n"
          "What people wrote since then will be deleted. Meanwhile, for minutes to hours, nobody can chat.\n")
    if not confirmed(stage.name):
        raise Failure("Nothing was changed.")
    with step("Restoring the tables beside the present ones") as say:
        _copy(account, at, copies, say)
    try:
        with step("Stopping the functions, and waiting for what they are at"):
            _stop(account, functions)
        wanted = Wanted(at, _erased(account, stage))
        for table, copy in copies.items():
            with step(f"Putting back {table}") as say:
                put_back(account.dynamo, copy, table, wanted.of(table.removeprefix(f"{stage.stack}-")), say)
        with step("Removing the restored tables"):
            for copy in copies.values():
                drop_table(account.client("dynamodb"), copy)
        with step("Starting the functions, and having everybody connect anew"):
            _start(account, functions)
            _cut(account, stage)
    except BaseException:
        print(f"\nNobody can chat at stage {stage.name} until it is put back: run the same command again to continue.")
        raise
    print(f"\nStage {stage.name} was put back.")


def unfinished(account: Account, stage: Stage) -> list[str]:
    """The tables of an unfinished restore: a finished one deletes them."""
    return [name for name in tables(account, stage) if "-at-" in name]


def _possible(account: Account, stage: Stage, at: datetime, copies: dict[str, str]) -> None:
    there, client = unfinished(account, stage), account.client("dynamodb")
    strange = [name for name in there if name not in copies.values()]
    if strange:
        raise Failure(f"Another restore of {stage.name} is unfinished: finish it, or delete {', '.join(strange)}.")
    for table in [it for it, copy in copies.items() if copy not in there]:
        said = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        first, last = said.get("EarliestRestorableDateTime"), said.get("LatestRestorableDateTime")
        if first and last and (at > last or at < first < last):  # without a span, DynamoDB itself decides when it is asked
            first, last = (f"{it.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S}" for it in (first, last))
            raise Failure(f"{table} can be restored to a time from {first} to {last} UTC.")


def _copy(account: Account, at: datetime, copies: dict[str, str], say: Callable[[str], None]) -> None:
    """Restores all tables at once. Nobody but this reads them, so they need no index."""
    client = account.client("dynamodb")
    for table, copy in copies.items():
        try:
            client.restore_table_to_point_in_time(SourceTableName=table, TargetTableName=copy, RestoreDateTime=at,
                                                  BillingModeOverride="PAY_PER_REQUEST", GlobalSecondaryIndexOverride=[])
        except client.exceptions.TableAlreadyExistsException:  # from an earlier run
            pass
    for done, copy in enumerate(copies.values()):
        say(f"{done} of {len(copies)} are restored")
        client.get_waiter("table_exists").wait(TableName=copy, WaiterConfig={"Delay": 5, "MaxAttempts": 24 * 60 * 12})


def _stop(account: Account, functions: list[str]) -> None:
    client, longest = account.client("lambda"), 0
    for name in functions:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
        longest = max(longest, client.get_function_configuration(FunctionName=name)["Timeout"])
    time.sleep(longest)


def _start(account: Account, functions: list[str]) -> None:
    for name in functions:
        account.client("lambda").delete_function_concurrency(FunctionName=name)


def _cut(account: Account, stage: Stage) -> None:
    """Closes every connection, so that every client joins again and shows what there is now."""
    message = account.client("lambda").get_function_configuration(FunctionName=f"{stage.stack}-message")
    gateway = account.gateway(message["Environment"]["Variables"]["CALLBACK_URL"])
    for page in account.client("dynamodb").get_paginator("scan").paginate(
            TableName=f"{stage.stack}-connections", ProjectionExpression="connectionId"):
        for it in page["Items"]:
            try:
                gateway.delete_connection(ConnectionId=it["connectionId"]["S"])
            except gateway.exceptions.GoneException:
                pass


def _erased(account: Account, stage: Stage) -> dict[str, int]:
    """When `make erase` erased whom: seconds since 1970, by the hash of the id."""
    pages = account.client("ssm").get_paginator("get_parameters_by_path").paginate(Path=stage.erased)
    return {it["Name"].rpartition("/")[2]: int(it["Value"]) for page in pages for it in page["Parameters"]}


class Wanted:
    """The items to put back: those of the moment, without what has expired and whom `make erase` has erased since."""

    def __init__(self, at: datetime, erased: dict[str, int]):
        self._now, self._erased = time.time(), {who for who, when in erased.items() if when >= at.timestamp()}
        self._rooms: set[str] = set()  # of the erased

    def of(self, table: str) -> Callable[[dict, dict | None], dict | None]:
        """The names are those of internal/dynamo."""
        def as_it_was(item: dict, now: dict | None) -> dict | None:
            if item.get("ttl", self._now) < self._now:
                return None
            if table != "handled" and self._is_erased(item):
                self._rooms |= {item["roomId"]} if table == "rooms" else set()
                return None
            if table == "handled" and item["ended"].rpartition("#")[2] in self._rooms:
                return None
            return _onward(item, now) if table == "rooms" and "dueShard" in item else item
        return as_it_was

    def _is_erased(self, item: dict) -> bool:
        return "customerId" in item and hashlib.sha256(item["customerId"].encode()).hexdigest() in self._erased


def _onward(room: dict, now: dict | None) -> dict:
    """An open chat continues after every number that it has given out since, so that no page takes a new text for one that it has
    seen. The places between stay empty for ever (`done`)."""
    rev, seq = (max(room[it], now[it]) if now else room[it] + _UNKNOWN for it in ("rev", "seq"))
    return room | {"rev": rev, "seq": seq, "done": max(seq, room.get("done", 0))} if seq > room["seq"] else room | {"rev": rev}


def put_back(dynamo, source: str, target: str, wanted: Callable[[dict, dict | None], dict | None], say: Callable[[str], None]) -> tuple[int, int]:
    """`wanted` is given an item of the source and the present one of the target, and returns the item to write, or None for none.
    Returns how many items were written and deleted."""
    table = dynamo.Table(target)
    names = [it["AttributeName"] for it in table.key_schema]
    key = lambda item: tuple(item[name] for name in names)
    read = written = deleted = 0
    with table.batch_writer() as batch:
        for items in _parts(dynamo.Table(source)):
            have = {key(it): it for it in _get(dynamo, target, names, items)}
            for it in items:
                want, now = wanted(it, have.get(key(it))), have.get(key(it))
                if want and want != now:
                    batch.put_item(Item=want)
                    written += 1
            read += len(items)
            say(f"{target}: {read} items, of which {written} differed")
        for items in _parts(table):
            kept = {key(it) for it in _get(dynamo, source, names, items) if wanted(it, None)}
            for it in items:
                if key(it) not in kept:
                    batch.delete_item(Key=dict(zip(names, key(it))))
                    deleted += 1
            say(f"{target}: {deleted} newer items deleted")
    return written, deleted


def _parts(table) -> Iterator[list[dict]]:
    """All items, in parts that one request can look up in the other table."""
    start = {}
    while start is not None:
        page = table.scan(ConsistentRead=True, **start)
        for first in range(0, len(page["Items"]), _AT_ONCE):
            yield page["Items"][first:first + _AT_ONCE]
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]} if "LastEvaluatedKey" in page else None


def _get(dynamo, table: str, names: list[str], items: list[dict]) -> Iterator[dict]:
    """The items of a table that have the same keys as these."""
    asked = {table: {"Keys": [{name: it[name] for name in names} for it in items], "ConsistentRead": True}} if items else {}
    while asked:
        answer = dynamo.batch_get_item(RequestItems=asked)
        yield from answer["Responses"].get(table, [])
        asked = answer.get("UnprocessedKeys")
