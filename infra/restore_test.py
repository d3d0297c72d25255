import hashlib
import re
import unittest
from datetime import datetime, timedelta, timezone
from unittest.mock import MagicMock, patch

from . import restore
from .stack import drop_table
from .stage import Stage
from .terminal import Failure

AT = datetime(2026, 11, 30, 9, 15, tzinfo=timezone.utc)
_FAR = 1 << 40


class _Table:
    def __init__(self, keys: list[str], items: list[dict]):
        self.keys, self.writes = keys, 0
        self.items = {self.key(it): it for it in items}
        self.key_schema = [{"AttributeName": name} for name in keys]

    def key(self, item: dict) -> tuple:
        return tuple(item[name] for name in self.keys)

    def scan(self, ConsistentRead: bool, ExclusiveStartKey: int = 0) -> dict:
        rest = list(self.items.values())[ExclusiveStartKey:]
        return {"Items": rest[:2]} | ({"LastEvaluatedKey": ExclusiveStartKey + 2} if len(rest) > 2 else {})

    def batch_writer(self):
        return self

    def __enter__(self):
        self.pending = []
        return self

    def __exit__(self, *_):
        for write in self.pending:
            write()
        self.writes = len(self.pending)

    def put_item(self, Item: dict):
        self.pending.append(lambda: self.items.update({self.key(Item): Item}))

    def delete_item(self, Key: dict):
        self.pending.append(lambda: self.items.pop(self.key(Key)))


class _Dynamo:
    """Answers one key of several per request, as a busy table may."""

    def __init__(self, **tables: _Table):
        self.tables = tables

    def Table(self, name: str) -> _Table:
        return self.tables[name]

    def batch_get_item(self, RequestItems: dict) -> dict:
        [(name, asked)] = RequestItems.items()
        now, later = (asked["Keys"][:1], asked["Keys"][1:])
        table = self.tables[name]
        found = [table.items[table.key(key)] for key in now if table.key(key) in table.items]
        return {"Responses": {name: found}, "UnprocessedKeys": {name: asked | {"Keys": later}} if later else {}}


class CopyItemsTest(unittest.TestCase):
    def test_the_target_holds_what_the_source_holds_and_a_second_copy_writes_nothing(self):
        was = [{"id": n, "text": f"text {n}"} for n in range(7)]
        now = [*was[:3], was[3] | {"text": "other"}, {"id": 8, "text": "newer"}, {"id": 9, "text": "newer"}]
        dynamo = _Dynamo(copy=_Table(["id"], was), table=_Table(["id"], now))
        same = lambda item, _: item
        self.assertEqual((4, 2), restore.copy_items(dynamo, "copy", "table", same, lambda _: None))
        self.assertEqual({(it["id"],): it for it in was}, dynamo.tables["table"].items)
        self.assertEqual((0, 0), restore.copy_items(dynamo, "copy", "table", same, lambda _: None))

    def test_an_item_that_is_filtered_out_is_neither_copied_nor_left(self):
        was = [{"id": n} for n in range(4)]
        dynamo = _Dynamo(copy=_Table(["id"], was), table=_Table(["id"], [{"id": 0}, {"id": 1}]))
        restore.copy_items(dynamo, "copy", "table", lambda item, _: item if item["id"] in (1, 2) else None, lambda _: None)
        self.assertEqual([{"id": 1}, {"id": 2}], list(dynamo.tables["table"].items.values()))


