"""template.yaml, with CloudFormation's functions (!Ref, !Sub, …) as {"!Ref": …}, and the check of its parameters before a deployment."""
import functools
import re
from pathlib import Path

import yaml

from . import zones
from .machine import INFRA
from .terminal import Failure

FILE = INFRA / "template.yaml"
EDGE = INFRA / "edge.yaml"  # of the firewall, with parameters of its own
_DAY = 24 * 60 * 60


class _Loader(yaml.CSafeLoader):
    def function(self, suffix: str, node: yaml.Node) -> dict:
        match node:
            case yaml.ScalarNode():
                value = self.construct_scalar(node)
            case yaml.SequenceNode():
                value = self.construct_sequence(node, deep=True)
            case _:
                value = self.construct_mapping(node, deep=True)
        return {f"!{suffix}": value}


_Loader.add_multi_constructor("!", _Loader.function)


@functools.cache
def read(file: Path = FILE) -> dict:
    return yaml.load(file.read_text(), _Loader)


def parameters_of(file: Path, given: dict[str, str]) -> dict[str, str]:
    """Those of a stage's parameters that one of its templates has."""
    return {name: value for name, value in given.items() if name in read(file)["Parameters"]}


def tables() -> dict[str, dict]:
    """The properties of each table, by its logical id."""
    return {key: it["Properties"] for key, it in read()["Resources"].items() if it["Type"] == "AWS::DynamoDB::Table"}


def check_parameters(given: dict[str, str], region: str) -> None:
    """Refuses values that CloudFormation would refuse half-way through a deployment, or a function at its start."""
    known = read(EDGE)["Parameters"] | read()["Parameters"]
    for name in given.keys() - known.keys():
        raise Failure(f"There is no parameter {name}: infra/template.yaml and infra/edge.yaml list them at their top.")
    for name in [it for it in known if it in given]:  # in the template's order, the stage first, since others are named after it
        required = _requirement(known[name], given[name])
        if required:
            raise _refusal(name, given[name], required)
    chosen = {name: str(it.get("Default", "")) for name, it in known.items()} | given
    for assertion in [it for rule in read()["Rules"].values() for it in rule["Assertions"]]:
        if not _evaluate(assertion["Assert"], chosen):
            raise Failure(f"{assertion['AssertDescription']}, or not at all.")
    absence = max(int(chosen["AbandonAfter"]), int(chosen["LeftAfter"]), 2 * float(chosen["KeepLeft"]) * _DAY)  # an answer on the last day waits as long again
    if 0 < int(chosen["KeepRooms"]) * _DAY < absence:
        raise _refusal("KeepRooms", chosen["KeepRooms"], f"as long as a customer may be gone, which is {absence:.0f} seconds, or 0")
    if 0 < int(chosen["KeepTexts"]) < float(chosen["KeepLeft"]):
        raise _refusal("KeepTexts", chosen["KeepTexts"], f"as long as a question may wait for its answer, which is KeepLeft, {chosen['KeepLeft']} days, or 0")
    if int(chosen["IdleAfter"]) <= int(chosen["WarnAfter"]):
        raise _refusal("IdleAfter", chosen["IdleAfter"], f"more than WarnAfter, which is {chosen['WarnAfter']}")
    certificate, pool = chosen["WsCertificateArn"], chosen["UserPoolId"]
    if certificate and certificate.split(":")[3] != region:
        raise _refusal("WsCertificateArn", certificate, f"a certificate in ACM of {region}")
    if pool and pool.partition("_")[0] != region and not chosen["UserPoolClientId"]:
        raise Failure(f"UserPoolClientId is missing: CloudFormation can make a client of {pool} only in the pool's own region, not in {region}.")
    if chosen["TimeZone"] not in zones.names():
        raise _refusal("TimeZone", chosen["TimeZone"], "the IANA name of a zone, for instance Asia/Seoul")


def _evaluate(expression, chosen: dict[str, str]):
    """The value of an assertion in the template's rules."""
    if not isinstance(expression, dict):
        return expression
    [(function, arguments)] = expression.items()
    if function == "!Ref":
        return chosen[arguments]
    values = [_evaluate(it, chosen) for it in arguments]
    match function:
        case "!Equals":
            return values[0] == values[1]
        case "!Not":
            return not values[0]
        case "!And":
            return all(values)
        case "!Or":
            return any(values)
    raise ValueError(f"{function} in a rule of the template")


def _refusal(name: str, value: str, required: str) -> Failure:
    return Failure(f"{name.upper() if name == 'Stage' else name}={value} is refused: it has to be {required}.")


def _requirement(rule: dict, value: str) -> str | None:
    """What the parameter requires, if the value does not meet it; else None."""
    if "AllowedValues" in rule:
        allowed = [str(it) for it in rule["AllowedValues"]]
        return None if value in allowed else "one of " + ", ".join(allowed)
    if rule["Type"] == "Number":
        least, most = rule["MinValue"], rule["MaxValue"]
        pattern, kind = ("[0-9]{1,10}", "whole number") if isinstance(least, int) else (r"[0-9]{1,10}(\.[0-9]{1,10})?", "number")
        return None if re.fullmatch(pattern, value) and least <= float(value) <= most else f"a {kind} from {least} to {most}"
    if len(value) > rule.get("MaxLength", 4096):
        return f"{rule['MaxLength']} characters at most"
    if not re.fullmatch(rule.get("AllowedPattern", ".*"), value):
        return rule.get("ConstraintDescription", f"what the pattern {rule.get('AllowedPattern')} describes")
    return None
