"""The shops of a stage beside its default one, the web origins of their pages, and the secrets of them all."""
import json
import re
import secrets
import subprocess
from pathlib import Path

from . import pages
from .account import Account
from .machine import ROOT
from .stage import Stage
from .terminal import Failure

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")  # it is part of every id
_BATCH = 10  # parameters that SSM deletes in one request
_MAX_BYTES = 4096  # of a parameter


def checked_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise Failure(f"SITE={key} is not a shop's key: use up to 16 of a-z, 0-9 and hyphens, for instance SITE=tea.")
    return key


def allowed_origins(given: str) -> str:
    allowed = canonical_origins(given)
    if len(allowed) > _MAX_BYTES:
        raise Failure(f"ORIGINS has {len(allowed)} bytes, and a shop can have {_MAX_BYTES}: divide it into several shops.")
    if not allowed:
        raise Failure("Say which pages may connect, for instance ORIGINS=https://tea.example,https://www.tea.example.")
    return allowed


def described(file: str | Path) -> dict:
    """The public part of a shop, as its file describes it: name, style, texts. Anything else in the file is a Failure."""
    try:
        shop = json.loads(Path(file).read_text()) if file else {}
        kinds = {"name": str, "style": str, "texts": dict}
        if not all(isinstance(value, kinds.get(key, ())) for key, value in shop.items()):
            raise ValueError("it may have a name, a style and texts")
        return shop
    except (OSError, ValueError, AttributeError) as error:
        raise Failure(f'{file} is not a file like {{"name": "Tea house", "style": "--rejoin-accent: #3f6212", "texts": {{}}}}: {error}')


def save(account: Account, stage: Stage, outputs: dict[str, str], key: str, allowed: str, shop: dict) -> bool:
    """Creates the shop or changes it. Returns whether it got a new secret."""
    account.client("ssm").put_parameter(Name=f"{stage.shop_path(key)}/origins", Type="StringList", Value=allowed, Overwrite=True)
    pages.upload(account, outputs, {_page(key): json.dumps(shop, ensure_ascii=False, indent=2).encode()})
    made = make_secret(account, stage.shop_secret(key))
    write_list(account, stage, _keys(account, stage) | {key})
    return made


def remove(account: Account, stage: Stage, outputs: dict[str, str], key: str) -> None:
    """Deletes the shop: no customer can connect to it any more. Its chats and its hours stay."""
    client = account.client("ssm")
    found = _parameters(client, stage.shop_path(key))
    if not found:
        raise Failure(f"Stage {stage.name} has no shop {key}.")
    for first in range(0, len(found), _BATCH):
        client.delete_parameters(Names=found[first:first + _BATCH])
    pages.delete_file(account, outputs, _page(key))
    write_list(account, stage, _keys(account, stage) - {key})


def write_list(account: Account, stage: Stage, keys: set[str] | None = None) -> None:
    """Writes the list of the shops with a key into the table where the functions find it: these, or those that there are. A deployment
    does so too, since an earlier version or a restore may have left the list as it was. Its names are those of internal/dynamo/shops.go."""
    table, at = account.dynamo.Table(f"{stage.stack}-shops"), {"site": "*", "version": 0}
    keys = _keys(account, stage) if keys is None else keys
    if keys:
        table.put_item(Item={**at, "sites": keys})
    else:  # DynamoDB has no empty sets
        table.delete_item(Key=at)


def _keys(account: Account, stage: Stage) -> set[str]:
    path = stage.shop_path("")
    return {name.removeprefix(path).partition("/")[0] for name in _parameters(account.client("ssm"), path.rstrip("/"))}


def _parameters(client, path: str) -> list[str]:
    """The names of all parameters below a path."""
    responses = client.get_paginator("get_parameters_by_path").paginate(Path=path, Recursive=True)
    return [it["Name"] for page in responses for it in page["Parameters"]]  # an empty page need not be the last


def make_secret(account: Account, name: str) -> bool:
    """Creates a secret, unless there is one. Returns whether it did."""
    client = account.client("ssm")
    try:
        client.put_parameter(Name=name, Type="SecureString", Value=secrets.token_urlsafe(32))
    except client.exceptions.ParameterAlreadyExists:
        return False
    return True


def change_secret(account: Account, name: str) -> None:
    """Puts a new secret before the newest one. Both are valid; older ones no longer are."""
    newest = newest_secret(account, name)
    account.client("ssm").put_parameter(Name=name, Type="SecureString", Value=f"{secrets.token_urlsafe(32)}\n{newest}", Overwrite=True)


def newest_secret(account: Account, name: str) -> str:
    client = account.client("ssm")
    try:
        newest, *_ = client.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"].splitlines()
    except client.exceptions.ParameterNotFound:
        raise Failure(f"There is no secret {name}.")
    return newest


def _page(key: str) -> str:
    return f"sites/{key}.json"


def canonical_origins(origins: str) -> str:
    """The origins of a comma-separated list as browsers send them, read by the authorizer's own code. An invalid one is a Failure."""
    done = subprocess.run(["go", "run", "./infra/origins", origins], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Failure(done.stderr.removesuffix("exit status 1\n").strip())
    return done.stdout.strip()
