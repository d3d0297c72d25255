"""Every command of AWS that the documents give is one that the AWS CLI takes."""
import contextlib
import io
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from awscli.clidriver import create_clidriver
from botocore.client import BaseClient
from botocore.utils import ArgumentGenerator

from .machine import INFRA, ROOT

# A shell in which a document's commands run and do nothing but what the shell itself does. What the CLI is asked is noted; a program
# that is none of these is not found.
_SHELL = r"""
set -euo pipefail
PATH=/nonexistent
aws() { printf '%s\0' "$@" >> "$ASKED"; printf '\n\0' >> "$ASKED"; echo https://x.example; }
make() { :; }; go() { while read -r; do :; done; }; curl() { :; }; date() { echo 1796000000; }; sleep() { return 1; }
"""


class CommandsTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_the_commands_of_the_first_day(self):
        self.assertGreater(self._check("aws-day-one.md"), 25)

    def test_the_commands_of_the_runbook(self):
        self.assertGreater(self._check("runbook.md"), 8)

    def test_a_wrong_command_is_found(self):
        for wrong in ("lambda invoke-it --function-name x", "dynamodb describe-table --table x --bogus y", "dynamodb describe-table",
                      "apigatewayv2 get-stage --api-id x --stage-name y --query LastDeploymentStatusWords"):
            with self.subTest(wrong):
                self.assertTrue(self._wrong(wrong.split()))

    def _check(self, document: str) -> int:
        asked = self._asked((ROOT / "docs" / document).read_text())
        for command in asked:
            with self.subTest(" ".join(command)):
                self.assertEqual("", self._wrong(command))
        return len(asked)

    def _asked(self, text: str) -> list[list[str]]:
        """What the shell makes of a document's blocks, and of the commands within its lines."""
        blocks = "".join(re.findall(r"```sh\n(.*?)```", text, re.S))
        lines = [it.replace("\n", " ") for it in re.findall(r"`(aws [^`]+)`", re.sub(r"```.*?```", "", text, flags=re.S))]
        noted = self.folder / "asked"
        done = subprocess.run(["/bin/bash", "-c", _SHELL + blocks + "\n".join(lines)], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env={"ASKED": str(noted)})
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        commands = noted.read_text().split("\n\0")
        return [command.split("\0")[:-1] for command in commands[:-1]]

    def _wrong(self, command: list[str]) -> str:
        """What the CLI says against a command, or that its query finds nothing in what the service may answer."""
        said, answer = io.StringIO(), io.StringIO()
        env = {"AWS_CONFIG_FILE": str(INFRA / "aws.cfg"), "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        with (patch.dict(os.environ, env), patch.object(BaseClient, "_make_request", _answer), contextlib.chdir(self.folder),
              contextlib.redirect_stderr(said), contextlib.redirect_stdout(answer)):
            try:
                failed = create_clidriver().main([*command, "--no-paginate"])
            except SystemExit as exit:
                failed = exit.code
        if not failed and "--query" in command and answer.getvalue().strip() in ("null", "None"):
            return "the query finds nothing"
        return said.getvalue() or "refused" if failed else ""


class _Open(dict):
    """A map of the service's: it has every key."""

    def get(self, key, default=None):
        return next(iter(self.values()))


def _answer(client, operation, *_):
    """What a service may answer, as its model describes it, once the CLI and the model have taken the request."""
    shape = operation.output_shape
    answer = _opened(ArgumentGenerator(use_member_names=True).generate_skeleton(shape)) if shape else {}
    if operation.has_streaming_output:
        answer[shape.serialization["payload"]] = io.BytesIO()
    return SimpleNamespace(status_code=200), answer


def _opened(part):
    if isinstance(part, list):
        return [_opened(it) for it in part]
    if not isinstance(part, dict):
        return "" if part is None else part  # of bytes
    return (_Open if part.keys() == {"KeyName"} else dict)({key: _opened(it) for key, it in part.items()})
