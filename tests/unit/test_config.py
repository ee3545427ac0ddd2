"""Settings: what may be set, what is refused, and that everything wrong is said at once."""

import os
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.config import Config, ConfigError, data_dir, key_fault

KEY = "b3f1c09e7d5a42868c1e0f9b7a6d5c4e3f2a1b0c9d8e7f60"
OTHER = "0e7c5d1a9b3f48627e6d5c4b3a29180f7e6d5c4b3a291807"


def read(**settings: str) -> Config:
    return Config.from_environ({f"PEDRI_ASSESS_{name}": value for name, value in settings.items()})


def faults(**settings: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read(**settings)
    return caught.value.faults


def test_a_key_is_all_that_must_be_set() -> None:
    config = read(SECRET_KEY=KEY)
    assert config == Config(secret_key=KEY)
    assert config.trusted_hosts == ("127.0.0.1", "localhost")
    assert not config.secure_cookies
    assert config.standards_folders == (data_dir("standards"),)
    assert (config.report_seconds, config.report_megabytes, config.report_slots) == (30, 768, 1)
    assert config.max_body_bytes == 4 * 1024 * 1024


def test_other_programs_settings_are_left_alone() -> None:
    environ = {"PEDRI_ASSESS_SECRET_KEY": KEY, "PATH": "/bin", "SECRET_KEY": "x", "PEDRI": "x"}
    assert Config.from_environ(environ).secret_key == KEY


def test_the_key_may_be_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", "utf-8")
    assert read(SECRET_KEY_FILE=str(file)).secret_key == KEY


def test_a_missing_key_comes_with_the_command_that_makes_one() -> None:
    (fault,) = faults()
    assert fault.startswith("PEDRI_ASSESS_SECRET_KEY is not set: make one with")
    assert "secrets.token_hex(32)" in fault


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe" * 40, b"short"])
def test_a_key_file_without_a_good_key_is_refused(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    (fault,) = faults(SECRET_KEY_FILE=str(file))
    assert fault.startswith("PEDRI_ASSESS_SECRET_KEY_FILE")


def test_two_places_for_one_key_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(SECRET_KEY=KEY, SECRET_KEY_FILE=str(tmp_path))
    assert "keep one of them" in fault


@pytest.mark.parametrize(
    "key",
    [
        "dev",
        "x" * 31,
        "x" * 64,
        "abababababababababababababababababababab",
        "change-me-change-me-change-me-change-me",
        "your-secret-key-goes-here-and-is-long-enough",
        "this-is-an-example-key-for-our-documentation",
        "django-insecure-a0b1c2d3e4f5a6b7c8d9e0f1a2b3",
        "0123456789abcdef0123456789abcdef",
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
    ],
)
def test_short_and_well_known_keys_are_refused(key: str) -> None:
    (fault,) = faults(SECRET_KEY=key)
    assert "PEDRI_ASSESS_SECRET_KEY" in fault
    assert key not in fault  # a fault may end up in a log
    (fallback,) = faults(SECRET_KEY=KEY, SECRET_KEY_FALLBACKS=f"{OTHER} {key}")
    assert "key 2" in fallback


def test_random_keys_are_accepted() -> None:
    for _ in range(200):
        assert key_fault(secrets.token_hex(16)) is None
        assert key_fault(secrets.token_urlsafe(32)) is None


def test_earlier_keys_are_kept_in_order() -> None:
    assert read(SECRET_KEY=KEY, SECRET_KEY_FALLBACKS=f"{OTHER}  {KEY}").secret_key_fallbacks == (OTHER, KEY)


def test_a_config_does_not_show_its_keys() -> None:
    shown = repr(read(SECRET_KEY=KEY, SECRET_KEY_FALLBACKS=OTHER))
    assert KEY not in shown
    assert OTHER not in shown


def test_own_standards_come_after_ours(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    folders = read(SECRET_KEY=KEY, STANDARDS=f"{first}{os.pathsep}{second}").standards_folders
    assert folders == (data_dir("standards"), first, second)


def test_a_folder_of_standards_must_be_there(tmp_path: Path) -> None:
    (fault,) = faults(SECRET_KEY=KEY, STANDARDS=str(tmp_path / "gone"))
    assert f"{tmp_path}/gone, which is not a folder" in fault
    (tmp_path / "file").write_text("", "utf-8")
    for name in (tmp_path / "file", "~nobody-of-this-name/x", "n" * 5000):
        assert len(faults(SECRET_KEY=KEY, STANDARDS=str(name))) == 1


def test_cookies_are_for_https_once_others_can_reach_the_service() -> None:
    config = read(SECRET_KEY=KEY, TRUSTED_HOSTS="assess.example.org, .trust.example")
    assert config.trusted_hosts == ("assess.example.org", ".trust.example")
    assert config.secure_cookies
    assert read(SECRET_KEY=KEY, SECURE_COOKIES="YES").secure_cookies
    assert not read(SECRET_KEY=KEY, SECURE_COOKIES="no", TRUSTED_HOSTS="localhost [::1]").secure_cookies


def test_open_cookies_are_refused_where_others_can_reach_the_service() -> None:
    (fault,) = faults(SECRET_KEY=KEY, SECURE_COOKIES="no", TRUSTED_HOSTS="assess.example.org")
    assert "over https" in fault


@pytest.mark.parametrize(
    "host", ["*", "https://a.example", "a.example:8000", "a.example/b", "-a", "a_b", "ŵ"]
)
def test_a_trusted_host_is_a_plain_name(host: str) -> None:
    (fault,) = faults(SECRET_KEY=KEY, TRUSTED_HOSTS=host)
    assert f'"{host}"' in fault


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REPORT_SECONDS", "0"),
        ("REPORT_SECONDS", "601"),
        ("REPORT_SECONDS", "1.5"),
        ("REPORT_SECONDS", "-1"),
        ("REPORT_SECONDS", "٣"),
        ("REPORT_MEGABYTES", "5"),
        ("REPORT_SLOTS", "many"),
        ("MAX_BODY_BYTES", "9" * 5000),
        ("SECURE_COOKIES", "maybe"),
    ],
)
def test_values_that_make_no_sense_are_refused(name: str, value: str) -> None:
    (fault,) = faults(SECRET_KEY=KEY, **{name: value})
    assert fault.startswith(f"PEDRI_ASSESS_{name} is ")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("REPORT_KEY", "short", "is not 64 hexadecimal digits"),
        ("REPORT_KEY", "0" * 64, "looks like a sample"),
        ("REPORT_KEYS_BEFORE", "ab" * 32 + " none", "(key 2) is not 64 hexadecimal digits"),
    ],
)
def test_keys_for_reports_that_are_none_are_refused(name: str, value: str, said: str) -> None:
    (fault,) = faults(SECRET_KEY=KEY, **{name: value})
    assert fault.startswith(f"PEDRI_ASSESS_{name} {said}")


