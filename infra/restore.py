"""Restores a stage's data as of one time, from DynamoDB's point-in-time recovery. That creates new tables; their items are copied into the
stage's own, so that names, indexes, expiry, backups and rights stay, and so that the restore itself can be reverted."""
import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone

from . import shops
from .account import Account
from .stack import Stack, drop_table, tables
from .stage import Stage
from .terminal import Failure, step

# Connections are not restored: they are about the present. Rooms come before the lists that name them.
TABLES = ("customers", "rooms", "messages", "handled", "agents", "canned", "stats", "shops")
_BATCH = 100  # keys in one BatchGetItem
_LOST_NUMBERS = 300  # how many numbers a deleted chat may have given out after that time


def parsed_time(text: str) -> datetime:
    try:
        given = datetime.fromisoformat(text).replace(microsecond=0)
        at = given.tzinfo and given.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        at = None
    if not at:
        raise Failure(f"AT={text} is not a time with a zone: use for instance AT=2026-11-30T09:15:00Z or AT=2026-11-30T18:15:00+09:00.")
    if at > datetime.now(timezone.utc):
        raise Failure(f"AT={text} is in the future.")
    return at


def restore(account: Account, stage: Stage, at: datetime, confirmed: Callable[[str], bool]) -> None:
    """After a failure, a second call with the same time continues."""
    functions = [it["PhysicalResourceId"] for it in Stack(account, stage.stack).existing_resources() if it["ResourceType"] == "AWS::Lambda::Function"]
    copies = {name: f"{name}-at-{at:%Y%m%dt%H%M%S}" for name in _existing_tables(account, stage, at)}
    _check_recoverable(account, stage, at, copies)
    print(f"Stage {stage.name} in account {account.id}, {account.region}, will be restored to {at:%Y-%m-%d %H:%M:%S} UTC.\n"
          "Everything that people wrote since then will be deleted. Until it is done, which takes minutes to hours, nobody can chat.\n")
    if not confirmed(stage.name):
        raise Failure("Nothing was changed.")
    with step("Restoring the tables under other names") as report:
        _restore_copies(account, at, copies, report)
    try:
        with step("Stopping the functions, and waiting for running invocations"):
            _stop_functions(account, functions)
        restored = RestoredItems(at, _erased_customers(account, stage))
        for table, copy in copies.items():
            with step(f"Copying the items of {table}") as report:
                copy_items(account.dynamo, copy, table, restored.of(table.removeprefix(f"{stage.stack}-")), report)
        shops.write_list(account, stage)  # the shops are those of now
        with step("Removing the restored tables"):
            for copy in copies.values():
                drop_table(account.client("dynamodb"), copy)
        with step("Starting the functions, and closing all connections"):
            _start_functions(account, functions)
            _close_connections(account, stage)
    except BaseException:
        print(f"\nNobody can chat at stage {stage.name} until the restore is finished: run the same command again to continue it.")
        raise
    print(f"\nStage {stage.name} is restored.")


def _existing_tables(account: Account, stage: Stage, at: datetime) -> list[str]:
    """Those that the stage had at that time. What a newer version has brought since stays as it is."""
    client, names = account.client("dynamodb"), [f"{stage.stack}-{name}" for name in TABLES]
    return [it for it in names if client.describe_table(TableName=it)["Table"]["CreationDateTime"] <= at] or names


def unfinished(account: Account, stage: Stage) -> list[str]:
    """The names of the tables that an unfinished restore has left: a finished one deletes them."""
    return [name for name in tables(account, stage) if "-at-" in name]


def _check_recoverable(account: Account, stage: Stage, at: datetime, copies: dict[str, str]) -> None:
    copied, client = unfinished(account, stage), account.client("dynamodb")
    others = [name for name in copied if name not in copies.values()]
    if others:
        raise Failure(f"Another restore of {stage.name} is unfinished: finish it, or delete {', '.join(others)}.")
    for table in [it for it, copy in copies.items() if copy not in copied]:
        recovery = client.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        first, last = recovery.get("EarliestRestorableDateTime"), recovery.get("LatestRestorableDateTime")
        if first and last and (at > last or at < first < last):  # if it gives no range, DynamoDB decides when it is asked
            first, last = (f"{it.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S}" for it in (first, last))
            raise Failure(f"{table} can be restored to a time from {first} to {last} UTC.")


def _restore_copies(account: Account, at: datetime, copies: dict[str, str], report: Callable[[str], None]) -> None:
    """Restores all tables at the same time. They are only scanned, so they need no index."""
    client = account.client("dynamodb")
    for table, copy in copies.items():
        try:
            client.restore_table_to_point_in_time(SourceTableName=table, TargetTableName=copy, RestoreDateTime=at,
                                                  BillingModeOverride="PAY_PER_REQUEST", GlobalSecondaryIndexOverride=[])
        except client.exceptions.TableAlreadyExistsException:  # from an earlier run
            pass
    for done, copy in enumerate(copies.values()):
        report(f"{done} of {len(copies)} are restored")
        client.get_waiter("table_exists").wait(TableName=copy, WaiterConfig={"Delay": 5, "MaxAttempts": 24 * 60 * 12})


