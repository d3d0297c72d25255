"""Buckets, from the first to the last object."""
from account import Account
from failure import Failure


def ensure(account: Account, name: str) -> None:
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


def exists(account: Account, name: str) -> bool:
    pages = account.client("s3").get_paginator("list_buckets").paginate()
    return any(bucket["Name"] == name for page in pages for bucket in page["Buckets"])


def empty(account: Account, name: str) -> None:
    """Deletes every version of every object."""
    account.bucket(name).object_versions.delete()


def remove(account: Account, name: str) -> None:
    empty(account, name)
    account.bucket(name).delete()
