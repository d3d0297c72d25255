"""The one way in which a stage is deployed, to AWS and to an emulator."""
import hashlib
import platform
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass

from . import build, edge, pages, readiness, restore, shops, template
from .account import Account
from .stack import Stack, protect
from .stage import Stage
from .terminal import Failure, step, together

_COLLISIONS = ("concurrent modification", "internal failure")  # as API Gateway and CloudFormation report one
_GO = {"arm64": "arm64", "x86_64": "amd64"}  # the architectures, as Go names them
_CODE = re.compile(r"(?m)(?<= CodeUri: )\.\./build/(\w+)\.zip$")


@dataclass(frozen=True)
class Deployed:
    outputs: dict[str, str]
    resources: list[dict]
    secret_made: bool


def deploy(account: Account, stage: Stage, parameters: dict[str, str], more_pages=lambda: {}, built: bool = False) -> Deployed:
    """Builds what is in the checkout, unless the caller has, and deploys it: first the functions, which still understand the pages that
    are open, then the pages. `more_pages` gives further JSON files for the pages, by name, once the stack is deployed."""
    native = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    parameters = {"Architecture": native if account.emulator else "arm64", "DomainPrefix": f"{stage.stack}-{account.id}",
                  **parameters, "Stage": stage.name, "SiteSecretParameter": stage.secret, "EmulatorHost": account.emulator}
    template.check_parameters(parameters, account.region)
    stack = Stack(account, stage.stack)
    for words in readiness.check(account, stack) + edge.notes(stack.parameters(), parameters):
        print(f"  Note: {words}")
    if restore.unfinished(account, stage):
        print(f"  Note: A restore of {stage.name} is unfinished, and nobody may be able to chat: run `make restore` again to finish it.")
    arch = None if account.emulator else _GO.get(parameters["Architecture"])
    with nullcontext() if built else build.exclusively():
        if not built:
            together(lambda: build.functions(stage.logs, arch), lambda: build.web(stage.logs))
        with step("Uploading the functions"):
            template_url, uploaded = _upload(account, stage)
        edged = template.parameters_of(template.FILE, parameters | edge.make(account, stage, parameters))
        with step(f"Deploying {stage.stack}") as say:
            made = shops.make_secret(account, stage.secret)
            _apply(stack, template_url, edged, say)
            resources = stack.resources()
            _check_api(account, stage, resources)
            protect(account, stage, True)
            shops.write_list(account, stage)
            _prune(account, stage, uploaded)
        outputs = stack.outputs()
        with step("Uploading the pages"):
            pages.publish(account, outputs, more_pages())
        edge.unmake(account, stage, parameters)
    return Deployed(outputs, resources, made)


def _apply(stack: Stack, template_url: str, parameters: dict[str, str], say: Callable[[str], None]) -> None:
    """Tries once more if API Gateway refused one of two simultaneous changes of its API."""
    try:
        stack.apply(template_url, parameters, say)
    except Failure as failure:
        if not any(words in str(failure).lower() for words in _COLLISIONS):
            raise
        stack.apply(template_url, parameters, say)


def _check_api(account: Account, stage: Stage, resources: list[dict]) -> None:
    """Checks that the API was deployed. API Gateway does so after the stack is updated, and reports a failure only at the API's stage."""
    api = next(it["PhysicalResourceId"] for it in resources if it["ResourceType"] == "AWS::ApiGatewayV2::Api")
    status = account.client("apigatewayv2").get_stage(ApiId=api, StageName=stage.name).get("LastDeploymentStatusMessage", "")
    if "fail" in status.lower():
        raise Failure(f"{stage.stack} was changed, but API Gateway did not deploy its API: {status} Deploy again.")


def _upload(account: Account, stage: Stage) -> tuple[str, set[str]]:
    """Uploads the functions, and the template that names them, each under its content: another deployment at the same moment uploads its
    own. Returns the template's address, and the keys of everything that it needs."""
    bucket, s3 = stage.artifacts_bucket(account), account.client("s3")
    pages.ensure_bucket(account, bucket)
    there = {it.key for it in account.bucket(bucket).objects.all()}

    def put(name: str, body: bytes) -> str:
        key = f"{hashlib.sha256(body).hexdigest()[:32]}{name}"
        if key not in there:
            s3.put_object(Bucket=bucket, Key=key, Body=body, ExpectedBucketOwner=account.id)
        return key

    text = template.FILE.read_text()
    with ThreadPoolExecutor() as pool:
        keys = dict(pool.map(lambda name: (name, put(f"-{name}.zip", build.archive(name).read_bytes())), _CODE.findall(text)))
    packaged = put(".yaml", _CODE.sub(lambda code: f"s3://{bucket}/{keys[code[1]]}", text).encode())
    return f"{s3.meta.endpoint_url}/{bucket}/{packaged}", {packaged, *keys.values()}


def _prune(account: Account, stage: Stage, uploaded: set[str]) -> None:
    """Deletes the uploads of earlier deployments: CloudFormation needs them only to take a change back."""
    for it in account.bucket(stage.artifacts_bucket(account)).objects.all():
        if it.key not in uploaded:
            it.delete()
