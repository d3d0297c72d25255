import io
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest.mock import patch

from . import build
from .machine import ROOT

_BUILD = "from infra import build; build.functions(build.BUILD); build.run(['node', 'build.mjs'], build.BUILD / 'web.log', build.WEB)"


class BuildTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_a_function_is_executable_whatever_the_umask(self):
        for umask in (0o077, 0o022, 0):
            with self.subTest(oct(umask)):
                before = os.umask(umask)
                self.addCleanup(os.umask, before)
                archive = self.folder / f"{umask}.zip"
                build.pack(b"code", archive)
                with zipfile.ZipFile(archive) as packed:
                    self.assertEqual([("bootstrap", "-rwxr-xr-x")],
                                     [(it.filename, stat.filemode(it.external_attr >> 16)) for it in packed.infolist()])

    def test_it_is_made_again_if_the_sources_or_the_result_changed(self):
        source, made, times = self.folder / "source", self.folder / "made", 0

        def make():
            nonlocal times
            times += 1
            made.write_text(source.read_text())

        source.write_text("one")
        with patch.multiple(build, ROOT=self.folder, BUILD=self.folder):
            for change, wanted in ((lambda: None, 1), (lambda: None, 1), (lambda: source.write_text("two"), 2), (lambda: made.write_text("one"), 3),
                                   (made.unlink, 4), (lambda: None, 4)):
                change()
                build._unless_made("it", ["source"], lambda: [made], make)
                self.assertEqual(wanted, times)

    def test_the_build_id_of_go_is_not_in_a_function(self):
        note = lambda build_id: b"code" + b"\x04\0\0\0\x53\0\0\0\x04\0\0\0Go\0\0" + build_id + b"\0code"
        one, other = (self.folder / name for name in ("one.zip", "other.zip"))
        build.pack(note(b"ItjFaL_MzONE/3Hj-F88Z"), one)
        build.pack(note(b"ItjFaL_MzONE/0L5HtceE"), other)
        self.assertEqual(one.read_bytes(), other.read_bytes())
        build.pack(note(b"ItjFaL_MzONE/0L5HtceE") + b"other code", other)
        self.assertNotEqual(one.read_bytes(), other.read_bytes())

    def test_another_clone_of_the_same_code_builds_the_same_bytes(self):
        with build.exclusively():
            build.functions(self.folder)
            build.web(self.folder, for_tests=True)
            here = self._built(ROOT)
        there = self._clone(self.folder / "of" / "somebody" / "else", "077", {
            "TZ": "Asia/Seoul", "GOFLAGS": "-buildvcs=auto", "GOAMD64": "v3", "GOARM64": "v8.2", "NODE_ENV": "development"})
        self.assertEqual([], sorted(name for name in here | there if here.get(name) != there.get(name)))
        for name, body in here.items():
            if name.endswith(".zip"):
                self.assertEqual([b"0" * 83], build._BUILD_ID.findall(zipfile.ZipFile(io.BytesIO(body)).read("bootstrap")), name)
        self.assertTrue({"build/authorize.zip", "build/sweep.zip", "web/dist/widget/rejoin.js", "web/dist/console/index.html"} <= here.keys())

    def _clone(self, root: Path, umask: str, own: dict[str, str]) -> dict[str, bytes]:
        """What is built of this code in another folder, at another commit, by another user."""
        listed = subprocess.check_output(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT)
        for name in filter(None, listed.decode().split("\0")):
            if (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, root / name)
        (root / "build").mkdir()
        shutil.copytree(ROOT / "web" / "node_modules", root / "web" / "node_modules", symlinks=True, copy_function=os.link)
        git = ["git", "-c", "user.name=Mina", "-c", "user.email=mina@shop.example"]
        for command in ([*git, "init", "--quiet"], [*git, "add", "."], [*git, "commit", "--quiet", "--message", "later"],
                        ["sh", "-c", f'umask {umask} && exec "$0" -c "{_BUILD}"', sys.executable]):
            subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ) | own)
        return self._built(root)

    def _built(self, root: Path) -> dict[str, bytes]:
        functions = [root / "build" / f"{folder.name}.zip" for folder in (root / "functions").iterdir() if folder.is_dir()]
        built = [*functions, *(it for it in (root / "web" / "dist").rglob("*") if it.is_file())]
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in built}
