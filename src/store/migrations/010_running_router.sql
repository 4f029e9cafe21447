-- Which program runs the router. It holds only while the lock is held: after a crash it still stands here.
ALTER TABLE router_state ADD COLUMN program TEXT;       -- vindue, serve
ALTER TABLE router_state ADD COLUMN process INTEGER;    -- the number that the system knows it by; NULL: it has ended
ALTER TABLE router_state ADD COLUMN since TEXT;         -- RFC 3339, UTC
ALTER TABLE router_state ADD COLUMN address TEXT;       -- where it takes messages; NULL while it is starting
ALTER TABLE router_state ADD COLUMN is_encrypted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE router_state ADD COLUMN publication INTEGER;    -- the one that it follows; NULL: none

-- What had the router running last. Nobody else starts it without being asked.
ALTER TABLE router_state ADD COLUMN last_program TEXT;
