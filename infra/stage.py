"""A stage: one deployment among others in the same account, and the names that keep it apart from them."""
import json
import re
from dataclasses import dataclass
from pathlib import Path

from .machine import BUILD, INFRA
from .terminal import Failure

_NAME = re.compile(r"[a-z][a-z0-9]{0,15}")  # as long as the longest bucket name has room for it


@dataclass(frozen=True)
class Stage:
    name: str

    @property
    def stack(self) -> str:
        """Name of the stack, and how the names of its tables, functions and logs begin."""
        return f"rejoin-{self.name}"

    @property
    def secret(self) -> str:
        """The parameter that holds the secret with which the shop signs its customers' tokens."""
        return f"{self.parameters}site-secret"

    @property
    def parameters(self) -> str:
        """Below this are all parameters of the stage."""
        return f"/rejoin/{self.name}/"

    def site(self, key: str) -> str:
        """The parameters of one of several shops stand below this."""
        return f"{self.parameters}sites/{key}"

    @property
    def erased(self) -> str:
        """Under this path `make erase` notes whom it erased, by a hash, so that `make restore` leaves them out."""
        return f"{self.parameters}erased"

    def secret_of(self, key: str) -> str:
        """The same of a shop with a key; "" is the default one."""
        return f"{self.site(key)}/secret" if key else self.secret

    def artifacts(self, account) -> str:
        """The bucket from which the stack takes its functions; the names of buckets are shared by all accounts."""
        return f"{self.stack}-artifacts-{account.id}-{account.region}"

    @property
    def logs(self) -> Path:
        folder = BUILD / "stages" / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def named(name: str) -> Stage:
    if not name:
        raise Failure("Say which stage, for instance STAGE=prod.")
    if not _NAME.fullmatch(name):
        raise Failure(f"STAGE={name} is no name for a stage: up to 16 of a-z and 0-9, a letter first.")
    return Stage(name)


def parameters(stage: Stage, file: str | None) -> dict[str, str]:
    """The template's parameters that differ from their defaults: of the file that is named, else of the stage's own, if any."""
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
