import unittest
from types import SimpleNamespace
from unittest.mock import MagicMock

from . import agents
from .terminal import Failure

class AgentsTest(unittest.TestCase):
    def test_an_address_is_the_same_however_it_is_typed(self):
        for given in ("mina@shop.example", "Mina@Shop.Example", " MINA@SHOP.EXAMPLE "):
            self.assertEqual("mina@shop.example", agents.address(given))

    def test_what_is_no_address_is_refused(self):
        for given in ("", "mina", "mina@", "@shop.example", "mina@shop", "mina kim@shop.example", "mina@shop@example.com", "mina@shop..example",
                      "mina@.example", "Mina <mina@shop.example>", "mina@shop.example,joon@shop.example", "mina@shop.example; joon@shop.example"):
            with self.subTest(given), self.assertRaisesRegex(Failure, f"EMAIL={given} is not an e-mail address"):
                agents.address(given)

    def test_an_address_with_what_people_put_into_it_is_one(self):
        for given in ("mina+chat@shop.example", "m.o'neil_1-a@mail.shop.example", "미나@한옥.example"):
            self.assertEqual(given, agents.address(given))


class CreateTest(unittest.TestCase):
    def setUp(self):
        self.client = MagicMock()
        self.client.exceptions.UsernameExistsException = KeyError
        self.account = SimpleNamespace(client=lambda service, region: self.client, emulator="")

    def _create(self, name: str):
        return agents.create(self.account, "eu-west-1_Pool", "mina.kim@shop.example", "mina.kim@shop.example", name)

    def test_nobodys_public_name_is_made_of_their_address(self):
        for name in ("Mina", "Mina O'Neil", "미나", ""):
            self._create(name)
            given = {it["Name"]: it["Value"] for it in self.client.admin_create_user.call_args.kwargs["UserAttributes"]}
            self.assertEqual({"email": "mina.kim@shop.example", "email_verified": "true"} | ({"name": name} if name else {}), given)

    def test_the_same_line_again_gives_a_name_and_takes_none(self):
        self.client.admin_create_user.side_effect = KeyError
        self.client.admin_get_user.return_value = {"UserStatus": "CONFIRMED"}
        self.assertEqual(agents.Invited(), self._create(""))
        self.client.admin_update_user_attributes.assert_not_called()
        self._create("Mina")
        self.client.admin_update_user_attributes.assert_called_once_with(
            UserPoolId="eu-west-1_Pool", Username="mina.kim@shop.example", UserAttributes=[{"Name": "name", "Value": "Mina"}])
