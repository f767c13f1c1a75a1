# The command line and the errors.

error-store-newer = The file { $path }, left untouched, comes from a newer version of Écosanté: install it, or choose another folder with --data-dir.
error-store-set-aside = The file { $path } was damaged and is kept as { $kept }: run the command again to begin a new one.
error-store-damaged = The file { $path } is damaged and could not be set aside: rename it, or choose another folder with --data-dir.
error-store-not-writable = Cannot write to { $path } ({ $why }): make that folder writable, or choose another one with --data-dir.
error-store-busy = Another program has been writing to the data file for too long: close it, then try again.
error-store-disk-full = The disk is full or does not respond: free some space, then try again, nothing was lost.
error-store-unreadable = The data file could not be read ({ $why }): please report it, and choose another folder with --data-dir meanwhile.
error-gateway = “{ $given }” is not the address of a gateway: give a base address, such as https://gateway.example/cache.
error-relay = “{ $given }” is not the address of a relay: give a base address, such as https://relay.example.
error-unknown-place = No place is called “{ $query }”{ $world ->
    [yes] {""}
   *[no] {" "}(outside France, this needs the network)
}: { $some ->
    [yes] did you mean { $suggestions }?
   *[no] give the name of a commune, a postcode, an INSEE code, or LATITUDE,LONGITUDE.
}
error-ambiguous-place = Several places are called “{ $query }”: choose among { $candidates }.
error-no-such-place = No saved place matches “{ $query }”: “ecosante place list” shows them.
error-no-such-person = Nobody is called “{ $name }”: “ecosante profile show” shows who is known.
error-no-such-alert = There is no alert { $id }: “ecosante alerts” shows them.
error-no-such-advice = There is no advice “{ $id }”: “ecosante advice --for PERSON --metric M --level N” shows which there are.
error-no-levels = “{ $metric }” has no levels to show: choose an index.
error-theme-not-kept = The appearance could not be kept: it is as before the next time you start.
error-profile-key = There is no key “{ $key }”: the keys are { $allowed }, level.METRIC, quiet, retention and relay.
error-profile-value = “{ $value }” does not fit { $key }: choose among { $allowed }.
error-profile-level = { $metric } cannot have the limit “{ $value }”: give a number from { $lowest } to { $highest }, or off.
error-profile-metric = There is no limit for “{ $metric }”: choose among { $allowed }.
error-profile-entry = “{ $entry }” is not of the form KEY=VALUE, such as conditions=asthma.
error-quiet-hours = “{ $given }” does not fit quiet: give FROM-TO, such as 22:00-07:00, or off.
error-lead = “{ $given }” does not fit lead: give known, evening or day.
error-digest = “{ $given }” does not fit digest: give morning, evening, both or off.
error-retention = “{ $given }” does not fit retention: give a number of years from 1 to 50, or always.
error-now = “{ $given }” is not a date and time: write for example 2026-09-08T16:00:00+02:00.
error-metric = There is no metric “{ $given }”: choose among { $allowed }.
error-level = There is no level “{ $given }” for this metric: give a number from { $lowest } to { $highest }.
error-days = “{ $given }” is not a number of days: give a number from 1 to 36500.
error-number = “{ $given }” is not a number: give the one that the list shows.
error-no-history = Nothing is stored for { $metric } in { $place } over that period{ $known ->
    [yes] : the data begin on { $first }, ask for { $days } days.
   *[no] : run “ecosante refresh” first.
}
error-keychain = The keychain of the system cannot be used ({ $why }): the key is kept nowhere else.
error-key = No key was given: write it on standard input, for example “ecosante key set < key.txt”.
error-needs-network = This needs the network ({ $why }): try again later.
error-home = The home folder was not found: say where to keep the data with --data-dir.
error-usage-unknown = “{ $given }” is not known here: “ecosante { $command }--help” shows what is.
error-usage-missing = { $given } is missing: “ecosante { $command }--help” shows how.
error-usage-value = “{ $given }” does not fit { $argument }: choose among { $allowed }.
error-usage = This command cannot be read: “ecosante { $command }--help” shows how.
cli-about = Écosanté in the terminal: air, pollen and UV of the places you follow, and the alerts that matter to each person.
cli-examples =
    Examples:
    {"    "}ecosante place add Lyon
    {"    "}ecosante profile set --person Léa age=child conditions=asthma
    {"    "}ecosante refresh
    {"    "}ecosante status
    {"    "}ecosante watch
