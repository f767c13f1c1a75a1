# What the window shows besides what comes to it in words.

app-name = Écosanté
skip = Skip to the content
nav = Screens
nav-today = Today
nav-alerts = Alerts
nav-people = People
nav-settings = Settings
alert-title = Alert
stopped = Your places cannot be shown for now.
pending = Just a moment…
try-again = Try again
went-wrong = Something did not work. Please try again.
save = Save
cancel = Cancel
now = now
estimate = estimate
opens-in-browser = (opens in the browser)

## A level and what it is worth

level-of = { $level } of { $levels }
for-target = for { $target }
kind-official = official
kind-forecast = forecast
kind-observed = measured
kind-estimated = our estimate
missing-not-published = Not published yet
missing-source-failed = No data
missing-not-covered = Not covered here
parts = What it is made of
tile-more = The last 30 days

## Today

places = Places
tab-above = reaches a limit today
nobody-here = This place concerns nobody yet. You can change that under “People”.
you-name = you
what-to-do = What to do
ahead-title = The days after
why-none-reached = Nothing that is known reaches a limit.
advice-source = Source:
done = Done
useful = Useful
marked-done = Noted: not given again today.
marked-useful = Noted as useful.
why-you = Why you
why-name = Why { $name }
not-known = What we do not know
show-day-of = Show { $name }’s day
show-my-day = Show my day
hours-yours = Hour by hour
hours-of = Hour by hour for { $name }
band-hours-of = Hours of { $day }
band-level = { $metric }: { $label }, { $level } of { $levels }
band-event = { $metric }: { $label }
band-highest = highest of the day
band-matters = reaches an alert limit
band-unknown = not known
band-night = night
band-not-known = not known: { $what }
band-episodes = Alerts on this day
band-table = Show as a table
table-hour = Hour
table-metric = Index
table-level = Level
indices-of = Indices, { $day }
indices-none = Nothing is known for this day yet.
slow-title = What changes rarely
refresh = Check now
refresh-running = Asking the sources…
asking = Asking { $source }…
new-alerts = { $count ->
    [one] { $count } new alert.
   *[other] { $count } new alerts.
}
sources = Sources
sources-troubled = { $count } in trouble
no-place-title = No place yet
no-place-text = Choose a place, and its air, pollen and UV appear here.
no-place-action = Choose a place

## Alerts

alerts-empty = No alert so far.
alerts-none-why = You get one when an index reaches your limit, today or tomorrow, as long as Écosanté runs.
alerts-none-action = See whose limits count
alerts-standing = Current and coming
alert-meta = For { $who } · raised { $raised }
back-to-alerts = All alerts
alert-why = Why this alert
alert-limit = Source of the limit:
alert-limit-own = Limit chosen by Écosanté. It rests on:
alert-readings = The values
alert-readings-none = These values are no longer stored.
alert-decisions = What happened
alert-useful = Was this alert useful?
alert-useful-yes = Useful
alert-useful-no = Not useful
alert-noted = Noted. It stays on this device.
alert-mute = Hear less of it
alert-why-day = Why this day, and what was not told
why-or-not = Why, or why not?
why-heading = Why, and why not
why-before = The day before
why-after = The day after
why-days = Other days

## An index

index-at = { $index } – { $place }
index-list = Indices of this place
days-title = The last 30 days
period = Period
period-day = Day
period-week = Week
period-month = Month
period-year = Year
days-none = Nothing is stored for this index yet.
day-alert = Alert for { $who }
day-unknown = Nothing stored
table-day = Day
table-published = Published
scale-title = How to read it
limit-here = { $who }: { $limit }
limit-none = No alerts for { $who }.
limits-change = Change the limits
published-by = Published by

## The past

history-title = History
history-open = Look further back
history-place = Place
history-index = Index
history-with = Compare with
history-alone = nothing
history-years = 5 years
history-earlier = Earlier
history-later = Later
history-keys = In a chart: arrow keys choose, Page Up and Page Down change the period, + and − zoom, Home and End go to its ends.
history-save = Save this chart
history-svg = Picture (SVG)
history-png = Picture (PNG)
history-csv = Data (CSV)
history-json = Data (JSON)

## Places

place-label = Search for a place
place-hint = A town or a postcode. In France, nothing leaves this device while you type.
place-suggestions = Places found
place-further = Look outside France
place-further-hint = This sends your words to Open-Meteo, an address (with a number) to data.geopf.fr first. The rounded position of a place you then choose goes once to geo.api.gouv.fr, to see whether a French commune lies there.
place-looking = One moment…
place-none-near = No place in France found.
place-none = No place found for “{ $query }”. Check the spelling, or try a larger town nearby.
place-found = { $count ->
    [one] { $count } place found. Use the arrow keys to choose.
   *[other] { $count } places found. Use the arrow keys to choose.
}
place-now-saved = { $name } was added.
place-saved-before = { $name } is already in your list.
place-gone = { $name } was removed.
place-remove = Remove
place-remove-sure = Remove this place?
place-remove-yes = Yes, remove
place-remove-no = Keep

