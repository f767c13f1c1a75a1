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

scale-atmo-2021 = ATMO index
scale-eaqi-2024 = European Air Quality Index
scale-atmo-pollen-2025 = pollen index
scale-uv-who = UV index
scale-vigilance = weather vigilance
scale-episode = pollution episode
scale-radon-2018 = radon potential

label-atmo-2021-1 = Good
label-atmo-2021-2 = Fair
label-atmo-2021-3 = Moderate
label-atmo-2021-4 = Poor
label-atmo-2021-5 = Very poor
label-atmo-2021-6 = Extremely poor
label-atmo-2021-7 = Event
label-eaqi-2024-1 = Good
label-eaqi-2024-2 = Fair
label-eaqi-2024-3 = Moderate
label-eaqi-2024-4 = Poor
label-eaqi-2024-5 = Very poor
label-eaqi-2024-6 = Extremely poor
label-atmo-pollen-2025-1 = Very low
label-atmo-pollen-2025-2 = Low
label-atmo-pollen-2025-3 = Moderate
label-atmo-pollen-2025-4 = High
label-atmo-pollen-2025-5 = Very high
label-atmo-pollen-2025-6 = Extremely high
label-uv-who-1 = Low
label-uv-who-2 = Moderate
label-uv-who-3 = High
label-uv-who-4 = Very high
label-uv-who-5 = Extreme
label-vigilance-1 = Green
label-vigilance-2 = Yellow
label-vigilance-3 = Orange
label-vigilance-4 = Red
label-episode-1 = No episode
label-episode-2 = Information
label-episode-3 = Alert
label-radon-2018-1 = Low
label-radon-2018-2 = Low, with possible ways in
label-radon-2018-3 = Significant

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

state-current = up to date
state-stale = old
state-not-published-yet = not published yet
state-source-failed = source failing
state-not-covered = not covered

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

# What a scale says.
definition-atmo-2021 = The ATMO index is the official index of the air outdoors in France. It has had its present form since 1 January 2021. It is as bad as the worst of five pollutants: PM2.5 and PM10 particles, nitrogen dioxide, ozone and sulphur dioxide. There is one value a day for a commune or a group of communes. An “event”, such as a fire or desert dust, stands outside the six levels.
definition-eaqi-2024 = The European Air Quality Index says by the hour how polluted the air outdoors is. It is as bad as the worst of five pollutants: PM2.5 and PM10 particles, nitrogen dioxide, ozone and sulphur dioxide. Its levels were revised in 2024, and are not those of the French ATMO index.
definition-atmo-pollen-2025 = The pollen index of Atmo France follows six plants: alder, birch, olive, grass, mugwort and ragweed. It has had its present six levels since April 2025. There is one value a day.
definition-uv-who = The UV index says how strongly the sun burns the skin at its highest of the day. The World Health Organization groups it: 0 to 2 low, 3 to 5 moderate, 6 to 7 high, 8 to 10 very high, 11 and more extreme. Protect yourself from index 3 on.
definition-vigilance = The vigilance of Météo-France announces dangerous weather for today and tomorrow, by département, in four colours: green, yellow, orange, red. Here it exists for mainland France and Corsica only.
definition-episode = A pollution episode is announced where a pollutant passes, or is going to pass, a limit of the law in an area. The information is first for people at risk, the alert for everybody.
definition-radon-2018 = Radon is a radioactive gas that rises from the ground. The potential of a commune says in three classes what the ground can give; only a measurement says what is in a house.
