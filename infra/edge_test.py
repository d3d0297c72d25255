import unittest
from unittest.mock import patch

import boto3
from botocore.stub import Stubber

from . import destroy, edge, template
from .account import Account
from .stage import Stage
from .terminal import Failure

_STAGE = Stage("prod")
_ARN = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/1"
_NAME = "/rejoin/prod/edge-secret"
_KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}


class _Firewall:
    """A web ACL's stack that notes what is done."""
    name = "rejoin-prod-eu-west-1-edge"

    def __init__(self, done: list, status: str = ""):
        self.done, self.status = done, status

    def describe(self):
        return {"StackStatus": self.status} if self.status else None

    def apply(self, given, parameters, _):
        self.done.append(("apply", given == template.EDGE.read_text(), parameters))

    def delete(self, _):
        self.done.append("delete")

    def outputs(self):
        return {"WebAcl": _ARN}


class _Account:
    """One with a parameter store, or without any."""
    region, emulator, id = "eu-west-1", "", "123456789012"

    def __init__(self, ssm=None, cloudfront=None):
        self.clients = {"ssm": ssm, "cloudfront": cloudfront}

    def client(self, service: str):
        assert self.clients.get(service), f"{service} was asked"
        return self.clients[service]


class _Stored(unittest.TestCase):
    def setUp(self):
        self.done = []
        client = boto3.client("ssm", "eu-west-1", **_KEYS)
        self.ssm = self.enterContext(Stubber(client))
        self.account = _Account(client)

    def stored(self, value: str | None, decrypted: bool = True) -> None:
        asked = {"Name": _NAME} | ({"WithDecryption": True} if decrypted else {})
        if value is None:
            self.ssm.add_client_error("get_parameter", "ParameterNotFound", expected_params=asked)
        else:
            self.ssm.add_response("get_parameter", {"Parameter": {"Value": value}}, asked)

    def firewall(self, status: str = "") -> None:
        self.enterContext(patch.object(edge, "_firewall", lambda *_: _Firewall(self.done, status)))


class EdgeTest(_Stored):
    def test_a_stage_without_an_edge_makes_nothing_and_asks_nothing(self):
        self.assertEqual({}, edge.make(_Account(), _STAGE, {}))
        self.assertEqual({}, edge.make(_Account(), _STAGE, {"Edge": "none"}))

    def test_a_stage_without_an_edge_asks_no_other_region(self):
        for _ in range(2):
            self.stored(None, False)
        edge.unmake(self.account, _STAGE, {})  # unpatched, CloudFormation would be asked
        self.assertEqual([], list(destroy._firewall(self.account, _STAGE)))

    def test_an_open_edge_has_a_secret_and_costs_nothing(self):
        self.firewall()
        self.ssm.add_response("put_parameter", {})
        self.stored("newest\nolder")
        self.assertEqual({"EdgeSecret": "newest"}, edge.make(self.account, _STAGE, {"Edge": "open"}))
        self.assertEqual([], self.done)

    def test_a_firewall_is_made_before_the_stage_that_names_it(self):
        self.firewall()
        self.ssm.add_client_error("put_parameter", "ParameterAlreadyExists")
        self.stored("newest")
        made = edge.make(self.account, _STAGE, {"Edge": "waf", "EdgeRate": "50", "Stage": "prod", "TimeZone": "UTC"})
        self.assertEqual({"EdgeSecret": "newest", "WebAclArn": _ARN}, made)
        self.assertEqual([("apply", True, {"EdgeRate": "50", "Stage": "prod"})], self.done)

    def test_a_firewall_that_could_not_be_deleted_is_made_anew(self):
        self.firewall("DELETE_FAILED")
        self.ssm.add_response("put_parameter", {})
        self.stored("newest")
        edge.make(self.account, _STAGE, {"Edge": "waf", "Stage": "prod"})
        self.assertEqual(["delete", ("apply", True, {"Stage": "prod"})], self.done)

    def test_the_secret_is_deleted_after_the_firewall_of_which_it_tells(self):
        self.firewall("CREATE_COMPLETE")
        for _ in range(2):
            self.stored("newest", False)
        self.ssm.add_response("delete_parameter", {}, {"Name": _NAME})
        edge.unmake(self.account, _STAGE, {"Edge": "none"})
        self.assertEqual(["delete"], self.done)
        self.ssm.assert_no_pending_responses()

    def test_an_open_edge_keeps_its_secret_when_the_firewall_goes(self):
        self.firewall("CREATE_COMPLETE")
        for _ in range(2):
            self.stored("newest", False)
        edge.unmake(self.account, _STAGE, {"Edge": "open"})
        self.assertEqual(["delete"], self.done)

    def test_a_firewall_that_is_wanted_stays(self):
        edge.unmake(_Account(), _STAGE, {"Edge": "waf"})

    def test_destroying_a_stage_deletes_its_firewall_before_the_secret(self):
        self.firewall("CREATE_COMPLETE")
        self.stored("newest", False)
        self.ssm.add_response("describe_parameters", {"Parameters": [{"Name": _NAME}]})
        self.ssm.add_response("delete_parameter", {}, {"Name": _NAME})
        nothing = dict.fromkeys(("_tables", "_pools", "_logs", "_artifacts"), lambda *_: [])
        with patch.multiple(destroy, **nothing):
            left = destroy.leftovers(self.account, _STAGE)
        self.assertEqual(["stack rejoin-prod-eu-west-1-edge in us-east-1: the web ACL", f"parameter {_NAME}"], [it.words for it in left])
        for it in left:
            it.remove()
        self.assertEqual(["delete"], self.done)
        self.ssm.assert_no_pending_responses()

    def test_firewalls_of_two_regions_are_apart(self):
        named = []
        with patch.object(edge, "Stack", lambda account, name: named.append((name, account.region))):
            for region in ("eu-west-1", "ap-northeast-2"):
                edge._firewall(Account(boto3.Session(**_KEYS, region_name=region)), _STAGE)
        self.assertEqual([("rejoin-prod-eu-west-1-edge", "us-east-1"), ("rejoin-prod-ap-northeast-2-edge", "us-east-1")], named)

    def test_people_with_open_pages_are_thought_of(self):
        for before, after, words in (({"Edge": "none"}, "waf", "^Nobody can connect until this deployment has ended, and no page that is open"),
                                     ({"TimeZone": "UTC"}, "waf", "Edge=open first"),
                                     ({"Edge": "waf"}, "none", "^Pages that are open connect through the distribution"),
                                     ({"Edge": "open"}, "none", "Edge=open keeps that way")):
            [note] = edge.notes(before, {"Edge": after})
            self.assertRegex(note, words)
        for before, after in (({}, "waf"), ({"Edge": "none"}, "open"), ({"Edge": "open"}, "waf"), ({"Edge": "waf"}, "open"), ({"Edge": "waf"}, "waf"), ({}, "none")):
            self.assertEqual([], edge.notes(before, {"Edge": after}))


