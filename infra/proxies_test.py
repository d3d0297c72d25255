import os
import unittest
from unittest.mock import patch

import proxies

_HERE = "localhost,127.0.0.1,::1,[::1]"
_PROXY = "http://proxy.example:3128"


class SpareTest(unittest.TestCase):
    """Programs differ in which spelling they read: curl and Python the small one, Go the other one first."""

    def test_what_either_spelling_excepts_is_excepted_for_every_program(self):
        for given, names in (({}, _HERE), ({"NO_PROXY": "corp.example"}, f"corp.example,{_HERE}"),
                             ({"no_proxy": "a.example, b.example", "NO_PROXY": "b.example,c.example"}, f"a.example,b.example,c.example,{_HERE}"),
                             ({"no_proxy": "", "NO_PROXY": "*"}, "*"), ({"no_proxy": "*"}, "*")):
            for proxy in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY", "Http_Proxy"):
                with self.subTest(given, proxy=proxy), patch.dict(os.environ, given | {proxy: _PROXY}, clear=True):
                    proxies.spare()
                    self.assertEqual({proxy: _PROXY, "no_proxy": names, "NO_PROXY": names}, dict(os.environ))

    def test_without_a_proxy_nothing_changes(self):
        with patch.dict(os.environ, {"NO_PROXY": "corp.example"}, clear=True):
            proxies.spare("http://localhost:4566")
            self.assertEqual({"NO_PROXY": "corp.example"}, dict(os.environ))
