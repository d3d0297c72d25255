import unittest

from .dev import Work, work

ALL = frozenset({"widget", "console", "demo"})


class WorkTest(unittest.TestCase):
    def test_what_a_changed_file_asks_for(self):
        for path, wanted in {
            "internal/chat/take.go": Work(functions=True),
            "functions/room/main.go": Work(functions=True),
            "go.sum": Work(functions=True),
            "internal/chat/take_test.go": Work(),
            "internal/gateway/testdata/take.golden": Work(),
            "localstack/month/day.go": Work(),
            "infra/tables.go": Work(),
            "infra/template.yaml": Work(template=True),
            "web/console/desk/Desk.tsx": Work(parts=frozenset({"console"})),
            "web/console/chats/list/Queue.tsx": Work(parts=frozenset({"console"})),
            "web/widget/panel/panel.css": Work(parts=frozenset({"widget"})),
            "web/demo/index.html": Work(parts=frozenset({"demo"})),
            "web/client/line/line.ts": Work(parts=ALL),
            "web/components/words.ts": Work(parts=ALL),
            "web/build.mjs": Work(parts=ALL),
            "web/package-lock.json": Work(parts=ALL),
            "web/console/desk/shortcuts.test.ts": Work(),
            "web/e2e/talk.spec.ts": Work(),
            "web/biome.json": Work(),
            "docs/cost.md": Work(),
            "README.md": Work(),
            "Makefile": Work(),
        }.items():
            with self.subTest(path):
                self.assertEqual(wanted, work([path]))

    def test_many_at_once_are_done_together(self):
        self.assertEqual(Work(functions=True, parts=ALL, template=True), work(
            ["internal/chat/take.go", "web/widget/panel/panel.ts", "web/demo/main.ts", "web/console/main.tsx", "infra/template.yaml", "README.md"]))
        self.assertEqual(Work(), work([]))
