"""Finds what a change of a stage would lose: what people wrote, who they are, or an address that they know. Records the resources of
the last release, which every later version has to keep (losses_test.py)."""
import json

from . import template
from .machine import INFRA

_RELEASED = INFRA / "released.json"
# Resources that hold any of that. All others can be made again.
_KEPT = {"AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::Cognito::UserPoolDomain", "AWS::Cognito::UserPoolClient",
         "AWS::ApiGatewayV2::Api", "AWS::CloudFront::Distribution", "AWS::S3::Bucket"}
# Properties that cannot be changed: CloudFormation would replace the resource by an empty one.
_FIXED = {"AWS::DynamoDB::Table": ("TableName", "KeySchema"),
          "AWS::Cognito::UserPool": ("UsernameAttributes", "AliasAttributes", "UsernameConfiguration"),
          "AWS::Cognito::UserPoolDomain": ("Domain", "UserPoolId"), "AWS::Cognito::UserPoolClient": ("UserPoolId", "GenerateSecret"),
          "AWS::ApiGatewayV2::Api": ("ProtocolType",), "AWS::S3::Bucket": ("BucketName",), "AWS::CloudFront::Distribution": ()}
_INDEXES, _KINDS = "GlobalSecondaryIndexes", "AttributeDefinitions"
_VERBS = {"True": "replace", "Conditional": "perhaps replace"}


def of_changes(changes: list[dict]) -> list[str]:
    """What a change set would lose, by CloudFormation's own description of it."""
    return [f"{verb} {it['LogicalResourceId']}" for it in changes if it["ResourceType"] in _KEPT for verb in [_verb(it)] if verb]


def _verb(change: dict) -> str | None:
    match change["Action"]:
        case "Remove":
            return "remove"
        case "Dynamic":  # CloudFormation cannot tell before it does it
            return "perhaps replace"
    return _VERBS.get(change.get("Replacement"))


def between(released: dict[str, dict], now: dict[str, dict]) -> list[str]:
    """What an update from one template's resources to another's would lose, in any stage."""
    lost = []
    for name, before in essence(released).items():
        after = now.get(name)
        if not after or after["Type"] != before["Type"]:
            lost.append(f"remove {name}")
            continue
        lost += [f"replace {name}, for its {fixed}" for fixed in _FIXED[before["Type"]]
                 if before["Properties"].get(fixed) != after["Properties"].get(fixed)]
        lost += [f"replace {name}, for what {key} is" for key in _retyped(before["Properties"], after["Properties"])]
        lost += [f"remove {name} where {after['Condition']} does not hold"] if after.get("Condition") not in (None, before.get("Condition")) else []
        lost += of_indexes(name, before["Properties"], after["Properties"])
    return lost


def _retyped(before: dict, after: dict) -> list[str]:
    """The keys of the table or an index whose type would change."""
    was, will = ({it["AttributeName"]: it["AttributeType"] for it in table.get(_KINDS, [])} for table in (before, after))
    return [key for key in was.keys() & will.keys() if was[key] != will[key]]


def essence(resources: dict[str, dict]) -> dict[str, dict]:
    """The resources that are kept, with the properties that decide whether they are."""
    return {name: {key: it[key] for key in ("Type", "Condition") if key in it} |
            {"Properties": {key: it["Properties"][key] for key in (*_FIXED[it["Type"]], _KINDS, _INDEXES) if key in it["Properties"]}}
            for name, it in sorted(resources.items()) if it["Type"] in _KEPT}


def of_indexes(name: str, before: dict, after: dict) -> list[str]:
    """Says when more than one index of a table would change: DynamoDB makes or drops one at a time, and CloudFormation would fail half-way."""
    have, want = _indexes(before), _indexes(after)
    changed = sorted(have.keys() ^ want.keys()) + [index for index in have.keys() & want.keys() if have[index] != want[index]] * 2
    return [f"change more than one index of {name} at once ({', '.join(dict.fromkeys(changed))})"] if len(changed) > 1 else []


def _indexes(table: dict) -> dict[str, tuple]:
    """The indexes by name, in a form that a template and DynamoDB's own description have in common."""
    return {it["IndexName"]: ([(key["AttributeName"], key["KeyType"]) for key in it["KeySchema"]], it["Projection"]["ProjectionType"],
                              sorted(it["Projection"].get("NonKeyAttributes", []))) for it in table.get(_INDEXES) or []}




def released() -> dict[str, dict]:
    return json.loads(_RELEASED.read_text())


def record_release() -> None:
    """Run at each release."""
    _RELEASED.write_text(json.dumps(essence(template.read()["Resources"]), indent=1) + "\n")
