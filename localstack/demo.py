"""The stage `local` on the emulator: deployed as any other, with people who can log in to it, and customers whom the demo shop knows,
with the tokens that its server would sign."""
import base64
import hashlib
import hmac
import json
import time

import boto3

from infra import agents, shops
from infra.account import Account
from infra.deploy import deploy as deploy_stage
from infra.machine import WEB
from infra.stage import Stage, parameters

from .settings import LOCAL, REGION, Settings

_STAGE = Stage(LOCAL)
_SHOP = "tea"  # the second one
_RULES = {"TextsAtOnce": "100"}  # tests write in a minute what a person writes in an hour
_PASSWORD = "Rejoin-demo-1"
AGENTS = [{"username": "admin", "password": _PASSWORD, "admin": True},
          {"username": "minji", "password": _PASSWORD, "admin": False},
          {"username": "alex", "password": _PASSWORD, "admin": False}]


def local(settings: Settings) -> Account:
    """The emulator, to which everybody is the owner."""
    return Account(boto3.Session("test", "test", region_name=REGION), settings.url)


def deploy(settings: Settings) -> dict:
    """Deploys everything and returns what endpoints.json holds."""
    account = local(settings)
    secret = lambda key="": account.client("ssm").get_parameter(
        Name=_STAGE.secret_of(key), WithDecryption=True)["Parameter"]["Value"].splitlines()[0]
    chosen = {"AllowedOrigins": settings.url.replace("//localhost", "//127.0.0.1"), **_RULES, **parameters(_STAGE, settings.params)}
    done = deploy_stage(account, _STAGE, chosen, lambda: {"demo/customers.json": tokens(secret())})
    out, resources = done.outputs, {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in done.resources}
    shops.put(account, _STAGE, out, _SHOP, settings.url, shops.public(WEB / "demo" / f"{_SHOP}.json"))
    named = lambda kind: {logical.removesuffix(kind).lower(): physical for logical, physical in sorted(resources.items())
                          if logical.endswith(kind)}
    return {"ws": out["Ws"], "aws": settings.url, "region": REGION,
            "demo": f"{out['Pages']}/demo/index.html", "console": f"{out['Pages']}/console/index.html",
            "params": chosen, "issuer": out["Issuer"], "clientId": out["ClientId"], "siteSecret": secret(), "shops": {_SHOP: secret(_SHOP)},
            "tables": named("Table"), "functions": named("Function"), "agents": _agents(account, out)}


def _agents(account: Account, outputs: dict[str, str]) -> list[dict]:
    """Creates who is missing; the id of each is that of their tokens."""
    client, pool, known = account.client("cognito-idp"), outputs["UserPoolId"], []
    for agent in AGENTS:
        name = agent["username"]
        agents.create(account, pool, name, f"{name}@example.com", name.capitalize(), outputs["AdminGroup"] if agent["admin"] else None)
        client.admin_set_user_password(UserPoolId=pool, Username=name, Password=agent["password"], Permanent=True)
        kept = client.admin_get_user(UserPoolId=pool, Username=name)["UserAttributes"]
        values = {attribute["Name"]: attribute["Value"] for attribute in kept}
        known.append(agent | {"id": "a_" + values["sub"], "name": values["name"]})
    return known


_NAMES = {"mina": "Mina Park", "joon": "Joon Kim"}
_DAY = 24 * 60 * 60


def tokens(secret: str) -> list[dict]:
    expires = int(time.time()) + _DAY
    return [{"name": name, "token": _sign({"aud": "rejoin", "sub": sub, "name": name, "exp": expires}, secret)}
            for sub, name in _NAMES.items()]


def _sign(claims: dict, secret: str) -> str:
    signed = b".".join(_part(json.dumps(it).encode()) for it in ({"alg": "HS256", "typ": "JWT"}, claims))
    return (signed + b"." + _part(hmac.digest(secret.encode(), signed, hashlib.sha256))).decode()


def _part(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
