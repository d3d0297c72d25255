"""What keeps a stage from being deleted by anything but `make destroy`. It is no part of the template: CloudFormation could not
take back what is protected, when a deployment fails that made it."""
from account import Account
from formation import Formation
from stage import Stage


def put(account: Account, stage: Stage, on: bool) -> None:
    """Protects the stack and its tables, or does so no longer."""
    Formation(account, stage.stack).protect(on)
    client = account.client("dynamodb")
    for name in tables(account, stage):
        table(client, name, on)


def tables(account: Account, stage: Stage) -> list[str]:
    """The stage's, whether they have a stack or not."""
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
