"""A stage is one deployment of several in the same account. Its name keeps everything of it apart from the others."""
import json
import re
from dataclasses import dataclass
from pathlib import Path

from .machine import BUILD, INFRA
from .terminal import Failure

_NAME = re.compile(r"[a-z][a-z0-9]{0,15}")  # longer ones would make the bucket names too long


@dataclass(frozen=True)
class Stage:
    name: str

    @property
    def stack(self) -> str:
        """The stack's name. Those of its tables, functions and logs begin with it."""
        return f"rejoin-{self.name}"

    @property
    def secret(self) -> str:
        """The SSM parameter with the secret that signs the customers' tokens of the default shop."""
        return f"{self.parameter_path}site-secret"

    @property
    def edge_secret(self) -> str:
        """The SSM parameter with the secret that the stage's distribution adds to what it sends to API Gateway."""
        return f"{self.parameter_path}edge-secret"

    @property
    def parameter_path(self) -> str:
        """Every SSM parameter of the stage is below this path."""
        return f"/rejoin/{self.name}/"

    def shop_path(self, key: str) -> str:
        """The SSM parameters of a shop with a key are below this path."""
        return f"{self.parameter_path}sites/{key}"

    @property
    def erased_path(self) -> str:
        """Below this path `make erase` records whom it erased, by a hash, so that `make restore` leaves them out."""
        return f"{self.parameter_path}erased"

    def shop_secret(self, key: str) -> str:
        """The SSM parameter with the secret of a shop; "" is the default one."""
        return f"{self.shop_path(key)}/secret" if key else self.secret

    def artifacts_bucket(self, account) -> str:
        """The bucket with the stack's functions. Bucket names are unique across all accounts."""
        return f"{self.stack}-artifacts-{account.id}-{account.region}"

    @property
    def logs(self) -> Path:
        folder = BUILD / "stages" / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def checked_stage(name: str) -> Stage:
    if not name:
        raise Failure("Say which stage, for instance STAGE=prod.")
    if not _NAME.fullmatch(name):
        raise Failure(f"STAGE={name} cannot be a stage's name: use up to 16 of a-z and 0-9, with a letter first.")
    return Stage(name)


def stage_parameters(stage: Stage, file: str | None) -> dict[str, str]:
    """The template's parameters that differ from their defaults: those in `file`, else in infra/stages/STAGE.json, else none."""
    own = INFRA / "stages" / f"{stage.name}.json"
    path = Path(file) if file else own
    if not path.exists() and not file:
        return {}
    try:
        values = json.loads(path.read_text())
        return {name: _text(value) for name, value in values.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise Failure(f'{path} is not a file like {{"TimeZone": "Asia/Seoul"}}: {error}')


def _text(value) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value)
