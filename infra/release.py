"""Records the resources of the last release, which every later version has to keep (losses_test.py)."""
import json

import losses
import template
from places import INFRA

_FILE = INFRA / "released.json"


def read() -> dict[str, dict]:
    return json.loads(_FILE.read_text())


def write() -> None:
    """Run at each release."""
    _FILE.write_text(json.dumps(losses.essence(template.read()["Resources"]), indent=1) + "\n")
