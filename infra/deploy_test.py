import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import yaml

from . import deploy, template
from .stage import Stage
from .terminal import Failure

_STAGE = Stage("prod")
_RESOURCES = [{"ResourceType": "AWS::S3::Bucket", "PhysicalResourceId": "web"},
              {"ResourceType": "AWS::ApiGatewayV2::Api", "PhysicalResourceId": "a1"}]


class _Stack:
    """Fails once for each reason."""

    def __init__(self, *reasons: str):
        self.reasons, self.applied = list(reasons), 0

    def apply(self, *_):
        self.applied += 1
        if self.reasons:
            raise Failure(self.reasons.pop(0))


class DeployTest(unittest.TestCase):
    collision = "JoinRoute: Unable to complete operation due to concurrent modification. Please try again later."

    def test_a_collision_of_two_changes_of_an_api_is_retried_once(self):
        for reason in (self.collision, "DefaultRoute: Internal Failure"):
            stack = _Stack(reason)
            deploy._apply(stack, "", {}, print)
            self.assertEqual(2, stack.applied)

    def test_other_failures_are_not_retried(self):
        for stack, times in ((_Stack("WebBucket: already exists"), 1), (_Stack(*[self.collision] * 3), 2)):
            with self.assertRaises(Failure):
                deploy._apply(stack, "", {}, print)
            self.assertEqual(times, stack.applied)

    def test_an_api_that_was_not_deployed_is_a_failure(self):
        said = "Deployment attempt failed: Unable to deploy API because no routes exist in this API."
        with self.assertRaisesRegex(Failure, "rejoin-prod was changed, but API Gateway did not deploy its API: " + said):
            deploy._check_api(self._account({"LastDeploymentStatusMessage": said}), _STAGE, _RESOURCES)

    def test_a_deployed_api_is_accepted(self):
        for stage in ({"LastDeploymentStatusMessage": "Successfully deployed stage with deployment ID 'd1'"}, {}):
            deploy._check_api(self._account(stage), _STAGE, _RESOURCES)
            self.assertEqual({"ApiId": "a1", "StageName": "prod"}, self.asked)

    def test_two_deployments_at_the_same_moment_upload_their_own(self):
        bucket: dict[str, bytes] = {}
        s3 = SimpleNamespace(meta=SimpleNamespace(endpoint_url="https://s3"),
                             put_object=lambda Bucket, Key, Body, ExpectedBucketOwner: bucket.update({Key: Body}))
        account = SimpleNamespace(id="123456789012", region="eu-west-1", client=lambda service: s3,
                                  bucket=lambda name: SimpleNamespace(objects=SimpleNamespace(all=lambda: [SimpleNamespace(key=it) for it in bucket])))
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(patch.object(deploy.pages, "ensure_bucket"))
        self.enterContext(patch.object(deploy.build, "archive", lambda name: folder / name))
        uploads = []
        for code in (b"one", b"other", b"one"):
            for name in deploy._CODE.findall(template.FILE.read_text()):
                (folder / name).write_bytes(code + name.encode())
            address, keys = deploy._upload(account, _STAGE)
            uploads.append((address, keys))
            packaged = yaml.load(bucket[address.rpartition("/")[2]], template._Loader)
            functions = [it["Properties"] for it in packaged["Resources"].values() if it["Type"] == "AWS::Serverless::Function"]
            self.assertEqual(7, len(functions))
            for it in functions:
                place, _, key = it["CodeUri"].rpartition("/")
                self.assertEqual("s3://rejoin-prod-artifacts-123456789012-eu-west-1", place)
                self.assertEqual(code, bucket[key][:len(code)])
                self.assertIn(key, keys)
        self.assertEqual(uploads[0], uploads[2])
        self.assertFalse(uploads[0][1] & uploads[1][1])
        self.assertEqual(uploads[0][1] | uploads[1][1], bucket.keys())

    def _account(self, stage: dict):
        def get_stage(**asked):
            self.asked = asked
            return stage
        return SimpleNamespace(client=lambda service: SimpleNamespace(get_stage=get_stage))