def test_a_key_for_reports_is_32_bytes_and_never_shown() -> None:
    key = "5d0c7e91b3a24f68" * 4
    config = read(SECRET_KEY=KEY, REPORT_KEY=key, REPORT_KEYS_BEFORE="AB" * 32)
    assert (config.report_key, config.report_keys_before) == (bytes.fromhex(key), ("ab" * 32,))
    assert key not in repr(config)
    assert str(bytes.fromhex(key)) not in repr(config)


def test_numbers_can_be_set() -> None:
    config = read(SECRET_KEY=KEY, REPORT_SECONDS="60", REPORT_MEGABYTES="1024", MAX_BODY_BYTES="65536")
    assert (config.report_seconds, config.report_megabytes, config.max_body_bytes) == (60, 1024, 65536)


def test_a_misspelt_setting_is_refused_with_a_suggestion() -> None:
    (fault,) = faults(SECRET_KEY=KEY, TRUSTED_HOST="a.example")
    assert fault.endswith("did you mean PEDRI_ASSESS_TRUSTED_HOSTS?")
    (other,) = faults(SECRET_KEY=KEY, QXZ="1")
    assert "there are DATABASE_URL, PEDRI_ASSESS_BASE_URL" in other


def test_everything_wrong_is_said_at_once() -> None:
    found = faults(SECRET_KEY="dev", TRUSTED_HOSTS="* https://x", REPORT_SECONDS="soon", STANDART="x")
    assert len(found) == 5
    with pytest.raises(ConfigError, match=r"(?s)SECRET_KEY.*STANDART"):
        read(SECRET_KEY="dev", STANDART="x")


def test_an_empty_setting_is_as_good_as_none() -> None:
    assert read(SECRET_KEY=KEY, STANDARDS="", TRUSTED_HOSTS=" ", REPORT_SECONDS="") == Config(secret_key=KEY)


def test_data_is_found_wherever_the_command_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("standards", "static", "templates"):
        assert data_dir(name).is_absolute()
        assert data_dir(name).is_dir()
    with pytest.raises(FileNotFoundError, match="no folder nothing"):
        data_dir("nothing")


NAMES = ("SECRET_KEY", "SECRET_KEY_FILE", "STANDARDS", "TRUSTED_HOSTS", "SECURE_COOKIES", "REPORT_SLOTS", "X")


@given(
    st.dictionaries(st.sampled_from(NAMES), st.text(st.characters(codec="utf-8", exclude_characters="\0")))
)
def test_no_value_ends_in_anything_but_settings_or_faults(settings: dict[str, str]) -> None:
    found: tuple[str, ...] = ()
    try:
        read(**settings)
    except ConfigError as error:
        found = error.faults or ("none",)
    assert all(": " in fault for fault in found)
