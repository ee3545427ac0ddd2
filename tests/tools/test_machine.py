"""What the machine lacks is found, and said in words that can be acted on."""

import os

import pytest

import machine
from steps import Stop

ANSWER = (
    "chromium-headless-shell\tinstalled\nqpdf\tconfig-files\n"
    "libpango-1.0-0\tinstalled\nlibpango-1.0-0\tinstalled\n\t\n"
)


def test_packages_that_dpkg_does_not_call_installed_are_missing() -> None:
    wanted = ["chromium-headless-shell", "qpdf", "poppler-utils", "libpango-1.0-0"]
    assert machine.missing_packages(wanted, ANSWER) == ["qpdf", "poppler-utils"]
    assert machine.missing_packages(wanted, "") == wanted
    assert machine.missing_packages([], ANSWER) == []


def test_the_real_dpkg_is_understood() -> None:
    answer = machine.dpkg_answer(["base-files", "no-package-has-this-name"])
    assert machine.missing_packages(["base-files", "no-package-has-this-name"], answer) == [
        "no-package-has-this-name"
    ]


def test_testing_needs_more_than_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(machine, "dpkg_answer", lambda names: asked.append(list(names)) or "")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    for tests in (False, True):
        with pytest.raises(Stop):
            machine.check_packages(tests)
    assert set(asked[0]) < set(asked[1])
    assert "chromium-headless-shell" not in asked[0]


def test_an_ordinary_user_is_told_the_command_and_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "dpkg_answer", lambda names: ANSWER)
    monkeypatch.setattr(machine, "run", lambda *_: pytest.fail("something was run"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Stop) as stop:
        machine.check_packages(tests=True)
    said = str(stop.value)
    assert "apt-get update && apt-get install --no-install-recommends libpangoft2-1.0-0" in said
    assert "qpdf" in said
    assert "sudo" not in said


def test_root_installs_what_is_missing_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(
        machine, "dpkg_answer", lambda names: "".join(f"{n}\tinstalled\n" for n in names[:-1])
    )
    monkeypatch.setattr(machine, "run", lambda command, environ: ran.append(command))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine.check_packages(tests=True)
    assert [command[-1] for command in ran] == ["update", "qpdf"]
    assert ran[1][-3:] == ["install", "--no-install-recommends", "qpdf"]


def test_a_failed_apt_get_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise machine.Failed("E: You don't have enough free space\nNo space left on device")

    monkeypatch.setattr(machine, "run", fail)
    with pytest.raises(Stop, match=r"the disk is full\nThe details are at the end of .*prepare\.log"):
        machine.install_packages(["qpdf"])


def test_without_dpkg_the_libraries_themselves_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    monkeypatch.setattr(machine.ctypes.util, "find_library", lambda name: f"lib{name}.so.0")
    machine.check_packages(tests=False)
    with pytest.raises(Stop, match=r"not Debian.*the program chromium-headless-shell, the program pdftotext"):
        machine.check_packages(tests=True)
    monkeypatch.setattr(machine.ctypes.util, "find_library", lambda name: None)
    with pytest.raises(Stop, match="the library libpango"):
        machine.check_packages(tests=False)


def test_debians_python_without_venv_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(machine.sys, "base_prefix", "/usr")
    assert machine.venv_package_missing()
    monkeypatch.setattr(machine.sys, "base_prefix", "/opt/python")
    assert not machine.venv_package_missing()


def test_an_old_python_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    with pytest.raises(Stop, match=r"3\.11 or newer is needed; .* is 3\.9\.2"):
        machine.find_new_python()


def test_an_old_python_goes_on_in_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(machine.sys, "version_info", (3, 9, 2, "final", 0))
    # The newest name is one that does not start, as version managers leave behind
    found = {"python3.14": "/bin/false", "python3.12": "/bin/true"}
    monkeypatch.setattr(machine.shutil, "which", found.get)
    monkeypatch.setattr(machine.os, "execv", lambda program, arguments: started.append(program))
    with pytest.raises(Stop):  # as nothing takes the place of this process here
        machine.find_new_python()
    assert started == ["/bin/true"]
