-- A lesson that a trainer records, and the hints that learners have looked at.

-- The lesson that is being recorded or written; no row: none is. A new beginning of training leaves it as it is.
CREATE TABLE lesson_recording (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    begun_at INTEGER NOT NULL,              -- nanoseconds since 1970, UTC
    last_row INTEGER NOT NULL,              -- the newest row of the journal at that time, 0 for none
    is_over  INTEGER NOT NULL,              -- 1 from when its solution was taken
    lesson   TEXT NOT NULL                  -- as its file has it: TOML
) STRICT;

-- The most hints of the lesson that were shown to the learner.
ALTER TABLE lesson_progress ADD COLUMN hints INTEGER NOT NULL DEFAULT 0;