class SecretTest(_Stored):
    def setUp(self):
        super().setUp()
        self.account.clients["cloudfront"] = boto3.client("cloudfront", "us-east-1", **_KEYS)
        self.cloudfront = self.enterContext(Stubber(self.account.clients["cloudfront"]))
        origin = {"DomainName": "x.example", "Id": "x"}
        headers = {"Quantity": 1, "Items": [{"HeaderName": "X-Rejoin-Edge", "HeaderValue": "sent"}]}
        self.cloudfront.add_response("get_distribution_config", {"DistributionConfig": {
            "CallerReference": "", "Comment": "", "Enabled": True, "DefaultCacheBehavior": {"TargetOriginId": "x", "ViewerProtocolPolicy": "https-only"},
            "Origins": {"Quantity": 2, "Items": [origin, origin | {"CustomHeaders": headers}]}}}, {"Id": "d1"})

    def test_the_secret_that_is_sent_stays_valid(self):
        for _ in range(2):
            self.stored("sent\nolder")
        put = {}
        with patch.object(self.account.clients["ssm"], "put_parameter", lambda **given: put.update(given)):
            edge.change_secret(self.account, _STAGE, "d1")
        new, old = put["Value"].splitlines()
        self.assertEqual("sent", old)
        self.assertRegex(new, "^[A-Za-z0-9_-]{43}$")  # as the template's pattern and the authorizer require

    def test_a_second_change_before_a_deployment_is_refused(self):
        self.stored("not yet\nsent")
        with self.assertRaisesRegex(Failure, "does not send the newest secret yet: `make deploy STAGE=prod` first"):
            edge.change_secret(self.account, _STAGE, "d1")


class RuleTest(unittest.TestCase):
    def test_the_rule_counts_sockets_and_keeps_no_token(self):
        firewall = template.read(template.EDGE)["Resources"]["WebAcl"]["Properties"]
        self.assertEqual("CLOUDFRONT", firewall["Scope"])
        [rule] = firewall["Rules"]
        for it in (firewall, rule):
            self.assertFalse(it["VisibilityConfig"]["SampledRequestsEnabled"], "a sample holds the token")
        rate = rule["Statement"]["RateBasedStatement"]
        self.assertEqual({"!Ref": "EdgeRate"}, rate["Limit"])
        self.assertEqual(60, rate["EvaluationWindowSec"])
        counted = rate["ScopeDownStatement"]["ByteMatchStatement"]
        self.assertEqual({"!Sub": "/${Stage}"}, counted["SearchString"])
        [behavior] = template.read()["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]["!If"][1]
        self.assertEqual(counted["SearchString"], behavior["PathPattern"], "what leads to API Gateway")

    def test_the_rate_is_a_parameter_like_any_other(self):
        given = {"Stage": "prod", "DomainPrefix": "rejoin-prod-1", "SiteSecretParameter": "/rejoin/prod/site-secret", "Edge": "waf"}
        template.check_parameters(given | {"EdgeRate": "10"}, "eu-west-1")
        for value in ("9", "1000001", "many"):
            with self.assertRaisesRegex(Failure, f"^EdgeRate={value} is refused: it has to be a whole number from 10 to 1000000"):
                template.check_parameters(given | {"EdgeRate": value}, "eu-west-1")
        with self.assertRaisesRegex(Failure, "^Edge=on is refused: it has to be one of none, open, waf"):
            template.check_parameters(given | {"Edge": "on"}, "eu-west-1")
        self.assertEqual({"Edge": "waf"}, template.parameters_of(template.FILE, {"Edge": "waf", "EdgeRate": "10"}))

