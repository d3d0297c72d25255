"""Customers whom the demo shop knows, with the tokens that its server would sign."""
import base64
import hashlib
import hmac
import json
import time

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
