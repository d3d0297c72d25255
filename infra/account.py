"""The AWS account that the environment names, by the variables that every AWS tool reads; with AWS_ENDPOINT_URL an emulator."""
import os
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import (BotoCoreError, ClientError, EndpointConnectionError, NoCredentialsError, NoRegionError,
                                 ProfileNotFound)

from .machine import INFRA, VENV
from .terminal import Failure, run

_REFUSED = {"ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId", "InvalidClientTokenId", "RequestExpired",
            "SignatureDoesNotMatch", "UnrecognizedClientException"}
_FORBIDDEN = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


class Account:
    def __init__(self, session: boto3.Session, endpoint: str | None = None):
        self.session, self.endpoint = session, endpoint
        self._config = Config(s3={"addressing_style": "path"}, retries={"mode": "standard", "total_max_attempts": 5},
                              read_timeout=70)  # as long as a function may run, and some

    @property
    def emulator(self) -> str:
        """host:port of the emulator; empty on AWS."""
        return urlsplit(self.endpoint or "").netloc

    @property
    def region(self) -> str:
        return self.session.region_name

    @cached_property
    def id(self) -> str:
        return self.client("sts").get_caller_identity()["Account"]

    def client(self, service: str, region: str | None = None):
        return self.session.client(service, region, endpoint_url=self.endpoint, config=self._config)

    def bucket(self, name: str):
        return self.session.resource("s3", endpoint_url=self.endpoint, config=self._config).Bucket(name)

    @property
    def dynamo(self):
        """The tables, with items as Python has them."""
        return self.session.resource("dynamodb", endpoint_url=self.endpoint, config=self._config)

    def gateway(self, callback: str):
        """The connections of an API, at the address that it has for them."""
        return self.session.client("apigatewaymanagementapi", endpoint_url=callback, config=self._config)

    def cli(self, log: Path, *arguments) -> None:
        """Runs the AWS CLI of .venv with the same credentials, whatever the machine's own is configured to do."""
        keys = self.session.get_credentials().get_frozen_credentials()
        env = {name: value for name, value in os.environ.items() if not name.startswith("AWS_") or name == "AWS_CA_BUNDLE"}
        env |= {"AWS_CONFIG_FILE": str(INFRA / "aws.cfg"), "AWS_DEFAULT_REGION": self.region,
                "AWS_ACCESS_KEY_ID": keys.access_key, "AWS_SECRET_ACCESS_KEY": keys.secret_key}
        env |= {"AWS_SESSION_TOKEN": keys.token} if keys.token else {}
        env |= {"AWS_ENDPOINT_URL": self.endpoint} if self.endpoint else {}
        run([VENV / "bin" / "aws", *arguments], log, INFRA, env)


def chosen() -> Account:
    """The account that is logged in."""
    session = boto3.Session(region_name=os.environ.get("AWS_REGION") or None)
    if not session.region_name:
        raise NoRegionError()
    if session.get_credentials() is None:
        raise NoCredentialsError()
    return Account(session, os.environ.get("AWS_ENDPOINT_URL", "").rstrip("/") or None)


@contextmanager
def plainly():
    """What AWS refuses becomes a sentence."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Failure(_sentence(error)) from error


def _sentence(error: BotoCoreError | ClientError) -> str:
    match error:
        case NoCredentialsError():
            return "No AWS credentials were found: log in (`aws sso login`, `aws configure`), or set AWS_PROFILE."
        case NoRegionError():
            return "No region is chosen: set AWS_REGION, for instance AWS_REGION=ap-northeast-2."
        case ProfileNotFound():
            return f"{error}: see `aws configure list-profiles`."
        case EndpointConnectionError():
            return f"Nothing answers at {error.kwargs['endpoint_url']}: check the network, AWS_REGION and AWS_ENDPOINT_URL."
        case ClientError():
            code, message = error.response["Error"].get("Code", ""), error.response["Error"].get("Message", "")
            if code in _REFUSED:
                return f"AWS does not accept these credentials ({code}): log in again. A region that is new to the account has to be enabled first."
            if code in _FORBIDDEN:
                return f"These credentials do not allow {error.operation_name}: {message}"
            return f"AWS refused {error.operation_name}: {message} ({code})"
    return f"AWS cannot be asked: {error}"


def advised(said: str) -> str:
    """Advice on an error of AWS that gives none itself."""
    if "must be verified" in said:
        return ("AWS has not verified this account yet, and until then it may have no CloudFront distribution: open a case with AWS Support "
                "(account and billing, free of charge), and deploy again when they have answered.")
    if "arm64" in said:
        return 'Where Lambda has no such processors, deploy with {"Architecture": "x86_64"}.'
    return ""
