"""The pages of generators: all of them, samples, drafts, and the test in steps."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.content.catalogue import Catalogue
from apps.studio.models import Draft
from apps.studio.services.publishing import check_document
from apps.widgetkit.asks import Generator
from tests.studio.factories import make_instructor
from tests.studio.widgets.combinations import GENERATORS

HTMX = {"HX-Request": "true"}
FIX = "/studio/generators/packet-walk-fix/"


@pytest.fixture
def teacher(client: Client, db: None) -> Client:
    client.force_login(make_instructor())
    return client


def page(client: Client, path: str, *, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def samples_in(html: str) -> str:
    return html.partition('<ol class="samples">')[2].partition("</ol>")[0]


def test_all_of_them_are_listed_with_what_may_be_chosen(teacher: Client) -> None:
    html = page(teacher, "/studio/generators/")
    for generator in GENERATORS:
        assert generator.title in html
        assert f'href="/studio/generators/{generator.id}/"' in html
        for parameter in generator.parameters:
            assert parameter.label in html
    assert 'href="/studio/from-widget/packet-walk/"' in html


@pytest.mark.parametrize("path", ["/studio/generators/", FIX, f"{FIX}test/"])
def test_nothing_but_who_is_here_is_asked_of_the_database(
    teacher: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        teacher.get(path)


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda each: each.id)
def test_each_shows_ten_samples_with_their_keys(teacher: Client, generator: Generator) -> None:
    html = page(teacher, f"/studio/generators/{generator.id}/")
    assert html.count('<li class="sample">') == 10
    assert html.count('<details class="sample__key">') == 10
    assert html.count('<span class="line__word">정답</span>') >= 10
    assert len(re.findall(r'\sid="', html)) == len(set(re.findall(r'\sid="([^"]*)"', html)))


def test_other_samples_are_others_and_the_same_address_shows_the_same(teacher: Client) -> None:
    first, more = page(teacher, FIX), page(teacher, f"{FIX}?from=10")
    assert samples_in(first) == samples_in(page(teacher, FIX))
    assert samples_in(first) != samples_in(more)
    assert 'href="?from=10#samples"' in first
    assert 'href="?from=20#samples"' in more
    assert 'href="?from=0#samples"' in more


def test_parameters_narrow_the_samples_and_stay_in_the_addresses(teacher: Client) -> None:
    html = page(teacher, f"{FIX}?p-layer=sg")
    assert '<option value="sg" selected>' in html
    assert 'href="?p-layer=sg&amp;from=10#samples"' in html
    assert 'href="/studio/generators/packet-walk-fix/test/?p-layer=sg"' in html


@pytest.mark.parametrize("query", ["?from=x", "?from=-1", "?from=9999999999999", "?p-layer=%00"])
def test_nonsense_in_the_address_shows_the_first_samples_or_some(
    teacher: Client, query: str
) -> None:
    assert '<option value="any" selected>' in page(teacher, FIX + query)


def test_a_draft_holds_the_generator_and_what_differs_from_the_defaults(
    teacher: Client, course: Catalogue
) -> None:
    response = teacher.post(FIX, {"p-layer": "nacl", "p-os": "any"})
    draft = Draft.objects.get()
    assert response["Location"] == draft.get_absolute_url()
    assert draft.document["kind"] == "generated"
    assert draft.document["generator"] == "packet-walk-fix"
    assert draft.document["parameters"] == {"layer": "nacl"}
    assert (draft.document["topic"], draft.document["lesson"]) == ("sg-vs-nacl", "sg-vs-nacl")
    assert draft.title == "빠진 규칙 하나 찾기"
    assert check_document(draft.document).problems == ()


def test_a_draft_without_parameters_names_none(teacher: Client, course: Catalogue) -> None:
    teacher.post("/studio/generators/tenancy-bill/", {"p-tenancy": "any"})
    document = Draft.objects.get().document
    assert "parameters" not in document
    assert (document["topic"], document["lesson"]) == ("tenancy", "tenancy")


def test_the_whole_test_in_one_request(teacher: Client) -> None:
    response = teacher.post("/studio/generators/tenancy-bill/test/", {"p-tenancy": "host"})
    html = response.content.decode()
    assert "<html" in html
    assert "1000개를 모두 만들었습니다" in html.replace(",", "")
    assert "서로 다른 문제" in html


def test_step_by_step_it_comes_to_the_same(teacher: Client) -> None:
    path, sent = "/studio/generators/tenancy-bill/test/", {"p-tenancy": "host"}
    whole = teacher.post(path, sent).content.decode()
    for step in range(1, 11):
        html = teacher.post(path, sent, headers=HTMX).content.decode()
        assert "<html" not in html
        if step == 10:
            break
        assert f'value="{step * 100}"' in html
        found = re.search(r'name="so_far" value="([^"]+)"', html)
        assert found is not None
        sent = {"p-tenancy": "host", "so_far": found[1]}
    assert html.partition("<form")[0] in whole


def test_without_scripts_a_test_goes_on_to_the_end_from_where_it_is(teacher: Client) -> None:
    path = "/studio/generators/tenancy-bill/test/"
    html = teacher.post(path, headers=HTMX).content.decode()
    found = re.search(r'name="so_far" value="([^"]+)"', html)
    assert found is not None
    assert "점검 결과" in teacher.post(path, {"so_far": found[1]}).content.decode()


@pytest.mark.parametrize("sent", ["x", "e30:1:2"])
def test_a_report_that_this_site_did_not_write_is_refused(teacher: Client, sent: str) -> None:
    response = teacher.post("/studio/generators/tenancy-bill/test/", {"so_far": sent})
    assert response.status_code == 422
    assert "처음부터 다시" in response.content.decode()


def test_the_report_of_other_parameters_is_refused(teacher: Client) -> None:
    path = "/studio/generators/tenancy-bill/test/"
    html = teacher.post(path, {"p-tenancy": "host"}, headers=HTMX).content.decode()
    found = re.search(r'name="so_far" value="([^"]+)"', html)
    assert found is not None
    assert teacher.post(path, {"so_far": found[1]}, headers=HTMX).status_code == 422


def test_a_generator_that_there_is_not_is_not_found(teacher: Client) -> None:
    page(teacher, "/studio/generators/nowhere/", status=404)
    page(teacher, "/studio/generators/nowhere/test/", status=404)


@pytest.mark.parametrize("path", ["/studio/generators/", FIX, f"{FIX}test/"])
def test_only_instructors_come_in(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 302
    client.force_login(User.objects.create_user("lee"))
    assert client.get(path).status_code == 403
