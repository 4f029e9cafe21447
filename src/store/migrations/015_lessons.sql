-- What is learnt in training. A new beginning leaves all of it as it is: it says what training begins with, and what people have done.

-- The lesson that training begins with; no row: with the sample municipality.
CREATE TABLE lesson (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    id       TEXT NOT NULL,                 -- what its file calls it
    begun_at INTEGER,                       -- nanoseconds since 1970, UTC; NULL until its rules are published
    last_row INTEGER NOT NULL               -- the newest row of the journal at that time, 0 for none
) STRICT;

-- The person who learns at this machine now.
CREATE TABLE learner (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    name     TEXT NOT NULL
) STRICT;

-- How far each person has come; the name is '' until it has been typed.
CREATE TABLE lesson_progress (
    learner   TEXT NOT NULL,
    lesson    TEXT NOT NULL,
    begun_at  INTEGER NOT NULL,             -- nanoseconds since 1970, UTC: the first time
    checks    INTEGER NOT NULL,             -- how often it was checked
    solved_at INTEGER,                      -- the first time; NULL: not yet
    rules     INTEGER,                      -- the fewest rules that it was solved with
    PRIMARY KEY (learner, lesson)
) STRICT, WITHOUT ROWID;

-- Lessons that somebody has written, as their files have them.
CREATE TABLE lesson_files (
    id   TEXT PRIMARY KEY,
    file TEXT NOT NULL                      -- TOML
) STRICT, WITHOUT ROWID;
