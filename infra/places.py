"""Where things lie in the checkout."""
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INFRA = ROOT / "infra"
VENV = ROOT / ".venv"
CHECKOV_VENV = ROOT / ".venv-checkov"
DEV_VENV = ROOT / ".venv-dev"
BUILD = ROOT / "build"
WEB = ROOT / "web"
