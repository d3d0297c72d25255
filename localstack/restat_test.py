import subprocess
import sys
import unittest

from infra.machine import ROOT


class RestatTest(unittest.TestCase):
    def test_impossible_days_are_refused_before_aws_is_asked(self):
        for given, words in ((["", "", "trial"], "Say which days, UTC: FROM=2026-11-01 TO=2026-11-30."),
                             (["2026-11-31", "2026-12-01", ""], "`2026-11-31` is not a day like 2026-11-24."),
                             (["2026-11-30", "2026-11-01", "trial"], "FROM=2026-11-30 is later than TO=2026-11-01.")):
            with self.subTest(words):
                done = subprocess.run([sys.executable, "-m", "localstack", "restat", *given], cwd=ROOT, capture_output=True, text=True)
                self.assertEqual((1, f"\n{words}\n"), (done.returncode, done.stderr))
