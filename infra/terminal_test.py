import contextlib
import io
import threading
import unittest

from .terminal import Failure, step, together


class TogetherTest(unittest.TestCase):
    def test_tasks_run_at_the_same_time_and_results_keep_their_order(self):
        both = threading.Barrier(2, timeout=60)  # broken unless both tasks wait at once
        self.assertEqual(["one", "two"], together(lambda: (both.wait(), "one")[1], lambda: (both.wait(), "two")[1]))

    def test_a_failure_is_raised_when_the_others_have_ended(self):
        failing, ended = threading.Event(), []

        def fails():
            failing.set()
            raise Failure("first")

        def ends():
            failing.wait(60)
            ended.append(True)

        with self.assertRaisesRegex(Failure, "first"):
            together(fails, ends)
        self.assertEqual([True], ended)

    def test_each_step_beside_others_is_one_line(self):
        inside = threading.Barrier(2, timeout=60)

        def task(words: str):
            with step(words):
                inside.wait()

        with contextlib.redirect_stdout(io.StringIO()) as printed:
            together(lambda: task("Building"), lambda: task("Installing"))
        lines = printed.getvalue().splitlines()
        self.assertEqual(2, len(lines))
        for words in ("Building", "Installing"):
            self.assertRegex(printed.getvalue(), rf"(?m)^  {words} … \d+\.\d s$")


if __name__ == "__main__":
    unittest.main()
