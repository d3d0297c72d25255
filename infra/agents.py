"""Agents: users of the stage's pool, or of one that was given to it."""
import re
import secrets
import string
from dataclasses import dataclass

from .account import Account
from .terminal import Failure

_ADDRESS = re.compile(r"""[^\s@,;:<>()"]+@[^\s@,;:<>()".]+(\.[^\s@,;:<>()".]+)+""")  # one, without a name around it


@dataclass(frozen=True)
class Invitation:
    mailed: bool = False
    password: str | None = None  # a temporary one, if no mail is sent


def email_address(given: str) -> str:
    """An agent's e-mail address in lower case, which is also their user name."""
    address = given.strip().lower()
    if not _ADDRESS.fullmatch(address):
        raise Failure(f"EMAIL={given} is not an e-mail address: give one, for instance EMAIL=mina@shop.example.")
    return address


def create(account: Account, pool: str, username: str, email: str, name: str, group: str | None = None) -> Invitation:
    """Creates an agent and invites them. An agent who has never logged in is invited again; one who has keeps their password, and only
    their name and group change. Without a name, customers see none: the address is private."""
    client = _cognito(account, pool)
    user = {"UserPoolId": pool, "Username": username}
    public = [{"Name": "name", "Value": name}] if name else []
    password = _temporary_password() if account.emulator else None
    quiet = {"TemporaryPassword": password, "MessageAction": "SUPPRESS"} if password else {}
    try:
        client.admin_create_user(**user, **quiet, DesiredDeliveryMediums=["EMAIL"], UserAttributes=[
            {"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}, *public])
        invited = Invitation(mailed=not password, password=password)
    except client.exceptions.UsernameExistsException:
        invited = _invite_again(client, user, password)
        if public:
            client.admin_update_user_attributes(**user, UserAttributes=public)
    if group:
        client.admin_add_user_to_group(**user, GroupName=group)
    return invited


def remove(account: Account, pool: str, username: str) -> None:
    """Deletes an agent, who cannot log in any more. Their past chats stay, and their open ones return to the queue."""
    client = _cognito(account, pool)
    try:
        client.admin_delete_user(UserPoolId=pool, Username=username)
    except client.exceptions.UserNotFoundException:
        raise Failure(f"There is no agent {username}.")


def _cognito(account: Account, pool: str):
    return account.client("cognito-idp", pool.partition("_")[0])  # the pool's region


def _invite_again(client, user: dict, password: str | None) -> Invitation:
    if client.admin_get_user(**user)["UserStatus"] != "FORCE_CHANGE_PASSWORD":
        return Invitation()
    if password:
        client.admin_set_user_password(**user, Password=password, Permanent=False)
        return Invitation(password=password)
    client.admin_create_user(**user, MessageAction="RESEND", DesiredDeliveryMediums=["EMAIL"])
    return Invitation(mailed=True)


def _temporary_password() -> str:
    """Has characters of every kind that the pool requires."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_.")
    return "".join(secrets.choice(kind) for kind in kinds * 4)