cli-usage-heading = Usage
cli-commands-heading = Commands
cli-options-heading = Options
cli-arguments-heading = Arguments
cli-help = Shows this help
cli-version = Shows the version
cli-data-dir = The folder of the data (or ECOSANTE_DATA_DIR)
cli-lang = The language: fr or en
cli-json = Answers in JSON
cli-now = Replays a past moment: the clock starts there (or ECOSANTE_NOW)
cli-gateway = The address of a gateway that answers for every source (or ECOSANTE_GATEWAY)
cli-relay = The address of a relay that is asked before the sources for what it has of them (or ECOSANTE_RELAY)
cli-place = The places you follow
cli-place-search = Searches for a place
cli-place-add = Saves a place
cli-place-add-examples =
    Examples:
    {"    "}ecosante place add 75056
    {"    "}ecosante place add Nantes --name Work
    {"    "}ecosante place add 45.764,4.836    (the point is sent to geo.api.gouv.fr, rounded to 0.001°)
cli-place-list = Shows the places you follow
cli-place-remove = Removes a place; its history stays
cli-query = Name of a commune, postcode, INSEE code, or LATITUDE,LONGITUDE
cli-name = What you call it
cli-place-id = The number of the place, its code or its name
cli-profile = The people and what matters to them
cli-profile-show = Shows the people and their limits
cli-profile-remove = Removes a person; their alerts stay in the list
cli-profile-set = Changes a profile
cli-profile-set-examples =
    Keys: age=under1|under6|child|adult|over65, pregnant=yes|no, conditions=asthma,copd,heart,diabetes,immune,other,
    allergies=alder,birch,olive,grass:3,mugwort,ragweed,unknown, situation=isolated, skin=sensitive|normal,
    activities=sport,gardening,diy,cleaning,outdoor-work, transport=bike,transit,car, heating=wood, pets=cat,dog,
    smoking=yes|no, home=garden,balcony, treatment=regular,photosensitising,
    places=1,2, level.METRIC=N|off and mute.METRIC=DATE (air, episode.o3, uv, pollen, pollen.grass, vigilance.heat,
    combined.heat-ozone…); for the device quiet=22:00-07:00|off, lead=known|evening|day (how long ahead it is told),
    digest=morning|evening|both|off (a summary of the day), retention=YEARS|always (how long what was published is kept)
    and relay=URL|off (who is asked before the sources for what it has of them).
    A key not named is kept, a list is replaced, an empty value clears.

    Examples:
    {"    "}ecosante profile set conditions=asthma level.air=2
    {"    "}ecosante profile set --person Léa age=child allergies=grass:3,birch
    {"    "}ecosante profile set quiet=22:00-07:00
cli-person = The person, by name
cli-entries = KEY=VALUE, as many as needed
cli-refresh = Asks the sources that are due, and says what is new
cli-refresh-all = Asks every source, even before its time
cli-status = Shows what is known now, without network
cli-alerts = Shows the alerts
cli-alerts-days = Over how many days (7 by default)
cli-explain = Explains an alert, or without one why somebody was alerted on a day or was not
cli-alert-id = The number of the alert
cli-watch = Follows the sources and tells what matters, until stopped
cli-key = Your own key to Météo-France, kept in the keychain of the system
cli-key-set = Keeps the key that is given on standard input
cli-key-remove = Removes the key
key-kept = The key is in the keychain; the weather vigilance is asked of Météo-France with it.
key-removed = The key is removed; the weather vigilance comes from the open archive.
cli-history = Shows what was published
cli-metric = The metric: air, uv, pollen.grass, concentration.pm25…
cli-history-days = Over how many past days (30 by default; by week 91, by month 365, by year 3653)
cli-history-by = A line for each day, week, month or year
cli-history-revisions = Every publication that is stored, the oldest first; an asterisk marks what counts
history-note = “{ $note }”
history-announced = announced { $when }: { $level } { $label }
history-received = received { $when }
history-known = { $known } of { $days } days known
history-count = { $label }: { $count } { $unit ->
    [hours] h
   *[days] d
}
history-figures = from { $minimum } to { $maximum }, mean { $mean }{ $unit }
cli-format = json or csv
cli-advice = Shows the advice and its sources
cli-advice-all = The whole catalogue
cli-advice-level = The level
cli-diary = The symptom diary: how a day went, beside the indices
cli-diary-add = Notes signs and treatment of a day
cli-diary-add-examples =
    Signs: nose, eyes, breathing, skin, fatigue, each from 0 (none) to 3 (severe); treatment=yes|no; place=ID.
    An empty value takes back.

    Examples:
    {"    "}ecosante diary add nose=2 eyes=1 treatment=yes
    {"    "}ecosante diary add --person Léa --day 2026-09-07 breathing=1 nose=
