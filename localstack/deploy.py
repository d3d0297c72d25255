"""Brings the template to the emulator by the commands that bring it to AWS, then the pages and the log-ins."""
import json
import mimetypes
import os
import platform
import secrets

import boto3
from botocore.config import Config

from customers import tokens
from settings import HERE, REGION, SECRET_PARAMETER, STACK, TEMPLATE, VENV, WEB, Settings
from steps import run, step

_ARTIFACTS = f"{STACK}-artifacts"
_KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
_PASSWORD = "Rejoin-demo-1"
AGENTS = [{"username": "admin", "password": _PASSWORD, "admin": True},
          {"username": "minji", "password": _PASSWORD, "admin": False},
          {"username": "alex", "password": _PASSWORD, "admin": False}]


class Deployment:
    def __init__(self, settings: Settings):
        self.settings = settings
        config = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 2})
        session = boto3.Session("test", "test", region_name=REGION)
        self._client = lambda service: session.client(service, endpoint_url=settings.url, config=config)

    def secret(self) -> str:
        """The secret that signs the demo shop's customers: made once, kept as long as the state folder."""
        kept = self.settings.state / "site-secret"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(32))
        value = kept.read_text()
        self._client("ssm").put_parameter(Name=SECRET_PARAMETER, Type="SecureString", Value=value, Overwrite=True)
        return value

    def stack(self) -> None:
        self._client("s3").create_bucket(Bucket=_ARTIFACTS)
        packaged = self.settings.state / "packaged.yaml"
        origins = self.settings.url.replace("//localhost", "//127.0.0.1")
        architecture = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
        self._aws("package", "--template-file", TEMPLATE, "--s3-bucket", _ARTIFACTS, "--output-template-file", packaged)
        self._aws("deploy", "--template-file", packaged, "--stack-name", STACK, "--s3-bucket", _ARTIFACTS,
                  "--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset", "--parameter-overrides",
                  f"EmulatorHost={self.settings.host}", f"AllowedOrigins={origins}", f"Architecture={architecture}")

    def _aws(self, action: str, *arguments) -> None:
        env = {"PATH": os.environ["PATH"], "HOME": str(self.settings.state), "AWS_CONFIG_FILE": str(HERE / "aws.cfg"),
               "AWS_ENDPOINT_URL": self.settings.url, **_KEYS}
        run([VENV / "bin" / "aws", "cloudformation", action, *arguments], self.settings.state / f"{action}.log", HERE, env)

    def describe(self) -> tuple[dict, dict]:
        """The stack's outputs, and its resources as logical id → physical id."""
        client = self._client("cloudformation")
        stack = client.describe_stacks(StackName=STACK)["Stacks"][0]
        resources = client.describe_stack_resources(StackName=STACK)["StackResources"]
        return ({output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]},
                {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources})

    def pages(self, outputs: dict, secret: str) -> None:
        client, dist = self._client("s3"), WEB / "dist"
        config = {"ws": outputs["Ws"], "issuer": outputs["Issuer"], "clientId": outputs["ClientId"], "login": outputs["Login"]}
        files = {str(path.relative_to(dist)): path.read_bytes() for path in sorted(dist.rglob("*")) if path.is_file()}
        made = {"config.json": config, "demo/customers.json": tokens(secret)}
        for name, body in (files | {name: json.dumps(value, indent=2).encode() for name, value in made.items()}).items():
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            if kind.startswith("text/") or kind.endswith(("javascript", "json")):
                kind += "; charset=utf-8"
            client.put_object(Bucket=outputs["WebBucket"], Key=name, Body=body, ContentType=kind, CacheControl="no-cache")

    def agents(self, outputs: dict) -> list[dict]:
        """Creates who is missing; the id of each is that of their tokens."""
        client, pool, known = self._client("cognito-idp"), outputs["UserPoolId"], []
        for agent in AGENTS:
            name = agent["username"]
            attributes = {"email": f"{name}@example.com", "email_verified": "true", "name": name.capitalize()}
            try:
                client.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS", UserAttributes=[
                    {"Name": key, "Value": value} for key, value in attributes.items()])
            except client.exceptions.UsernameExistsException:
                pass
            client.admin_set_user_password(UserPoolId=pool, Username=name, Password=agent["password"], Permanent=True)
            if agent["admin"]:
                client.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName="admins")
            kept = client.admin_get_user(UserPoolId=pool, Username=name)["UserAttributes"]
            values = {attribute["Name"]: attribute["Value"] for attribute in kept}
            known.append(agent | {"id": "a_" + values["sub"], "name": values["name"]})
        return known


def deploy(settings: Settings) -> dict:
    """Deploys everything and returns what endpoints.json holds."""
    deployment = Deployment(settings)
    with step("Deploying infra/template.yaml"):
        secret = deployment.secret()
        deployment.stack()
        outputs, resources = deployment.describe()
    with step("Uploading the pages, creating the agents"):
        deployment.pages(outputs, secret)
        agents = deployment.agents(outputs)
    named = lambda kind: {logical.removesuffix(kind).lower(): physical for logical, physical in sorted(resources.items())
                          if logical.endswith(kind)}
    return {"ws": outputs["Ws"], "aws": settings.url, "region": REGION,
            "demo": f"{outputs['Pages']}/demo/index.html", "console": f"{outputs['Pages']}/console/index.html",
            "issuer": outputs["Issuer"], "clientId": outputs["ClientId"], "siteSecret": secret,
            "tables": named("Table"), "functions": named("Function"), "agents": agents}
