"""The uploader in a real browser: with scripts, without, on a phone, and for elders."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, build_cast
from xinhuo.files.models import StoredFile

from . import urls
from .samples import PDF, picture

AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.files.urls"),
]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture
def cookies(live_server: Any, client: Client, cast: Cast) -> list[dict[str, str]]:
    """The school's officer, signed in."""
    urls.SAVED.clear()
    client.force_login(cast.users["school_officer"], backend="django.contrib.auth.backends.ModelBackend")
    return [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]


@pytest.fixture
def trial(page: Any, live_server: Any, cookies: list[dict[str, str]]) -> Any:
    """The page with the form; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.context.add_cookies(cookies)
    page.goto(f"{live_server.url}/trial/")
    yield page
    assert complaints == []


def as_payload(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def saved_after(page: Any, count: int) -> dict[str, list[str]]:
    for _ in range(100):
        if len(urls.SAVED) >= count:
            break
        page.wait_for_timeout(50)
    return urls.SAVED[-1]


def test_files_go_up_at_once_and_the_form_saves_itself(trial: Any) -> None:
    trial.fill("#words", "举办宣讲一场")
    trial.wait_for_timeout(600)
    trial.set_input_files(
        "#files-1-new", [as_payload("活动.jpg", picture()), as_payload("坏.exe", b"MZ\0\0")]
    )
    trial.wait_for_selector("#files-1-uploader >> text=坏.exe")

    assert trial.locator("#files-1-uploader a").all_inner_texts() == ["活动.jpg"]
    assert (
        trial.locator("#files-1-uploader [role=alert]").inner_text().strip()
        == "“坏.exe”是程序文件，不能上传。"
    )
    assert trial.input_value("#words") == "举办宣讲一场"
    assert saved_after(trial, 2) == {"words": ["举办宣讲一场"], "one": ["活动.jpg"], "two": []}
    assert StoredFile.objects.count() == 1

    trial.set_input_files("#files-1-new", as_payload("总结.pdf", PDF))
    trial.wait_for_selector("text=总结.pdf")
    assert saved_after(trial, 3)["one"] == ["活动.jpg", "总结.pdf"]
    assert trial.locator("#files-1-uploader [role=alert]").count() == 0

    trial.locator("#files-1-uploader li", has_text="活动.jpg").get_by_label("移除").click()
    trial.wait_for_selector("text=活动.jpg", state="detached")
    assert saved_after(trial, 4)["one"] == ["总结.pdf"]
    assert StoredFile.objects.count() == 2


def test_a_place_for_pictures_takes_pictures(trial: Any) -> None:
    trial.set_input_files("#files-2-new", as_payload("总结.pdf", PDF))

    trial.wait_for_selector("text=这里只收图片，“总结.pdf”没有收下。")
    assert StoredFile.objects.count() == 0


def test_without_scripts_files_travel_with_the_form(
    browser: Any, live_server: Any, cookies: list[dict[str, str]]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{live_server.url}/trial/")
    page.fill("#words", "举办宣讲一场")
    page.set_input_files("#files-1-new", [as_payload("活动.jpg", picture()), as_payload("空.pdf", b"")])
    page.click("text=存好")

    assert page.input_value("#words") == "举办宣讲一场"
    assert page.locator("#files-1-uploader a").all_inner_texts() == ["活动.jpg"]
    assert "“空.pdf”是空的" in page.locator("[role=alert]").inner_text()
    page.get_by_label("移除").check()
    page.click("text=存好")
    assert urls.SAVED[-1] == {"words": ["举办宣讲一场"], "one": [], "two": []}
    context.close()


@pytest.mark.parametrize(("width", "elder"), [(1440, False), (390, False), (390, True)])
def test_it_fits_the_screen_and_axe_has_nothing_to_say(trial: Any, width: int, *, elder: bool) -> None:
    trial.set_viewport_size({"width": width, "height": 900})
    trial.set_input_files(
        "#files-1-new", [as_payload("一张名字很长很长很长很长很长很长很长很长的照片.jpg", picture())]
    )
    trial.wait_for_selector("#files-1-uploader a")
    if elder:
        trial.evaluate("document.documentElement.setAttribute('data-mode', 'elder')")

    assert trial.evaluate("document.documentElement.scrollWidth") <= width
    trial.evaluate(AXE.read_text(encoding="utf-8"))
    found = trial.evaluate("axe.run(document.getElementById('main')).then(r => r.violations)")
    assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in found] == []
    least = 60 if elder else 44
    for selector in ("label[for=files-1-new]", "#files-1-uploader .form-check"):
        assert trial.locator(selector).first.bounding_box()["height"] >= least, selector
    assert trial.locator("label[for=files-1-camera]").is_visible() == (width == 390)


def test_the_place_is_reached_and_opened_by_keyboard(trial: Any) -> None:
    # Heard from the start: a listener that comes just before the key may reach the browser after it.
    trial.on("filechooser", lambda chooser: chooser.set_files(as_payload("总结.pdf", PDF)))
    trial.focus("#words")
    trial.keyboard.press("Tab")

    assert trial.evaluate("document.activeElement.id") == "files-1-new"
    ring = trial.evaluate("getComputedStyle(document.querySelector('label[for=files-1-new]')).outlineStyle")
    assert ring == "solid"
    trial.keyboard.press("Enter")

    trial.wait_for_selector("text=总结.pdf")


def test_the_camera_of_a_phone_fills_the_same_place(trial: Any) -> None:
    trial.set_viewport_size({"width": 390, "height": 800})
    trial.set_input_files("#files-1-camera", as_payload("拍.jpg", picture()))

    trial.wait_for_selector("#files-1-uploader a")
    assert saved_after(trial, 1)["one"] == ["拍.jpg"]