cli-diary-entries = What is noted, such as nose=2
cli-diary-day = The day, such as 2026-09-08; today where none is given
cli-diary-days = Over how many days (30 by default, for a report 90)
cli-diary-show = Shows the diary beside the indices
cli-diary-report = Writes the diary for a doctor
cli-diary-format = The form: text, html (a page to print) or json
cli-diary-remove = Removes what was noted of a day
cli-impact = What the app has brought, counted on this device alone
cli-advice-id = The word under a piece of advice
cli-advice-done = Keeps that a piece of advice was followed: it is not given again today
cli-advice-useful = Keeps that a piece of advice was useful
cli-advice-not-useful = Keeps that a piece of advice was of no use: it comes last for 90 days
cli-advice-examples =
    With --for alone: what holds in this season whatever the levels. Water has no levels.

    Examples:
    {"    "}ecosante advice --for Léa --metric air --level 4
    {"    "}ecosante advice --for Léa
    {"    "}ecosante advice done pollen-rinse-hair --for Léa
cli-completions = Writes the completion for a shell
cli-shell = bash, zsh, fish, elvish or powershell
place-added = { $place } is followed (place { $id }).
place-already = { $place } is followed already (place { $id }).
person-removed = { $who } was removed; their alerts stay in the list.
place-removed = { $place } is no longer followed; its history stays.
place-no-coordinates = Where it lies is not known yet: the ATMO index works already, the models will follow.
place-point-sent = To find the commune, this point is sent once to geo.api.gouv.fr (to data.geopf.fr where that fails), rounded to 0.001°.
places-none = No place is followed: begin with “ecosante place add Paris”.
search-none = Nothing matches “{ $query }”.
profile-saved = Noted for { $who }.
profile-limit = { $metric }: alert from “{ $limit }” up ({ $reasons })
profile-limit-together = { $metric }: alert where both come together ({ $reasons })
profile-limit-event = { $metric }: exceptional events
profile-provenance = { $own ->
    [yes] the app’s choice, after { $source }
   *[no] after { $source }
}
profile-lead = Alerts come { $word ->
    [evening] the evening before, from 18:00
    [day] on the day, from 7:00
   *[known] as soon as something is known
}
profile-digest = Summary of the day: { $word ->
    [morning] in the morning
    [evening] in the evening
   *[both] in the morning and in the evening
}
profile-quiet = Quiet hours: { $hours }
profile-retention = { $years ->
    [always] What was published is kept for good
    [one] What was published is kept for { $years } year
   *[other] What was published is kept for { $years } years
}
profile-relay = Asked before the sources: { $relay }
refresh-asked = { $sources }: up to date.
refresh-nothing-due = Nothing to ask now: next question { $next }.
refresh-elsewhere = Another Écosanté is asking the sources already.
refresh-failed = { $source }: { $why }; next try { $next }. What is stored stays.
refresh-nobody = No source answered: “ecosante status” shows what is stored.
refresh-quiet-told = Nothing new to tell.
status-source = { $source }{ $published ->
    [yes] , published { $when }
   *[no] , received { $when }
}
status-basis = ({ $basis })
status-zone = for { $zone }
status-stale = { $day }, last known value
status-instead = { $source } is missing: { $why }
status-sources = Sources
status-source-ok = answers, last answer { $when }, next question { $next }
status-source-not-published-yet = has published nothing for today yet, next question { $next }
status-source-failed = { $why }; { $answered ->
    [yes] last answer { $when }
   *[no] it has never answered
}, next question { $next }
status-source-never-asked = not asked yet
status-never = never
status-empty = nothing is known yet: “ecosante refresh”
status-alert = ! { $who }: { $headline } – { $advice }
alerts-none = No alert in { $days } days.
alert-state-raised = current
alert-state-ahead = coming
alert-state-held = held during quiet hours
alert-state-over = over
alert-state-withdrawn = lifted
alert-line = { $id }. { $place }: { $metric }, { $label } – { $who } – { $when } – { $state }
explain-why = Why { $who }
explain-limit = limit { $threshold } ({ $reasons })
explain-readings = What was published
explain-decisions = What was decided
explain-advice = Advice
explain-source = source: { $source }
outcome-raised = told
outcome-held = held
outcome-muted = not told: muted
outcome-early = not told yet: too early
outcome-already-told = told already
outcome-withdrawn = lifted
outcome-over = over
outcome-below = under the limit
outcome-no-data = nothing known
decision-reason-new = new episode
decision-reason-worse = getting worse
decision-reason-reminder = it lasts
decision-reason-released = held until then
watch-started = Écosanté follows { $count ->
    [one] { $count } place
   *[other] { $count } places
}. Ctrl-C to stop.
watch-next = Next question { $next }.
watch-stopped = Stopped. Everything is stored.
advice-none = No advice for this situation.
advice-why = because: { $reasons }
advice-shown = { $id } – { $shown ->
    [yes] last shown { $when }
   *[no] not shown yet
}
advice-not-useful = marked as not useful: it comes last
advice-marked-done = Done: it is not given again today.
advice-marked-useful = Kept as useful.
advice-marked-not-useful = Kept: it comes last for 90 days.
named = { $name }: { $text }
error-not-a-point = “{ $query }” is not a point of the globe: give a latitude from -90 to 90 and a longitude from -180 to 180, such as 45.764,4.836.
error-several-places = Several saved places match “{ $query }”: choose by number, among { $candidates }.
evidence = { $publisher }, “{ $title }”{ $year }, { $url }
error-output = The answer could not be written ({ $why }): free some space or choose another output.

