"""Fills the journal of a router that is not running with rows like the one that it has."""

import sqlite3
import time

CACHE_KIB = 1_000_000
STEPS = 100_000
DAY = 86_400_000_000_000
#: The journal keeps a message for 90 days unless told otherwise; what is older would be deleted under way.
DAYS = 80
#: One in so many was not accepted.
REFUSED = 200
RANDOM_UUID = (
    "lower(printf('%s-%s-4%s-a%s-%s', hex(randomblob(4)), hex(randomblob(2)), substr(hex(randomblob(2)), 2),"
    " substr(hex(randomblob(2)), 2), hex(randomblob(6))))"
)
#: What differs from row to row; everything else is as in the row that there is. `number` counts from 1 to `:rows`.
VARIED = {
    "message_uuid": RANDOM_UUID,
    "transmission_id": RANDOM_UUID,
    "received_at": "received_at - (:rows - counted.number) * (:days * :day / :rows)",
    "digest": "randomblob(length(digest))",
    "facts_digest": "randomblob(length(facts_digest))",
    "sender_cvr": "CASE WHEN counted.number % 3 = 0 THEN printf('%08d', 20000000 + counted.number % 1000) END",
    "fagsystem": "printf('system-%d', counted.number % 10)",
    "priority": "1 + counted.number % :rules",
    "outcome": f"CASE WHEN counted.number % {REFUSED} = 0 THEN 'fagsystem.afvist' ELSE outcome END",
    "total_us": "2000 + abs(random() % 100000)",
}


#: Kept while rows are added, since its keys come at random: made afterwards, it would have no room in any of its pages, and each
#: row that a router adds would split one. That of a journal that has grown is two thirds full.
AT_RANDOM = "journal_by_message"


def fill(folder, rows, rules=1_000):
    """Adds that many rows in one go. Indexes, and what triggers count, are as for rows that come one by one."""
    begun = time.monotonic()
    database = sqlite3.connect(folder / "postfordeler.db", isolation_level=None)
    try:
        # Nothing is kept for a crash: what is made here is thrown away after the measurement.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
            database.execute(f"PRAGMA {pragma}")
        # So that a signal is heeded within a long statement too.
        database.set_progress_handler(lambda: 0, STEPS)
        indexes = database.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'index' AND tbl_name = 'journal' AND sql IS NOT NULL AND name <> ?",
            (AT_RANDOM,),
        ).fetchall()
        database.execute("BEGIN IMMEDIATE")
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        add_rows(database, rows, rules)
        for _, made_by in indexes:
            database.execute(made_by)
        database.execute("COMMIT")
        database.execute("PRAGMA journal_mode = WAL")
        size = (folder / "postfordeler.db").stat().st_size / 1e9
        print(f"{rows:,} rows in {time.monotonic() - begun:.0f} s; the database has {size:.1f} GB", flush=True)
    except sqlite3.OperationalError as error:
        if str(error) == "interrupted":
            # What a signal raises in the progress handler does not get through SQLite.
            raise KeyboardInterrupt from error
        raise
    finally:
        database.close()


def add_rows(database, rows, rules):
    (first,) = database.execute("SELECT max(number) FROM journal").fetchone()
    columns = [row[1] for row in database.execute("PRAGMA table_info(journal)") if row[1] != "number"]
    values = [VARIED.get(column, f'"{column}"') for column in columns]
    quoted = ", ".join(f'"{column}"' for column in columns)
    database.execute(
        f"""
        WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < :rows)
        INSERT INTO journal ({quoted}) SELECT {", ".join(values)} FROM counted, journal WHERE journal.number = :first
        """,
        {"rows": rows, "first": first, "days": DAYS, "day": DAY, "rules": rules},
    )
