"""A page on which every part of a screen stands, and an application that shows it."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jinja2
from flask import Blueprint, redirect, render_template, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, Form, FormField, StringField
from wtforms.validators import InputRequired

from inspectorate import create_app
from inspectorate.fields import SHIELDED, DayField, MoneyField, SelectField, rows_changed
from inspectorate.rows import Rows

if TYPE_CHECKING:
    from flask import Flask


class Person(Form):
    name = StringField("姓名")


class Narrow(Form):
    agency = SelectField("机关", choices=[("", "全部"), *((str(n), f"第{n}机关") for n in range(20))])


class Sample(FlaskForm):
    name = StringField("名称", validators=[InputRequired("请填写名称。")])
    uscc = StringField("代码")
    identity = StringField("身份号码", render_kw=SHIELDED)
    day = DayField("日期")
    money = MoneyField("金额")
    violation = SelectField(
        "违法行为", choices=[("", "请选择"), *((f"MC-{n:03}", f"MC-{n:03} 违法行为第{n}项") for n in range(1, 80))]
    )
    people = Rows(FormField(Person), label="在场人员", min_entries=1, most=3)
    photo = FileField("照片")
    anonymous = BooleanField("匿名")
    reporter = StringField("举报人")


AT = datetime(2026, 11, 20, 3, 22, 7, 123456, tzinfo=UTC)
PAPER = {"name": "立案报告", "number": "杭西卫医立〔2026〕1号", "state": "已批准", "tone": "success", "made_on": AT}
CONTENT: dict[str, Any] = {
    "started": date(2026, 9, 2),
    "ended": date(2026, 9, 20),
    "due": date(2026, 11, 30),
    "at": AT,
    "tasks": [
        {"label": "立案", "stage": "done", "url": "/done", "citation": "《行政处罚法》第五十四条", "note": "王建国"},
        {"label": "法制审核", "stage": "now", "url": "/done", "citation": None, "note": None},
        {"label": "决定", "stage": "waiting", "url": None, "citation": None, "note": None},
        {"label": "听证", "stage": "not_needed", "url": None, "citation": None, "note": "未要求"},
    ],
    "papers": [{**PAPER, "url": "/done", "pdf_url": "/done", "docx_url": "/done"}, {"name": "告知书", "state": "草稿"}],
    "exhibits": [
        {"name": "手术室", "kind": "照片", "url": "/done", "thumbnail_url": "/static/icon.svg", "sha256": "ab" * 32},
        {"name": "收据", "kind": "书证", "url": "/done", "sha256": "cd" * 32, "size": 2400, "taken_at": AT},
    ],
    "entries": [
        {
            "at": AT,
            "who": "沈立群",
            "role": "执法人员",
            "what": "修改",
            "note": "说明：补证",
            "changes": [("地址", "", "乙路")],
        },
        {"at": AT, "who": "王建国", "what": "批准立案"},
    ],
}


def sample_app() -> "Flask":
    """The application with one page more, on which everything stands."""
    pages = Blueprint("sample", __name__)

    def show(form: Sample) -> str:
        user = SimpleNamespace(id=7, display_name="沈立群")
        return render_template("sample.html", form=form, narrow=Narrow(), current_user=user, **CONTENT)

    @pages.route("/sample", methods=["GET", "POST"])
    def sample() -> Any:
        form = Sample()
        if form.is_submitted() and not rows_changed(form) and form.validate():
            return redirect("/done")
        return show(form)

    @pages.route("/done")
    def done() -> str:
        names = request.args.getlist("name")
        user = SimpleNamespace(id=7, display_name="沈立群")
        return render_template("layouts/base.html", title="完成", current_user=user, names=names)

    @pages.route("/article")
    def article() -> str:
        return "<main><p data-article-text>条文正文</p></main>"

    app = create_app({"SECRET_KEY": "test", "WTF_CSRF_ENABLED": False})
    app.register_blueprint(pages)
    assert app.jinja_loader is not None
    own = jinja2.FileSystemLoader(Path(__file__).with_name("templates"))
    app.jinja_env.loader = jinja2.ChoiceLoader([app.jinja_loader, own])
    return app
