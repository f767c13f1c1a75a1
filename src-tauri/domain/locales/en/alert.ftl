# Alerts and notifications.

headline-atmo-2021-1 = good air
headline-atmo-2021-2 = fair air
headline-atmo-2021-3 = moderate air
headline-atmo-2021-4 = poor air
headline-atmo-2021-5 = very poor air
headline-atmo-2021-6 = extremely poor air
headline-atmo-2021-7 = exceptional air pollution
headline-eaqi-2024-1 = good air
headline-eaqi-2024-2 = fair air
headline-eaqi-2024-3 = moderate air
headline-eaqi-2024-4 = poor air
headline-eaqi-2024-5 = very poor air
headline-eaqi-2024-6 = extremely poor air
headline-pollen = { $metric }, level { $label }
headline-uv = { $label } UV, index { $index }
headline-other = { $metric }: { $label }
headline-combined-heat-ozone = heat with ozone, vigilance { $label }
headline-combined-storm-grass = thunderstorms with grass pollen, vigilance { $label }
headline-combined-pollen-air = pollen (level { $label }) in poor air

title = { $place }: { $headline }
title-worse = { $place }: { $headline } (getting worse)
title-reminder = { $place }: { $headline } (it lasts)
title-several = { $subject ->
    [air] Air
    [pollen] Pollen
    [uv] UV
   *[several] Several alerts
}: { $places }
title-withdrawn = Alert lifted: { $places }

when-days = { $first } – { $last }
when-hours = { $day }, from { $from } to { $to }
what = { $peaks ->
    [yes] { $when }: up to { $level } { $peak }.
   *[no] { $when }: { $level }.
}
level = { $scale } { $label } ({ $level } of { $levels }{ $basis ->
    [estimated] , estimate
    [foretold] , yesterday’s forecast
   *[published] {""}
})
level-event = { $scale }: { $label }{ $basis ->
    [estimated] {" "}(estimate)
    [foretold] {" "}(yesterday’s forecast)
   *[published] {""}
}
level-uv = { $scale } { $index } ({ $label }{ $basis ->
    [estimated] , estimate
    [foretold] , yesterday’s forecast
   *[published] {""}
})
limit-uv = index { $index }

you = you
why = For { $who }: alert from “{ $limit }” up ({ $reasons }).
why-event = For { $who }: an exceptional event concerns everyone.
why-together = For { $who }: told where both come together ({ $reasons }).
reason-everyone = the limit for everyone
reason-asthma = asthma
reason-copd = chronic bronchitis or COPD
reason-heart = heart disease
reason-diabetes = diabetes
reason-immune = weakened immune system
reason-pregnant = pregnancy
reason-under1 = under one year old
reason-under6 = under six years old
reason-child = child
reason-adult = adult
reason-over65 = 65 or over
reason-allergy = allergy
reason-outdoor-work = work outdoors
reason-sport = sport
reason-isolated = living alone
reason-other = another illness
reason-sensitive-skin = sensitive skin
reason-own-limit = chosen limit
reason-everyone-else = no particular sensitivity
reason-gardening = gardening
reason-diy = home improvement
reason-cleaning = cleaning
reason-bike = cycling
reason-transit = public transport
reason-car = driving
reason-wood = wood heating
reason-garden = a garden
reason-balcony = a balcony
reason-regular = a regular treatment
reason-photosensitising = a treatment that makes skin react to the sun
reason-smoking = smoking
reason-winter = winter
reason-spring = spring
reason-summer = summer
reason-autumn = autumn
reason-level = level “{ $label }”
reason-any-level = whatever the level

listed = { $place }, { $when }: { $headline }{ $basis ->
    [estimated] {" "}(estimate)
    [foretold] {" "}(yesterday’s forecast)
   *[published] {""}
}
listed-who = { $who } ({ $reasons })
listed-for = { $row } – { $who }
listed-more = { $count ->
    [one] and { $count } other alert
   *[other] and { $count } other alerts
}
withdrawn = { $place }, { $when }: “{ $headline }” is no longer expected.

# Today, as the window answers it.
place-moment = { $date }, { $time }

# Where: a town under its own name, and a place as the person calls it.
there = in { $name }
there-le = in Le { $rest }
there-les = in Les { $rest }
there-own = at “{ $name }”

# What reaches a limit, in a few words of a sentence.
what-air-1 = air quality is good
what-air-2 = air quality is fair
what-air-3 = air quality is moderate
what-air-4 = air quality is poor
what-air-5 = air quality is very poor
what-air-6 = air quality is extremely poor
what-air-7 = air pollution is exceptional
what-pollen = { $metric } is { $label }
what-uv = UV is { $label } (index { $index })
what-episode = pollution episode ({ $pollutant }, { $label })
what-vigilance = { $label } warning for { $danger }
what-combined-heat-ozone = heat comes with ozone ({ $label } warning)
what-combined-storm-grass = storms come with grass pollen ({ $label } warning)
what-combined-pollen-air = pollen ({ $label }) comes with poor air

