import pytest


@pytest.mark.django_db(transaction=True)
def test_the_systems_chromium_reads_a_page_of_the_site_under_its_policy(live_server, page):
    answer = page.goto(f"{live_server.url}/healthz")

    assert answer.status == 503
    assert "后台任务没有在运行" in page.inner_text("body")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_browser_is_a_chinese_office_desktop(page):
    assert page.evaluate("navigator.language") == "zh-CN"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"
    assert page.evaluate("[innerWidth, innerHeight]") == [1440, 900]
