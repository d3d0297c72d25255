import unittest
from types import SimpleNamespace
from unittest.mock import MagicMock

from . import agents
from .terminal import Failure


class AgentsTest(unittest.TestCase):
    def test_an_address_is_normalized(self):
        for given in ("mina@shop.example", "Mina@Shop.Example", " MINA@SHOP.EXAMPLE "):
            self.assertEqual("mina@shop.example", agents.email_address(given))

    def test_an_invalid_address_is_refused(self):
        for given in ("", "mina", "mina@", "@shop.example", "mina@shop", "mina kim@shop.example", "mina@shop@example.com", "mina@shop..example",
                      "mina@.example", "Mina <mina@shop.example>", "mina@shop.example,joon@shop.example", "mina@shop.example; joon@shop.example"):
            with self.subTest(given), self.assertRaisesRegex(Failure, f"EMAIL={given} is not an e-mail address"):
                agents.email_address(given)

    def test_unusual_addresses_are_accepted(self):
        for given in ("mina+chat@shop.example", "m.o'neil_1-a@mail.shop.example", "미나@한옥.example"):
            self.assertEqual(given, agents.email_address(given))


class CreateTest(unittest.TestCase):
    def setUp(self):
        self.client = MagicMock()
        self.client.exceptions.UsernameExistsException = KeyError
        self.account = SimpleNamespace(client=lambda service, region: self.client, emulator="")

    def _create(self, name: str):
        return agents.create(self.account, "eu-west-1_Pool", "mina.kim@shop.example", "mina.kim@shop.example", name)

    def test_a_public_name_is_never_taken_from_the_address(self):
        for name in ("Mina", "Mina O'Neil", "미나", ""):
            self._create(name)
            given = {it["Name"]: it["Value"] for it in self.client.admin_create_user.call_args.kwargs["UserAttributes"]}
            self.assertEqual({"email": "mina.kim@shop.example", "email_verified": "true"} | ({"name": name} if name else {}), given)

    def test_a_second_call_sets_a_name_but_never_removes_one(self):
        self.client.admin_create_user.side_effect = KeyError
        self.client.admin_get_user.return_value = {"UserStatus": "CONFIRMED"}
        self.assertEqual(agents.Invitation(), self._create(""))
        self.client.admin_update_user_attributes.assert_not_called()
        self._create("Mina")
        self.client.admin_update_user_attributes.assert_called_once_with(
            UserPoolId="eu-west-1_Pool", Username="mina.kim@shop.example", UserAttributes=[{"Name": "name", "Value": "Mina"}])
