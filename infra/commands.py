"""What devops call: deploy, destroy, agent. Each says what it did in words."""
import sys

import agents
import pages
from account import chosen, plainly
from deploy import deploy as deploy_stage
from destroy import destroy as destroy_stage
from failure import Failure
from formation import Formation
from stage import named, parameters


@plainly()
def deploy(stage_name: str = "", file: str = "") -> None:
    stage = named(stage_name)
    values, account = parameters(stage, file or None), chosen()
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
  aws ssm get-parameter --with-decryption --name {stage.secret} --query Parameter.Value --output text
An agent is created by
  make agent STAGE={stage.name} EMAIL=…""")


@plainly()
def destroy(stage_name: str = "", yes: str = "") -> None:
    def confirmed(name: str) -> bool:
        if yes:
            return yes == name
        if not sys.stdin.isatty():
            raise Failure(f"Nobody is here to confirm it: YES={name} does.")
        return input(f"All of it is deleted for ever. Type {name} to go on: ").strip() == name

    destroy_stage(chosen(), named(stage_name), confirmed)


@plainly()
def agent(stage_name: str = "", email: str = "", name: str = "", admin: str = "") -> None:
    stage = named(stage_name)
    local, at, domain = email.partition("@")
    if not (local and at and "." in domain):
        raise Failure(f"EMAIL={email} is no address: say whom, for instance EMAIL=mina@shop.example.")
    account = chosen()
    outputs = Formation(account, stage.stack).outputs()
    if not outputs:
        raise Failure(f"There is no stage {stage.name} in account {account.id}, {account.region}: "
                      f"`make deploy STAGE={stage.name}` first.")
    invited = agents.create(account, outputs["UserPoolId"], email, email, name or local, outputs["AdminGroup"] if admin else None)
    print(f"{email} is an agent{' and an admin' if admin else ''} of stage {stage.name}.")
    if invited.password:
        print(f"Their temporary password, as no mail goes out here: {invited.password}")
    else:
        print("Cognito mails them a temporary password." if invited.mailed else "They keep the password that they have.")
    print(f"They log in at {outputs['Pages']}/console/index.html")
