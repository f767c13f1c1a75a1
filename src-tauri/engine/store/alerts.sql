-- Version 5. What a decision was made from, what became of an alert, what is planned ahead, and the
-- diary.

-- The reading that decided, by its natural key; it may be deleted before the decision is.
ALTER TABLE decision ADD COLUMN series INTEGER;
ALTER TABLE decision ADD COLUMN published_at INTEGER;
ALTER TABLE decision ADD COLUMN revision INTEGER;
ALTER TABLE decision ADD COLUMN reading_target INTEGER;
-- The name of the rule, the reasons of its limit (JSON) and the publication it rests on, as they were.
ALTER TABLE decision ADD COLUMN rule TEXT;
ALTER TABLE decision ADD COLUMN because TEXT;
ALTER TABLE decision ADD COLUMN evidence TEXT;
CREATE INDEX decision_at ON decision (person, place, last_at);
CREATE INDEX decision_latest ON decision (person, place, metric, event, alert, id);
DROP INDEX decision_of;

-- When somebody first opened the alert, and whether they found it useful (1) or not (0).
ALTER TABLE alert ADD COLUMN opened_at INTEGER;
ALTER TABLE alert ADD COLUMN useful INTEGER;

-- A notification that takes the place of another on the screen has its number; an urgent one is shown
-- in quiet hours too.
ALTER TABLE notification ADD COLUMN slot INTEGER;
ALTER TABLE notification ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
CREATE INDEX notification_slot ON notification (coalesce(slot, id));

-- What a person said of a piece of advice: `done`, `useful` or `not-useful`. Each day once.
CREATE TABLE advice_mark (
    person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    advice TEXT NOT NULL,
    mark   TEXT NOT NULL,
    day    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (person, advice, mark, day)
) STRICT, WITHOUT ROWID;

-- Notifications that the system was handed ahead of their time, where this app does not run all the
-- time: cancelled and planned anew at each look.
CREATE TABLE planned (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    number  INTEGER NOT NULL,
    due_at  INTEGER NOT NULL,
    title   TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;

-- How a person felt on a day: 0 to 3 for each sign, and whether they took a treatment.
-- `day`: days since 1970-01-01.
CREATE TABLE diary (
    person    INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    day       INTEGER NOT NULL,
    nose      INTEGER CHECK (nose BETWEEN 0 AND 3),
    eyes      INTEGER CHECK (eyes BETWEEN 0 AND 3),
    breathing INTEGER CHECK (breathing BETWEEN 0 AND 3),
    skin      INTEGER CHECK (skin BETWEEN 0 AND 3),
    fatigue   INTEGER CHECK (fatigue BETWEEN 0 AND 3),
    treatment INTEGER CHECK (treatment IN (0, 1)),
    place     INTEGER REFERENCES place (id) ON DELETE SET NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (person, day)
) STRICT, WITHOUT ROWID;
