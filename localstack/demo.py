"""The stage `local` on the emulator: deployed like any other, with agents who can log in, a second shop, and customers of the demo shop
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
from infra.stage import Stage, stage_parameters

from .settings import LOCAL, REGION, Settings

_STAGE = Stage(LOCAL)
_SHOP = "tea"  # the second shop
# Tests and generators do in a minute, from one address, what people do in an hour.
_RULES = {"TextsAtOnce": "100", "StartsAtOnce": "1000", "ConnectsFromOne": "6000", "FramesAtOnce": "1000", "FramesPerSecond": "200"}
_CUSTOMERS = {"mina": "Mina Park", "joon": "Joon Kim"}
_DAY = 24 * 60 * 60
_PASSWORD = "Rejoin-demo-1"
AGENTS = [{"username": "admin", "password": _PASSWORD, "admin": True},
          {"username": "minji", "password": _PASSWORD, "admin": False},
          {"username": "alex", "password": _PASSWORD, "admin": False}]


def emulator_account(settings: Settings) -> Account:
    """The account on the emulator, which accepts any credentials."""
    return Account(boto3.Session("test", "test", region_name=REGION), settings.url)


def deploy(settings: Settings) -> dict:
    """Deploys what is built, and returns what endpoints.json holds."""
    account = emulator_account(settings)
    secret = lambda key="": account.client("ssm").get_parameter(
        Name=_STAGE.shop_secret(key), WithDecryption=True)["Parameter"]["Value"].splitlines()[0]
    chosen = {"AllowedOrigins": settings.url.replace("//localhost", "//127.0.0.1"), **_RULES, **stage_parameters(_STAGE, settings.params)}
    done = deploy_stage(account, _STAGE, chosen, lambda: {"demo/customers.json": customer_tokens(secret())}, built=True)
    out, resources = done.outputs, {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in done.resources}
    shops.save(account, _STAGE, out, _SHOP, settings.url, shops.described(WEB / "demo" / f"{_SHOP}.json"))
    named = lambda kind: {logical.removesuffix(kind).lower(): physical for logical, physical in sorted(resources.items())
                          if logical.endswith(kind)}
    return {"ws": out["Ws"], "aws": settings.url, "region": REGION,
            "demo": f"{out['Pages']}/demo/index.html", "console": f"{out['Pages']}/console/index.html",
            "params": chosen, "issuer": out["Issuer"], "clientId": out["ClientId"], "siteSecret": secret(), "shops": {_SHOP: secret(_SHOP)},
            "tables": named("Table"), "functions": named("Function"), "agents": _agents(account, out)}


def _agents(account: Account, outputs: dict[str, str]) -> list[dict]:
    """Creates the agents that are missing, and returns all of them with the ids that are in their tokens."""
    client, pool, known = account.client("cognito-idp"), outputs["UserPoolId"], []
    for agent in AGENTS:
        name = agent["username"]
        agents.create(account, pool, name, f"{name}@example.com", name.capitalize(), outputs["AdminGroup"] if agent["admin"] else None)
        client.admin_set_user_password(UserPoolId=pool, Username=name, Password=agent["password"], Permanent=True)
        user = client.admin_get_user(UserPoolId=pool, Username=name)["UserAttributes"]
        values = {attribute["Name"]: attribute["Value"] for attribute in user}
        known.append(agent | {"id": "a_" + values["sub"], "name": values["name"]})
    return known


def customer_tokens(secret: str) -> list[dict]:
    expires = int(time.time()) + _DAY
    return [{"name": name, "token": _sign({"aud": "rejoin", "sub": sub, "name": name, "exp": expires}, secret)}
            for sub, name in _CUSTOMERS.items()]


def _sign(claims: dict, secret: str) -> str:
    signed = b".".join(_base64url(json.dumps(it).encode()) for it in ({"alg": "HS256", "typ": "JWT"}, claims))
    return (signed + b"." + _base64url(hmac.digest(secret.encode(), signed, hashlib.sha256))).decode()


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
