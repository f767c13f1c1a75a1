# Indices: names, levels, units, dates.

metric-air = air
metric-air-pm25 = PM2.5 particles
metric-air-pm10 = PM10 particles
metric-air-no2 = nitrogen dioxide
metric-air-o3 = ozone
metric-air-so2 = sulphur dioxide
metric-concentration-pm25 = PM2.5 particles
metric-concentration-pm10 = PM10 particles
metric-concentration-no2 = nitrogen dioxide
metric-concentration-o3 = ozone
metric-concentration-so2 = sulphur dioxide
metric-pollen = pollen
metric-pollen-alder = alder pollen
metric-pollen-birch = birch pollen
metric-pollen-olive = olive pollen
metric-pollen-grass = grass pollen
metric-pollen-mugwort = mugwort pollen
metric-pollen-ragweed = ragweed pollen
metric-uv = UV
metric-episode-pm25 = pollution episode, PM2.5 particles
metric-episode-pm10 = pollution episode, PM10 particles
metric-episode-no2 = pollution episode, nitrogen dioxide
metric-episode-o3 = pollution episode, ozone
metric-episode-so2 = pollution episode, sulphur dioxide
metric-episodes = pollution episodes
metric-vigilance-wind = weather warning for violent wind
metric-vigilance-rain-flood = weather warning for rain and flooding
metric-vigilance-thunderstorm = weather warning for thunderstorms
metric-vigilance-flood = weather warning for river floods
metric-vigilance-snow-ice = weather warning for snow and ice
metric-vigilance-heat = weather warning for heat
metric-vigilance-cold = weather warning for extreme cold
metric-vigilance-avalanche = weather warning for avalanches
metric-vigilance-waves = weather warning for waves and coastal flooding
metric-apparent-temperature = temperature as it is felt
metric-water = tap water
metric-radon = radon
metric-combined-heat-ozone = heat and ozone together
metric-combined-storm-grass = thunderstorms in grass pollen
metric-combined-pollen-air = pollen in bad air
metric-in-unit = { $metric } in { $unit }
concentrations = concentrations in the air
episodes = pollution episodes

# The dangers of vigilance, in a list of them.
danger-wind = violent wind
danger-rain-flood = rain and flooding
danger-thunderstorm = thunderstorms
danger-flood = river floods
danger-snow-ice = snow and ice
danger-heat = heat
danger-cold = extreme cold
danger-avalanche = avalanches
danger-waves = waves and coastal flooding
vigilance-green-all = Green for every danger
vigilance-green-known = Green, as far as is known
vigilance-hours = Not known for every hour of the day
not-known-why = { $what } not known ({ $why })
episodes-none = No pollution episode is announced. { $source }.
temperature = { $present ->
    [yes] { $now } now, { $highest } at most
   *[no] { $highest } at most
}
quoted = “{ $text }”
sample-of = Sample of { $date } { $year }
radon-measure = This is about the ground of the commune. Only a measurement says what is in a house.
definition-concentration = How much of it there is in a cubic metre of air, as a model computes it for each hour. A day stands here by its highest hour.
definition-temperature = The temperature as a body feels it, with wind, humidity and sun, as a model computes it for each hour. A day stands here by its highest hour.

phenomenon-wind = violent wind
phenomenon-rain-flood = rain and flooding
phenomenon-thunderstorm = thunderstorms
phenomenon-flood = river floods
phenomenon-snow-ice = snow and ice
phenomenon-heat = heat
phenomenon-cold = extreme cold
phenomenon-avalanche = avalanches
phenomenon-waves = waves and coastal flooding

source-atmo-france = Atmo France
source-atmo-pollen = Atmo France (pollen)
source-atmo-episodes = Atmo France (episodes)
source-open-meteo = Open-Meteo (CAMS models)
source-open-meteo-forecast = Open-Meteo (weather)
source-vigilance-mirror = Météo-France (copy of Opendatasoft)
source-meteo-france = Météo-France
source-hubeau = Hub’Eau (sanitary control)
source-georisques = Géorisques

basis-official = official
basis-forecast = forecast
basis-observed = measured
basis-estimated = estimate

# Beside a value that nobody published.
caveat-estimated = estimated by this app
caveat-foretold = yesterday’s forecast for today

state-current = up to date
state-stale = old
state-not-published-yet = not published yet
state-source-failed = source failing
state-not-covered = not covered
state-next = { $state }; asked again { $when }

# Why a source gave no answer, after "source failing:".
failure-refused = the connection was refused
failure-dns = the address was not found
failure-tls = the certificate is not valid
failure-interrupted = the connection was cut
failure-timeout = no answer in time
failure-too-large = the answer is far too large
failure-http-status = the server answered with an error
failure-not-json = the answer is not data
failure-truncated = the answer is incomplete
failure-producer = the producer reports an error
failure-schema = the answer does not have the expected form
failure-over-budget = it was asked often enough for today
failure-resting = it is left alone for a while after several failures
failure-outdated = the data are too old
failure-no-coordinates = the coordinates of the place are not known yet

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

date = { $weekday } { $day } { $month }
yesterday = yesterday
today = today
tomorrow = tomorrow
moment = { $day } at { $time }
list = { $first } and { $last }

# A day under a chart.
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = June
month-short-7 = July
month-short-8 = Aug
month-short-9 = Sept
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
date-short = { $day } { $month }
stored-since = The first day stored here is { $day }{ $named ->
    [yes] {" "}{ $year }
   *[no] {""}
}.
hours-known = Only { $count } of the day’s hours are known

# The sign before the decimals of a number.
decimal-sign = .

# The name of this language, in itself.
language-name = English