class RestoredItemsTest(unittest.TestCase):
    def wanted(self, erased: dict[str, timedelta] = {}):
        return restore.RestoredItems(AT, {hashlib.sha256(who.encode()).hexdigest(): int((AT + after).timestamp()) for who, after in erased.items()})

    def test_expired_items_are_not_restored(self):
        of = self.wanted().of("messages")
        kept = {"customerId": "c_1", "place": "r#1", "ttl": _FAR}
        self.assertEqual(kept, of(kept, None))
        self.assertIsNone(of(kept | {"ttl": 1}, None))

    def test_customers_erased_since_stay_erased_in_every_table(self):
        wanted = self.wanted({"c_1": timedelta(hours=1), "c_2": timedelta(hours=-1)})
        items = {"customers": {"customerId": "c_1"}, "rooms": {"roomId": "r1", "customerId": "c_1", "dueShard": "0", "rev": 1, "seq": 1},
                 "messages": {"customerId": "c_1", "place": "r1#1"}, "handled": {"agentId": "a_1", "ended": "0001764494100#r1"}}
        for table in restore.TABLES:
            if table in items:
                with self.subTest(table):
                    self.assertIsNone(wanted.of(table)(items[table], None))
        self.assertEqual({"customerId": "c_2"}, wanted.of("customers")({"customerId": "c_2"}, None), "who came back after it")
        kept = {"agentId": "a_1", "ended": "0001764494100#r2"}
        self.assertEqual(kept, wanted.of("handled")(kept, None))

    def test_an_open_chat_continues_after_every_number_that_it_gave_out(self):
        of = self.wanted().of("rooms")
        room = {"roomId": "r1", "customerId": "c_1", "dueShard": "0", "rev": 10, "seq": 7, "done": 5, "last": "as it was"}
        self.assertEqual(room, of(room, room))
        self.assertEqual(room | {"rev": 15, "seq": 9, "done": 9}, of(room, room | {"rev": 15, "seq": 9, "last": "newer"}))
        self.assertEqual(room | {"rev": 15, "seq": 9, "done": 9}, of(room, of(room, room | {"rev": 15, "seq": 9})), "a second time the same")
        self.assertEqual(room | {"rev": 310, "seq": 307, "done": 307}, of(room, None))
        over = {"roomId": "r2", "customerId": "c_1", "rev": 10, "seq": 7, "ended": "0001764494100#r2"}
        self.assertEqual(over, of(over, over | {"rev": 11, "score": 5}))


class TimeTest(unittest.TestCase):
    def test_a_time_has_a_zone(self):
        for text in ("2026-11-30T09:15:00Z", "2026-11-30T18:15:00.7+09:00", "2026-11-30 09:15+00:00"):
            self.assertEqual(AT, restore.parsed_time(text))

    def test_a_time_without_zone_or_in_the_future_is_refused(self):
        for text in ("", "yesterday", "2026-11-30", "2026-11-30T09:15:00", "2026-13-30T09:15:00Z", "0001-01-01T00:00:00+09:00", "1764494100", "09:15Z"):
            with self.subTest(text), self.assertRaisesRegex(Failure, f"^AT={re.escape(text)} is not a time with a zone: "):
                restore.parsed_time(text)
        with self.assertRaisesRegex(Failure, "^AT=2999-01-01T00:00:00Z is in the future"):
            restore.parsed_time("2999-01-01T00:00:00Z")


class FunctionsTest(unittest.TestCase):
    def test_a_function_that_an_update_deleted_is_not_stopped(self):
        client = MagicMock()
        client.get_paginator().paginate.return_value = [{"StackResourceSummaries": [
            {"LogicalResourceId": name, "ResourceType": "AWS::Lambda::Function", "PhysicalResourceId": name, "ResourceStatus": status}
            for name, status in (("message", "UPDATE_COMPLETE"), ("typing", "DELETE_COMPLETE"))]}]
        client.describe_table.return_value = {"Table": {"CreationDateTime": AT}}
        account = MagicMock(client=lambda service: client)
        with patch.object(restore, "_check_recoverable"), patch.object(restore, "_restore_copies"), patch.object(restore, "_stop_functions", side_effect=Failure("far enough")) as stop:
            with self.assertRaisesRegex(Failure, "far enough"):
                restore.restore(account, Stage("prod"), AT, lambda _: True)
        stop.assert_called_once_with(account, ["message"])


