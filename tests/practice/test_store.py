from __future__ import annotations

import sqlite3
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.practice.application import create_practice_application
from aep_tui.practice.request_kind import CONNECTIONS_PATH
from aep_tui.practice.store import ConnectionRecord, PracticeStore, PracticeStoreProblem
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.practice.support import aws_body, in_process, only_item, salesforce_body

RECORD = ConnectionRecord(
    id="one",
    organization_id="A@AdobeOrg",
    sandbox_name="dev",
    name="ACME \N{SNOWMAN}",
    description=None,
    connection_spec_id="spec",
    connection_spec_version="1.0",
    auth_spec_name="Basic Authentication",
    created_at=1,
    updated_at=1,
    enabled_at=None,
    created_by="user",
    created_client="key",
    finished_by="user",
    finished_client="key",
    initial_etag='"a"',
    etag='"b"',
    parameters={"host": "x", "flag": True},
    service_parameters={"orgId": "00D"},
)


def test_what_was_added_is_found_in_its_own_sandbox_only() -> None:
    with PracticeStore() as store:
        store.add(RECORD)
        assert store.find("A@AdobeOrg", "dev", "one") == RECORD
        assert store.find("A@AdobeOrg", "prod", "one") is None
        assert store.find("B@AdobeOrg", "dev", "one") is None
        assert store.in_sandbox("A@AdobeOrg", "dev") == store.connections() == (RECORD,)
        assert store.count() == 1
        store.clear()
        assert store.count() == 0


def test_of_many_that_are_added_together_all_are_kept_or_none(tmp_path: Path) -> None:
    one, other = replace(RECORD, id="1"), replace(RECORD, id="2")
    with PracticeStore(str(tmp_path / "store.db")) as store:
        with pytest.raises(sqlite3.IntegrityError):
            store.add_all((one, other, one))
        assert store.count() == 0
        store.add_all((one, other))
    with PracticeStore(str(tmp_path / "store.db")) as store:
        assert [record.id for record in store.connections()] == ["1", "2"]


def test_a_replacement_happens_only_on_the_expected_etag() -> None:
    with PracticeStore() as store:
        store.add(RECORD)
        changed = replace(RECORD, name="new", etag='"c"')
        assert not store.replace(changed, '"stale"')
        assert store.connections() == (RECORD,)
        assert store.replace(changed, '"b"')
        assert not store.replace(changed, '"b"')
        assert store.connections() == (changed,)
        store.delete("one")
        assert store.count() == 0


def test_several_threads_lose_nothing() -> None:
    with PracticeStore() as store:

        def add(first: int) -> None:
            for number in range(first, first + 50):
                store.add(replace(RECORD, id=str(number)))

        threads = [threading.Thread(target=add, args=(start,)) for start in range(0, 200, 50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.count() == 200


@pytest.mark.anyio
async def test_a_restart_keeps_the_connections_of_a_file_and_their_time_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite"
    clock = FakeClock()
    with PracticeStore(str(path)) as store:
        async with in_process(create_practice_application(store=store, clock=clock)) as client:
            location = (await client.post(CONNECTIONS_PATH, json=salesforce_body())).headers["location"]
    clock.advance(3)
    with PracticeStore(str(path)) as store:
        async with in_process(create_practice_application(store=store, clock=clock)) as client:
            assert only_item(await client.get(location))["state"] == "enabled"


@pytest.mark.anyio
async def test_no_file_of_the_store_ever_contains_a_secret(tmp_path: Path) -> None:
    clock = FakeClock()
    with PracticeStore(str(tmp_path / "practice.sqlite")) as store:
        async with in_process(create_practice_application(store=store, clock=clock)) as client:
            client.headers["Authorization"] = f"Bearer {CANARY}"
            location = (await client.post(CONNECTIONS_PATH, json=aws_body())).headers["location"]
            clock.advance(3)
            item = only_item(await client.get(location))
            operation = {"op": "replace", "path": "/auth/params", "value": aws_body()["auth"]["params"]}
            patched = await client.patch(location, json=[operation], headers={"If-Match": item["etag"]})
            assert patched.status_code == 200
            content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"ACME account on AWS" in content
    assert CANARY.encode() not in content


def test_a_file_that_is_no_database_is_a_problem_in_words(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database, just a text of some length" * 10)
    with pytest.raises(PracticeStoreProblem, match=r"notes\.txt"):
        PracticeStore(str(path))
    with pytest.raises(PracticeStoreProblem):
        PracticeStore(str(tmp_path / "missing" / "practice.sqlite"))


def test_the_file_of_a_store_belongs_to_the_person_alone(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    PracticeStore(str(path)).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
