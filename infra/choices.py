"""What whoever deploys may choose: the parameters of the template, which says itself what each of them takes."""
import re
import zoneinfo

import template
from failure import Failure


def check(given: dict[str, str]) -> None:
    """Refuses, before anything is made, what CloudFormation would refuse half-way, or a function when it starts."""
    known = template.read()["Parameters"]
    for name in given.keys() - known.keys():
        raise Failure(f"There is no parameter {name}: those that there are stand at the top of infra/template.yaml.")
    for name in [it for it in known if it in given]:  # the stage first: others are named after it
        wanted = _wanted(known[name], given[name])
        if wanted:
            raise _refusal(name, given[name], wanted)
    chosen = {name: str(it.get("Default", "")) for name, it in known.items()} | given
    if float(chosen["IdleAfter"]) <= float(chosen["WarnAfter"]):
        raise _refusal("IdleAfter", chosen["IdleAfter"], f"more than WarnAfter, which is {chosen['WarnAfter']}")
    zones = zoneinfo.available_timezones()  # none on a machine without them
    if zones and chosen["TimeZone"] not in zones:
        raise _refusal("TimeZone", chosen["TimeZone"], "the IANA name of a zone, for instance Asia/Seoul")


def _refusal(name: str, value: str, wanted: str) -> Failure:
    return Failure(f"{name.upper() if name == 'Stage' else name}={value} is refused: it has to be {wanted}.")


def _wanted(rule: dict, value: str) -> str | None:
    """What the parameter takes, where that is not this value."""
    if "AllowedValues" in rule:
        allowed = [str(it) for it in rule["AllowedValues"]]
        return None if value in allowed else "one of " + ", ".join(allowed)
    if rule["Type"] == "Number":
        least = rule.get("MinValue", 0)
        return None if re.fullmatch(r"\d{1,10}", value) and int(value) >= least else f"a whole number, {least} or more"
    if len(value) > rule.get("MaxLength", 4096):
        return f"{rule['MaxLength']} characters at most"
    if not re.fullmatch(rule.get("AllowedPattern", ".*"), value):
        return rule.get("ConstraintDescription", f"what the pattern {rule.get('AllowedPattern')} describes")
    return None
