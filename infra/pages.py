"""Buckets, and the pages: web/dist and the addresses of a deployment, in its bucket and behind its distribution."""
import json
import mimetypes
import re
import time

from .account import Account
from .machine import WEB
from .terminal import Failure

_DIST = WEB / "dist"
# What is named by its content never changes. The rest is fresh in the distribution, which forgets it at each deployment.
_HASHED = re.compile(r"-([0-9A-Z]{8}|[0-9a-f]{8})\.(js|css)$")
_FOR_EVER = "public, max-age=31536000, immutable"
_FRESH = "public, max-age=0, s-maxage=86400"
_LOADER = "public, max-age=300, s-maxage=86400"  # every page of the shop loads it


def publish(account: Account, outputs: dict[str, str], more: dict[str, object]) -> None:
    """Uploads everything. Files of earlier builds stay, for the pages that are open, and so do the shops' own."""
    config = {"ws": outputs["Ws"], "issuer": outputs["Issuer"], "clientId": outputs["ClientId"], "login": outputs["Login"]}
    made = {name: json.dumps(value, indent=2).encode() for name, value in ({"config.json": config} | more).items()}
    upload(account, outputs, built() | made)


def upload(account: Account, outputs: dict[str, str], files: dict[str, bytes]) -> None:
    """What others name goes before what names it."""
    client = account.client("s3")
    for name, body in sorted(files.items(), key=lambda file: (not _HASHED.search(file[0]), file[0].endswith(".html"))):
        put(client, outputs["WebBucket"], name, body, _cache(name))
    _forget(account, outputs)


def remove(account: Account, outputs: dict[str, str], name: str) -> None:
    account.client("s3").delete_object(Bucket=outputs["WebBucket"], Key=name)
    _forget(account, outputs)


def _forget(account: Account, outputs: dict[str, str]) -> None:
    """The distribution asks anew for everything."""
    account.client("cloudfront").create_invalidation(DistributionId=outputs["Distribution"], InvalidationBatch={
        "Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())})


def built() -> dict[str, bytes]:
    return {path.relative_to(_DIST).as_posix(): path.read_bytes() for path in sorted(_DIST.rglob("*")) if path.is_file()}


def put(client, bucket: str, name: str, body: bytes, cache: str) -> None:
    client.put_object(Bucket=bucket, Key=name, Body=body, ContentType=_kind(name), CacheControl=cache)


def lines(pages: str) -> tuple[str, str]:
    """What a shop writes into its page: the widget that each deployment renews, or this very one."""
    manifest = json.loads((_DIST / "widget" / "manifest.json").read_text())
    return (f'<script async src="{pages}/widget/rejoin.js"></script>',
            f'<script async src="{pages}/widget/{manifest["src"]}" integrity="{manifest["integrity"]}" crossorigin></script>')


def _kind(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return kind + "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "json")) else kind


def _cache(name: str) -> str:
    if _HASHED.search(name):
        return _FOR_EVER
    return _LOADER if name == "widget/rejoin.js" else _FRESH


def ensure_bucket(account: Account, name: str) -> None:
    """Makes a private bucket. One of that name that is somebody else's would see all that we upload, so it is refused."""
    client = account.client("s3")
    where = {} if account.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": account.region}}
    try:
        client.create_bucket(Bucket=name, **where)
    except client.exceptions.BucketAlreadyOwnedByYou:
        pass
    except client.exceptions.BucketAlreadyExists:
        raise Failure(f"The bucket {name} belongs to somebody else: choose another name for the stage.")
    client.put_public_access_block(Bucket=name, ExpectedBucketOwner=account.id, PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "BlockPublicPolicy": True, "IgnorePublicAcls": True, "RestrictPublicBuckets": True})


def bucket_exists(account: Account, name: str) -> bool:
    pages = account.client("s3").get_paginator("list_buckets").paginate()
    return any(bucket["Name"] == name for page in pages for bucket in page["Buckets"])


def empty_bucket(account: Account, name: str) -> None:
    """Deletes every version of every object."""
    account.bucket(name).object_versions.delete()


def remove_bucket(account: Account, name: str) -> None:
    empty_bucket(account, name)
    account.bucket(name).delete()
