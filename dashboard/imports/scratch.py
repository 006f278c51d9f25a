"""Notes that an import takes on every row of a file, on disk: its memory must not grow with the file."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

PAGES = 2000  # of 4 KB, the cache


class Scratch:
    """Which keys a file has brought and where, which rows were refused, and which rows of the record it names."""

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "scratch.db", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", f"cache_size = {PAGES}"):
            self._base.execute(f"PRAGMA {pragma}")
        self._base.execute("CREATE TABLE seen (name, key, place, row, refused, PRIMARY KEY (name, key)) WITHOUT ROWID")
        self._base.execute("CREATE TABLE kept (name, id, PRIMARY KEY (name, id)) WITHOUT ROWID")
        self._base.execute("CREATE TABLE counts (name, key, count, PRIMARY KEY (name, key)) WITHOUT ROWID")

    def close(self) -> None:
        self._base.close()

    def enter(self, table: str, place: str, rows: Sequence[tuple[str, int]]) -> dict[int, tuple[str, int]]:
        """Note the keys of rows; of those that stood before, the row's index in `rows`, and where it stood."""
        self._base.execute("BEGIN")
        earlier: dict[int, tuple[str, int]] = {}
        known = self._among(table, [key for key, _ in rows])
        new = []
        for index, (key, row) in enumerate(rows):
            if key in known:
                earlier[index] = known[key]
            else:
                known[key] = place, row
                new.append((table, key, place, row))
        self._base.executemany("INSERT INTO seen VALUES (?, ?, ?, ?, 0)", new)
        self._base.execute("COMMIT")
        return earlier

    def _among(self, table: str, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
        asked = ", ".join("?" * len(keys))
        query = f"SELECT key, place, row FROM seen WHERE name = ? AND key IN ({asked})"
        return {key: (place, row) for key, place, row in self._base.execute(query, (table, *keys))}

    def refuse(self, table: str, keys: Collection[str]) -> None:
        """Note that the rows of these keys were refused."""
        self._base.executemany("UPDATE seen SET refused = 1 WHERE name = ? AND key = ?", [(table, k) for k in keys])

    def refused(self, table: str, keys: Collection[str]) -> set[str]:
        """Those of the keys whose row was refused."""
        asked = ", ".join("?" * len(keys))
        query = f"SELECT key FROM seen WHERE name = ? AND refused AND key IN ({asked})"
        return {key for (key,) in self._base.execute(query, (table, *keys))}

    def keep(self, table: str, ids: Collection[int]) -> None:
        """Note that the file names these rows of the record."""
        self._base.executemany("INSERT OR IGNORE INTO kept VALUES (?, ?)", [(table, number) for number in ids])

    def not_kept(self, table: str, ids: Sequence[int]) -> list[int]:
        """Those rows of the record that the file does not name."""
        asked = ", ".join("?" * len(ids))
        query = f"SELECT id FROM kept WHERE name = ? AND id IN ({asked})"
        kept = {number for (number,) in self._base.execute(query, (table, *ids))}
        return [number for number in ids if number not in kept]

    def occurrences(self, table: str, contents: Sequence[str]) -> Iterator[int]:
        """For each content, the how many-th of its kind it is in the file."""
        asked = ", ".join("?" * len(contents))
        query = f"SELECT key, count FROM counts WHERE name = ? AND key IN ({asked})"
        counts = Counter(dict(self._base.execute(query, (table, *contents))))
        numbers = []
        for content in contents:
            counts[content] += 1
            numbers.append(counts[content])
        self._base.executemany(
            "INSERT OR REPLACE INTO counts VALUES (?, ?, ?)", [(table, key, count) for key, count in counts.items()]
        )
        return iter(numbers)
