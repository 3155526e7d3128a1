"""What can be wrong with people, roles and signing in."""

from __future__ import annotations

from engine.errors import ChengxinError


class IdentityError(ChengxinError):
    """The root of this room's errors."""


class NotPermitted(IdentityError):
    """The person's roles do not allow this."""

    zh = "您没有“{permission}”的权限。如因工作需要，请联系本单位信用办负责人或流程管理员。"
    en = "You may not '{permission_en}'. If your work needs it, ask the head of your office."


class UnknownUser(IdentityError):
    """No account has this login."""

    zh = "没有账号“{login}”。"
    en = "There is no account '{login}'."


class UnknownOrganisation(IdentityError):
    """No organisation has this code."""

    zh = "没有编码为“{code}”的单位。"
    en = "There is no organisation with the code '{code}'."


class OrganisationFileInvalid(IdentityError):
    """The file of organisations, roles and users contradicts itself."""

    zh = "单位与人员文件有误：{what}。"
    en = "The file of organisations and people is wrong: {what}."


class SignInRefused(IdentityError):
    """Login and password do not belong together; which of the two is wrong is not said."""

    zh = "账号或密码不正确。"
    en = "Login or password is not right."


class PasswordTooShort(IdentityError):
    """A password that is easily guessed."""

    zh = "密码至少需要 {length} 个字符。"
    en = "A password needs at least {length} characters."


class AccountSwitchedOff(IdentityError):
    """The password is right, but the account no longer works."""

    zh = "该账号已停用，请联系本单位信用办。"
    en = "This account is switched off. Ask your office."


class TooManyAttempts(IdentityError):
    """Too many failed attempts; the way in is closed for a while."""

    zh = "登录失败次数过多，请在 {minutes} 分钟后再试。"
    en = "Too many failed attempts. Try again in {minutes} minutes."


class OwnDeputy(IdentityError):
    """Nobody is the deputy of himself."""

    zh = "不能指定本人为自己的代理人，请选择另一名同事。"
    en = "Nobody can be the own deputy. Choose a colleague."


class DeputyPeriodInvalid(IdentityError):
    """The last day lies before the first."""

    zh = "代理期间有误：止日 {until_date} 早于起日 {from_date}。"
    en = "The last day {until_date} lies before the first day {from_date}."
