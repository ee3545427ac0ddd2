"""The printing program kept loaded: every job alone and clean, and it comes back from every kind of end."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pedri_assess.config import data_dir
from pedri_assess.reports import ReportFailed, print_job
from pedri_assess.reports.bounded import Limits, Ran
from pedri_assess.reports.forking import PREFIX
from pedri_assess.reports.pool import NotLoaded, Pool
from pedri_assess.services.reports import report_for

from .material import printed, renderer, some_answers, tiny

LIMITS = Limits(seconds=20, clock=20, memory=1 << 30, largest=1 << 20)
# What a job sees of its process: nothing of ours, and nothing of the job before it
TELLS = """
import json, os, resource, socket, sys, threading
def warm():
    global SEEN
    SEEN = []
def main():
    SEEN.append(1)
    said = sys.stdin.buffer.read()
    json.dump({
        "said": len(said), "seen": len(SEEN), "pid": os.getpid(), "parent": os.getppid(),
        "group": os.getpgid(0), "session": os.getsid(0), "here": os.listdir("."), "cwd": os.getcwd(),
        "environ": dict(os.environ), "open": sorted(int(n) for n in os.listdir("/proc/self/fd")),
        "threads": threading.active_count(), "nice": os.getpriority(os.PRIO_PROCESS, 0),
        "memory": resource.getrlimit(resource.RLIMIT_AS), "core": resource.getrlimit(resource.RLIMIT_CORE),
        "cpu": resource.getrlimit(resource.RLIMIT_CPU), "file": resource.getrlimit(resource.RLIMIT_FSIZE),
    }, sys.stdout)
    open("left", "w").write("something")
    return 0
"""

Make = Callable[[str], Pool]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes pools of programs."""
    made: list[Pool] = []

    def one(text: str) -> Pool:
        path = tmp_path / f"program{len(made)}.py"
        path.write_text(text)
        made.append(Pool(path))
        return made[-1]

    yield one
    for pool in made:
        pool.stop()


def told(ran: Ran) -> dict[str, object]:
    assert (ran.status, ran.ended, ran.told) == (0, "", "")
    found: dict[str, object] = json.loads(ran.written)
    return found


def loaded(pool: Pool) -> int:
    """The number of the process that has the program loaded."""
    pool.start()
    assert pool._loaded is not None
    return pool._loaded._process.pid


