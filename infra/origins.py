"""Web origins, in the form in which browsers send them: by the code with which the authorizer reads them."""
import subprocess

from failure import Failure
from places import ROOT


def canonical(origins: str) -> str:
    """The origins of a comma-separated list; fails if one is invalid."""
    done = subprocess.run(["go", "run", "./infra/origins", origins], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Failure(done.stderr.removesuffix("exit status 1\n").strip())
    return done.stdout.strip()
