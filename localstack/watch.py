"""Prints the paths that changed below a folder, as a line of JSON whenever some did. Runs in .venv-dev, for dev.py."""
import json
import os
import sys

from watchfiles import watch

root, names = sys.argv[1], sys.argv[2:]
for changes in watch(*(os.path.join(root, name) for name in names), raise_interrupt=False):
    print(json.dumps(sorted({os.path.relpath(path, root) for _, path in changes})), flush=True)
