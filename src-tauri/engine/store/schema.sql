-- Version 1. A file in use is never changed by editing this: a new version is a new migration.
-- Times are Unix seconds, except `published_at`, which is milliseconds, as ATMO publishes them.

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    commune_code TEXT,
    commune_name TEXT,
    epci         TEXT,
    departement  TEXT,
    latitude     REAL,
    longitude    REAL,
    time_zone    TEXT NOT NULL,
    added_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT,
    profile  TEXT NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_name ON person (name);

-- What readings have in common; a reading's natural key is its series, target, publication and
-- revision. Zone names are part of it: six communes of Guyane share one code.
CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,
    zone_code TEXT NOT NULL,
    zone_name TEXT NOT NULL,
    metric    TEXT NOT NULL,
    scale     TEXT NOT NULL DEFAULT '',
    period    TEXT NOT NULL CHECK (period IN ('day', 'hour')),
    basis     TEXT NOT NULL,
    UNIQUE (source, zone_code, zone_name, metric, scale, period, basis)
) STRICT;

-- `target`: days since 1970-01-01 for a day, Unix seconds for an hour. `published_at` is 0 where the
-- producer gives no time. A different value under the same publication is a new revision.
CREATE TABLE reading (
    series       INTEGER NOT NULL REFERENCES series (id),
    target       INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    level        INTEGER,
    value        REAL,
    fetched_at   INTEGER NOT NULL,
    PRIMARY KEY (series, target, published_at, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE place_zone (
    place    INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
    source   TEXT NOT NULL,
    code     TEXT NOT NULL,
    name     TEXT NOT NULL,
    nearness TEXT NOT NULL,
    PRIMARY KEY (place, source, code, name)
) STRICT, WITHOUT ROWID;

-- How a source answers for a place: whether it has a zone for it (null: not known), since when it
-- has had nothing, and the error of the last question about it.
CREATE TABLE place_source (
    place       INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
    source      TEXT NOT NULL,
    asked_at    INTEGER NOT NULL,
    covers      INTEGER,
    empty_since INTEGER,
    error       TEXT,
    PRIMARY KEY (place, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    name              TEXT NOT NULL PRIMARY KEY,
    last_attempt      INTEGER,
    last_success      INTEGER,
    next_due          INTEGER,
    failures          INTEGER NOT NULL DEFAULT 0,
    error             TEXT,
    nothing_for_today INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Names are kept beside the references: an alert stays readable when its place or person is gone.
CREATE TABLE alert (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    person       INTEGER REFERENCES person (id) ON DELETE SET NULL,
    person_name  TEXT,
    place        INTEGER REFERENCES place (id) ON DELETE SET NULL,
    place_name   TEXT NOT NULL,
    commune      TEXT,
    time_zone    TEXT NOT NULL,
    metric       TEXT NOT NULL,
    event        INTEGER NOT NULL,
    rule         TEXT NOT NULL,
    threshold    INTEGER NOT NULL,
    because      TEXT NOT NULL,
    evidence     TEXT,
    own_choice   INTEGER NOT NULL,
    starts       INTEGER NOT NULL,
    ends         INTEGER NOT NULL,
    level        INTEGER NOT NULL,
    told_level   INTEGER,
    told_at      INTEGER,
    raised_at    INTEGER NOT NULL,
    state        TEXT NOT NULL,
    advice       TEXT
) STRICT;
CREATE INDEX alert_of ON alert (person, place, metric, event, ends);

-- The readings that caused an alert, worst first by level; never deleted before it.
CREATE TABLE alert_reading (
    alert        INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    series       INTEGER NOT NULL,
    target       INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    PRIMARY KEY (alert, series, target, published_at, revision),
    FOREIGN KEY (series, target, published_at, revision)
        REFERENCES reading (series, target, published_at, revision)
) STRICT, WITHOUT ROWID;

-- Every decision, kept; the same decision taken again only moves `last_at`.
CREATE TABLE decision (
    id          INTEGER PRIMARY KEY,
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    person      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    person_name TEXT,
    place       INTEGER REFERENCES place (id) ON DELETE SET NULL,
    place_name  TEXT NOT NULL,
    metric      TEXT NOT NULL,
    event       INTEGER NOT NULL,
    threshold   INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    reason      TEXT,
    level       INTEGER,
    target      TEXT,
    alert       INTEGER REFERENCES alert (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX decision_of ON decision (person, place, metric, event, last_at);
CREATE INDEX decision_alert ON decision (alert);

-- One that tells alerts, or takes them back (`withdrawal`).
CREATE TABLE notification (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at  INTEGER NOT NULL,
    relevant_to INTEGER NOT NULL,
    withdrawal  INTEGER NOT NULL,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL
) STRICT;

CREATE TABLE notification_alert (
    notification INTEGER NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
    alert        INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    PRIMARY KEY (notification, alert)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_notification ON notification_alert (alert);

-- Written before a notification is attempted, its outcome after.
CREATE TABLE delivery (
    notification INTEGER NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
    channel      TEXT NOT NULL,
    attempted_at INTEGER NOT NULL,
    outcome      TEXT,
    PRIMARY KEY (notification, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE advice_shown (
    person   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    advice   TEXT NOT NULL,
    shown_at INTEGER NOT NULL,
    PRIMARY KEY (person, advice)
) STRICT, WITHOUT ROWID;

INSERT INTO person (name, profile, added_at) VALUES (NULL, '{}', 0);
