"""Deletes a stage with everything in it."""
from collections.abc import Callable
from dataclasses import dataclass

from . import edge, pages
from .account import Account
from .stack import Stack, drop_table, protect, tables
from .stage import Stage
from .terminal import Failure, step


@dataclass(frozen=True)
class Leftover:
    """Something of a stage that deleting its stack leaves."""
    words: str
    remove: Callable[[], object]


def destroy(account: Account, stage: Stage, confirmed: Callable[[str], bool]) -> None:
    """Lists what is there, asks for a confirmation, and deletes it all. After a failure it can be called again."""
    stack = Stack(account, stage.stack)
    described, rest = stack.describe(), leftovers(account, stage)
    if not described and not rest:
        raise Failure(f"There is no stage {stage.name} in account {account.id}, {account.region}.")
    print(f"Stage {stage.name} in account {account.id}, {account.region}:\n")
    for words in ([f"stack {stage.stack}: API, functions, pages"] if described else []) + [it.words for it in rest]:
        print(f"  {words}")
    print()
    if not confirmed(stage.name):
        raise Failure("Nothing was removed.")
    if described:
        web = [it["PhysicalResourceId"] for it in stack.existing_resources() if it["ResourceType"] == "AWS::S3::Bucket"]
        with step("Emptying the pages' bucket"):
            for name in web:
                pages.empty_bucket(account, name)
        with step(f"Removing {stage.stack}") as say:
            protect(account, stage, False)
            stack.delete(say)
    for it in leftovers(account, stage):
        with step(f"Removing {it.words}"):
            it.remove()
    left = leftovers(account, stage)
    if left:
        raise Failure(f"Not removed yet: {', '.join(it.words for it in left)}. Run it again in a minute.")
    print(f"\nNothing is left of stage {stage.name}.")


def leftovers(account: Account, stage: Stage) -> list[Leftover]:
    """Everything that is named after the stage and that deleting its stack leaves."""
    kinds = (_tables, _pools, _logs, _firewall, _parameters, _artifacts)
    return [leftover for kind in kinds for leftover in kind(account, stage)]


def _tables(account: Account, stage: Stage):
    client = account.client("dynamodb")
    for name in tables(account, stage):
        yield Leftover(f"table {name}: {_items(client, name)}", lambda name=name: drop_table(client, name))


def _items(client, table: str) -> str:
    """Exact if one page holds all items; of a bigger table DynamoDB updates its count every six hours."""
    first = client.scan(TableName=table, Select="COUNT")
    if "LastEvaluatedKey" not in first:
        return f"{first['Count']} items"
    return f"about {max(first['Count'], client.describe_table(TableName=table)['Table']['ItemCount'])} items"


def _pools(account: Account, stage: Stage):
    client = account.client("cognito-idp")
    for page in client.get_paginator("list_user_pools").paginate(MaxResults=60):
        for pool in page["UserPools"]:
            if pool["Name"] != stage.stack:
                continue
            pool = client.describe_user_pool(UserPoolId=pool["Id"])["UserPool"]
            if pool.get("UserPoolTags", {}).get("rejoin:stage") == stage.name:  # not a pool that the stage only uses
                yield Leftover(f"user pool {pool['Name']}: {pool.get('EstimatedNumberOfUsers', 0)} agents",
                              lambda id=pool["Id"]: client.delete_user_pool(UserPoolId=id))


def _logs(account: Account, stage: Stage):
    client = account.client("logs")
    for page in client.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=f"/aws/lambda/{stage.stack}-"):
        for group in page["logGroups"]:
            name = group["logGroupName"]
            yield Leftover(f"logs {name}: {group.get('storedBytes', 0)} bytes",
                          lambda name=name: client.delete_log_group(logGroupName=name))


def _firewall(account: Account, stage: Stage):
    """A web ACL can be deleted once the distribution is gone. The parameters tell that it is there, so it comes before them."""
    firewall = edge.firewall_of(account, stage)
    if firewall:
        yield Leftover(f"stack {firewall.name} in us-east-1: the web ACL", lambda: firewall.delete(lambda _: None))


def _parameters(account: Account, stage: Stage):
    """The secrets, and the shops beside the default one."""
    client = account.client("ssm")
    filters = [{"Key": "Name", "Option": "BeginsWith", "Values": [stage.parameter_path]}]
    for page in client.get_paginator("describe_parameters").paginate(ParameterFilters=filters):
        for name in [it["Name"] for it in page["Parameters"]]:
            yield Leftover(f"parameter {name}", lambda name=name: client.delete_parameter(Name=name))


def _artifacts(account: Account, stage: Stage):
    name = stage.artifacts_bucket(account)
    if pages.bucket_exists(account, name):
        yield Leftover(f"bucket {name}: the functions as they were uploaded", lambda: pages.remove_bucket(account, name))
