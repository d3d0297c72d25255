"""Checks the account before a deployment creates anything, so that it does not fail half-way."""
import time

from botocore.exceptions import ClientError, EndpointConnectionError

from . import losses, template
from .account import Account, advice_on
from .stack import Stack
from .terminal import Failure

_ENOUGH = 100  # concurrent executions: a new account may have 10
# One harmless call to each service that a stage uses: its name, the method, its arguments.
_SERVICES = {
    "lambda": ("AWS Lambda", "get_account_settings", {}),
    "dynamodb": ("Amazon DynamoDB", "list_tables", {"Limit": 1}),
    "apigatewayv2": ("Amazon API Gateway", "get_apis", {"MaxResults": "1"}),
    "cognito-idp": ("Amazon Cognito", "list_user_pools", {"MaxResults": 1}),
    "scheduler": ("Amazon EventBridge Scheduler", "list_schedules", {"MaxResults": 1}),
    "ssm": ("AWS Systems Manager", "describe_parameters", {"MaxResults": 1}),
    "s3": ("Amazon S3", "list_buckets", {}),
    "logs": ("Amazon CloudWatch Logs", "describe_log_groups", {"limit": 1}),
    "cloudwatch": ("Amazon CloudWatch", "describe_alarms", {"MaxRecords": 1}),
    "sns": ("Amazon SNS", "list_topics", {}),
}


def check(account: Account, stack: Stack) -> list[str]:
    """Returns notes about the account. Raises a Failure where the stage cannot be deployed to it."""
    there = stack.existing_resources() if stack.describe() else []
    _check_region(account)
    _check_indexes(account, stack, {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in there
                                  if it["ResourceType"] == "AWS::DynamoDB::Table"})
    if not any(it["ResourceType"] == "AWS::CloudFront::Distribution" for it in there):
        _check_distributions(account)
    return _concurrency_note(account)


def _check_region(account: Account) -> None:
    missing = []
    for service, (name, method, arguments) in _SERVICES.items():
        try:
            getattr(account.client(service), method)(**arguments)
        except EndpointConnectionError:
            missing.append(name)
        except ClientError:  # an error is an answer too: the service exists
            pass
    if missing:
        raise Failure(f"Nothing was deployed. {', '.join(missing)} cannot be reached in {account.region}: choose a region that has every service "
                      "that docs/deploy.md names, or check this machine's network.")


def _concurrency_note(account: Account) -> list[str]:
    try:
        free = account.client("lambda").get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"]
    except ClientError:  # a role that may deploy need not have this right, and only a note depends on it
        return []
    if free >= _ENOUGH:
        return []
    return [f"This account and region allow {free} concurrent Lambda executions, and Lambda refuses more: enough to try it with a few "
            "people, not for a shop. Ask for more in Service Quotas: AWS Lambda, “Concurrent executions”, 1,000."]


def _check_distributions(account: Account) -> None:
    """Requests an invalid distribution, whose behavior names an origin that it lacks. AWS always refuses it, with another error if the
    account may have no distribution at all. An emulator may create it."""
    cloudfront = account.client("cloudfront")
    try:
        made = cloudfront.create_distribution(DistributionConfig={
            "CallerReference": f"rejoin-{time.time_ns()}", "Comment": "a check", "Enabled": False,
            "Origins": {"Quantity": 1, "Items": [{"Id": "here", "DomainName": "example.com", "CustomOriginConfig": {
                "HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]},
            "DefaultCacheBehavior": {"TargetOriginId": "elsewhere", "ViewerProtocolPolicy": "https-only",
                                     "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"}})
    except ClientError as error:
        advice = advice_on(error.response["Error"].get("Message", ""))
        if advice:
            raise Failure(f"Nothing was deployed. {advice}") from error
    else:
        cloudfront.delete_distribution(Id=made["Distribution"]["Id"], IfMatch=made["ETag"])


def _check_indexes(account: Account, stack: Stack, tables: dict[str, str]) -> None:
    client, wanted = account.client("dynamodb"), template.tables()
    changed = [change for logical, name in tables.items() if logical in wanted
               for change in losses.of_index_changes(logical, client.describe_table(TableName=name)["Table"], wanted[logical])]
    if changed:
        raise Failure(f"{stack.name} was not changed: this would {'; '.join(changed)}, and DynamoDB changes one at a time. "
                      "Deploy the versions in between, one after the other.")
