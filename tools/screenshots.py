"""Make the pictures of docs/screenshots: starts a demonstration of its own, signs in, photographs the main screens.

``python -m tools.screenshots [FOLDER]``. Needs the system's Chromium and a Chinese font.
"""

import datetime as dt
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"
SAMPLE = ROOT / "xinhuo" / "demo" / "data" / "guizhou-2020-work-plan.txt"
PASSWORD = "xinhuo-demo"  # noqa: S105  the demonstration's, printed at its start
WIDE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}
MODES = {"wide": (WIDE, False), "phone": (PHONE, False), "elder": (PHONE, True)}
MAIN, WIDE_ONLY = ("wide", "phone", "elder"), ("wide",)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
SUBMIT = "css=main form button.btn-primary"
START_SECONDS = 180
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, who looks, the way there from the workbench as link texts or an address, in which modes."""

    name: str
    login: str
    way: tuple[str, ...]
    modes: tuple[str, ...] = WIDE_ONLY


SHOTS = (
    Shot("01-login", "", ("/login/",), MAIN),
    Shot("02-workbench", "qianxinan", ("/",), MAIN),
    Shot("03-plan-list", "sheng", ("/plans/",)),
    Shot("04-plan-matrix", "sheng", ("/plans/1/",), MAIN),
    Shot("05-duty", "sheng", ("/plans/1/", "css=.xh-matrix tbody .xh-node a"), MAIN),
    Shot("06-source", "sheng", ("/plans/1/source/",)),
    Shot("07-document", "sheng", ("/documents/1/",), MAIN),
    Shot("08-documents", "qianxinan", ("/documents/",), MAIN),
    Shot("09-report-fill", "xingyi", ("/plans/reports/", "去填报"), MAIN),
    Shot(
        "10-report-call",
        "qianxinan",
        ("/plans/reports/", "css=section[aria-labelledby=h-below] tbody a"),
        MAIN,
    ),
    Shot("11-units", "sheng", ("/units/",)),
    Shot("12-accounts", "sheng-guanli", ("/people/",)),
    Shot("13-journal", "sheng-guanli", ("/journal/",)),
    Shot("14-check", "sheng", ("/plans/import/", "upload", SUBMIT, "css=#id_confirm_warnings", SUBMIT)),
    Shot("15-messages", "qianxinan", ("/messages/",), MAIN),
    Shot("16-notify-me", "qianxinan", ("/messages/settings/",)),
    Shot("17-broadcast", "sheng", ("/messages/broadcasts/3/",)),
    Shot("21-behalf", "maling", ("/",), MAIN),
    Shot("22-amend-confirm", "sheng", ("/documents/1/amend/", "half", "css=.xh-actionbar .btn-primary")),
    Shot("23-unreached", "sheng", ("/documents/1/unreached/",)),
    Shot("24-proxies", "xingyi", ("/units/proxies/",)),
    Shot(
        "30-list-ask",
        "sheng",
        ("/documents/sent/", "关于报送骨干老师名单的通知", "接着写", "css=button[value=ask]"),
    ),
    Shot("31-list-fill", "xingyi", ("/returns/", "去填报"), MAIN),
    Shot("32-list-take", "qianxinan", ("/returns/", "去填报")),
    Shot("33-list-merged", "sheng", ("/returns/", "css=section[aria-labelledby=h-asked] tbody a"), MAIN),
    Shot("40-slip", "sheng", ("/slips/2/",), MAIN),
    Shot("41-slip-print", "sheng", ("/slips/1/print/",)),
    Shot("42-register", "sheng", ("/slips/",)),
    Shot("43-look-up", "", ("/p/",)),
    Shot("44-outside", "sheng", ("/documents/outside/", "css=main tbody a")),
    Shot("45-route", "sheng", ("/flows/route/",)),
    Shot("46-draft", "sheng", ("/documents/8/edit/",)),
    Shot("47-matrix-print", "sheng", ("/plans/1/print/",)),
    Shot("48-audience", "sheng", ("/documents/8/send/",)),
    Shot("50-steering", "sheng", ("/plans/steering/",), MAIN),
    Shot("51-leader", "sheng-lingdao", ("/leader/",), MAIN),
    Shot("52-task", "sheng", ("/plans/tasks/?show=attention", "css=#tasks tbody th a")),
    Shot("60-carry", "sheng", ("/plans/1/carry/",)),
    Shot("61-year-end", "qianxinan", ("/plans/year-end/",)),
    Shot(
        "62-summary-item",
        "qianxinan",
        ("/plans/year-end/", "css=section[aria-labelledby=h-summary] button", "css=main tbody a"),
    ),
    Shot("63-answers", "qianxinan", ("/plans/2/answers/",)),
)


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demonstration() -> Iterator[str]:
    """A running demonstration in a folder of its own; yields its address."""
    folder = tempfile.mkdtemp(prefix="xinhuo-shots-")
    port = free_port()
    command = [str(ROOT / ".venv/bin/xinhuo"), "run", "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, "DATA": folder}, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/login/", server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the address answers; RuntimeError when the server ends or takes too long."""
    for _ in range(START_SECONDS * 2):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  an address of this machine
                return
        except OSError:
            time.sleep(0.5)
    message = "the demonstration did not start"
    raise RuntimeError(message)


def sign_in(page: Page, address: str, login: str) -> None:
    """Sign a demonstration account in."""
    page.goto(f"{address}/login/")
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r".*/$"))


def walk(page: Page, address: str, way: tuple[str, ...]) -> None:
    """Follow addresses, selectors and link texts."""
    for step in way:
        if step.startswith("/"):
            page.goto(address + step)
        elif step == "upload":
            page.set_input_files("input[type=file]", SAMPLE)
        elif step == "half":
            later = dt.datetime.now(SHANGHAI) + dt.timedelta(days=40)  # noqa: TID251  no settings here
            page.fill("input[name=date-half]", later.date().isoformat())
        elif step.startswith("css="):
            page.locator(step).first.click()
        else:
            page.get_by_role("link", name=step).first.click()
    page.wait_for_load_state("networkidle")


def photograph(browser: Browser, address: str, folder: Path) -> None:
    """All shots: the main screens at 1440 px, at 390 px and in elder mode, the others at 1440 px."""
    for mode, (size, elder) in MODES.items():
        for shot in SHOTS:
            if mode not in shot.modes:
                continue
            context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]  # a plain dict is taken
            if elder:
                context.add_cookies([{"name": "xh_mode", "value": "elder", "url": address}])
            page = context.new_page()
            if shot.login:
                sign_in(page, address, shot.login)
            walk(page, address, shot.way)
            page.screenshot(path=str(folder / f"{shot.name}-{mode}.png"), full_page=False)
            context.close()
            print(f"{shot.name}-{mode}.png")


def main() -> None:
    """Start, photograph, stop."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if chromium is None:
        sys.exit("没有找到 Chromium。请先运行 tools/chromium.sh")
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        photograph(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main()
