import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from . import deploy
from .stage import Stage
from .terminal import Failure

_STAGE = Stage("prod")
_RESOURCES = [{"ResourceType": "AWS::S3::Bucket", "PhysicalResourceId": "web"},
              {"ResourceType": "AWS::ApiGatewayV2::Api", "PhysicalResourceId": "a1"}]


class _Stack:
    """Fails as often as it has reasons."""

    def __init__(self, *reasons: str):
        self.reasons, self.applied = list(reasons), 0

    def apply(self, *_):
        self.applied += 1
        if self.reasons:
            raise Failure(self.reasons.pop(0))


class DeployTest(unittest.TestCase):
    collision = "JoinRoute: Unable to complete operation due to concurrent modification. Please try again later."

    def test_two_changes_of_one_api_at_once_are_made_one_after_the_other(self):
        for reason in (self.collision, "DefaultRoute: Internal Failure"):
            stack = _Stack(reason)
            deploy._apply(stack, "", {}, print)
            self.assertEqual(2, stack.applied)

    def test_nothing_else_is_tried_again_nor_anything_for_ever(self):
        for stack, times in ((_Stack("WebBucket: already exists"), 1), (_Stack(*[self.collision] * 3), 2)):
            with self.assertRaises(Failure):
                deploy._apply(stack, "", {}, print)
            self.assertEqual(times, stack.applied)

    def test_an_api_that_was_not_deployed_is_no_deployment(self):
        said = "Deployment attempt failed: Unable to deploy API because no routes exist in this API."
        with self.assertRaisesRegex(Failure, "rejoin-prod was changed, but API Gateway did not deploy its API: " + said):
            deploy._answers(self._account({"LastDeploymentStatusMessage": said}), _STAGE, _RESOURCES)

    def test_an_api_that_was_deployed_is_one(self):
        for stage in ({"LastDeploymentStatusMessage": "Successfully deployed stage with deployment ID 'd1'"}, {}):
            deploy._answers(self._account(stage), _STAGE, _RESOURCES)
            self.assertEqual({"ApiId": "a1", "StageName": "prod"}, self.asked)

    def test_who_deploys_at_the_same_moment_deploys_their_own(self):
        bucket = {}
        s3 = SimpleNamespace(meta=SimpleNamespace(endpoint_url="https://s3"), put_object=lambda Bucket, Key, Body, ExpectedBucketOwner: bucket.update({Key: Body}))
        account = SimpleNamespace(id="123456789012", region="eu-west-1", client=lambda service: s3)
        uploaded = {}
        for text in ("Resources: {one: 1}", "Resources: {other: 2}"):
            account.cli = lambda log, *rest: Path(rest[-1]).write_text(text)
            with tempfile.TemporaryDirectory() as folder, patch.object(Stage, "logs", Path(folder)), patch.object(deploy.pages, "ensure_bucket"):
                uploaded[text] = deploy._package(account, _STAGE).rpartition("/")[2]
        self.assertEqual({text: text.encode() for text in uploaded}, {text: bucket[key] for text, key in uploaded.items()})

    def _account(self, stage: dict):
        def get_stage(**asked):
            self.asked = asked
            return stage
        return SimpleNamespace(client=lambda service: SimpleNamespace(get_stage=get_stage))
