import copy
import unittest
from types import SimpleNamespace
from unittest.mock import MagicMock

from . import losses, template
from .stack import Stack
from .terminal import Failure


def change(action: str, kind: str, replacement: str | None = None) -> dict:
    """As DescribeChangeSet tells of it."""
    more = {"Replacement": replacement} if replacement else {}
    return {"Action": action, "LogicalResourceId": kind.split("::")[-1], "PhysicalResourceId": "there", "ResourceType": kind,
            "Scope": ["Properties"] if action == "Modify" else [], "Details": []} | more


class ChangesTest(unittest.TestCase):
    def test_resources_with_data_are_neither_replaced_nor_removed(self):
        for kind in ("AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolDomain", "AWS::Cognito::UserPoolClient",
                     "AWS::ApiGatewayV2::Api", "AWS::CloudFront::Distribution", "AWS::S3::Bucket"):
            name = kind.split("::")[-1]
            for it, verb in ((change("Modify", kind, "True"), "replace"), (change("Modify", kind, "Conditional"), "perhaps replace"),
                             (change("Remove", kind), "remove"), (change("Dynamic", kind), "perhaps replace")):
                with self.subTest(kind, verb=verb):
                    self.assertEqual([f"{verb} {name}"], losses.of_changes([change("Add", kind), it, change("Modify", kind, "False")]))

    def test_an_emulator_is_believed_only_where_it_is_certain(self):
        kind = "AWS::CloudFront::Distribution"
        self.assertEqual([], losses.of_changes([change("Modify", kind, "Conditional")], emulated=True))
        self.assertEqual(["replace Distribution", "remove Distribution"],
                         losses.of_changes([change("Modify", kind, "True"), change("Remove", kind)], emulated=True))

    def test_other_resources_may_be_replaced(self):
        for kind in ("AWS::Lambda::Function", "AWS::IAM::Role", "AWS::ApiGatewayV2::Route", "AWS::CloudFront::ResponseHeadersPolicy"):
            self.assertEqual([], losses.of_changes([change("Modify", kind, "True"), change("Modify", kind, "Conditional"), change("Remove", kind)]))

    def test_a_change_that_would_lose_something_is_not_executed(self):
        client = MagicMock()
        client.describe_stacks.return_value = {"Stacks": [{"StackStatus": "UPDATE_COMPLETE"}]}
        changes = [change("Modify", "AWS::CloudFront::Distribution", "Conditional"), change("Remove", "AWS::S3::Bucket")]
        client.get_paginator().paginate.return_value = [{"Changes": [{"Type": "Resource", "ResourceChange": it} for it in changes]}]
        stack = Stack(SimpleNamespace(client=lambda service: client, emulator=""), "rejoin-prod")
        with self.assertRaisesRegex(Failure, "^rejoin-prod was not changed: this would perhaps replace Distribution, remove Bucket, "):
            stack.apply("", {}, print)
        client.execute_change_set.assert_not_called()
        client.delete_change_set.assert_called_once()


class ReleaseTest(unittest.TestCase):
    """Against infra/released.json: what a stage has that runs the last release, or the one that is about to be."""

    def setUp(self):
        self.released = losses.released()

    def test_this_version_can_be_deployed_over_the_last_release(self):
        self.assertEqual([], losses.of_update(self.released, template.read()["Resources"]))
        self.assertGreaterEqual(len(self.released), 14)

    def test_two_indexes_of_one_table_do_not_change_at_once(self):
        rooms = self.released["RoomsTable"]["Properties"]["GlobalSecondaryIndexes"]
        one, two = copy.deepcopy(rooms[0]) | {"IndexName": "one"}, copy.deepcopy(rooms[0]) | {"IndexName": "two"}
        other = copy.deepcopy(rooms)
        other[0]["Projection"] = {"ProjectionType": "ALL"}
        turned = copy.deepcopy(rooms)
        turned[0]["KeySchema"][1]["AttributeName"] = "ended"
        for indexes, refused in ((rooms, False), (rooms[::-1], False), ([*rooms, one], False), (rooms[1:], False), ([*rooms, one, two], True),
                                 (rooms[2:], True), ([*rooms[1:], one], True), (other, True), (turned, True), ([], True)):
            with self.subTest([it["IndexName"] for it in indexes]):
                self.assertEqual(refused, bool(self._lost("RoomsTable", GlobalSecondaryIndexes=indexes)))
        self.assertEqual(["change more than one index of RoomsTable at once (one, two)"],
                         self._lost("RoomsTable", GlobalSecondaryIndexes=[*rooms, one, two]))

    def test_indexes_of_several_tables_may_change_at_once(self):
        now = copy.deepcopy(self.released)
        for table in ("RoomsTable", "AgentsTable", "ConnectionsTable"):
            now[table]["Properties"]["GlobalSecondaryIndexes"].pop()
        self.assertEqual([], losses.of_update(self.released, now))

    def test_an_update_that_would_lose_data_is_found(self):
        for name, changed in (("MessagesTable", {"TableName": "texts"}), ("MessagesTable", {"KeySchema": []}), ("WebBucket", {"BucketName": "web"}),
                              ("UserPool", {"UsernameConfiguration": {"CaseSensitive": True}}), ("UserPool", {"UsernameAttributes": ["email"]}),
                              ("UserPoolDomain", {"Domain": "login"}), ("UserPoolClient", {"GenerateSecret": True}), ("Api", {"ProtocolType": "HTTP"})):
            with self.subTest(name, changed=changed):
                self.assertEqual([f"replace {name}, for its {next(iter(changed))}"], self._lost(name, **changed))
        kinds = [{"AttributeName": "customerId", "AttributeType": "N"}, *self.released["MessagesTable"]["Properties"]["AttributeDefinitions"][1:]]
        self.assertEqual(["replace MessagesTable, for the type of customerId"], self._lost("MessagesTable", AttributeDefinitions=kinds))
        now = copy.deepcopy(self.released)
        now["Distribution"]["Condition"] = now["UserPool"]["Condition"] = "OnAws"
        self.assertEqual([f"remove {it} where OnAws does not hold" for it in ("Distribution", "UserPool")], losses.of_update(self.released, now))
        for name in self.released:
            now = {key: it for key, it in self.released.items() if key != name}
            self.assertEqual([f"remove {name}"], losses.of_update(self.released, now))
            self.assertEqual([f"remove {name}"], losses.of_update(self.released, now | {name: {"Type": "AWS::SQS::Queue", "Properties": {}}}))

    def _lost(self, name: str, **properties) -> list[str]:
        now = copy.deepcopy(self.released)
        now[name]["Properties"] |= properties
        return losses.of_update(self.released, now)
