# The symptom diary.

sign-nose = nose
sign-eyes = eyes
sign-breathing = breathing
sign-skin = skin
sign-fatigue = fatigue
diary-score-not-noted = not noted
diary-score-0 = 0 – none
diary-score-1 = 1 – mild
diary-score-2 = 2 – moderate
diary-score-3 = 3 – severe
diary-treatment = treatment taken
diary-treatment-taken = treatment taken
diary-treatment-not-taken = no treatment
diary-yes = yes
diary-no = no
diary-who = Who is it about?
diary-day = Which day?
diary-noted = Noted for { $day }: { $what }.
diary-cleared = Nothing is noted any more for { $day }.
diary-not-noted = Nothing was noted for { $day }.
diary-scale = Each sign is noted from 0 to 3 (none, mild, moderate, severe). The sum is that of the signs noted that day; “–” means not noted or not known.
diary-levels = The levels are those published for the place, with their number on their scale: not what the person breathed.
diary-what-it-is = Écosanté lays public indices of the environment beside what a person notes. It is no medical device and makes no diagnosis. These notes are on this device alone.
diary-together = Signs and indices
diary-association = { $named ->
    [yes] In the data of { $who }: on the { $days } days with { $metric } at { $level } or more, the signs summed to { $mean } on average
   *[no] In your data: on the { $days } days with { $metric } at { $level } or more, your signs summed to { $mean } on average
}; on the { $others } other days { $other-mean }.
diary-treated = A treatment was taken on { $days } of these days and on { $others } of the others.
diary-rise = { $named ->
    [yes] In the data of { $who }, the signs clearly rise from { $level } of { $metric } on
   *[no] In your data, your signs clearly rise from { $level } of { $metric } on
}: { $mean } on average on { $days } days, against { $other-mean } on the { $others } days below. You may set the limit there; nothing was changed. A treatment was taken on { $treated } of the days at that level.
diary-no-diagnosis = This is no diagnosis; other things may explain it.
diary-nothing-stands-out = Nothing stands out so far. Nothing is said of an index before { $fewest } noted days at the limit or above it and { $fewest } below it, nor where the difference is small.
diary-days = The days
diary-period = From { $first } to { $last }: { $noted ->
    [one] { $noted } day noted
   *[other] { $noted } days noted
} of { $days }.
diary-published = Levels published by { $sources }, for { $places }; “≈” marks an estimate.
diary-caption = Signs and indices, day by day
diary-column-day = day
diary-column-sum = sum
diary-column-treatment = treatment
diary-level = { $label } ({ $level })
error-diary-key = There is no sign “{ $key }”: choose among { $allowed }.
error-diary-value = “{ $value }” does not fit { $key }: choose among { $allowed }.
error-diary-no-date = “{ $given }” is not a day: write for example 2026-09-08.
error-diary-future = { $day } has not come yet: choose today or a day before.
error-diary-entry = “{ $entry }” is not of the form SIGN=0–3, such as nose=2.