## People

people-title = Places and people
people = People
person-add = Add somebody
person-edit = Edit
person-begin = Answer the questions
person-nothing = nothing special
person-saved = Saved for { $name }.
you-saved = Saved.
form-you = About you
form-known = About { $name }
form-new = Somebody else
person-limits = Limits
person-remove = Remove
person-remove-sure = Remove this person? Their alerts stay in the list.
person-gone = { $name } was removed.
limits-of = Limits for { $name }
limits-yours = Your limits
limits-hint = An alert comes once an index reaches its limit, today or tomorrow. Further right, it comes later or never.
limits-never = { $count ->
    [one] { $count } pollen that is never told
   *[other] { $count } pollens that are never told
}
limits-air = Air and pollution
limits-pollen = Pollen
limits-sun = Sun
limits-weather = Dangerous weather
limits-together = Hazards together
limits-episodes = { $count ->
    [one] { $count } pollution episode
   *[other] { $count } pollution episodes
}
limits-dangers = { $count ->
    [one] { $count } danger
   *[other] { $count } dangers
}
limits-combined = { $count ->
    [one] { $count } combination
   *[other] { $count } combinations
}
limits-own = { $count ->
    [one] { $count } of your own choice
   *[other] { $count } of your own choice
}
limits-muted = { $count } muted
limits-saved = Limits saved.
limit-usual = The usual limit: { $usual }.
limit-source = Source of the usual limit:
limit-source-own = The usual limit is chosen by Écosanté. It rests on:
limit-back = Back to the usual limit
mute = Mute for a while
mute-hint = While muted, nothing of it is told, except red vigilance and the alert level of pollution.
mute-day = Mute today
mute-week = Mute for 7 days
mute-season = Mute for the season
mute-off = Unmute
mute-done = Muted.
mute-undone = No longer muted.
form-more = More about daily life
name-label = Name or nickname
name-hint = It appears in their alerts, and stays on this device.
name-missing = Please enter a name.
name-taken = Somebody has this name already. Please choose another.
ask-age = How old are they?
ask-age-you = How old are you?
ask-age-hint = Under 6 and from 65, alerts begin at “Moderate” air, at the information level of pollution and at yellow heat. Under 18, UV alerts begin at 3.
age-unsaid = Not said
age-under1 = Under 1
age-under6 = 1 to 5
age-child = 6 to 17
age-adult = 18 to 64
age-over65 = 65 and over
ask-conditions = More sensitive because of…
ask-conditions-hint = Alerts begin at “Moderate” air, at the information level of pollution and at yellow heat. Lungs or heart: at yellow cold too. Asthma: storms in grass pollen are told too.
condition-asthma = Asthma
condition-copd = Chronic bronchitis or COPD
condition-heart = Heart disease
condition-diabetes = Diabetes
condition-immune = Weakened immune system
condition-other = Another lasting illness
condition-pregnant = Pregnancy
ask-allergies = Allergic to pollen?
ask-allergies-hint = Pollen alerts come only for what is chosen: from level 3, ragweed from 2, and together with bad air. Grass, or not known: storms in grass pollen are told too.
allergy-alder = Alder
allergy-birch = Birch
allergy-olive = Olive
allergy-grass = Grass
allergy-mugwort = Mugwort
allergy-ragweed = Ragweed
allergy-unknown = Yes, but I don’t know which
allergic-alder = alder pollen
allergic-birch = birch pollen
allergic-olive = olive pollen
allergic-grass = grass pollen
allergic-mugwort = mugwort pollen
allergic-ragweed = ragweed pollen
allergic-unknown = pollen allergy
ask-sun = Out in the sun
ask-sun-hint = UV alerts begin at 3 instead of 6. Work outdoors: heat and cold alerts begin at yellow too.
skin-sensitive = Skin that burns easily
ask-situation = At home
ask-situation-hint = Heat and cold alerts begin at yellow.
situation-isolated = Lives alone or cut off
ask-activities = Often does
ask-activities-hint = Sport: heat alerts begin at yellow. The others choose the advice; they change no alert.
ask-advice-hint = Chooses the advice; changes no alert.
activity-sport = Sport
activity-gardening = Gardening
activity-diy = DIY
activity-cleaning = Cleaning
activity-outdoor-work = Work outdoors
ask-treatment = Medicines
ask-treatment-hint = Chooses the advice; changes no alert. Which medicine is never asked.
treatment-regular = Takes a medicine regularly
treatment-photosensitising = Takes one that makes the skin sensitive to the sun
ask-smoking = Tobacco
smoking-yes = Smokes
ask-transport = Gets around by
transport-bike = Bike
transport-transit = Public transport
transport-car = Car
ask-home = Outside the home
home-garden = Garden
home-balcony = Balcony
ask-heating = Home heating
heating-wood = Wood fire or stove
ask-places = Which places?
ask-places-hint = Alerts come only for these places. None chosen means all of them.