def alive_in(group: int) -> bool:
    """Whether a process group has somebody in it."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def children(pid: int) -> list[int]:
    return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def folders() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*")}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for temporary files that no other process uses."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))


def wait_for(what: Callable[[], object], seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, "it did not come about"
        time.sleep(0.01)


def test_every_job_is_alone_in_a_process_that_knows_nothing(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEDRI_ASSESS_SECRET_KEY", "secret")
    pool = make(TELLS)
    first, second = told(pool.run(b"x" * 300_000, LIMITS)), told(pool.run(b"", LIMITS))
    assert (first["said"], second["said"]) == (300_000, 0)
    assert first["pid"] != second["pid"]
    assert first["parent"] == second["parent"] == loaded(pool)
    assert first["cwd"] != second["cwd"]
    for each in (first, second):
        assert each["seen"] == 1
        assert each["group"] == each["session"] == each["pid"]
        assert each["here"] == []
        assert each["environ"] == {
            "HOME": each["cwd"], "TMPDIR": each["cwd"], "PATH": os.defpath, "LANG": "C.UTF-8",
        }  # fmt: skip
        assert each["open"] in ([0, 1, 2], [0, 1, 2, 3])  # the last one lists the folder
        assert each["threads"] == 1
        assert (each["nice"], each["memory"], each["core"]) == (5, [1 << 30, 1 << 30], [0, 0])
        assert (each["cpu"], each["file"]) == ([20, 21], [1 << 20, 1 << 20])
        assert not Path(str(each["cwd"])).exists()


def test_jobs_at_once_do_not_meet(make: Make) -> None:
    pool = make(
        "import sys, time\ndef main():\n    said = sys.stdin.buffer.read()\n    time.sleep(0.2)\n"
        "    sys.stdout.buffer.write(said[::-1])\n    return 0\n"
    )
    ran: dict[int, Ran] = {}

    def one(number: int) -> None:
        ran[number] = pool.run(f"<{number}>".encode() * 40_000, LIMITS)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: run.written for number, run in ran.items()} == {
        number: f"<{number}>".encode()[::-1] * 40_000 for number in range(12)
    }


def test_bytes_are_those_of_a_new_process() -> None:
    job = print_job(report_for(tiny(), some_answers()), data_dir("templates"))
    warm = renderer(warm=True)
    try:
        assert {hashlib.sha256(warm.render(job)).hexdigest() for _ in range(3)} == {
            hashlib.sha256(printed()).hexdigest()
        }
    finally:
        warm.stop()


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_bytes_do_not_depend_on_the_order_of_sets(seed: str, tmp_path: Path) -> None:
    """The loaded process takes no seed from the environment; so the program is run with one, as it is."""
    program = Path(__file__).parents[2] / "pedri_assess" / "reports" / "printing.py"
    from pedri_assess.reports.renderer import message

    job = print_job(report_for(tiny(), some_answers()), data_dir("templates"))
    said = json.dumps(message(job, data_dir("static"))).encode()
    ran = subprocess.run(
        [sys.executable, str(program)], input=said, capture_output=True, check=True, cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert ran.stdout == printed()


def test_a_loaded_program_has_one_thread(make: Make) -> None:
    warm = renderer(warm=True)
    warm.start()
    pool = warm._pool
    assert pool is not None
    assert len(list(Path(f"/proc/{loaded(pool)}/task").iterdir())) == 1
    warm.stop()


def test_a_killed_child_is_an_end_like_any_other(make: Make, tmp_path: Path) -> None:
    pool = make(
        f"import os, time\ndef main():\n    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))"
        "\n    time.sleep(60)\n"
    )
    ended: list[Ran] = []
    thread = threading.Thread(target=lambda: ended.append(pool.run(b"", LIMITS)))
    thread.start()
    wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
    thread.join()
    assert (ended[0].status, ended[0].ended) == (-signal.SIGKILL, "")
    assert children(loaded(pool)) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_when_the_loaded_process_dies_its_jobs_are_done_by_the_next(
    make: Make, tmp_path: Path, how: signal.Signals
) -> None:
    once = tmp_path / "once"
    pool = make(
        f"import os, pathlib, sys, time\nonce = pathlib.Path({str(once)!r})\ndef main():\n"
        "    if not once.exists():\n        once.write_text(str(os.getpid()))\n        time.sleep(60)\n"
        "    sys.stdout.write('done')\n    return 0\n"
    )
    before = loaded(pool)
    ended: list[Ran] = []
    thread = threading.Thread(target=lambda: ended.append(pool.run(b"", LIMITS)))
    thread.start()
    wait_for(lambda: once.exists() and once.read_text())
    os.kill(before, how)
    thread.join()
    assert ended[0].written == b"done"
    assert loaded(pool) != before
    wait_for(lambda: not Path(f"/proc/{once.read_text()}").exists())  # its child went with it
    assert not Path(f"/proc/{before}").exists()  # no zombie


def test_what_a_child_started_ends_even_where_the_loaded_process_is_gone(make: Make, tmp_path: Path) -> None:
    number = tmp_path / "pid"
    pool = make(
        f"import os, subprocess, time\ndef main():\n    subprocess.Popen(['sleep', '600'])\n"
        f"    open({str(number)!r}, 'w').write(str(os.getpid()))\n    time.sleep(60)\n"
    )
    process = loaded(pool)
    ended: list[Ran] = []
    thread = threading.Thread(target=lambda: ended.append(pool.run(b"", replace(LIMITS, clock=2))))
    thread.start()
    wait_for(lambda: number.exists() and number.read_text())
    os.kill(process, signal.SIGKILL)
    thread.join()  # it has the child's output, so it is the clock that ends it
    assert (ended[0].status, ended[0].ended) == (None, "too late")
    wait_for(lambda: not alive_in(int(number.read_text())))


def test_a_loaded_process_that_hangs_is_replaced(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedri_assess.reports.pool.ANSWER_SECONDS", 0.3)
    pool = make("import sys\ndef main():\n    sys.stdout.write('done')\n    return 0\n")
    stuck = loaded(pool)
    os.kill(stuck, signal.SIGSTOP)
    began = time.monotonic()
    ran = pool.run(b"", Limits(seconds=1, clock=1, memory=1 << 30, largest=100))
    assert ran.ended == "too late"
    assert time.monotonic() - began < 20
    assert pool.run(b"", LIMITS).written == b"done"
    assert not Path(f"/proc/{stuck}").exists()


def test_a_child_that_lets_go_of_its_output_is_still_ended(make: Make) -> None:
    pool = make("import os, time\ndef main():\n    os.close(1)\n    os.close(2)\n    time.sleep(60)\n")
    ran = pool.run(b"", Limits(seconds=1, clock=1, memory=1 << 30, largest=100))
    assert (ran.ended, ran.status) == ("too late", -signal.SIGKILL)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("raise OSError('no library libpango')", "no library libpango"),
        ("import nothing_of_that_name", "No module named 'nothing_of_that_name'"),
        ("import sys\nsys.exit(3)", "it said nothing"),
        ("import os\nos.kill(os.getpid(), 9)", "it said nothing"),
    ],
)
def test_a_program_that_cannot_be_loaded_is_said_in_words(
    make: Make, text: str, said: str, tmp_path: Path
) -> None:
    pool = make(text)
    for _ in range(2):  # it is tried again each time
        with pytest.raises(NotLoaded, match=said):
            pool.run(b"", LIMITS)
    broken = renderer(warm=True, program=tmp_path / "program0.py")
    with pytest.raises(ReportFailed, match="the program that prints reports does not start") as told:
        broken.render(print_job(report_for(tiny(), some_answers()), data_dir("templates")))
    assert not told.value.for_good


def test_stopping_ends_what_is_under_way_and_begins_nothing(make: Make, tmp_path: Path) -> None:
    pool = make(
        f"import os, time\ndef main():\n    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))"
        "\n    time.sleep(60)\n"
    )
    ended: list[Ran] = []
    process = loaded(pool)
    assert len(folders()) == 1
    thread = threading.Thread(target=lambda: ended.append(pool.run(b"", LIMITS)))
    thread.start()
    wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    pool.stop()
    thread.join()
    assert ended[0].status != 0
    assert not Path(f"/proc/{process}").exists()
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text()}").exists()
    assert folders() == set()
    with pytest.raises(NotLoaded, match="stopped"):
        pool.run(b"", LIMITS)


def test_after_a_fork_each_process_has_its_own(make: Make) -> None:
    pool = make(TELLS)
    ours = loaded(pool)
    reads, writes = os.pipe()
    forked = os.fork()
    if forked == 0:
        try:
            parent = told(pool.run(b"", LIMITS))["parent"]
            os.write(writes, str(parent).encode())
            pool.stop()
        finally:
            os._exit(0)
    os.waitpid(forked, 0)
    theirs = int(os.read(reads, 20))
    os.close(reads), os.close(writes)
    assert theirs != ours
    assert told(pool.run(b"", LIMITS))["parent"] == ours
    wait_for(lambda: not Path(f"/proc/{theirs}").exists())


def test_a_pool_that_nobody_needs_ends_what_it_loaded(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(TELLS)
    pool = Pool(tmp_path / "program.py")
    process = loaded(pool)
    del pool
    gc.collect()
    assert not Path(f"/proc/{process}").exists()


USES = """
import sys, threading, time
from pathlib import Path
from pedri_assess.reports.pool import Pool
from pedri_assess.reports.bounded import Limits
pool = Pool(Path(sys.argv[1]))
limits = Limits(seconds=60, clock=60, memory=1 << 30, largest=100)
threads = [threading.Thread(target=pool.run, args=(b"", limits)) for _ in range(3)]
[thread.start() for thread in threads]
"""


def test_a_user_that_is_killed_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os, subprocess, time\ndef main():\n    open('part', 'w').write('x')\n"
        f"    open({str(tmp_path)!r} + f'/{{os.getpid()}}.pid', 'w').write(os.getcwd())\n"
        "    subprocess.Popen(['sleep', '600'])\n    time.sleep(600)\n"
    )
    user = subprocess.Popen([sys.executable, "-c", USES, str(program)])
    wait_for(lambda: len(list(tmp_path.glob("*.pid"))) == 3)
    began = [int(path.stem) for path in tmp_path.glob("*.pid")]
    user.kill()
    user.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in began))
    wait_for(lambda: not any(alive_in(group) for group in began))
    wait_for(lambda: folders() == set())


def test_what_a_killed_one_left_behind_is_cleared_by_the_next(make: Make) -> None:
    pool = make(TELLS)
    process = loaded(pool)
    (left,) = folders()
    os.kill(process, signal.SIGKILL)
    wait_for(lambda: pool._loaded is not None and pool._loaded._process.poll() is not None)
    assert left in folders()
    loaded(pool)
    assert left not in folders()


def test_kills_at_random_moments_never_hang_and_leave_nothing(make: Make) -> None:
    pool = make(
        "import sys, time\ndef main():\n    said = sys.stdin.buffer.read()\n    time.sleep(0.02)\n"
        "    sys.stdout.buffer.write(said)\n    return 0\n"
    )
    chance = random.Random(4)
    done, said = threading.Event(), b"x" * 100_000
    ran: list[Ran] = []

    def work() -> None:
        while not done.is_set():
            ran.append(pool.run(said, LIMITS))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    killed = set()
    for _ in range(12):
        before = sum(each.written == said for each in ran)
        wait_for(lambda before=before: sum(each.written == said for each in ran) > before, 60)
        time.sleep(chance.uniform(0, 0.1))
        process = loaded_now(pool)
        if process and process not in killed:
            killed.add(process)
            os.kill(process, signal.SIGKILL)
    done.set()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert len(killed) > 6
    for each in ran:  # whole, or lost twice and known to be
        assert (each.written, each.status) == (said, 0) or each.status is None
    loaded(pool)
    assert not any(Path(f"/proc/{pid}").exists() for pid in killed)


def loaded_now(pool: Pool) -> int:
    found = pool._loaded
    return found._process.pid if found is not None and found.lives else 0
