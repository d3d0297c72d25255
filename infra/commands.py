"""The commands for a stage: deploy, destroy, restore, agent, shop, secret. Each prints what it did."""
import sys
from collections.abc import Callable

from . import agents, edge, pages, shops
from .account import Account, aws_errors_as_sentences, logged_in
from .deploy import deploy as deploy_stage
from .destroy import destroy as destroy_stage
from .restore import parsed_time, restore as restore_stage
from .stack import Stack
from .stage import Stage, checked_stage, stage_parameters
from .terminal import Failure


@aws_errors_as_sentences()
def deploy(stage_name: str = "", file: str = "") -> None:
    stage = checked_stage(stage_name)
    values = stage_parameters(stage, file or None)
    values |= {name: shops.canonical_origins(values[name]) for name in ["AllowedOrigins"] if name in values}
    account = logged_in()
    print(f"Stage {stage.name} in account {account.id}, {account.region}{account.emulator and ', on ' + account.emulator}:\n")
    done = deploy_stage(account, stage, values)
    always, pinned = pages.script_tags(done.outputs["Pages"])
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
  {_read_command(stage.secret)}
An agent is created by
  make agent STAGE={stage.name} EMAIL=…""")


@aws_errors_as_sentences()
def destroy(stage_name: str = "", yes: str = "") -> None:
    stage = checked_stage(stage_name)
    destroy_stage(logged_in(), stage, _confirmation("All of it will be deleted for good.", yes))


@aws_errors_as_sentences()
def restore(stage_name: str = "", at: str = "", yes: str = "") -> None:
    stage, then, account = checked_stage(stage_name), parsed_time(at), logged_in()
    _outputs(account, stage)
    restore_stage(account, stage, then, _confirmation("Everything newer will be deleted.", yes))


def _confirmation(words: str, yes: str) -> Callable[[str], bool]:
    """Asks for the stage's name, unless YES gave it."""
    def confirmed(name: str) -> bool:
        if yes:
            return yes == name
        if not sys.stdin.isatty():
            raise Failure(f"This needs a confirmation: YES={name}.")
        return input(f"{words} Type {name} to continue: ").strip() == name
    return confirmed


@aws_errors_as_sentences()
def agent(stage_name: str = "", email: str = "", name: str = "", admin: str = "", remove: str = "") -> None:
    stage, email = checked_stage(stage_name), agents.email_address(email)
    account = logged_in()
    outputs = _outputs(account, stage)
    if remove:
        agents.remove(account, outputs["UserPoolId"], email)
        print(f"Stage {stage.name} has no agent {email} any more. A console that they have open works until its token expires.")
        return
    invited = agents.create(account, outputs["UserPoolId"], email, email, name.strip(), outputs["AdminGroup"] if admin else None)
    print(f"{email} is an agent{' and an admin' if admin else ''} of stage {stage.name}.")
    if not name.strip():
        print("Without a name they appear as “Agent”: the same command with NAME=… sets one.")
    if invited.password:
        print(f"Their temporary password, since an emulator sends no mail: {invited.password}")
    else:
        print("Cognito mails them a temporary password." if invited.mailed else "They keep their password.")
    print(f"They log in at {outputs['Pages']}/console/index.html")


@aws_errors_as_sentences()
def shop(stage_name: str = "", key: str = "", allowed: str = "", file: str = "", remove: str = "") -> None:
    stage, key = checked_stage(stage_name), shops.checked_key(key)
    described = None if remove else (shops.allowed_origins(allowed), shops.described(file))
    account = logged_in()
    outputs = _outputs(account, stage)
    if remove:
        shops.remove(account, stage, outputs, key)
        print(f"Stage {stage.name} has no shop {key} any more. Its chats stay.")
        return
    secret_made = shops.save(account, stage, outputs, key, *described)
    print(f"""Shop {key} of stage {stage.name} is in use within five minutes.

On its pages:
  <script async src="{outputs["Pages"]}/widget/rejoin.js" data-site="{key}"></script>

The secret that signs its customers' tokens{" was made; it" if secret_made else ""} is read by
  {_read_command(stage.shop_secret(key))}""")


@aws_errors_as_sentences()
def secret(stage_name: str = "", key: str = "", of_edge: str = "") -> None:
    stage = checked_stage(stage_name)
    account = logged_in()
    name = stage.shop_secret(shops.checked_key(key) if key else "")
    outputs = _outputs(account, stage)
    if of_edge:
        edge.change_secret(account, stage, outputs["Distribution"])
        print(f"There is a new secret; the previous one stays valid. In five minutes, `make deploy STAGE={stage.name}` has the distribution "
              "send the new one.")
        return
    shops.change_secret(account, name)
    print(f"""There is a new secret; the previous one stays valid. In five minutes, give the first line to the shop's server:
  {_read_command(name)}""")


def _outputs(account: Account, stage: Stage) -> dict[str, str]:
    """The outputs of a stage's stack; a Failure if it is not deployed."""
    outputs = Stack(account, stage.stack).outputs()
    if not outputs:
        raise Failure(f"There is no stage {stage.name} in account {account.id}, {account.region}: "
                      f"`make deploy STAGE={stage.name}` first.")
    return outputs


def _read_command(name: str) -> str:
    return f"aws ssm get-parameter --with-decryption --name {name} --query Parameter.Value --output text"