def _stop_functions(account: Account, functions: list[str]) -> None:
    client, longest = account.client("lambda"), 0
    for name in functions:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
        longest = max(longest, client.get_function_configuration(FunctionName=name)["Timeout"])
    time.sleep(longest)


def _start_functions(account: Account, functions: list[str]) -> None:
    for name in functions:
        account.client("lambda").delete_function_concurrency(FunctionName=name)


def _close_connections(account: Account, stage: Stage) -> None:
    """Closes every connection, so that every client joins again and shows the restored data."""
    message = account.client("lambda").get_function_configuration(FunctionName=f"{stage.stack}-message")
    gateway = account.gateway(message["Environment"]["Variables"]["CALLBACK_URL"])
    for page in account.client("dynamodb").get_paginator("scan").paginate(
            TableName=f"{stage.stack}-connections", ProjectionExpression="connectionId, who"):
        for it in [it for it in page["Items"] if "who" in it]:  # the others count an address's connections, and have no id of the gateway's
            try:
                gateway.delete_connection(ConnectionId=it["connectionId"]["S"])
            except gateway.exceptions.GoneException:
                pass


def _erased_customers(account: Account, stage: Stage) -> dict[str, int]:
    """When each customer was erased by `make erase`: seconds since 1970, by the hash of the id."""
    pages = account.client("ssm").get_paginator("get_parameters_by_path").paginate(Path=stage.erased_path)
    return {it["Name"].rpartition("/")[2]: int(it["Value"]) for page in pages for it in page["Parameters"]}


class RestoredItems:
    """The items to restore: those of that time, without what has expired and without customers erased since."""

    def __init__(self, at: datetime, erased: dict[str, int]):
        self._now, self._erased = time.time(), {who for who, when in erased.items() if when >= at.timestamp()}
        self._rooms: set[str] = set()  # of erased customers

    def of(self, table: str) -> Callable[[dict, dict | None], dict | None]:
        """The filter for a table's items, as copy_items takes it. Attribute names are those of internal/dynamo."""
        def restored(item: dict, now: dict | None) -> dict | None:
            if item.get("ttl", self._now) < self._now:
                return None
            if table != "handled" and self._is_erased(item):
                self._rooms |= {item["roomId"]} if table == "rooms" else set()
                return None
            if table == "handled" and item["ended"].rpartition("#")[2] in self._rooms:
                return None
            return _continued(item, now) if table == "rooms" and "dueShard" in item else item
        return restored

    def _is_erased(self, item: dict) -> bool:
        return "customerId" in item and hashlib.sha256(item["customerId"].encode()).hexdigest() in self._erased


def _continued(room: dict, now: dict | None) -> dict:
    """An open chat continues after every number that it has given out since, so that no page takes a new message for one that it has
    already. The numbers in between are never used (`done`)."""
    rev, seq = (max(room[it], now[it]) if now else room[it] + _LOST_NUMBERS for it in ("rev", "seq"))
    return room | {"rev": rev, "seq": seq, "done": max(seq, room.get("done", 0))} if seq > room["seq"] else room | {"rev": rev}


def copy_items(dynamo, source: str, target: str, restored: Callable[[dict, dict | None], dict | None], report: Callable[[str], None]) -> tuple[int, int]:
    """Makes the target hold what `restored` says. That gets an item of the source and the target's present item with the same key, and returns
    the item to write, or None. Writes only what differs, so it can be interrupted and run again. Returns how many items were written and
    deleted."""
    table = dynamo.Table(target)
    names = [it["AttributeName"] for it in table.key_schema]
    key = lambda item: tuple(item[name] for name in names)
    read = written = deleted = 0
    with table.batch_writer() as batch:
        for items in _batches(dynamo.Table(source)):
            have = {key(it): it for it in _items(dynamo, target, names, items)}
            for it in items:
                want, now = restored(it, have.get(key(it))), have.get(key(it))
                if want and want != now:
                    batch.put_item(Item=want)
                    written += 1
            read += len(items)
            report(f"{target}: {read} items, of which {written} differed")
        for items in _batches(table):
            wanted = {key(it) for it in _items(dynamo, source, names, items) if restored(it, None)}
            for it in items:
                if key(it) not in wanted:
                    batch.delete_item(Key=dict(zip(names, key(it))))
                    deleted += 1
            report(f"{target}: {deleted} newer items deleted")
    return written, deleted


def _batches(table) -> Iterator[list[dict]]:
    """All items, in batches that one request can look up in the other table."""
    start = {}
    while start is not None:
        page = table.scan(ConsistentRead=True, **start)
        for first in range(0, len(page["Items"]), _BATCH):
            yield page["Items"][first:first + _BATCH]
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]} if "LastEvaluatedKey" in page else None


def _items(dynamo, table: str, names: list[str], items: list[dict]) -> Iterator[dict]:
    """The items of a table with the same keys as these."""
    request = {table: {"Keys": [{name: it[name] for name in names} for it in items], "ConsistentRead": True}} if items else {}
    while request:
        answer = dynamo.batch_get_item(RequestItems=request)
        yield from answer["Responses"].get(table, [])
        request = answer.get("UnprocessedKeys")
