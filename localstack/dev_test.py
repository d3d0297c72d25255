import unittest

from .dev import Rebuild, rebuild_for

ALL = frozenset({"widget", "console", "demo"})


class RebuildTest(unittest.TestCase):
    def test_what_a_changed_file_requires(self):
        for path, wanted in {
            "internal/chat/take.go": Rebuild(functions=True),
            "functions/room/main.go": Rebuild(functions=True),
            "go.sum": Rebuild(functions=True),
            "internal/chat/take_test.go": Rebuild(),
            "internal/gateway/testdata/take.golden": Rebuild(),
            "localstack/month/day.go": Rebuild(),
            "infra/tables.go": Rebuild(),
            "infra/template.yaml": Rebuild(template=True),
            "web/console/desk/Desk.tsx": Rebuild(pages=frozenset({"console"})),
            "web/console/chats/list/Queue.tsx": Rebuild(pages=frozenset({"console"})),
            "web/widget/panel/panel.css": Rebuild(pages=frozenset({"widget"})),
            "web/demo/index.html": Rebuild(pages=frozenset({"demo"})),
            "web/client/line/line.ts": Rebuild(pages=ALL),
            "web/components/words.ts": Rebuild(pages=ALL),
            "web/build.mjs": Rebuild(pages=ALL),
            "web/package-lock.json": Rebuild(pages=ALL),
            "web/console/desk/shortcuts.test.ts": Rebuild(),
            "web/e2e/talk.spec.ts": Rebuild(),
            "web/biome.json": Rebuild(),
            "docs/cost.md": Rebuild(),
            "README.md": Rebuild(),
            "Makefile": Rebuild(),
        }.items():
            with self.subTest(path):
                self.assertEqual(wanted, rebuild_for([path]))

    def test_several_changes_are_one_rebuild(self):
        self.assertEqual(Rebuild(functions=True, pages=ALL, template=True), rebuild_for(
            ["internal/chat/take.go", "web/widget/panel/panel.ts", "web/demo/main.ts", "web/console/main.tsx", "infra/template.yaml", "README.md"]))
        self.assertEqual(Rebuild(), rebuild_for([]))
