"""Buckets, and the pages: web/dist and the addresses of a deployment, in its bucket and behind its distribution."""
import json
import mimetypes
import re
import time

from .account import Account
from .machine import WEB
from .terminal import Failure

_DIST = WEB / "dist"
# A file named by its content never changes. Every other may be cached by the distribution, which each deployment invalidates.
_HASHED = re.compile(r"-[0-9A-Za-z]{8}\.(js|css)$")
_ONE_YEAR = "public, max-age=31536000, immutable"
_EACH_TIME = "public, max-age=0, s-maxage=86400"
_FIVE_MINUTES = "public, max-age=300, s-maxage=86400"  # every page of the shop loads it


def publish(account: Account, outputs: dict[str, str], more: dict[str, object]) -> None:
    """Uploads everything. Files of earlier builds stay, since open pages load them, and so do the shops' own."""
    config = {"ws": outputs["Ws"], "issuer": outputs["Issuer"], "clientId": outputs["ClientId"], "login": outputs["Login"]}
    made = {name: json.dumps(value, indent=2).encode() for name, value in ({"config.json": config} | more).items()}
    upload(account, outputs, built_files() | made)


def upload(account: Account, outputs: dict[str, str], files: dict[str, bytes]) -> None:
    """Uploads files in the order of their references: hashed ones first, pages last."""
    client = account.client("s3")
    for name, body in sorted(files.items(), key=lambda file: (not _HASHED.search(file[0]), file[0].endswith(".html"))):
        put_file(client, outputs["WebBucket"], name, body, _cache_control(name))
    _invalidate(account, outputs)


def delete_file(account: Account, outputs: dict[str, str], name: str) -> None:
    account.client("s3").delete_object(Bucket=outputs["WebBucket"], Key=name)
    _invalidate(account, outputs)


def _invalidate(account: Account, outputs: dict[str, str]) -> None:
    """Makes the distribution fetch everything again."""
    account.client("cloudfront").create_invalidation(DistributionId=outputs["Distribution"], InvalidationBatch={
        "Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())})


def built_files() -> dict[str, bytes]:
    return {path.relative_to(_DIST).as_posix(): path.read_bytes() for path in sorted(_DIST.rglob("*")) if path.is_file()}


def put_file(client, bucket: str, name: str, body: bytes, cache: str) -> None:
    client.put_object(Bucket=bucket, Key=name, Body=body, ContentType=_content_type(name), CacheControl=cache)


def script_tags(pages: str) -> tuple[str, str]:
    """The script tags for a shop's page: one for the newest widget, and one that pins this build by its hash."""
    manifest = json.loads((_DIST / "widget" / "manifest.json").read_text())
    return (f'<script async src="{pages}/widget/rejoin.js"></script>',
            f'<script async src="{pages}/widget/{manifest["src"]}" integrity="{manifest["integrity"]}" crossorigin></script>')


def _content_type(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return kind + "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "json")) else kind


def _cache_control(name: str) -> str:
    if _HASHED.search(name):
        return _ONE_YEAR
    return _FIVE_MINUTES if name == "widget/rejoin.js" else _EACH_TIME


def ensure_bucket(account: Account, name: str) -> None:
    """Creates a private bucket if there is none. Another account's bucket of that name is refused: its owner would see the uploads."""
    client = account.client("s3")
    where = {} if account.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": account.region}}
    try:
        client.create_bucket(Bucket=name, **where)
    except client.exceptions.BucketAlreadyOwnedByYou:
        pass
    except client.exceptions.BucketAlreadyExists:
        raise Failure(f"The bucket {name} belongs to another account: choose another name for the stage.")
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
