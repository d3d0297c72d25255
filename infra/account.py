"""The AWS account that the environment names, by the variables that every AWS tool reads; with AWS_ENDPOINT_URL an emulator."""
import os
from contextlib import contextmanager
from functools import cached_property
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import (BotoCoreError, ClientError, EndpointConnectionError, NoCredentialsError, NoRegionError,
                                 ProfileNotFound)

from .terminal import Failure

_BAD_CREDENTIALS = {"ExpiredToken", "ExpiredTokenException", "InvalidAccessKeyId", "InvalidClientTokenId", "RequestExpired",
            "SignatureDoesNotMatch", "UnrecognizedClientException"}
_FORBIDDEN = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


class Account:
    def __init__(self, session: boto3.Session, endpoint: str | None = None, region: str | None = None):
        self.session, self.endpoint, self.region = session, endpoint, region or session.region_name
        self._config = Config(s3={"addressing_style": "path"}, retries={"mode": "standard", "total_max_attempts": 5},
                              read_timeout=70)  # seconds; a function may run for 60

    @property
    def emulator(self) -> str:
        """host:port of the emulator; empty on AWS."""
        return urlsplit(self.endpoint or "").netloc

    @cached_property
    def id(self) -> str:
        return self.client("sts").get_caller_identity()["Account"]

    def elsewhere(self, region: str) -> "Account":
        """The same account in another region."""
        return Account(self.session, self.endpoint, region)

    def client(self, service: str, region: str | None = None):
        return self.session.client(service, region or self.region, endpoint_url=self.endpoint, config=self._config)

    def bucket(self, name: str):
        return self.session.resource("s3", self.region, endpoint_url=self.endpoint, config=self._config).Bucket(name)

    @property
    def dynamo(self):
        """The tables, with items as Python values."""
        return self.session.resource("dynamodb", self.region, endpoint_url=self.endpoint, config=self._config)

    def gateway(self, callback: str):
        """The client for the connections of an API, at its callback address."""
        return self.session.client("apigatewaymanagementapi", self.region, endpoint_url=callback, config=self._config)


def logged_in() -> Account:
    """The account whose credentials are in the environment. Raises botocore's error if there are none, or no region."""
    session = boto3.Session(region_name=os.environ.get("AWS_REGION") or None)
    if not session.region_name:
        raise NoRegionError()
    if session.get_credentials() is None:
        raise NoCredentialsError()
    return Account(session, os.environ.get("AWS_ENDPOINT_URL", "").rstrip("/") or None)


@contextmanager
def aws_errors_as_sentences():
    """Turns errors of AWS into Failures."""
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
            if code in _BAD_CREDENTIALS:
                return f"AWS does not accept these credentials ({code}): log in again. A region that is new to the account has to be enabled first."
            if code in _FORBIDDEN:
                return f"These credentials do not allow {error.operation_name}: {message}"
            return f"AWS refused {error.operation_name}: {message} ({code})"
    return f"AWS could not be reached: {error}"


def advice_on(message: str) -> str:
    """What to do about an error message of AWS that gives no advice itself; empty for any other."""
    if "must be verified" in message:
        return ("AWS has not verified this account yet, and until then it cannot have a CloudFront distribution: open a case with AWS Support "
                "(account and billing, free of charge), and deploy again when they have answered.")
    if "arm64" in message:
        return 'If Lambda has no such processors in this region, deploy with {"Architecture": "x86_64"}.'
    return ""