## Notifications

notifications = Notifications
test-title = Try a notification
test-hint = Your system may ask whether Écosanté is allowed to notify you.
test-button = Send a test
test-sent = Test sent. If nothing appears, check the notification settings of your system.
allow-title = Allow notifications
allow-hint = Without them, nothing can tell you. Your phone asks you once.
allow-button = Allow notifications
allow-denied = Notifications are not allowed: no alert can reach you. You can allow them in the settings of your phone, under Écosanté.
quiet-title = Quiet hours
quiet-hint = An alert raised in these hours comes when they end.
quiet-toggle = Keep quiet at night
quiet-from = From
quiet-to = To
quiet-set = Quiet from { $from } to { $to }.
quiet-off = Alerts may come at any hour.
quiet-wrong = Please enter two different times, such as 22:00 and 07:00.
lead-title = How long ahead
lead-hint = When an alert about a later day comes. Red vigilance and the alert level of pollution come at once.
lead-known = As soon as it is known
lead-evening = The evening before, from 18:00
lead-day = On its day, from 7:00
summary-title = Summary of the day
summary-hint = One notification for everybody, also where nothing reaches a limit.
summary-never = Never
summary-morning = In the morning, at 7:00
summary-evening = In the evening, at 19:00
summary-both = Both

## Settings

language-title = Language
as-system = As the system
theme-title = Appearance
theme-light = Light
theme-dark = Dark
desktop-title = On this computer
closing-title = When the window is closed
closing-tray = Its icon stays in the tray: it shows the worst of your places, opens the window, and ends Écosanté.
closing-no-tray = This desktop shows no icon for it. To open the window again, start Écosanté again; to end it, press Ctrl+Q in the window.
closing-go-on = Go on in the background
closing-end = End Écosanté
login-title = Start by itself
login-hint = It then watches from the start, without a window.
login-start = Start Écosanté when you log in
keys-title = Keyboard shortcuts
keys-hint = Single letters never count while you type.
keys-single = Single letters and digits are shortcuts
keys-list = Show the shortcuts
keys-screens = The screens, in the order of the bar
keys-search = Search for a place
keys-arrows = Move among hours, places and choices
keys-close = Close the window
keys-quit = End Écosanté
keys-done = Close
data-title = Your data
data-text = Everything stays in this folder on your device.
holding-export = Keep a copy, or take it with you
holding-export-hint = Places, people, limits, diary, alerts and all that was published, in your downloads folder. Whoever has the copy can read it. Your key to Météo-France is not in it.
holding-json = Export everything
holding-csv = Export as tables (CSV)
holding-show = Show in its folder
holding-import = Take over a copy
holding-import-hint = A file named ecosante-….json, from here or another device. What is here stays, what is missing is added, and what was told is not told again.
holding-importing = Being taken over…
holding-erase = Delete everything
holding-erase-hint = Places, people, diary, alerts and all that was published, on this device. Copies that you exported stay where they are.
holding-erase-button = Delete everything…
holding-sure = This cannot be taken back. Delete everything now?
holding-sure-yes = Yes, delete everything
holding-sure-no = Keep everything
holding-begin = Begin anew
feedback-title = Say what you think
feedback-hint = Nothing is attached, neither your data nor what went wrong: you write what you want.
feedback-go = Write to the people who make Écosanté
retention-title = How long it is kept
retention-hint = What was published longer ago is deleted, with what explains the days without alerts. Your places, people, alerts and diary stay.
retention-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
retention-always = Always
mf-key-title = Your key to Météo-France
mf-key-hint = With a key of your own, free of charge at portail-api.meteofrance.fr, river floods and the weather vigilance are known sooner. It is kept in the keychain of your system and sent to Météo-France alone.
mf-key-label = Key
mf-key-kept = A key is kept. It is not shown again.
mf-key-save = Save the key
mf-key-remove = Remove the key
relay-title = Relay
relay-hint = The address of a server that is asked before the sources for what it has of them. Whoever runs it learns which communes you follow and when, nothing else.
version = Écosanté { $version }
diary-title = Symptom diary
diary-report = Report for the doctor
impact-title = My impact
sent-title = What was sent
print = Print
credits-title = Sources and licences

## First run

step = Step { $number } of { $count }
step-on = Continue
step-back = Back
step-done = Go to Today
where-title = Where do you breathe?
where-text = Home, work, school: choose one place or several.
where-copy = I have a copy from another device
who-title = Who is it for?
who-text = Alerts fit the person. What you say stays on this device.
who-just-me = Just me, nothing special
who-just-me-text = Alerts come at the levels meant for everyone.
who-more = A sensitivity, or somebody else
who-more-text = Asthma, an allergy, pregnancy, a child, a parent: alerts adapt.
tell-title = How shall we tell you?
tell-text = You get a notification when an index reaches your limit, as long as Écosanté runs.
