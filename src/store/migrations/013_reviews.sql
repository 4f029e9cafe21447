-- That somebody has looked through who receives what of an authority, and answers for it. Never changed and never deleted.
CREATE TABLE reviews (
    number      INTEGER PRIMARY KEY,
    authority   TEXT NOT NULL,              -- its first CVR number
    reviewed_at INTEGER NOT NULL,           -- nanoseconds since 1970, UTC
    reviewed_by TEXT NOT NULL,              -- a user name of the operating system; '' when it is unknown
    publication INTEGER NOT NULL,           -- what was looked through
    day         TEXT NOT NULL               -- the day whose rules were looked through
) STRICT;

CREATE INDEX reviews_by_authority ON reviews (authority, number);
