"""A document serves duties of a published plan; the duty shows the document."""

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.reporting.notices import draft, in_days
from xinhuo.documents.actions import send_document
from xinhuo.documents.models import Delivery
from xinhuo.plans.actions.serving import serve_duties
from xinhuo.plans.models import Served

from .works import sent_plan


def test_a_notice_names_its_duties_and_they_name_the_notice(cast: Cast, client: Client) -> None:
    plan = sent_plan(cast)
    duty = plan.duties.get(key="d1")
    paper = draft(cast)
    client.force_login(cast.users["province_officer"])

    client.post(reverse("plans:document_duties", args=[paper.pk]), {"duty": [duty.pk, "x"]})
    before = client.get(duty.url).content.decode()
    send_document(
        paper,
        to={"ids": [cast.orgs["qianxinan"].pk]},
        to_label="州",
        due=in_days(9),
        by=cast.province_officer,
    )

    assert "要点第1条" in client.get(paper.url).content.decode()
    assert paper.title in before
    client.force_login(cast.users["qianxinan_officer"])
    delivery = Delivery.objects.get(root=paper)
    assert f'href="{duty.url}"' in client.get(delivery.url).content.decode()
    assert paper.title in client.get(duty.url).content.decode()
    client.force_login(cast.users["guiyang_officer"])
    assert paper.title not in client.get(duty.url).content.decode()


def test_several_documents_are_listed_the_newest_first(cast: Cast, client: Client) -> None:
    duty = sent_plan(cast).duties.get(key="d1")
    papers = [draft(cast), draft(cast)]
    for paper in papers:
        serve_duties(paper, [duty.pk], by=cast.province_officer)
    client.force_login(cast.users["province_officer"])

    text = client.get(duty.url).content.decode()

    assert "2 份" in text
    assert text.index(papers[1].url) < text.index(papers[0].url)


def test_only_duties_the_unit_issued_or_was_given_can_be_served(cast: Cast) -> None:
    plan = sent_plan(cast)
    given, other = plan.duties.get(key="d1"), plan.duties.get(key="d2")
    paper = draft(cast, by="qianxinan")

    kept = serve_duties(paper, [given.pk, other.pk], by=cast.qianxinan_officer)

    assert kept == [given.pk]
    assert list(Served.objects.values_list("duty_id", flat=True)) == [given.pk]
    serve_duties(paper, [], by=cast.qianxinan_officer)
    paper.refresh_from_db()
    assert (Served.objects.count(), paper.serves) == (0, [])
