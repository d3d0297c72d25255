"""What the last release keeps in each stage, to which every later version is held (losses_test.py)."""
import json

import losses
import template
from places import INFRA

_FILE = INFRA / "released.json"


def read() -> dict[str, dict]:
    return json.loads(_FILE.read_text())


def write() -> None:
    """At a release."""
    _FILE.write_text(json.dumps(losses.essence(template.read()["Resources"]), indent=1) + "\n")
