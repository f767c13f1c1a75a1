-- Version 3. How hosts are spared: what was asked of each today, which rest after failures, and what
-- they answered where they gave a mark (ETag, Last-Modified) by which it can be asked for again.

ALTER TABLE source ADD COLUMN last_today INTEGER;
ALTER TABLE source ADD COLUMN silence_told INTEGER;
UPDATE source SET last_today = last_success;

-- `day`: days since 1970-01-01, UTC. `spent`: in the calls that the host counts.
CREATE TABLE host (
    name          TEXT NOT NULL PRIMARY KEY,
    day           INTEGER NOT NULL,
    spent         REAL NOT NULL,
    failures      INTEGER NOT NULL,
    resting_until INTEGER
) STRICT, WITHOUT ROWID;

-- `body` is compressed (gzip).
CREATE TABLE answer (
    url      TEXT NOT NULL PRIMARY KEY,
    etag     TEXT,
    modified TEXT,
    body     BLOB NOT NULL,
    kept_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
