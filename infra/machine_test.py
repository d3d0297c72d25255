import contextlib
import fcntl
import io
import os
import shutil
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from . import machine


class VenvTest(unittest.TestCase):
    def test_of_two_commands_in_a_fresh_checkout_one_installs(self):
        build = Path(self.enterContext(tempfile.TemporaryDirectory()))
        made = []

        def create(folder: Path, **_):
            with (build / f"{folder.name}.lock").open() as lock, self.assertRaises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the second command waits here
            folder.mkdir()
            made.append(folder)

        with (patch.object(machine, "BUILD", build), patch.object(machine, "VENV", build / ".venv"), patch.object(machine, "run"),
              patch.object(machine.venv, "create", create)):
            for _ in range(2):
                machine.ensure_venv(build)
        self.assertEqual([build / ".venv"], made)

    def test_what_checks_need_is_added_again_when_the_folder_is_made_again(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        installed = []

        def create(venv: Path, **_):
            shutil.rmtree(venv, ignore_errors=True)
            venv.mkdir()

        with (patch.object(machine, "BUILD", folder), patch.object(machine, "VENV", folder / ".venv"), patch.object(machine, "INFRA", folder),
              patch.object(machine, "run", lambda command, *_: installed.append(command[-1].name)), patch.object(machine.venv, "create", create),
              contextlib.redirect_stdout(io.StringIO())):
            for name in ("requirements.txt", "requirements-check.txt"):
                (folder / name).write_text("one==1")
            for change, wanted in ((None, ["requirements.txt", "requirements-check.txt"]), (None, []), ("requirements-check.txt", ["requirements-check.txt"]),
                                   ("requirements.txt", ["requirements.txt", "requirements-check.txt"])):
                installed.clear()
                if change:
                    (folder / change).write_text("one==2")
                machine.ensure_checks(folder)
                self.assertEqual(wanted, installed)
                machine.ensure_venv(folder)
                self.assertEqual(wanted, installed, "what only runs does not take it away")


_HERE = "localhost,127.0.0.1,::1,[::1]"
_PROXY = "http://proxy.example:3128"


class ProxiesTest(unittest.TestCase):
    """Programs read different spellings: curl and Python lower case, Go upper case first."""

    def test_exceptions_of_either_spelling_hold_for_every_program(self):
        for given, names in (({}, _HERE), ({"NO_PROXY": "corp.example"}, f"corp.example,{_HERE}"),
                             ({"no_proxy": "a.example, b.example", "NO_PROXY": "b.example,c.example"}, f"a.example,b.example,c.example,{_HERE}"),
                             ({"no_proxy": "", "NO_PROXY": "*"}, "*"), ({"no_proxy": "*"}, "*")):
            for proxy in ("http_proxy", "HTTPS_PROXY", "ALL_PROXY", "Http_Proxy"):
                with self.subTest(given, proxy=proxy), patch.dict(os.environ, given | {proxy: _PROXY}, clear=True):
                    machine.bypass_proxies()
                    self.assertEqual({proxy: _PROXY, "no_proxy": names, "NO_PROXY": names}, dict(os.environ))

    def test_without_a_proxy_nothing_changes(self):
        with patch.dict(os.environ, {"NO_PROXY": "corp.example"}, clear=True):
            machine.bypass_proxies("http://localhost:4566")
            self.assertEqual({"NO_PROXY": "corp.example"}, dict(os.environ))
