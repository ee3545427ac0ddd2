"""The settings of single sign-on."""

from pathlib import Path

import pytest

from pedri_assess.config import Config, ConfigError

KEY = "b3f1c09e7d5a42868c1e0f9b7a6d5c4e3f2a1b0c9d8e7f60"
FULL = {
    "OIDC_ISSUER": "https://accounts.example.org/tenant",
    "OIDC_CLIENT_ID": "assess",
    "OIDC_CLIENT_SECRET": "s3cret",
}


def config(**settings: str) -> Config:
    named = {f"PEDRI_ASSESS_{name}": value for name, value in settings.items()}
    return Config.from_environ({"PEDRI_ASSESS_SECRET_KEY": KEY, **named})


def test_there_is_none_unless_it_is_set() -> None:
    assert config().single_sign_on is None


def test_three_settings_are_enough() -> None:
    provider = config(**FULL).single_sign_on
    assert provider is not None
    assert (provider.issuer, provider.client_id) == ("https://accounts.example.org/tenant", "assess")
    assert provider.label == "Sign in with your organisation’s account"
    assert "s3cret" not in repr(config(**FULL))


def test_the_secret_can_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    provider = config(
        **FULL | {"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": str(file)}
    ).single_sign_on
    assert provider is not None
    assert provider.client_secret == "from a file"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"OIDC_ISSUER": ""}, "is set, but PEDRI_ASSESS_OIDC_ISSUER is not"),
        ({"OIDC_ISSUER": "http://accounts.example.org"}, 'OIDC_ISSUER is "http://accounts.example.org"'),
        ({"OIDC_ISSUER": "accounts.example.org"}, "as the provider writes it"),
        ({"OIDC_ISSUER": "https://a.example/?x=1"}, "as the provider writes it"),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID is not set"),
        ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET is not set"),
        ({"OIDC_CLIENT_SECRET_FILE": "/nothing"}, "are both set"),
        ({"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": "/nothing"}, "cannot be read"),
        ({"OIDC_CLIENT_SECRET": "", "OIDC_CLIENT_SECRET_FILE": "/dev/null"}, "names an empty file"),
        ({"OIDC_LABEL": "x" * 61}, "60 characters or fewer"),
    ],
)
def test_what_cannot_be_used_is_said(changes: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config(**FULL | changes)
    assert said in str(caught.value)
