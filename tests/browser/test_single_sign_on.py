"""Single sign-on in a real browser, whose content policy lets our forms lead to our own pages only."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ..services.openid_provider import CLIENT_ID, SECRET, provider_running
from .journey import press
from .server import running
from .together import STAFF, make_staff

LABEL = "Sign in with the university"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_goes_to_the_provider_and_comes_back(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    with provider_running() as provider:
        provider.person["email"] = STAFF
        url = f"sqlite://{tmp_path / 'assess.db'}"
        settings = {
            "DATABASE_URL": url,
            "PEDRI_ASSESS_OIDC_ISSUER": provider.issuer,
            "PEDRI_ASSESS_OIDC_CLIENT_ID": CLIENT_ID,
            "PEDRI_ASSESS_OIDC_CLIENT_SECRET": SECRET,
            "PEDRI_ASSESS_OIDC_LABEL": LABEL,
        }
        with running(tmp_path / "log", **settings) as address:
            make_staff(url)
            context = browser.new_context(base_url=address, java_script_enabled=scripts)
            page = context.new_page()
            page.goto("/account")
            press(page, LABEL)
            expect(page.locator("h1")).to_contain_text("Your account")
            expect(page.locator("main")).to_contain_text("Single sign-on")
            assert provider.asked.count("/authorize") == 1
            context.close()
