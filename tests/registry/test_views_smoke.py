"""smoke"""
from inspectorate.accounts.permissions import Role
from tests import factories


def test_pages(session, sign_in):
    user = factories.user(Role.INSPECTOR)
    place = factories.establishment()
    person = factories.person()
    browser = sign_in(user)
    for url in ["/registry", "/registry/persons", f"/registry/{place.id}", f"/registry/{person.id}", "/registry/establishments/new", "/registry/establishments/new?kind=workplace", "/registry/establishments/new?kind=medical_institution", f"/registry/{place.id}/change", f"/registry/{person.id}/change", "/registry/persons/new", f"/registry/{place.id}/people?q=张", "/registry/list.csv", "/registry/list.xlsx", "/registry/persons/list.csv"]:
        assert browser.get(url).status_code == 200, url
