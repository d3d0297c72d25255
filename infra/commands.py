"""What devops call: deploy, destroy, restore, agent, shop, secret. Each says what it did in words."""
import sys
from collections.abc import Callable

from . import agents, pages, shops
from .account import Account, chosen, plainly
from .deploy import deploy as deploy_stage
from .destroy import destroy as destroy_stage
from .restore import moment, restore as restore_stage
from .stack import Stack
from .stage import Stage, named, parameters
from .terminal import Failure


@plainly()
def deploy(stage_name: str = "", file: str = "") -> None:
    stage = named(stage_name)
    values = parameters(stage, file or None)
    values |= {name: shops.canonical(values[name]) for name in ["AllowedOrigins"] if name in values}
    account = chosen()
    print(f"Stage {stage.name} in account {account.id}, {account.region}{account.emulator and ', on ' + account.emulator}:\n")
    done = deploy_stage(account, stage, values)
    always, pinned = pages.lines(done.outputs["Pages"])
    print(f"""
Rejoin is deployed.

  Agents' console   {done.outputs["Pages"]}/console/index.html
  Demo shop         {done.outputs["Pages"]}/demo/index.html
  WebSocket         {done.outputs["Ws"]}

On your pages, the widget that each deployment renews:
  {always}
or this very build:
  {pinned}

The secret that signs your customers' tokens{" was made; it" if done.secret_made else ""} is read by
  {_reading(stage.secret)}
An agent is created by
  make agent STAGE={stage.name} EMAIL=…""")


@plainly()
def destroy(stage_name: str = "", yes: str = "") -> None:
    stage = named(stage_name)
    destroy_stage(chosen(), stage, _confirming("All of it is deleted for ever.", yes))


@plainly()
def restore(stage_name: str = "", at: str = "", yes: str = "") -> None:
    stage, then, account = named(stage_name), moment(at), chosen()
    _deployed(account, stage)
    restore_stage(account, stage, then, _confirming("What is newer is deleted.", yes))


def _confirming(words: str, yes: str) -> Callable[[str], bool]:
    """Asks for the stage's name, unless it was given."""
    def confirmed(name: str) -> bool:
        if yes:
            return yes == name
        if not sys.stdin.isatty():
            raise Failure(f"Nobody is here to confirm it: YES={name} does.")
        return input(f"{words} Type {name} to go on: ").strip() == name
    return confirmed


@plainly()
def agent(stage_name: str = "", email: str = "", name: str = "", admin: str = "", remove: str = "") -> None:
    stage, email = named(stage_name), agents.address(email)
    account = chosen()
    outputs = _deployed(account, stage)
    if remove:
        agents.remove(account, outputs["UserPoolId"], email)
        print(f"Stage {stage.name} has no agent {email} any more; a console that they have open ends with its token.")
        return
    invited = agents.create(account, outputs["UserPoolId"], email, email, name.strip(), outputs["AdminGroup"] if admin else None)
    print(f"{email} is an agent{' and an admin' if admin else ''} of stage {stage.name}.")
    if not name.strip():
        print("Without a name they appear as “Agent”: the same command with NAME=… sets one.")
    if invited.password:
        print(f"Their temporary password, as no mail goes out here: {invited.password}")
    else:
        print("Cognito mails them a temporary password." if invited.mailed else "They keep the password that they have.")
    print(f"They log in at {outputs['Pages']}/console/index.html")


@plainly()
def shop(stage_name: str = "", key: str = "", allowed: str = "", file: str = "", remove: str = "") -> None:
    stage, key = named(stage_name), shops.named(key)
    said = None if remove else (shops.origins(allowed), shops.public(file))
    account = chosen()
    outputs = _deployed(account, stage)
    if remove:
        shops.remove(account, stage, outputs, key)
        print(f"Stage {stage.name} has no shop {key} any more. Its chats stay.")
        return
    made = shops.put(account, stage, outputs, key, *said)
    print(f"""Shop {key} of stage {stage.name} is known to it within five minutes.

On its pages:
  <script async src="{outputs["Pages"]}/widget/rejoin.js" data-site="{key}"></script>

The secret that signs its customers' tokens{" was made; it" if made else ""} is read by
  {_reading(stage.secret_of(key))}""")


@plainly()
def secret(stage_name: str = "", key: str = "") -> None:
    stage = named(stage_name)
    account = chosen()
    name = stage.secret_of(shops.named(key) if key else "")
    _deployed(account, stage)
    shops.change_secret(account, name)
    print(f"""There is a new secret, and the one before it is good as well. In five minutes give the first line to the shop's server:
  {_reading(name)}""")


def _deployed(account: Account, stage: Stage) -> dict[str, str]:
    """The outputs of a stage that is there."""
    outputs = Stack(account, stage.stack).outputs()
    if not outputs:
        raise Failure(f"There is no stage {stage.name} in account {account.id}, {account.region}: "
                      f"`make deploy STAGE={stage.name}` first.")
    return outputs


def _reading(name: str) -> str:
    return f"aws ssm get-parameter --with-decryption --name {name} --query Parameter.Value --output text"
