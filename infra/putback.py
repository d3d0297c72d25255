"""Copies the contents of one table to another. It writes only items that differ, so it may be interrupted and run again."""
from collections.abc import Callable, Iterator

_AT_ONCE = 100  # keys in one BatchGetItem


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
