"""The way through a stage's CloudFront distribution: the secret by which the authorizer knows what came through it, and the firewall in
front of it, a web ACL, in a stack of its own."""
from . import shops, template
from .account import Account
from .stack import Stack
from .stage import Stage
from .terminal import Failure, step

_REGION = "us-east-1"  # the only one with web ACLs for CloudFront
_NONE, _WAF = "none", "waf"  # values of the parameter Edge; the third is open


def of(parameters: dict[str, str]) -> str:
    """Where the clients of a stage with these parameters connect."""
    return parameters.get("Edge", _NONE)


def notes(deployed: dict[str, str], parameters: dict[str, str]) -> list[str]:
    """What a change of a deployed stage's parameters means for the people whose pages are open."""
    if not deployed:
        return []
    match of(deployed), of(parameters):
        case "none", "waf":
            return ["Nobody can connect until this deployment has ended, and no page that is open until it is loaded anew. Edge=open first, and "
                    "Edge=waf a day later, refuses nobody."]
        case "open" | "waf", "none":
            return ["Pages that are open connect through the distribution, and cannot from now on, until they are loaded anew. Edge=open "
                    "keeps that way, and costs nothing by the month."]
    return []


def make(account: Account, stage: Stage, parameters: dict[str, str]) -> dict[str, str]:
    """Makes what the stage's own stack refers to, and returns the parameters that name it."""
    if of(parameters) == _NONE:
        return {}
    shops.make_secret(account, stage.edge_secret)
    named = {"EdgeSecret": shops.newest_secret(account, stage.edge_secret)}
    return named | ({"WebAclArn": _make_firewall(account, stage, parameters)} if of(parameters) == _WAF else {})


def _make_firewall(account: Account, stage: Stage, parameters: dict[str, str]) -> str:
    firewall = _firewall(account, stage)
    with step(f"Deploying {firewall.name} in {_REGION}") as say:
        if (firewall.describe() or {}).get("StackStatus") == "DELETE_FAILED":  # by an earlier deployment without it
            firewall.delete(say)
        firewall.apply(template.EDGE.read_text(), template.parameters_of(template.EDGE, parameters), say)
    return firewall.outputs()["WebAcl"]


def unmake(account: Account, stage: Stage, parameters: dict[str, str]) -> None:
    """Deletes what the stage's own stack no longer refers to: the secret last, since it tells that there may be a firewall."""
    if of(parameters) == _WAF or not _has_secret(account, stage):
        return
    firewall = firewall_of(account, stage)
    if firewall:
        with step(f"Removing {firewall.name} in {_REGION}") as say:
            firewall.delete(say)
    if of(parameters) == _NONE:
        account.client("ssm").delete_parameter(Name=stage.edge_secret)


def firewall_of(account: Account, stage: Stage) -> Stack | None:
    """The stage's web ACL, if it has one. An account that may use no other region than the stage's is not asked for another."""
    firewall = _firewall(account, stage) if _has_secret(account, stage) else None
    return firewall if firewall and firewall.describe() else None


def change_secret(account: Account, stage: Stage, distribution: str) -> None:
    """Puts a new secret before the one that the distribution sends. A Failure if it does not send the newest yet: the one that it sends
    would no longer be valid."""
    newest = shops.newest_secret(account, stage.edge_secret)
    config = account.client("cloudfront").get_distribution_config(Id=distribution)["DistributionConfig"]
    sent = [header["HeaderValue"] for origin in config["Origins"]["Items"] for header in origin.get("CustomHeaders", {}).get("Items", [])]
    if newest not in sent:
        raise Failure(f"The distribution does not send the newest secret yet: `make deploy STAGE={stage.name}` first.")
    shops.change_secret(account, stage.edge_secret)


def _has_secret(account: Account, stage: Stage) -> bool:
    client = account.client("ssm")
    try:
        client.get_parameter(Name=stage.edge_secret)
    except client.exceptions.ParameterNotFound:
        return False
    return True


def _firewall(account: Account, stage: Stage) -> Stack:
    """Its name contains the stage's region: a stage of the same name in another region has its own."""
    return Stack(account.elsewhere(_REGION), f"{stage.stack}-{account.region}-edge")
