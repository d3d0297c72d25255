import unittest
from types import SimpleNamespace

import boto3
from botocore.stub import Stubber

from .stack import protect
from .stage import Stage

_KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}


class ProtectionTest(unittest.TestCase):
    def setUp(self):
        self.dynamo, self.stacks = (boto3.client(it, "eu-west-1", **_KEYS) for it in ("dynamodb", "cloudformation"))
        self.account = SimpleNamespace(emulator="", client={"dynamodb": self.dynamo, "cloudformation": self.stacks}.get)

    def test_everything_unprotected_of_the_stage_is_protected_and_no_other_stage(self):
        with Stubber(self.dynamo) as dynamo, Stubber(self.stacks) as stacks:
            self._stack(stacks, False)
            stacks.add_response("update_termination_protection", {}, {"StackName": "rejoin-prod", "EnableTerminationProtection": True})
            dynamo.add_response("list_tables", {"TableNames": ["rejoin-prod-rooms", "rejoin-prod-stats", "rejoin-trial-rooms"]},
                                {"ExclusiveStartTableName": "rejoin-prod-"})
            self._table(dynamo, "rejoin-prod-rooms", False)
            dynamo.add_response("update_table", {}, {"TableName": "rejoin-prod-rooms", "DeletionProtectionEnabled": True})
            self._table(dynamo, "rejoin-prod-rooms", True)
            self._table(dynamo, "rejoin-prod-stats", True)
            protect(self.account, Stage("prod"), True)
            dynamo.assert_no_pending_responses()
            stacks.assert_no_pending_responses()

    def test_protection_is_removed(self):
        with Stubber(self.dynamo) as dynamo, Stubber(self.stacks) as stacks:
            self._stack(stacks, True)
            stacks.add_response("update_termination_protection", {}, {"StackName": "rejoin-prod", "EnableTerminationProtection": False})
            dynamo.add_response("list_tables", {"TableNames": ["rejoin-prod-rooms"]}, {"ExclusiveStartTableName": "rejoin-prod-"})
            self._table(dynamo, "rejoin-prod-rooms", True)
            dynamo.add_response("update_table", {}, {"TableName": "rejoin-prod-rooms", "DeletionProtectionEnabled": False})
            self._table(dynamo, "rejoin-prod-rooms", False)
            protect(self.account, Stage("prod"), False)
            dynamo.assert_no_pending_responses()
            stacks.assert_no_pending_responses()

    def _stack(self, stacks: Stubber, protected: bool) -> None:
        stacks.add_response("describe_stacks", {"Stacks": [{
            "StackName": "rejoin-prod", "CreationTime": 0, "StackStatus": "CREATE_COMPLETE", "EnableTerminationProtection": protected}]},
            {"StackName": "rejoin-prod"})

    def _table(self, dynamo: Stubber, name: str, protected: bool) -> None:
        dynamo.add_response("describe_table", {"Table": {"TableStatus": "ACTIVE", "DeletionProtectionEnabled": protected}},
                            {"TableName": name})
