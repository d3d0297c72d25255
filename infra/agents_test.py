import unittest

import agents
from failure import Failure


class AgentsTest(unittest.TestCase):
    def test_an_address_is_the_same_however_it_is_typed(self):
        for given in ("mina@shop.example", "Mina@Shop.Example", " MINA@SHOP.EXAMPLE "):
            self.assertEqual("mina@shop.example", agents.address(given))

    def test_what_is_no_address_is_refused(self):
        for given in ("", "mina", "mina@", "@shop.example", "mina@shop"):
            with self.subTest(given), self.assertRaisesRegex(Failure, f"EMAIL={given} is no address"):
                agents.address(given)
