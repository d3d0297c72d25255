import unittest
from types import SimpleNamespace
from unittest.mock import patch

import boto3
import pages
import shops
from botocore.stub import Stubber
from stage import Stage


class ShopsTest(unittest.TestCase):
    def test_a_shop_goes_with_every_parameter_though_they_come_in_parts_some_of_them_empty(self):
        client = boto3.client("ssm", "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
        names = [f"/rejoin/prod/sites/tea/{n}" for n in range(12)]
        asked = {"Path": "/rejoin/prod/sites/tea", "Recursive": True}
        with Stubber(client) as ssm, patch.object(pages, "remove"):
            ssm.add_response("get_parameters_by_path", {"Parameters": [], "NextToken": "1"}, asked)
            ssm.add_response("get_parameters_by_path", {"Parameters": [{"Name": it} for it in names[:7]], "NextToken": "2"},
                             asked | {"NextToken": "1"})
            ssm.add_response("get_parameters_by_path", {"Parameters": [{"Name": it} for it in names[7:]]}, asked | {"NextToken": "2"})
            ssm.add_response("delete_parameters", {}, {"Names": names[:10]})
            ssm.add_response("delete_parameters", {}, {"Names": names[10:]})
            shops.remove(SimpleNamespace(client=lambda _: client), Stage("prod"), {}, "tea")
            ssm.assert_no_pending_responses()