answer-until = until { $time }
answer-what = { $worst ->
    [yes] at worst,{" "}
   *[no] {""}
}{ $basis ->
    [estimated] by an estimate,{" "}
   *[published] {""}
}{ $what }
answer-lead = { $when }, { $lead }: { $what } { $there }.
answer-plain = { $when }: { $what } { $there }.
answer-also = Also: { $groups }.
answer-also-then = { $when }, { $what }
answer-also-between = {"; "}
answer-below = { $named ->
    [yes] Nothing reaches { $who }’s limits { $there } today.
   *[no] Nothing reaches your limits { $there } today.
}
answer-below-tomorrow = { $named ->
    [yes] Nothing reaches { $who }’s limits { $there } today or tomorrow.
   *[no] Nothing reaches your limits { $there } today or tomorrow.
}
answer-partly = { $named ->
    [yes] In what is known, nothing reaches { $who }’s limits { $there }.
   *[no] In what is known, nothing reaches your limits { $there }.
}
answer-estimated = That rests on an estimate.
answer-unknown = { $named ->
    [yes] What matters for { $who } { $there } is not known today.
   *[no] What matters for you { $there } is not known today.
}
answer-first-time = Nothing is known { $there } yet: the sources are about to be asked for the first time.
answer-nothing-watched = { $named ->
    [yes] No limit is watched for { $who } { $there }.
   *[no] No limit is watched for you { $there }.
}

# A day after today, in a few words.
ahead-above = { $more ->
    [0] { $what }
    [one] { $what }, and { $more } more limit is reached
   *[other] { $what }, and { $more } more limits are reached
}
ahead-below = nothing reaches the limits
ahead-partly = nothing reaches the limits in what is known
ahead-unknown = not known yet

# When it was checked.
checked = { $checked ->
    [yes] Checked { $when }. Next check { $next }.
   *[no] Not checked yet.
}
checked-phone = The phone may close Écosanté at any time: it goes on when you open it. { $count ->
    [0] Nothing that is known is to be told until then.
    [one] { $count } notification is planned until then.
   *[other] { $count } notifications are planned until then.
}
offline = No source answered { $when } ({ $why }). What is known stays shown.
decided = { $when }: { $outcome }
alert-not-delivered = No notification could be shown so far.
sources-answered = Answered: { $sources }.
sources-silent = No answer: { $sources }. What is known stays shown.

# Limits, as they are shown and set.
limit-from = from “{ $limit }” up
limit-from-index = from { $limit } up ({ $label })
limit-together = when they come together
limit-never = never
limit-never-air = never, not even an exceptional event
limit-usual-everyone = The usual limit for everyone.
limit-usual-for = The usual limit ({ $reasons }).
limit-usual-never = Usually told only to who is allergic to it.
limit-usual-concerned = Usually told only to whom it concerns.
limit-muted = Muted until { $until }.
limit-own = You chose this limit. The usual one: { $usual }.

# A source that is silent for longer than usual.
silence-title = { $sources }: nothing new
silence-body = { $count ->
    [one] The source has given nothing since { $since }.
   *[other] These sources have given nothing, the first of them since { $since }.
} What is shown may be old, and an alert may be missing.

# The summary of the day.
digest-morning = This morning
digest-evening = This evening
digest-line = { $named ->
    [yes] { $who }: { $sentence }
   *[no] { $sentence }
}
digest-more = { $count ->
    [one] and { $count } more in Écosanté
   *[other] and { $count } more in Écosanté
}

# What limits would have told in the past.
rehearsed = { $stored ->
    [no] Nothing is stored of the last { $days } days yet.
   *[yes] { $count ->
        [0] In the last { $days } days, no alert.
        [one] In the last { $days } days, { $count } alert: { $places }.
       *[other] In the last { $days } days, { $count } alerts: { $places }.
    }
}
rehearsed-place = { $place }, { $days }
rehearsed-between = {"; "}

# Why somebody was alerted, or was not.
why-title = { $place }, { $day }: why { $who } heard of something, or did not
why-nothing = Nothing was judged on that day: Écosanté did not run, or the place or the person was not there yet.
why-summary = { $told ->
    [0] Nothing was told on that day.
    [one] One thing was told on that day.
   *[other] { $told } things were told on that day.
} { $silent ->
    [0] {""}
    [one] One other limit was looked at and kept silent.
   *[other] { $silent } other limits were looked at and kept silent.
}
why-told = Told
why-silent = Not told
why-caption = { $what }, limit by limit
why-column-what = What
why-column-known = What was known
why-column-limit = Limit
why-column-decided = Decision
why-events = { $metric }, exceptional events
why-known = { $when }: { $level }. { $provenance }
why-unknown = nothing usable
why-limit = { $limit } ({ $reasons })
why-limit-event = whatever the level ({ $reasons })
why-decided = { $again ->
    [yes] { $outcome }, between { $from } and { $to }
   *[no] { $outcome }, { $from }
}

# What can be done right from a notification.
action-open = Open
action-mute-today = Mute today
action-useful = Useful
action-not-useful = Not useful