# Errors, where there is a window and no command to type.
window-error-store-newer = The file { $path }, left untouched, comes from a newer version of Écosanté: install it.
window-error-store-set-aside = The file { $path } was damaged and is kept as { $kept }: try again to begin a new one.
window-error-store-damaged = The file { $path } is damaged and could not be set aside: rename it, then try again.
window-error-store-not-writable = Cannot write to { $path } ({ $why }): make that folder writable, then try again.
error-store-being-set-aside = The data file is damaged and is being set aside: one moment.
error-halted = Écosanté came upon an error of its own: please report it, then try again.
window-error-store-unreadable = The data file could not be read ({ $why }): please report it, then try again.
window-error-no-such-place = This place is no longer saved.
window-error-no-such-person = This person is no longer known.
window-error-no-such-alert = This alert no longer exists.
window-error-unknown-place = No place is called “{ $query }”: try another name, a postcode, or a latitude and a longitude.
window-error-ambiguous-place = Several places are called “{ $query }”: choose from the list.
error-too-soon = The sources were asked a moment ago: try again in { $seconds } s.
error-no-folder = The home folder was not found: the data have no place to stay.
error-notification = The system did not show the notification ({ $why }).
test-notification-title = This is how Écosanté will tell you
test-notification-body = Notifications work. You will only get those that matter to you.

# What is told, and what would be.
cli-explain-day = The day, such as 2026-09-08 (today without it)
cli-rate = Says whether an alert was useful; it stays on this device
cli-rate-mark = useful or not-useful
cli-mute = Mutes what is told of a metric for a while; what is of the highest class is told all the same
cli-mute-during = For how long: day (today), week, or season
cli-mute-off = Lets it speak again
cli-rehearse = What each limit on a metric would have told in the last days
cli-rehearse-level = Only this limit
cli-replay = What today’s limits would have told in the past, by month and person
cli-replay-days = For how many days back (365 without it)
error-day = “{ $given }” is no date: give one such as 2026-09-08.
error-limit = “{ $given }” cannot be the limit: choose among { $allowed }.
alert-rated = Thank you. That stays on this device.
muted = { $muted ->
    [yes] { $metric }: muted for { $who }, until { $until }.
   *[no] { $metric }: no longer muted for { $who }.
}
rehearsed-limit = { $value }: { $sentence }
replay-title = What today’s limits would have told
replay-month = Month
replay-caption = Alerts by month and person
replay-summary = { $count ->
    [0] In the last { $days } days, nothing.
    [one] In the last { $days } days, { $count } alert, and { $again } times more because it got worse or lasted.
   *[other] In the last { $days } days, { $count } alerts, and { $again } times more because one got worse or lasted.
}
