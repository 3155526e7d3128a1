"""What goes wrong becomes an answer here and nowhere else: a page for people, problem JSON for
programs (RFC 9457).
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine.documents import errors as documents
from engine.errors import ChengxinError
from engine.identity import errors as identity
from engine.runtime import errors as runtime
from web.language import language
from web.security import wants_json

STATUS: dict[type[ChengxinError], HTTPStatus] = {
    identity.NotPermitted: HTTPStatus.FORBIDDEN,
    identity.UnknownUser: HTTPStatus.NOT_FOUND,
    identity.UnknownOrganisation: HTTPStatus.NOT_FOUND,
    identity.SignInRefused: HTTPStatus.UNAUTHORIZED,
    identity.AccountSwitchedOff: HTTPStatus.FORBIDDEN,
    identity.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    runtime.NotFound: HTTPStatus.NOT_FOUND,
    runtime.NoSuchDefinition: HTTPStatus.NOT_FOUND,
    runtime.NotPermitted: HTTPStatus.FORBIDDEN,
    runtime.SamePerson: HTTPStatus.FORBIDDEN,
    runtime.TaskNotOpen: HTTPStatus.CONFLICT,
    runtime.TaskClaimed: HTTPStatus.CONFLICT,
    runtime.InstanceNotActive: HTTPStatus.CONFLICT,
    runtime.AlreadyStarted: HTTPStatus.CONFLICT,
    runtime.Conflict: HTTPStatus.CONFLICT,
    runtime.JobNotReady: HTTPStatus.CONFLICT,
    runtime.NotCorrelated: HTTPStatus.NOT_FOUND,
    documents.DocumentNotFound: HTTPStatus.NOT_FOUND,
}
"""Error of the engine → status. What is not named here, nor a base of it, is 422: the engine
understood and refused."""


@dataclass(frozen=True)
class Words:
    """What an error page says: what happened, and what to do now."""

    what: object
    now: object


WORDS: dict[int, Words] = {
    400: Words(
        _l("这次提交没有被接受"),
        _l("页面可能放置太久而失效。请返回上一页，刷新后再提交；已填写的内容仍在上一页中。"),
    ),
    401: Words(_l("请先登录"), _l("登录后即可继续。")),
    403: Words(
        _l("您没有权限查看此页"),
        _l("如因工作需要，请联系本单位信用办负责人或流程管理员。"),
    ),
    404: Words(
        _l("没有这个页面"),
        _l("链接可能已失效，或内容不属于您的单位。可在上方搜索当事人、案号或文号。"),
    ),
    405: Words(_l("不能这样打开此页"), _l("请从菜单进入。")),
    409: Words(
        _l("内容刚刚被他人更新"),
        _l("您的操作没有执行，案件不受影响。请刷新后查看最新情况，再决定是否继续。"),
    ),
    413: Words(_l("文件太大"), _l("请压缩或拆分后再上传，单个文件不超过 20 MB。")),
    422: Words(_l("不能这样办理"), _l("请返回上一页，按提示更正后再试。")),
    429: Words(_l("请求过于频繁"), _l("请稍候片刻再试。")),
    500: Words(
        _l("系统出错了"),
        _l(
            "您的操作没有执行，案件不受影响。请稍后再试；如仍然出错，请把时间和所办事项告诉管理员。"
        ),
    ),
    503: Words(_l("系统暂时不能使用"), _l("请稍后再试。")),
}


def status_of(error: ChengxinError) -> HTTPStatus:
    """The status of an error of the engine: that of its class or of the nearest base named."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return HTTPStatus.UNPROCESSABLE_ENTITY


def init_errors(app: Flask) -> None:
    """Let every error of `app` end as a page or as problem JSON."""
    app.register_error_handler(ChengxinError, _engine_error)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def answer(
    status: int,
    *,
    detail: str = "",
    kind: str = "about:blank",
    more: dict[str, object] | None = None,
) -> tuple[Response | str, int]:
    """The error answer with this status, for whoever asks."""
    words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    if wants_json():
        problem = {"type": kind, "title": str(words.what), "status": status, "detail": detail}
        response = jsonify(problem | (more or {}))
        response.mimetype = "application/problem+json"
        return response, status
    template = "layout/_error.html" if request.headers.get("HX-Request") else "layout/error.html"
    page = render_template(template, status=status, what=words.what, now=words.now, detail=detail)
    return page, status


def _engine_error(error: ChengxinError) -> tuple[Response | str, int]:
    more: dict[str, object] = {"place": str(error.place)} if error.place else {}
    return answer(
        status_of(error).value,
        detail=error.message(language()),
        kind=f"urn:chengxin:{type(error).__name__}",
        more=more,
    )


def _forged(error: CSRFError) -> tuple[Response | str, int]:
    return answer(400, kind="urn:chengxin:FormExpired")


def _http_error(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    return answer(error.code)


def _fault(error: Exception) -> tuple[Response | str, int]:
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    return answer(500)
