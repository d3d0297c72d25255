import json
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock, patch

import boto3
from botocore.stub import ANY, Stubber

from . import commands, pages, shops
from .stage import Stage
from .terminal import Failure

_ALL = {"Path": "/rejoin/prod/sites", "Recursive": True}


def _ssm():
    return boto3.client("ssm", "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")


def _page(*names: str) -> dict:
    return {"Parameters": [{"Name": f"/rejoin/prod/sites/{name}"} for name in names]}


class ShopsTest(unittest.TestCase):
    def test_removing_a_shop_deletes_its_parameters_on_every_page_of_the_listing(self):
        client = _ssm()
        names = [f"/rejoin/prod/sites/tea/{n}" for n in range(12)]
        asked = {"Path": "/rejoin/prod/sites/tea", "Recursive": True}
        with Stubber(client) as ssm, patch.object(pages, "delete_file"), patch.object(shops, "write_list") as write_list:
            ssm.add_response("get_parameters_by_path", {"Parameters": [], "NextToken": "1"}, asked)
            ssm.add_response("get_parameters_by_path", {"Parameters": [{"Name": it} for it in names[:7]], "NextToken": "2"},
                             asked | {"NextToken": "1"})
            ssm.add_response("get_parameters_by_path", {"Parameters": [{"Name": it} for it in names[7:]]}, asked | {"NextToken": "2"})
            ssm.add_response("delete_parameters", {}, {"Names": names[:10]})
            ssm.add_response("delete_parameters", {}, {"Names": names[10:]})
            ssm.add_response("get_parameters_by_path", _page("tea/origins", "cup/origins", "cup/secret"), _ALL)  # it may still show what was deleted
            account = SimpleNamespace(client=lambda _: client)
            shops.remove(account, Stage("prod"), {}, "tea")
            ssm.assert_no_pending_responses()
            write_list.assert_called_once_with(account, Stage("prod"), {"cup"})

    def test_a_new_shop_is_on_the_list_whether_or_not_the_listing_shows_it_yet(self):
        client = _ssm()
        with Stubber(client) as ssm, patch.object(pages, "upload"), patch.object(shops, "write_list") as write_list:
            for name, kind in (("origins", "StringList"), ("secret", "SecureString")):
                ssm.add_response("put_parameter", {}, {"Name": f"/rejoin/prod/sites/tea/{name}", "Type": kind, "Value": ANY}
                                 | ({"Overwrite": True} if name == "origins" else {}))
            ssm.add_response("get_parameters_by_path", _page("cup/origins"), _ALL)
            account = SimpleNamespace(client=lambda _: client)
            self.assertTrue(shops.save(account, Stage("prod"), {}, "tea", "https://tea.example", {}))
            write_list.assert_called_once_with(account, Stage("prod"), {"cup", "tea"})

    def test_the_list_has_what_there_is_and_is_gone_with_the_last_shop(self):
        client, table = _ssm(), MagicMock()
        account = SimpleNamespace(client=lambda _: client, dynamo=SimpleNamespace(Table={"rejoin-prod-shops": table}.get))
        with Stubber(client) as ssm:
            ssm.add_response("get_parameters_by_path", _page("tea/origins", "tea/secret", "cup/origins"), _ALL)
            shops.write_list(account, Stage("prod"))
            table.put_item.assert_called_once_with(Item={"site": "*", "version": 0, "sites": {"tea", "cup"}})
            ssm.add_response("get_parameters_by_path", _page(), _ALL)
            shops.write_list(account, Stage("prod"))
            table.delete_item.assert_called_once_with(Key={"site": "*", "version": 0})
        table.put_item.assert_called_once()


class OriginsTest(unittest.TestCase):
    def test_origins_are_returned_as_browsers_send_them(self):
        self.assertEqual("https://xn--wk5b71z.example,https://shop.example:8443",
                         shops.canonical_origins("https://한옥.example, HTTPS://Shop.example:8443/,https://xn--wk5b71z.example:443"))
        self.assertEqual("", shops.canonical_origins(""))

    def test_an_invalid_origin_is_refused_before_aws_is_asked(self):
        with tempfile.TemporaryDirectory() as folder, patch.object(commands, "logged_in", side_effect=AssertionError("asked")):
            file = Path(folder) / "trial.json"
            file.write_text(json.dumps({"AllowedOrigins": ["https://shop.example", "https://shop.example?utm=1"]}))
            with self.assertRaisesRegex(Failure, r'^"https://shop.example\?utm=1" is not a web origin: '):
                commands.deploy("trial", str(file))
            with self.assertRaisesRegex(Failure, '^"tea.example" is not a web origin: '):
                commands.shop("trial", "tea", "https://tea.example,tea.example")

    def test_a_shop_needs_an_origin_and_has_a_limit_of_them(self):
        with self.assertRaisesRegex(Failure, "^Say which pages may connect, "):
            shops.allowed_origins(" , ")
        with self.assertRaisesRegex(Failure, "^ORIGINS has 4219 bytes, and a shop can have 4096"):
            shops.allowed_origins(",".join(f"https://{number:03}.example" for number in range(211)))
