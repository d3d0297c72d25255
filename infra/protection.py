"""Deletion protection: only `make destroy` deletes a stage. It is not in the template, since CloudFormation could not roll back
protected resources when the deployment that made them fails."""
from account import Account
from formation import Formation
from stage import Stage


def put(account: Account, stage: Stage, on: bool) -> None:
    """Switches the protection of the stack and its tables on or off."""
    Formation(account, stage.stack).protect(on)
    client = account.client("dynamodb")
    for name in tables(account, stage):
        table(client, name, on)


def tables(account: Account, stage: Stage) -> list[str]:
    """The stage's tables, whether or not a stack still has them."""
    pages = account.client("dynamodb").get_paginator("list_tables").paginate(ExclusiveStartTableName=f"{stage.stack}-")
    return [name for page in pages for name in page["TableNames"] if name.startswith(f"{stage.stack}-")]


def table(client, name: str, on: bool) -> None:
    if client.describe_table(TableName=name)["Table"].get("DeletionProtectionEnabled", False) != on:
        client.update_table(TableName=name, DeletionProtectionEnabled=on)
        client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def drop(client, name: str) -> None:
    """Deletes a table, protected or not, and waits until its name is free again."""
    table(client, name, False)
    client.delete_table(TableName=name)
    client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 2, "MaxAttempts": 150})
