import unittest
from types import SimpleNamespace
from unittest.mock import MagicMock

import boto3
from botocore.exceptions import ClientError, EndpointConnectionError
from botocore.stub import Stubber

from . import readiness, template
from .stack import Stack
from .terminal import Failure

_UNVERIFIED = ("Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS "
               "Support (https://console.aws.amazon.com/support/home#/) and include this error message.")


class _Account:
    """One whose services answer what they are told to, and else nothing in particular."""
    region, emulator, id = "ap-northeast-2", "", "123456789012"
    refused = ("list_topics",)

    def __init__(self, free: int = 1000, missing: tuple = (), distribution: str = "NoSuchOrigin", said: str = "One or more of your origins"):
        self.free, self.missing = free, missing
        self.cloudfront = boto3.Session("key", "secret", region_name="us-east-1").client("cloudfront")
        self.stubber = Stubber(self.cloudfront)
        self.stubber.add_client_error("create_distribution", distribution, said, 403)
        self.stubber.activate()

    def client(self, service: str):
        if service == "cloudfront":
            return self.cloudfront
        client = MagicMock()
        if service in self.missing:
            for name in ("list_user_pools", "list_schedules"):
                getattr(client, name).side_effect = EndpointConnectionError(endpoint_url=f"https://{service}.example")
        for name in self.refused:
            getattr(client, name).side_effect = ClientError({"Error": {"Code": "AccessDenied"}}, name)
        client.get_account_settings.return_value = {"AccountLimit": {"UnreservedConcurrentExecutions": self.free}}
        client.describe_table.side_effect = lambda TableName: {"Table": self.table}
        return client


def deployed(*resources: dict):
    stack = Stack(SimpleNamespace(client=MagicMock(), emulator=""), "rejoin-prod")
    stack.describe, stack.resources = lambda: resources or None, lambda _: list(resources)
    return stack


def resource(name: str, kind: str, status: str = "CREATE_COMPLETE") -> dict:
    return {"LogicalResourceId": name, "PhysicalResourceId": f"its-{name}", "ResourceType": kind, "ResourceStatus": status}


class ReadinessTest(unittest.TestCase):
    def test_an_account_with_everything_gets_no_note(self):
        account = _Account()
        self.assertEqual([], readiness.check(account, deployed()))
        account.stubber.assert_no_pending_responses()

    def test_a_new_account_gets_a_note_about_its_concurrency(self):
        for free, told in ((10, True), (99, True), (100, False)):
            said = readiness.check(_Account(free), deployed())
            self.assertEqual(told, bool(said))
        self.assertIn("This account and region allow 10 concurrent Lambda executions", readiness.check(_Account(10), deployed())[0])

    def test_the_right_to_read_the_concurrency_is_not_needed(self):
        account = _Account()
        account.refused = ("get_account_settings",)
        self.assertEqual([], readiness.check(account, deployed()))

    def test_an_unverified_account_is_refused_before_anything_is_created(self):
        with self.assertRaisesRegex(Failure, "^Nothing was deployed. AWS has not verified this account yet, .* AWS Support"):
            readiness.check(_Account(distribution="AccessDenied", said=_UNVERIFIED), deployed())

    def test_a_stage_that_has_its_distribution_is_not_checked_for_it(self):
        account = _Account(distribution="AccessDenied", said=_UNVERIFIED)
        self.assertEqual([], readiness.check(account, deployed(resource("Distribution", "AWS::CloudFront::Distribution"))))
        with self.assertRaises(Failure):  # the first deployment failed, and took it back
            readiness.check(account, deployed(resource("Distribution", "AWS::CloudFront::Distribution", "DELETE_COMPLETE")))

    def test_services_that_the_region_lacks_are_named(self):
        with self.assertRaisesRegex(Failure, "^Nothing was deployed. Amazon Cognito, Amazon EventBridge Scheduler cannot be reached in ap-northeast-2: "):
            readiness.check(_Account(missing=("cognito-idp", "scheduler")), deployed())

    def test_every_service_of_the_template_is_checked(self):
        asked = {"lambda": "Lambda", "dynamodb": "DynamoDB", "apigatewayv2": "ApiGatewayV2", "cognito-idp": "Cognito", "scheduler": "Scheduler",
                 "ssm": "SSM", "s3": "S3", "logs": "Logs", "cloudwatch": "CloudWatch", "sns": "SNS"}
        self.assertEqual(asked.keys(), readiness._SERVICES.keys())
        everywhere = {"IAM", "CloudFront", "Route53"}  # they are of no region
        kinds = {it["Type"].split("::")[1] for it in template.read()["Resources"].values()} - {"Serverless"}
        self.assertEqual(set(), kinds - set(asked.values()) - everywhere)

    def test_a_deployed_table_changes_one_index_at_a_time(self):
        account = _Account()
        account.table = template.tables()["RoomsTable"]
        there = deployed(resource("Distribution", "AWS::CloudFront::Distribution"), resource("RoomsTable", "AWS::DynamoDB::Table"))
        self.assertEqual([], readiness.check(account, there))
        account.table = account.table | {"GlobalSecondaryIndexes": account.table["GlobalSecondaryIndexes"][2:]}
        with self.assertRaisesRegex(Failure, "^rejoin-prod was not changed: this would change more than one index of RoomsTable at once"):
            readiness.check(account, there)
