"""The AWS CLI accepts every AWS command in the documents."""
import contextlib
import io
import os
import re
import subprocess
import tempfile
import unittest
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from awscli.clidriver import create_clidriver
from botocore.client import BaseClient
from botocore.utils import ArgumentGenerator

from .machine import ROOT

# A shell in which a document's commands run without any program but these functions. It records the arguments of `aws`; any other
# program is not found. Each process has a file of its own, since the sides of a pipe run at the same time.
_SHELL = r"""
set -euo pipefail
PATH=/nonexistent
aws() { printf '%s\0' "$@" >> "$RECORDED/$BASHPID"; printf '\n\0' >> "$RECORDED/$BASHPID"; echo https://x.example; }
make() { :; }; go() { while read -r; do :; done; }; curl() { :; }; date() { echo 1796000000; }; sleep() { return 1; }
"""


class DocumentsTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.config = self.folder / "config"
        self.config.write_text("[default]\nregion = us-east-1\ncli_follow_urlparam = false\n")  # a URL is a value, not fetched

    def test_the_commands_of_the_first_day(self):
        self.assertGreater(self._check("aws-day-one.md"), 25)

    def test_the_commands_of_the_runbook(self):
        self.assertGreater(self._check("runbook.md"), 8)

    def test_both_sides_of_a_pipe_are_recorded(self):
        commands = self._commands("```sh\n" + "go $(aws left side) | go $(aws right side)\n" * 50 + "```")
        self.assertEqual(sorted([["left", "side"], ["right", "side"]] * 50), sorted(commands))

    def test_a_wrong_command_is_found(self):
        for wrong in ("lambda invoke-it --function-name x", "dynamodb describe-table --table x --bogus y", "dynamodb describe-table",
                      "apigatewayv2 get-stage --api-id x --stage-name y --query LastDeploymentStatusWords"):
            with self.subTest(wrong):
                self.assertTrue(self._error(wrong.split()))

    def _check(self, document: str) -> int:
        commands = self._commands((ROOT / "docs" / document).read_text())
        for command in commands:
            with self.subTest(" ".join(command)):
                self.assertEqual("", self._error(command))
        return len(commands)

    def _commands(self, text: str) -> list[list[str]]:
        """The arguments of each `aws` command in a document's blocks and lines, after the shell has expanded them."""
        blocks = "".join(re.findall(r"```sh\n(.*?)```", text, re.S))
        lines = [it.replace("\n", " ") for it in re.findall(r"`(aws [^`]+)`", re.sub(r"```.*?```", "", text, flags=re.S))]
        recorded = Path(self.enterContext(tempfile.TemporaryDirectory()))
        done = subprocess.run(["/bin/bash", "-c", _SHELL + blocks + "\n".join(lines)], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env={"RECORDED": str(recorded)})
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        commands = "".join(it.read_text() for it in recorded.iterdir()).split("\n\0")
        return [command.split("\0")[:-1] for command in commands[:-1]]

    @cached_property
    def _driver(self):
        return create_clidriver()

    def _error(self, command: list[str]) -> str:
        """The CLI's complaint about a command, or that its --query finds nothing in a possible answer of the service."""
        complaint, answer = io.StringIO(), io.StringIO()
        env = {"AWS_CONFIG_FILE": str(self.config), "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        with (patch.dict(os.environ, env), patch.object(BaseClient, "_make_request", _answer), contextlib.chdir(self.folder),
              contextlib.redirect_stderr(complaint), contextlib.redirect_stdout(answer)):
            try:
                failed = self._driver.main([*command, "--no-paginate"])
            except SystemExit as exit:
                failed = exit.code
        if not failed and "--query" in command and answer.getvalue().strip() in ("null", "None"):
            return "the query finds nothing"
        return complaint.getvalue() or "refused" if failed else ""


class _AnyKey(dict):
    """A map in an answer: it has every key."""

    def get(self, key, default=None):
        return next(iter(self.values()))


def _answer(client, operation, *_):
    """A possible answer of a service, made from its model, once the CLI and the model have accepted the request."""
    shape = operation.output_shape
    answer = _with_any_key(ArgumentGenerator(use_member_names=True).generate_skeleton(shape)) if shape else {}
    if operation.has_streaming_output:
        answer[shape.serialization["payload"]] = io.BytesIO()
    return SimpleNamespace(status_code=200), answer


def _with_any_key(part):
    if isinstance(part, list):
        return [_with_any_key(it) for it in part]
    if not isinstance(part, dict):
        return "" if part is None else part  # of bytes
    return (_AnyKey if part.keys() == {"KeyName"} else dict)({key: _with_any_key(it) for key, it in part.items()})
