"""A bureau with one form: every component, drawn by the macros, submitted like any page.

`python -m tests.web.components.demo` serves it on port 5055.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from flask import Flask, Response, render_template_string, request
from flask_babel import Babel

from engine.clock import VirtualClock
from engine.feel import Environment
from engine.forms import (
    Attachment,
    FieldError,
    Form,
    FormInvalid,
    change_rows,
    page_action,
    read_form,
    submitted_from_pairs,
)

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
CLUE = HERE / "every_component.form"
FILES = (
    Attachment(key=1, name="责令限期缴纳通知书.pdf", url="/files/1", size=120_000),
    Attachment(key=2, name="送达回证（签收页）.jpg", url="/files/2", size=80_000),
)
ENVIRONMENT = Environment(clock=VirtualClock(datetime(2026, 2, 9, 10, 0)))
CONTEXT: dict[str, object] = {
    "case_no": "池社信列〔2026〕0007号",
    "unit_name": "池州市贵池区人力资源和社会保障局社会保险经办中心",
    "legal_rep_id_no": "341702197001011234",
    "party": {
        "kinds": [
            {"label": "用人单位", "value": "employer"},
            {"label": "社保服务机构", "value": "agency"},
        ]
    },
    "history": [
        {"no": "池人社责〔2025〕12号", "date": "2025-06-20", "amount": 12345.6},
        {"no": "池人社罚〔2025〕3号", "date": "2025-09-01", "amount": 50000},
    ],
    "papers": [{"name": "事先告知书（草稿）", "url": "/files/9"}],
}
PAGE = """
{% from "components/forms/form.html" import form_body, form_answers %}
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>登记失信线索</title>
<meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false}'>
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/forms.css">
{% if script %}<script type="module" src="/demo.js"></script>{% endif %}</head>
<body{% if dark %} class="dark"{% endif %}><main><h1>登记失信线索</h1>
{% if readonly %}{{ form_answers(presented) }}
{% else %}
<form method="post" enctype="multipart/form-data" novalidate>
{{ form_body(presented, errors, preview_url="/preview" if script else "", reacts=form.reacts,
             language=language, dirty=dirty) }}
<p class="bar"><button class="primary" type="submit">提请审核</button></p>
</form>
{% endif %}</main></body></html>
"""
PARTIAL = """
{%- from "components/forms/form.html" import form_body -%}
{{ form_body(presented, errors, preview_url="/preview", reacts=form.reacts, dirty=true) }}
"""
SCRIPT = """
import htmx from '/htmx.js';
import { enhanceForms } from '/forms.js';
window.htmx = htmx;
enhanceForms();
"""


def create_app(form: Form | None = None, context: dict[str, object] | None = None) -> Flask:
    """The demo on `form`; pages take `?script=0`, `?readonly=1`, `?dark=1`, `?lang=en`."""
    shown = form or read_form(CLUE.read_bytes(), CLUE.name)
    known = CONTEXT if context is None else context
    app = Flask(__name__, template_folder=str(ROOT / "web"))
    Babel(app)

    def present(template: str, data: dict, errors: tuple[FieldError, ...], **more: object) -> str:
        language = "en" if request.args.get("lang") == "en" else "zh"
        readonly = bool(request.args.get("readonly"))
        presented = shown.present(
            data,
            errors,
            known,
            ENVIRONMENT,
            language=language,
            attachments=FILES,
            mask=lambda rule, value: f"{str(value)[:6]}********{str(value)[-4:]}",
            readonly=readonly,
        )
        values = {"presented": presented, "errors": errors, "language": language, "form": shown}
        flags = {"script": request.args.get("script") != "0", "dark": request.args.get("dark")}
        return render_template_string(template, **values, **flags, readonly=readonly, **more)

    @app.get("/")
    def page() -> str:
        return present(PAGE, {}, (), dirty=False)

    @app.post("/")
    def submit() -> str | Response:
        pairs = list(request.form.items(multi=True))
        submitted = submitted_from_pairs(shown, pairs)
        action = page_action(pairs)
        if action:
            return present(PAGE, change_rows(shown, submitted, action), (), dirty=True)
        try:
            answers = shown.answers(
                submitted, context=known, environment=ENVIRONMENT, attachments={1, 2}
            )
        except FormInvalid as fault:
            return present(PAGE, submitted, fault.errors, dirty=True)
        return Response(json.dumps(answers, ensure_ascii=False, default=str), mimetype="text/plain")

    @app.post("/preview")
    def preview() -> str:
        pairs = list(request.form.items(multi=True))
        submitted = submitted_from_pairs(shown, pairs)
        action = page_action(pairs)
        if action:
            submitted = change_rows(shown, submitted, action)
        errors: tuple[FieldError, ...] = ()
        if "_checked" in request.form:
            errors = shown.errors(submitted, context=known, environment=ENVIRONMENT)
        return present(PARTIAL, submitted, errors)

    sources = {
        "theme.css": (HERE / "demo_theme.css").read_text("utf-8"),
        "forms.css": (ROOT / "web/frontend/src/forms.css").read_text("utf-8"),
        "forms.js": (ROOT / "web/frontend/src/forms.js").read_text("utf-8"),
        "demo.js": SCRIPT,
    }

    @app.get("/<name>")
    def source(name: str) -> Response | tuple[str, int]:
        if name == "htmx.js" and htmx_source():
            return Response(htmx_source(), mimetype="text/javascript")
        if name == "favicon.ico":
            return "", 204
        if name not in sources:
            return "", 404
        return Response(
            sources[name], mimetype="text/css" if name.endswith("css") else "text/javascript"
        )

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            " object-src 'none'; base-uri 'none'"
        )
        return response

    return app


def htmx_source() -> str:
    """htmx as installed for the front end; empty where it is not."""
    for place in ("node_modules", "web/frontend/node_modules"):
        file = ROOT / place / "htmx.org/dist/htmx.esm.js"
        if file.exists():
            return file.read_text("utf-8")
    return ""


if __name__ == "__main__":
    create_app().run(port=5055, threaded=True)
