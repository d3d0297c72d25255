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
_AT_ONCE = 10  # parameters that SSM deletes by one request
_ROOM = 4096  # bytes of a parameter


def named(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise Failure(f"SITE={key} is no key of a shop: up to 16 of a-z, 0-9 and hyphens, for instance SITE=tea.")
    return key


def origins(given: str) -> str:
    allowed = canonical(given)
    if len(allowed) > _ROOM:
        raise Failure(f"ORIGINS has {len(allowed)} bytes, and a shop has room for {_ROOM}: divide it into several shops.")
    if not allowed:
        raise Failure("Say whose pages may connect, for instance ORIGINS=https://tea.example,https://www.tea.example.")
    return allowed


def public(file: str | Path) -> dict:
    """What a shop's file says of it; a file that says something else is refused before anything is touched."""
    try:
        shop = json.loads(Path(file).read_text()) if file else {}
        kinds = {"name": str, "style": str, "texts": dict}
        if not all(isinstance(value, kinds.get(key, ())) for key, value in shop.items()):
            raise ValueError("it may have a name, a style and texts")
        return shop
    except (OSError, ValueError, AttributeError) as error:
        raise Failure(f'{file} is not a file like {{"name": "Tea house", "style": "--rejoin-accent: #3f6212", "texts": {{}}}}: {error}')


def put(account: Account, stage: Stage, outputs: dict[str, str], key: str, allowed: str, shop: dict) -> bool:
    """Makes the shop, or changes it. Tells whether its secret was made."""
    account.client("ssm").put_parameter(Name=f"{stage.site(key)}/origins", Type="StringList", Value=allowed, Overwrite=True)
    pages.upload(account, outputs, {_file(key): json.dumps(shop, ensure_ascii=False, indent=2).encode()})
    return make_secret(account, stage.secret_of(key))


def remove(account: Account, stage: Stage, outputs: dict[str, str], key: str) -> None:
    """Takes the shop away: nobody connects to it any more. Its chats stay."""
    client = account.client("ssm")
    parts = client.get_paginator("get_parameters_by_path").paginate(Path=stage.site(key), Recursive=True)
    found = [it["Name"] for part in parts for it in part["Parameters"]]  # a part may be empty, and not the last
    if not found:
        raise Failure(f"Stage {stage.name} has no shop {key}.")
    for first in range(0, len(found), _AT_ONCE):
        client.delete_parameters(Names=found[first:first + _AT_ONCE])
    pages.remove(account, outputs, _file(key))


def make_secret(account: Account, name: str) -> bool:
    """Makes a secret, unless there is one. Tells whether it did."""
    client = account.client("ssm")
    try:
        client.put_parameter(Name=name, Type="SecureString", Value=secrets.token_urlsafe(32))
    except client.exceptions.ParameterAlreadyExists:
        return False
    return True


def change_secret(account: Account, name: str) -> None:
    """Puts a new secret before the newest one; both are good. What was there before them is not any more."""
    client = account.client("ssm")
    try:
        newest, *_ = client.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"].splitlines()
    except client.exceptions.ParameterNotFound:
        raise Failure(f"There is no secret {name}.")
    client.put_parameter(Name=name, Type="SecureString", Value=f"{secrets.token_urlsafe(32)}\n{newest}", Overwrite=True)


def _file(key: str) -> str:
    return f"sites/{key}.json"


def canonical(origins: str) -> str:
    """The origins of a comma-separated list; fails if one is invalid."""
    done = subprocess.run(["go", "run", "./infra/origins", origins], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Failure(done.stderr.removesuffix("exit status 1\n").strip())
    return done.stdout.strip()
