"""Single sign-on: the office's own provider says who somebody is; whoever has no sign-in here stays outside."""

import pyotp
import pytest
from lxml import html

from inspectorate import clock
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.signin.actions.second_factor import SECRET
from inspectorate.signin.models import SecondFactor, SignInSession
from inspectorate.signin.sealing import seal
from tests import factories
from tests.client import form_of, save
from tests.signin import provider as providers
from tests.signin.test_kept_forms import NEW, TYPED

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def running():
    with providers.running() as provider:
        yield provider


@pytest.fixture
def provider(app, running):
    """The provider, truthful again, and the application that trusts it."""
    running.claims, running.signed, running.honest, running.error = {"preferred_username": "wang"}, "RS256", True, None
    app.config.update(OIDC_ISSUER=running.address, OIDC_CLIENT_ID=providers.CLIENT, OIDC_CLIENT_SECRET=providers.SECRET)
    app.extensions.pop("single_sign_on", None)
    yield running
    app.extensions.pop("single_sign_on", None)


def come_back(client, provider, **query):
    sent = client.get("/sign-in/sso", query_string=query)
    return client.get(provider.authorize(sent.location))


@pytest.mark.parametrize("signed", ["RS256", "ES256"])
def test_whoever_the_provider_knows_and_has_a_sign_in_here_is_let_in(client, session, provider, somebody, signed):
    provider.signed = signed
    assert "统一身份认证" in client.get("/sign-in").text
    assert come_back(client, provider, next="/search?q=1").location == "/search?q=1"
    assert "王芳" in client.get("/").text
    assert session.query(SignInSession).one().by_single_sign_on
    assert session.query(RecordEntry).filter_by(event="signin:session:start").count() == 1


@pytest.mark.parametrize("name", ["nobody", "", None, 7, ["wang"], "wang\x00"])
def test_nobody_without_a_sign_in_here_is_let_in_and_none_is_made(client, session, provider, somebody, name):
    provider.claims = {"preferred_username": name}
    answer = come_back(client, provider)
    assert answer.status_code == 403 and "没有账号" in answer.text
    assert client.get("/").status_code == 302 and session.query(SignInSession).count() == 0


def test_a_closed_sign_in_stays_closed_and_the_attempt_is_recorded(client, session, provider, somebody):
    somebody.active = False
    assert come_back(client, provider).status_code == 403
    assert session.query(RecordEntry).filter_by(event="signin:session:fail").count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-program"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_for_here_and_now_is_not_believed(client, provider, somebody, claims):
    provider.claims |= claims
    answer = come_back(client, provider)
    assert answer.status_code == 403 and "未能确认" in answer.text
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(("signed", "honest"), [("RS256", False), ("ES256", False), ("HS256", True)])
def test_a_token_that_the_provider_has_not_signed_is_not_believed(client, provider, somebody, signed, honest):
    provider.signed, provider.honest = signed, honest
    assert come_back(client, provider).status_code == 403
    assert client.get("/").status_code == 302


def test_what_was_not_asked_for_here_is_not_taken(app, client, provider, somebody):
    sent = client.get("/sign-in/sso")
    back = provider.authorize(sent.location)
    assert app.test_client().get(back).status_code == 403, "another browser holds neither state nor proof key"
    assert client.get(back.replace("state=", "state=x")).status_code == 403
    assert client.get("/sign-in/sso/return").status_code == 403
    assert client.get("/sign-in/sso/return?code=x&state=y").status_code == 403


def test_what_the_provider_refuses_is_told_without_its_words(client, provider, somebody):
    provider.error = "access_denied"
    answer = come_back(client, provider)
    words = html.fromstring(answer.text).text_content()
    assert answer.status_code == 403 and "未能确认" in words and "access_denied" not in words


def test_a_provider_that_cannot_be_reached_is_told(app, client, provider, somebody):
    app.config["OIDC_ISSUER"] = "http://127.0.0.1:9"
    answer = client.get("/sign-in/sso")
    assert answer.status_code == 403 and "无法连接" in answer.text


def test_a_provider_that_sends_elsewhere_is_not_followed(app, client, provider, somebody):
    provider.moved = True
    answer = client.get("/sign-in/sso")
    provider.moved = False
    assert answer.status_code == 403 and "无法连接" in answer.text


def test_nobody_is_sent_to_another_site_afterwards(client, provider, somebody):
    assert come_back(client, provider, next="https://example.org/").location == "/"


@pytest.mark.parametrize(("amr", "asked"), [(None, True), (["pwd"], True), (["pwd", "mfa"], False), (["otp"], False)])
def test_the_second_factor_is_asked_for_unless_the_provider_has_done_so(
    client, session, provider, somebody, amr, asked
):
    with client.application.test_request_context():
        sealed = seal(pyotp.random_base32().encode(), "second factor")
    session.add(SecondFactor(user_id=somebody.id, sealed_secret=sealed, since=clock.now()))
    provider.claims["amr"] = amr
    answer = come_back(client, provider)
    assert ("/sign-in/code" in answer.location) is asked
    assert (client.get("/").status_code == 302) is asked


def test_a_role_that_must_have_a_second_factor_may_have_shown_it_at_the_provider(app, client, provider, somebody):
    app.config["SECOND_FACTOR_ROLES"] = ("inspector",)
    come_back(client, provider)
    assert client.get("/").location == "/second-factor"
    provider.claims["amr"] = ["mfa"]
    come_back(client, provider)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("coded", [False, True], ids=["at once", "with a code"])
def test_a_form_that_came_too_late_comes_back_by_this_way_too(client, session, provider, somebody, enter, coded):
    enter(client)
    session.query(SignInSession).update({"ended_at": clock.now()})
    secret = pyotp.random_base32()
    if coded:
        session.add(SecondFactor(user_id=somebody.id, sealed_secret=seal(secret.encode(), SECRET), since=clock.now()))
    save()
    assert client.post(NEW, data=TYPED).status_code == 401
    answer = come_back(client, provider, next=NEW)
    if coded:
        answer = client.post("/sign-in/code", data={"code": pyotp.TOTP(secret).at(clock.now())})
    assert answer.location == NEW
    assert form_of(client.get(NEW).text)["name"] == TYPED["name"]


def test_it_comes_back_to_its_owner_alone(client, session, provider, somebody, enter):
    factories.user(Role.INSPECTOR, name="li")
    enter(client)
    session.query(SignInSession).update({"ended_at": clock.now()})
    session.commit()
    client.post(NEW, data=TYPED)
    provider.claims = {"preferred_username": "li"}
    assert come_back(client, provider).location == "/"
    assert TYPED["name"] not in client.get(NEW).text


def test_where_passwords_are_switched_off_none_is_taken(app, client, provider, somebody, enter):
    app.config["PASSWORD_SIGN_IN"] = False
    assert 'name="password"' not in client.get("/sign-in").text
    enter(client)
    assert client.get("/").status_code == 302
    come_back(client, provider)
    assert client.get("/").status_code == 200


def test_without_a_provider_there_is_no_such_address(client, somebody):
    assert client.get("/sign-in/sso").status_code == client.get("/sign-in/sso/return").status_code == 404
    assert "/sign-in/sso" not in client.get("/sign-in").text
