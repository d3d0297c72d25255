"""The one way in which a stage is deployed, to AWS and to an emulator."""
import hashlib
import platform
from collections.abc import Callable
from dataclasses import dataclass

from . import build, pages, readiness, restore, shops, template
from .account import Account
from .stack import Stack, protect
from .stage import Stage
from .terminal import Failure, step

_PACKAGED = "packaged.yaml"
_COLLISIONS = ("concurrent modification", "internal failure")  # what API Gateway says, and what CloudStack may make of it
_GO = {"arm64": "arm64", "x86_64": "amd64"}  # the architectures, as Go names them


@dataclass(frozen=True)
class Deployed:
    outputs: dict[str, str]
    resources: list[dict]
    secret_made: bool


def deploy(account: Account, stage: Stage, parameters: dict[str, str], more_pages=lambda: {}) -> Deployed:
    """Builds and deploys what is in the checkout: first the functions, which still understand the pages that are open, then
    the pages. `more_pages` gives further JSON files for the pages, by name, once the stack stands."""
    native = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    parameters = {"Architecture": native if account.emulator else "arm64", "DomainPrefix": f"{stage.stack}-{account.id}",
                  **parameters, "Stage": stage.name, "SiteSecretParameter": stage.secret, "EmulatorHost": account.emulator}
    template.check_parameters(parameters, account.region)
    stack = Stack(account, stage.stack)
    for words in readiness.check(account, stack):
        print(f"  Note: {words}")
    if restore.unfinished(account, stage):
        print(f"  Note: A restore of {stage.name} is unfinished, and nobody may be able to chat: run `make restore` again to finish it.")
    with build.alone():
        build.functions(stage.logs, None if account.emulator else _GO.get(parameters["Architecture"]))
        build.web(stage.logs)
        with step("Uploading the functions"):
            uploaded = _package(account, stage)
        with step(f"Deploying {stage.stack}") as say:
            made = shops.make_secret(account, stage.secret)
            _apply(stack, uploaded, parameters, say)
            _answers(account, stage, stack.resources())
            protect(account, stage, True)
            _prune(account, stage, uploaded)
        outputs = stack.outputs()
        with step("Uploading the pages"):
            pages.publish(account, outputs, more_pages())
    return Deployed(outputs, stack.resources(), made)


def _apply(stack: Stack, template_url: str, parameters: dict[str, str], say: Callable[[str], None]) -> None:
    """Tries once more where API Gateway refused one of two changes of an API at the same moment."""
    try:
        stack.apply(template_url, parameters, say)
    except Failure as failure:
        if not any(words in str(failure).lower() for words in _COLLISIONS):
            raise
        stack.apply(template_url, parameters, say)


def _answers(account: Account, stage: Stage, resources: list[dict]) -> None:
    """Checks that the API was deployed: API Gateway does that by itself, after the stack, and reports it at the API's stage only."""
    api = next(it["PhysicalResourceId"] for it in resources if it["ResourceType"] == "AWS::ApiGatewayV2::Api")
    said = account.client("apigatewayv2").get_stage(ApiId=api, StageName=stage.name).get("LastDeploymentStatusMessage", "")
    if "fail" in said.lower():
        raise Failure(f"{stage.stack} was changed, but API Gateway did not deploy its API: {said} Deploy again.")


def _package(account: Account, stage: Stage) -> str:
    """Uploads the functions and the template that names them, by its content: who deploys at the same moment uploads another one.
    Returns that one's address."""
    bucket, packaged = stage.artifacts(account), stage.logs / _PACKAGED
    pages.ensure_bucket(account, bucket)
    account.cli(stage.logs / "package.log", "cloudformation", "package", "--template-file", template.FILE,
                "--s3-bucket", bucket, "--output-template-file", packaged)
    s3 = account.client("s3")
    body = packaged.read_bytes()
    key = f"{hashlib.sha256(body).hexdigest()[:32]}.yaml"
    s3.put_object(Bucket=bucket, Key=key, Body=body, ExpectedBucketOwner=account.id)
    return f"{s3.meta.endpoint_url}/{bucket}/{key}"


def _prune(account: Account, stage: Stage, uploaded: str) -> None:
    """Deletes what was uploaded for earlier deployments: only to take a change back does CloudStack need it."""
    named = (stage.logs / _PACKAGED).read_text()
    for it in account.bucket(stage.artifacts(account)).objects.all():
        if it.key not in named and not uploaded.endswith(f"/{it.key}"):
            it.delete()
