"""One CloudFormation stack: what it is, and how it changes. And deletion protection: only `make destroy` deletes a stage. It is not in
the template, since CloudFormation could not roll back protected resources when the deployment that made them fails."""
import time
from collections.abc import Callable
from datetime import datetime

from botocore.exceptions import ClientError, WaiterError

from . import losses
from .account import Account, advice_on
from .stage import Stage
from .terminal import Failure

_PATIENCE = 600  # seconds for CloudFormation to work out a change
_NEVER_CREATED = {"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}


class Stack:
    def __init__(self, account: Account, name: str):
        self.name, self._client = name, account.client("cloudformation")
        self._emulated = bool(account.emulator)
        self._pause = 0.1 if self._emulated else 4  # seconds between two looks at a change

    def describe(self) -> dict | None:
        """CloudFormation's description; None if there is no such stack."""
        try:
            return self._client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if error.response["Error"]["Code"] == "ValidationError":
                return None
            raise

    def outputs(self) -> dict[str, str]:
        stack = self.describe() or {}
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def parameters(self) -> dict[str, str]:
        """The parameters of its last deployment."""
        return {it["ParameterKey"]: it["ParameterValue"] for it in (self.describe() or {}).get("Parameters", [])}

    def resources(self, stack_id: str | None = None) -> list[dict]:
        pages = self._client.get_paginator("list_stack_resources").paginate(StackName=stack_id or self.name)
        return [resource for page in pages for resource in page["StackResourceSummaries"]]

    def existing_resources(self, stack_id: str | None = None) -> list[dict]:
        """The resources that the stack has now. CloudFormation also lists deleted and retained ones."""
        return [it for it in self.resources(stack_id) if it["ResourceStatus"] not in ("DELETE_COMPLETE", "DELETE_SKIPPED")]

    def apply(self, template: str, parameters: dict[str, str], report: Callable[[str], None]) -> None:
        """Creates or updates the stack from a template's text, or its address. A parameter that is not given has the template's default."""
        kind = self._change_type(report)
        change = {"StackName": self.name, "ChangeSetName": f"deploy-{time.time_ns()}"}
        source = {"TemplateBody" if "\n" in template else "TemplateURL": template}
        self._client.create_change_set(
            **change, **source, ChangeSetType=kind, Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in sorted(parameters.items())])
        changes = self._changes(change)
        if not changes:
            self._client.delete_change_set(**change)
            return
        losing = losses.of_changes(changes, self._emulated)
        if losing:
            self._client.delete_change_set(**change)
            raise Failure(f"{self.name} was not changed: this would {', '.join(losing)}, and lose its data or its "
                          "address. Deploy such a change as a new stage.")
        self._client.execute_change_set(**change)
        self._wait_for_end(len(changes), report)

    def _change_type(self, report: Callable[[str], None]) -> str:
        """The type of change set that the stack's state allows."""
        status = (self.describe() or {}).get("StackStatus")
        if status in _NEVER_CREATED:  # its first deployment failed: it is empty and cannot be updated
            self.delete(report)
            status = None
        if status in (None, "REVIEW_IN_PROGRESS"):
            return "CREATE"
        if status == "UPDATE_ROLLBACK_FAILED":
            raise Failure(f"An earlier change of {self.name} could not be rolled back: "
                          f"`aws cloudformation continue-update-rollback --stack-name {self.name}`, then deploy again.")
        if status == "DELETE_FAILED":
            raise Failure(f"{self.name} is partly deleted: delete the rest with `make destroy`, then deploy again.")
        if status.endswith("_IN_PROGRESS"):
            raise Failure(f"{self.name} is being changed already ({status}): wait until that has ended.")
        return "UPDATE"

    def _changes(self, change: dict) -> list[dict]:
        try:
            self._client.get_waiter("change_set_create_complete").wait(
                **change, WaiterConfig={"Delay": self._pause, "MaxAttempts": int(_PATIENCE / self._pause)})
        except WaiterError as error:
            reason = error.last_response.get("StatusReason", str(error))
            if "didn't contain changes" in reason or "No updates are to be performed" in reason:
                return []
            refused = self._client.describe_change_set(**change)["CreationTime"]
            raise Failure(f"CloudFormation refuses to change {self.name}: {reason} {self._first_failure(refused, **change)}")
        pages = self._client.get_paginator("describe_change_set").paginate(**change)
        return [it["ResourceChange"] for page in pages for it in page["Changes"] if it["Type"] == "Resource"]

    def _wait_for_end(self, total: int, report: Callable[[str], None]) -> None:
        """Waits for the end of a change. If it failed, the Failure says why."""
        time.sleep(self._pause)
        stack = self.describe()
        started = stack.get("LastUpdatedTime", stack["CreationTime"])
        while stack["StackStatus"].endswith("_IN_PROGRESS"):
            done = [it for it in self.resources() if it["ResourceStatus"].endswith("_COMPLETE") and it["LastUpdatedTimestamp"] >= started]
            report(f"{min(len(done), total)} of {total} resources")
            time.sleep(self._pause)
            stack = self.describe()
        if stack["StackStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            raise Failure(f"{self.name} was not changed ({stack['StackStatus']}): {self._first_failure(started, StackName=self.name)}")

    def protect(self, on: bool) -> None:
        """Turns termination protection on or off."""
        if (self.describe() or {}).get("EnableTerminationProtection", False) != on:
            self._client.update_termination_protection(StackName=self.name, EnableTerminationProtection=on)

    def delete(self, report: Callable[[str], None]) -> None:
        """Deletes the stack, except for resources that its template retains."""
        stack = self.describe()
        if not stack:
            return
        stack_id = stack["StackId"]  # a deleted stack is found by its id only
        total = len(self.resources(stack_id))
        self._client.delete_stack(StackName=self.name)
        while True:
            time.sleep(self._pause)
            stack = self._client.describe_stacks(StackName=stack_id)["Stacks"][0]
            if stack["StackStatus"] == "DELETE_COMPLETE":
                return
            if stack["StackStatus"] == "DELETE_FAILED":
                raise Failure(f"{self.name} could not be deleted: {self._first_failure(stack['DeletionTime'], StackName=stack_id)}")
            report(f"{len(self.existing_resources(stack_id))} of {total} resources are left")

    def _first_failure(self, since: datetime, **source) -> str:
        """The first failure since then: what follows is only cancelled."""
        pages = self._client.get_paginator("describe_events").paginate(Filters={"FailedEvents": True}, **source)
        failed = [event for page in pages for event in page["OperationEvents"] if event["Timestamp"] >= since]
        if not failed:
            return "CloudFormation does not report why."
        first = min(failed, key=lambda event: (event["EventType"] != "VALIDATION_ERROR", event["Timestamp"]))
        reason = first.get("ValidationStatusReason") or first.get("ResourceStatusReason", "no reason is given")
        return f"{first.get('LogicalResourceId', self.name)}: {reason} {advice_on(reason)}".rstrip()


def protect(account: Account, stage: Stage, on: bool) -> None:
    """Turns the deletion protection of the stack and its tables on or off."""
    Stack(account, stage.stack).protect(on)
    client = account.client("dynamodb")
    for name in tables(account, stage):
        protect_table(client, name, on)


def tables(account: Account, stage: Stage) -> list[str]:
    """The names of the stage's tables, whether or not a stack still has them."""
    pages = account.client("dynamodb").get_paginator("list_tables").paginate(ExclusiveStartTableName=f"{stage.stack}-")
    return [name for page in pages for name in page["TableNames"] if name.startswith(f"{stage.stack}-")]


def protect_table(client, name: str, on: bool) -> None:
    if client.describe_table(TableName=name)["Table"].get("DeletionProtectionEnabled", False) != on:
        client.update_table(TableName=name, DeletionProtectionEnabled=on)
        client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def drop_table(client, name: str) -> None:
    """Deletes a table, protected or not, and waits until its name can be used again."""
    protect_table(client, name, False)
    client.delete_table(TableName=name)
    client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 2, "MaxAttempts": 150})
