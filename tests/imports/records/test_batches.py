"""What an import leaves behind: rows matched by their codes, batches, and batches taken back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.database import engine
from dashboard.database.schema import import_batch
from dashboard.imports import batch as batches
from dashboard.imports.report import Running
from dashboard.imports.undo import CannotUndo, undo

Tables = dict[str, list[list[Any]]]
TITLE, FINISH = 3, 5


def counts(report: Any, table: str) -> tuple[int, int, int, int]:
    found = report.tables[table]
    return found.added, found.changed, found.removed, found.unchanged


def test_everything_comes_in_as_one_batch(record_url: str, small: Tables, xlsx, accepted, held) -> None:
    path = xlsx(small)
    report = accepted(record_url, path, imported_by="officer")
    assert (report.batch, report.total("added"), report.total("refused")) == (1, 14, 0)
    found = held(record_url)
    assert found["theme"] == [("energy", "Energy", "エネルギー"), ("health", "Health", None)]
    assert found["attendance"] == [("E1", "JP", "university", 40), ("E1", "DE", "company", 0)]
    assert found["training_result"][0] == ("T1", "university", "IT", 40, 70, 4, None, "yes")
    assert [row[1] for row in found["help_desk_case"]] == ["H1", "H2"]
    assert str(found["help_desk_case"][1][2]) == "2014-06-02 23:59:59"
    with engine.reading(record_url) as connection:
        (row,) = connection.execute(sa.select(import_batch)).mappings()
    assert (row["imported_by"], row["file"], row["sha256"]) == ("officer", "records.xlsx", report.sha256)
    assert (row["rows_added"], row["rows_changed"], row["rows_refused"]) == (14, 0, 0)
    assert len(report.sha256) == 64


def test_the_same_file_twice_changes_nothing(record_url: str, small: Tables, xlsx, accepted, whole) -> None:
    path = xlsx(small)
    accepted(record_url, path)
    before = whole(record_url)
    report = accepted(record_url, path)
    assert (report.total("added"), report.total("changed"), report.total("unchanged")) == (0, 0, 14)
    after = whole(record_url)
    assert len(after.pop("import_batch")) == 2
    before.pop("import_batch")
    assert after == before


def test_a_changed_row_updates_and_the_others_stay(record_url: str, small: Tables, xlsx, accepted, held) -> None:
    accepted(record_url, xlsx(small))
    before = held(record_url)
    small["Activities"][2][TITLE] = "Another title"
    report = accepted(record_url, xlsx({"Activities": small["Activities"]}))
    assert counts(report, "activity") == (0, 1, 0, 1)
    after = held(record_url)
    assert after["activity"][1][3] == "Another title"
    assert after["activity"][0] == before["activity"][0]
    assert {name: rows for name, rows in after.items() if name != "activity"} == {
        name: rows for name, rows in before.items() if name != "activity"
    }


def test_columns_that_the_file_lacks_stay_and_cells_that_are_empty_clear(
    record_url: str, small: Tables, xlsx, accepted, held
) -> None:
    accepted(record_url, xlsx(small))
    accepted(record_url, xlsx({"Themes": [["Code", "Name"], ["energy", "Power"]]}))
    assert held(record_url)["theme"][0] == ("energy", "Power", "エネルギー")
    accepted(record_url, xlsx({"Themes": [["Code", "Name", "Name in Japanese"], ["energy", "Power", None]]}))
    assert held(record_url)["theme"][0] == ("energy", "Power", None)


def test_equal_training_results_are_counted_not_merged(record_url: str, small: Tables, xlsx, accepted) -> None:
    accepted(record_url, xlsx(small))
    again = {"Training results": [*small["Training results"], small["Training results"][1]]}
    assert counts(accepted(record_url, xlsx(again)), "training_result") == (1, 0, 0, 3)
    fewer = {"Training results": small["Training results"][:2]}
    assert counts(accepted(record_url, xlsx(fewer)), "training_result") == (0, 0, 0, 1)
    report = accepted(record_url, xlsx(fewer), replace=("training_result",))
    assert counts(report, "training_result") == (0, 0, 3, 1)


def test_a_dry_run_says_all_and_writes_nothing(record_url: str, small: Tables, xlsx, accepted, whole) -> None:
    before = whole(record_url)
    report = accepted(record_url, xlsx(small), dry_run=True)
    assert (report.batch, report.total("added")) == (None, 14)
    assert whole(record_url) == before


def test_one_wrong_row_keeps_all_out_unless_partial(record_url: str, small: Tables, xlsx, bring, whole, held) -> None:
    small["Activities"][1][FINISH] = "2014-05-28"  # E1 ends before it starts
    path, before = xlsx(small), whole(record_url)
    report = bring(record_url, path)
    assert [(one.fault, one.sheet, one.row) for one in report.problems] == [("not_in_order", "Activities", 2)]
    assert report.batch is None
    assert whole(record_url) == before
    partial = bring(record_url, path, partial=True)
    assert partial.written
    assert [(one.fault, one.sheet, one.row, one.letter) for one in partial.problems] == [
        ("not_in_order", "Activities", 2, "F"),
        ("refused_reference", "Attendance", 2, "A"),
        ("refused_reference", "Attendance", 3, "A"),
        ("refused_reference", "Help-desk cases", 2, "M"),
    ]
    found = held(record_url)
    assert [row[1] for row in found["activity"]] == ["T1"]
    assert "attendance" not in found
    assert [row[1] for row in found["help_desk_case"]] == ["H2"]
    assert partial.total("refused") == 4


def test_a_sheet_that_cannot_be_read_keeps_all_out_even_partially(
    record_url: str, small: Tables, xlsx, bring, whole
) -> None:
    small["Themes"][0][1] = "Nom"
    before = whole(record_url)
    report = bring(record_url, xlsx(small), partial=True)
    assert report.batch is None
    assert whole(record_url) == before


def test_replace_deletes_what_the_file_does_not_name(record_url: str, small: Tables, xlsx, accepted, held) -> None:
    accepted(record_url, xlsx(small))
    less = {"Help-desk cases": small["Help-desk cases"][:2]}
    assert counts(accepted(record_url, xlsx(less)), "help_desk_case") == (0, 0, 0, 1)
    report = accepted(record_url, xlsx(less), replace=("help_desk_case",))
    assert counts(report, "help_desk_case") == (0, 0, 1, 1)
    assert [row[1] for row in held(record_url)["help_desk_case"]] == ["H1"]


def test_replace_refuses_to_orphan(record_url: str, small: Tables, xlsx, bring, accepted, whole) -> None:
    accepted(record_url, xlsx(small))
    before = whole(record_url)
    less = {"Activities": [small["Activities"][0], small["Activities"][2]]}
    report = bring(record_url, xlsx(less), replace=("activity",))
    assert [(one.fault, one.value, one.details["count"]) for one in report.problems] in (
        [("still_referred", "E1", 2)],  # attendance
        [("still_referred", "E1", 1)],  # help-desk cases
    )
    assert whole(record_url) == before
    both = {**less, "Attendance": small["Attendance"][:1], "Help-desk cases": [small["Help-desk cases"][0]]}
    accepted(record_url, xlsx(both), replace=("activity", "attendance", "help_desk_case"))


def test_replace_wants_the_sheet_in_the_file(record_url: str, small: Tables, xlsx, bring, accepted, whole) -> None:
    accepted(record_url, xlsx(small))
    before = whole(record_url)
    report = bring(record_url, xlsx({"Themes": small["Themes"]}), replace=("attendance",))
    assert [one.fault for one in report.problems] == ["not_in_file"]
    assert whole(record_url) == before


def test_undo_takes_exactly_that_batch_back(record_url: str, small: Tables, xlsx, accepted, whole) -> None:
    empty = whole(record_url)
    accepted(record_url, xlsx(small))
    first = whole(record_url)
    small["Activities"][1][TITLE] = "Changed"
    small["Programme"][1][5] = 5
    small["Themes"].append(["bio", "Biotechnology", None])
    small["Help-desk cases"] = [*small["Help-desk cases"][:1], [*small["Help-desk cases"][2]]]
    small["Help-desk cases"][1][2] = "2014-06-03T00:00:00.125"
    small["Training results"].pop()
    accepted(record_url, xlsx(small), replace=("help_desk_case", "training_result"))
    assert whole(record_url) != first
    assert undo(record_url, 2) == {
        "programme": 1, "theme": 1, "activity": 1, "help_desk_case": 2, "training_result": 1,
    }  # fmt: skip
    assert whole(record_url) == first
    undo(record_url, 1)
    assert whole(record_url) == empty


def test_undo_of_a_batch_that_others_stand_on(record_url: str, small: Tables, xlsx, accepted, whole) -> None:
    accepted(record_url, xlsx({name: small[name] for name in ("Programme", "Themes", "Organisations")}))
    accepted(record_url, xlsx(small))
    with pytest.raises(CannotUndo, match=r"rows of Activities \(batch 2\) refer to what batch 1 added") as referred:
        undo(record_url, 1)
    assert referred.value.said("ja").startswith("活動の行（1件の取り込み、番号2）が取り込み番号1の追加した行を参照")
    small["Activities"][1][TITLE] = "Changed"
    accepted(record_url, xlsx(small))
    before = whole(record_url)
    with pytest.raises(CannotUndo, match="batch 3 changed rows of batch 2 since; take that back first") as later:
        undo(record_url, 2)
    assert later.value.said("ja").startswith("その後の1件の取り込み（番号3）が取り込み番号2の行を変更しています")
    with pytest.raises(CannotUndo, match="there is no batch 9"):
        undo(record_url, 9)
    assert whole(record_url) == before
    for batch in (3, 2, 1):
        undo(record_url, batch)
    assert not any(whole(record_url).values())


def test_undo_sees_other_hands(record_url: str, small: Tables, xlsx, accepted, elsewhere) -> None:
    accepted(record_url, xlsx(small))
    elsewhere(record_url, "DELETE FROM attendance WHERE participants = 40")
    with pytest.raises(CannotUndo, match="something other than an import"):
        undo(record_url, 1)


def test_a_removed_row_comes_back_under_its_number(record_url: str, small: Tables, xlsx, accepted, whole) -> None:
    accepted(record_url, xlsx(small))
    first = whole(record_url)["training_result"]
    accepted(record_url, xlsx({"Training results": small["Training results"][:1]}), replace=("training_result",))
    other = {"Training results": [small["Training results"][0], ["T1", "ministry", "IT", 1, 2, 3, "no"]]}
    accepted(record_url, xlsx(other))
    taken = {row[0] for row in whole(record_url)["training_result"]}
    assert not taken & {row[0] for row in first}
    undo(record_url, 2)
    assert [row for row in whole(record_url)["training_result"] if row[0] not in taken] == first


def test_a_folder_is_one_batch(record_url: str, small: Tables, text_file, tmp_path: Path, accepted, held) -> None:
    titles = {
        "Programme": "1 Programme",
        "Themes": "テーマ",
        "Organisations": "organisation",
        "Activities": "activities",
        "Attendance": "Attendance 2014",
        "Help-desk cases": "whatever",  # told by its headings
        "Training results": "training_result",
    }
    folder = tmp_path / "spring"
    folder.mkdir()
    for title, rows in small.items():
        text_file(rows, f"spring/{titles[title]}.csv", encoding="utf-8-sig", delimiter=";")
    (folder / "notes.docx").write_bytes(b"x")
    (folder / "~$open.xlsx").write_bytes(b"x")
    report = accepted(record_url, folder)
    assert (report.file, report.batch, report.total("added")) == ("spring", 1, 14)
    assert len(held(record_url)["help_desk_case"]) == 2


def test_a_second_import_waits_or_says_so(
    record_url: str, small: Tables, xlsx: Callable[..., Path], bring, monkeypatch: pytest.MonkeyPatch, whole
) -> None:
    path = xlsx(small)
    holding, release = threading.Event(), threading.Event()

    def hold() -> None:
        with batches.transaction(record_url):
            holding.set()
            release.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert holding.wait(30)
    monkeypatch.setattr(engine, "LOCK_SECONDS", 0.2)
    with pytest.raises(Running):
        bring(record_url, path)
    monkeypatch.setattr(engine, "LOCK_SECONDS", 30)
    threading.Timer(0.5, release.set).start()
    started = time.monotonic()
    assert bring(record_url, path).batch == 1  # it waited for the other, which left nothing
    assert time.monotonic() - started > 0.3
    holder.join()
    assert len(whole(record_url)["activity"]) == 2
