import json
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import commands
import shops
from failure import Failure
from origins import canonical


class OriginsTest(unittest.TestCase):
    def test_a_list_comes_back_as_browsers_send_it(self):
        self.assertEqual("https://xn--wk5b71z.example,https://shop.example:8443",
                         canonical("https://한옥.example, HTTPS://Shop.example:8443/,https://xn--wk5b71z.example:443"))
        self.assertEqual("", canonical(""))

    def test_what_no_browser_sends_is_refused_before_anybody_is_asked(self):
        with tempfile.TemporaryDirectory() as folder, patch.object(commands, "chosen", side_effect=AssertionError("asked")):
            file = Path(folder) / "trial.json"
            file.write_text(json.dumps({"AllowedOrigins": ["https://shop.example", "https://shop.example?utm=1"]}))
            with self.assertRaisesRegex(Failure, r'^"https://shop.example\?utm=1" is not a web origin: '):
                commands.deploy("trial", str(file))
            with self.assertRaisesRegex(Failure, '^"tea.example" is not a web origin: '):
                commands.shop("trial", "tea", "https://tea.example,tea.example")

    def test_a_shop_has_pages_and_no_more_of_them_than_it_has_room_for(self):
        with self.assertRaisesRegex(Failure, "^Say whose pages may connect, "):
            shops.origins(" , ")
        with self.assertRaisesRegex(Failure, "^ORIGINS has 4219 bytes, and a shop has room for 4096"):
            shops.origins(",".join(f"https://{number:03}.example" for number in range(211)))


if __name__ == "__main__":
    unittest.main()
