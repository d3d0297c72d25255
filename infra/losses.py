"""Finds what a change of a stage would lose: what people wrote, who they are, or an address that they know. Records the resources of
the last release, which every later version has to keep (losses_test.py)."""
import json

from . import template
from .machine import INFRA

_RELEASED = INFRA / "released.json"
# Types of the resources that hold any of that. All others can be created again.
_STATEFUL = {"AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolDomain", "AWS::Cognito::UserPoolClient",
         "AWS::ApiGatewayV2::Api", "AWS::CloudFront::Distribution", "AWS::S3::Bucket"}
# Properties that cannot change: CloudFormation would replace the resource by an empty one.
_UNCHANGEABLE = {"AWS::DynamoDB::Table": ("TableName", "KeySchema"),
          "AWS::Cognito::UserPool": ("UsernameAttributes", "AliasAttributes", "UsernameConfiguration"),
          "AWS::Cognito::UserPoolDomain": ("Domain", "UserPoolId"), "AWS::Cognito::UserPoolClient": ("UserPoolId", "GenerateSecret"),
          "AWS::ApiGatewayV2::Api": ("ProtocolType",), "AWS::S3::Bucket": ("BucketName",), "AWS::CloudFront::Distribution": ()}
_INDEXES, _ATTRIBUTES = "GlobalSecondaryIndexes", "AttributeDefinitions"
_VERBS = {"True": "replace", "Conditional": "perhaps replace"}


def of_changes(changes: list[dict], emulated: bool = False) -> list[str]:
    """What a change set would lose, by CloudFormation's own description of it. An emulator says of most properties that they may require
    a replacement, also where AWS documents that they never do."""
    return [f"{verb} {it['LogicalResourceId']}" for it in changes if it["ResourceType"] in _STATEFUL for verb in [_verb(it)]
            if verb and not (emulated and it.get("Replacement") == "Conditional")]


def _verb(change: dict) -> str | None:
    match change["Action"]:
        case "Remove":
            return "remove"
        case "Dynamic":  # CloudFormation cannot tell before it does it
            return "perhaps replace"
    return _VERBS.get(change.get("Replacement"))


def of_update(released: dict[str, dict], now: dict[str, dict]) -> list[str]:
    """What an update from the resources of one template to those of another would lose, whatever the stage's parameters are."""
    lost = []
    for name, before in stateful(released).items():
        after = now.get(name)
        if not after or after["Type"] != before["Type"]:
            lost.append(f"remove {name}")
            continue
        lost += [f"replace {name}, for its {fixed}" for fixed in _UNCHANGEABLE[before["Type"]]
                 if before["Properties"].get(fixed) != after["Properties"].get(fixed)]
        lost += [f"replace {name}, for the type of {key}" for key in _retyped(before["Properties"], after["Properties"])]
        lost += [f"remove {name} where {after['Condition']} does not hold"] if after.get("Condition") not in (None, before.get("Condition")) else []
        lost += of_index_changes(name, before["Properties"], after["Properties"])
    return lost


def _retyped(before: dict, after: dict) -> list[str]:
    """The keys of the table or an index whose type would change."""
    was, will = ({it["AttributeName"]: it["AttributeType"] for it in table.get(_ATTRIBUTES, [])} for table in (before, after))
    return [key for key in was.keys() & will.keys() if was[key] != will[key]]


def stateful(resources: dict[str, dict]) -> dict[str, dict]:
    """The resources that hold something, with the properties that decide whether they keep it."""
    return {name: {key: it[key] for key in ("Type", "Condition") if key in it} |
            {"Properties": {key: it["Properties"][key] for key in (*_UNCHANGEABLE[it["Type"]], _ATTRIBUTES, _INDEXES) if key in it["Properties"]}}
            for name, it in sorted(resources.items()) if it["Type"] in _STATEFUL}


def of_index_changes(name: str, before: dict, after: dict) -> list[str]:
    """A sentence if more than one index of a table would change: DynamoDB changes one at a time, and CloudFormation would fail half-way."""
    have, want = _indexes(before), _indexes(after)
    changed = sorted(have.keys() ^ want.keys()) + [index for index in have.keys() & want.keys() if have[index] != want[index]] * 2
    return [f"change more than one index of {name} at once ({', '.join(dict.fromkeys(changed))})"] if len(changed) > 1 else []


def _indexes(table: dict) -> dict[str, tuple]:
    """The indexes by name, in a form that is the same for a template and for DynamoDB's description of a table."""
    return {it["IndexName"]: ([(key["AttributeName"], key["KeyType"]) for key in it["KeySchema"]], it["Projection"]["ProjectionType"],
                              sorted(it["Projection"].get("NonKeyAttributes", []))) for it in table.get(_INDEXES) or []}


def released() -> dict[str, dict]:
    return json.loads(_RELEASED.read_text())


def record_release() -> None:
    """Writes released.json; run at each release."""
    _RELEASED.write_text(json.dumps(stateful(template.read()["Resources"]), indent=1) + "\n")