class ConnectionsTest(unittest.TestCase):
    def test_only_connections_are_closed(self):
        """API Gateway refuses an id that it could not have given, and the restore would end there."""
        class Gone(Exception):
            pass

        client, gateway = MagicMock(), MagicMock()
        gateway.exceptions.GoneException = Gone
        gateway.delete_connection.side_effect = [None, Gone]
        client.get_paginator().paginate.return_value = [{"Items": [
            {"connectionId": {"S": "c1"}, "who": {"S": "v_1"}}, {"connectionId": {"S": "from#hash"}}, {"connectionId": {"S": "c2"}, "who": {"S": "a_1"}}]}]
        restore._close_connections(MagicMock(client=lambda service: client, gateway=lambda callback: gateway), Stage("prod"))
        self.assertEqual(["c1", "c2"], [it.kwargs["ConnectionId"] for it in gateway.delete_connection.call_args_list])


class DroppedTest(unittest.TestCase):
    def test_a_dropped_tables_name_is_free_again(self):
        client = MagicMock()
        drop_table(client, "rejoin-prod-rooms-at-1")
        self.assertEqual(["delete_table", "get_waiter().wait"], [it[0] for it in client.mock_calls if it[0] in ("delete_table", "get_waiter().wait")][-2:])
        client.get_waiter.assert_called_with("table_not_exists")


class RecoverableTest(unittest.TestCase):
    def account(self, tables: list[str], span: timedelta = timedelta(days=2)):
        client = MagicMock()
        client.get_paginator().paginate.return_value = [{"TableNames": tables}]
        client.describe_continuous_backups.return_value = {"ContinuousBackupsDescription": {"PointInTimeRecoveryDescription": {
            "LatestRestorableDateTime": AT + timedelta(days=1),
            "EarliestRestorableDateTime": AT + timedelta(days=1) - span}}}
        return MagicMock(client=lambda service: client)

    def test_tables_of_an_unfinished_restore_are_found(self):
        account = self.account(["rejoin-prod-messages", "rejoin-prod-rooms-at-20261130t091500", "rejoin-trial-rooms-at-20261130t091500"])
        self.assertEqual(["rejoin-prod-rooms-at-20261130t091500"], restore.unfinished(account, Stage("prod")))

    def test_a_table_that_came_later_stays_as_it_is(self):
        client = MagicMock()
        client.describe_table.side_effect = lambda TableName: {"Table": {"CreationDateTime": AT + timedelta(hours=TableName.endswith("-shops"))}}
        asked = lambda at: restore._existing_tables(MagicMock(client=lambda service: client), Stage("prod"), at)
        every = [f"rejoin-prod-{it}" for it in restore.TABLES]
        self.assertEqual(every[:-1], asked(AT))
        self.assertEqual(every, asked(AT + timedelta(hours=1)))
        self.assertEqual(every, asked(AT - timedelta(hours=1)), "DynamoDB says why that cannot be")

    def test_an_impossible_restore_is_refused_before_anything_changes(self):
        ask = lambda account, at: restore._check_recoverable(account, Stage("prod"), at, {"rejoin-prod-rooms": "rejoin-prod-rooms-at-1"})
        ask(self.account(["rejoin-prod-rooms"]), AT)
        ask(self.account(["rejoin-prod-rooms"], span=timedelta()), AT)
        for account, at, said in (
            (self.account(["rejoin-prod-rooms"]), AT - timedelta(days=2), "rejoin-prod-rooms can be restored to a time from 2026-11-29 09:15:00 to"),
            (self.account(["rejoin-prod-rooms"]), AT + timedelta(days=2), "to 2026-12-01 09:15:00 UTC"),
            (self.account(["rejoin-prod-rooms", "rejoin-prod-rooms-at-2"]), AT, "Another restore of prod is unfinished"),
        ):
            with self.subTest(said), self.assertRaisesRegex(Failure, said):
                ask(account, at)
        ask(self.account(["rejoin-prod-rooms", "rejoin-prod-rooms-at-1"]), AT - timedelta(days=2))  # it is there already
