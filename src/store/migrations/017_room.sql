-- The progress of a room, gathered from the machines of those who learn in it. A new beginning leaves it as it is.

-- What tells the progress of these data from that of others: drawn when it is first saved to a file.
CREATE TABLE progress_machine (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    id       TEXT NOT NULL                  -- a UUID
) STRICT;

-- The machines whose progress was taken in.
CREATE TABLE room_machines (
    id       TEXT PRIMARY KEY,              -- a UUID
    name     TEXT NOT NULL,                 -- what its system calls it; may be empty
    saved_at INTEGER NOT NULL               -- nanoseconds since 1970, UTC, by its own clock
) STRICT, WITHOUT ROWID;

-- How far each person has come there; as in lesson_progress.
CREATE TABLE room_progress (
    machine   TEXT NOT NULL,                -- its id
    learner   TEXT NOT NULL,
    lesson    TEXT NOT NULL,
    begun_at  INTEGER NOT NULL,
    checks    INTEGER NOT NULL,
    hints     INTEGER NOT NULL,
    solved_at INTEGER,
    rules     INTEGER,
    PRIMARY KEY (machine, learner, lesson)
) STRICT, WITHOUT ROWID;
