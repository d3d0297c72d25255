"""Keeps requests to this machine off the proxies that the environment names."""
import os
import socket
from urllib.parse import urlsplit

_EXCEPT = ("no_proxy", "NO_PROXY")
HERE = ("localhost", "127.0.0.1", "::1", "[::1]")  # IPv6 as some programs look for it, and as others do


def spare(address: str = "") -> None:
    """Has this process and those that it starts go straight to this machine, and to an address that is another name of it."""
    if not any(name.lower().endswith("_proxy") and name.lower() not in _EXCEPT for name in os.environ):
        return
    given = [name.strip() for names in _EXCEPT for name in os.environ.get(names, "").split(",")]  # programs read one spelling or the other
    host = urlsplit(address).hostname
    names = ["*"] if "*" in given else [*given, *HERE, *([host] if host and _is_this_machine(host) else [])]
    os.environ |= dict.fromkeys(_EXCEPT, ",".join(dict.fromkeys(name for name in names if name)))


def _is_this_machine(host: str) -> bool:
    """A machine can bind only its own addresses."""
    try:
        for family, kind, _, _, address in socket.getaddrinfo(host, 0, type=socket.SOCK_DGRAM):
            with socket.socket(family, kind) as own:
                own.bind(address)
        return True
    except OSError:
        return False
