"""Agents: users of the stage's pool, or of one that was given to it."""
import re
import secrets
import string
from dataclasses import dataclass

from .account import Account
from .terminal import Failure

_ADDRESS = re.compile(r"""[^\s@,;:<>()"]+@[^\s@,;:<>()".]+(\.[^\s@,;:<>()".]+)+""")  # one, without a name around it


@dataclass(frozen=True)
class Invited:
    mailed: bool = False
    password: str | None = None  # a temporary one, where no mail goes out


def address(given: str) -> str:
    """An agent's address, which is their user name, in lower case however it was typed."""
    address = given.strip().lower()
    if not _ADDRESS.fullmatch(address):
        raise Failure(f"EMAIL={given} is not an e-mail address: give one, for instance EMAIL=mina@shop.example.")
    return address


def create(account: Account, pool: str, username: str, email: str, name: str, group: str | None = None) -> Invited:
    """Creates an agent and invites them; one who has never logged in is invited again. Whoever has keeps their password,
    and is only given the name, and put into the group. No public name is made of an address."""
    client = _users(account, pool)
    user = {"UserPoolId": pool, "Username": username}
    public = [{"Name": "name", "Value": name}] if name else []
    password = _password() if account.emulator else None
    quiet = {"TemporaryPassword": password, "MessageAction": "SUPPRESS"} if password else {}
    try:
        client.admin_create_user(**user, **quiet, DesiredDeliveryMediums=["EMAIL"], UserAttributes=[
            {"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}, *public])
        invited = Invited(mailed=not password, password=password)
    except client.exceptions.UsernameExistsException:
        invited = _again(client, user, password)
        if public:
            client.admin_update_user_attributes(**user, UserAttributes=public)
    if group:
        client.admin_add_user_to_group(**user, GroupName=group)
    return invited


def remove(account: Account, pool: str, username: str) -> None:
    """Takes an agent away: they log in no more. Their chats stay, and what they hold goes back to the queue."""
    client = _users(account, pool)
    try:
        client.admin_delete_user(UserPoolId=pool, Username=username)
    except client.exceptions.UserNotFoundException:
        raise Failure(f"There is no agent {username}.")


def _users(account: Account, pool: str):
    return account.client("cognito-idp", pool.partition("_")[0])  # its region


def _again(client, user: dict, password: str | None) -> Invited:
    if client.admin_get_user(**user)["UserStatus"] != "FORCE_CHANGE_PASSWORD":
        return Invited()
    if password:
        client.admin_set_user_password(**user, Password=password, Permanent=False)
        return Invited(password=password)
    client.admin_create_user(**user, MessageAction="RESEND", DesiredDeliveryMediums=["EMAIL"])
    return Invited(mailed=True)


def _password() -> str:
    """With characters of each kind that the pool demands."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_.")
    return "".join(secrets.choice(kind) for kind in kinds * 4)
