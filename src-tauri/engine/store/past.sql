-- Version 4. Of which places a source was asked for the past, when last, how often in vain since, and
-- whether it answered; and what is older than it is kept is found without reading every alert.

CREATE TABLE place_past (
    place    INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
    source   TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (place, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_reading_of ON alert_reading (series, target, published_at, revision);
