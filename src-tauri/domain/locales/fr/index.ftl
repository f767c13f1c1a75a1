# Indices : noms, niveaux, unités, dates.

metric-air = air
metric-air-pm25 = particules PM2,5
metric-air-pm10 = particules PM10
metric-air-no2 = dioxyde d’azote
metric-air-o3 = ozone
metric-air-so2 = dioxyde de soufre
metric-concentration-pm25 = particules PM2,5
metric-concentration-pm10 = particules PM10
metric-concentration-no2 = dioxyde d’azote
metric-concentration-o3 = ozone
metric-concentration-so2 = dioxyde de soufre
metric-pollen = pollens
metric-pollen-alder = pollens d’aulne
metric-pollen-birch = pollens de bouleau
metric-pollen-olive = pollens d’olivier
metric-pollen-grass = pollens de graminées
metric-pollen-mugwort = pollens d’armoise
metric-pollen-ragweed = pollens d’ambroisie
metric-uv = UV
metric-episode-pm25 = épisode de pollution, particules PM2,5
metric-episode-pm10 = épisode de pollution, particules PM10
metric-episode-no2 = épisode de pollution, dioxyde d’azote
metric-episode-o3 = épisode de pollution, ozone
metric-episode-so2 = épisode de pollution, dioxyde de soufre
metric-episodes = épisodes de pollution
metric-vigilance-wind = vigilance vent violent
metric-vigilance-rain-flood = vigilance pluie-inondation
metric-vigilance-thunderstorm = vigilance orages
metric-vigilance-flood = vigilance crues
metric-vigilance-snow-ice = vigilance neige-verglas
metric-vigilance-heat = vigilance canicule
metric-vigilance-cold = vigilance grand froid
metric-vigilance-avalanche = vigilance avalanches
metric-vigilance-waves = vigilance vagues-submersion
metric-apparent-temperature = température ressentie
metric-water = eau du robinet
metric-radon = radon
metric-combined-heat-ozone = chaleur et ozone ensemble
metric-combined-storm-grass = orages et pollens de graminées
metric-combined-pollen-air = pollens et air pollué
metric-in-unit = { $metric } en { $unit }
concentrations = concentrations dans l’air
episodes = épisodes de pollution

# Les dangers de la vigilance, dans une liste.
danger-wind = vent violent
danger-rain-flood = pluie-inondation
danger-thunderstorm = orages
danger-flood = crues
danger-snow-ice = neige-verglas
danger-heat = canicule
danger-cold = grand froid
danger-avalanche = avalanches
danger-waves = vagues-submersion
vigilance-green-all = Vert pour tous les dangers
vigilance-green-known = Vert, pour ce qui est connu
vigilance-hours = Toutes les heures du jour ne sont pas connues
not-known-why = { $what } : pas d’information ({ $why })
episodes-none = Aucun épisode de pollution n’est annoncé. { $source }.
temperature = { $present ->
    [yes] { $now } maintenant, { $highest } au plus
   *[no] { $highest } au plus
}
quoted = « { $text } »
sample-of = Prélèvement du { $date } { $year }
radon-measure = Il s’agit du sol de la commune. Seule une mesure dit ce qu’il y a dans une maison.
definition-concentration = Ce qu’un mètre cube d’air en contient, calculé heure par heure par un modèle. Un jour vaut ici par son heure la plus haute.
definition-temperature = La température que le corps ressent, avec le vent, l’humidité et le soleil, calculée heure par heure par un modèle. Un jour vaut ici par son heure la plus haute.

phenomenon-wind = vent violent
phenomenon-rain-flood = pluie et inondations
phenomenon-thunderstorm = orages
phenomenon-flood = crues
phenomenon-snow-ice = neige et verglas
phenomenon-heat = canicule
phenomenon-cold = grand froid
phenomenon-avalanche = avalanches
phenomenon-waves = vagues et submersion

source-atmo-france = Atmo France
source-atmo-pollen = Atmo France (pollens)
source-atmo-episodes = Atmo France (épisodes)
source-open-meteo = Open-Meteo (modèles CAMS)
source-open-meteo-forecast = Open-Meteo (météo)
source-vigilance-mirror = Météo-France (copie d’Opendatasoft)
source-meteo-france = Météo-France
source-hubeau = Hub’Eau (contrôle sanitaire)
source-georisques = Géorisques

basis-official = officiel
basis-forecast = prévision
basis-observed = mesure
basis-estimated = estimation

# Beside a value that nobody published.
caveat-estimated = estimation de cette application
caveat-foretold = prévision d’hier pour aujourd’hui

state-current = à jour
state-stale = ancien
state-not-published-yet = pas encore publié
state-source-failed = source en panne
state-not-covered = non couvert
state-next = { $state } ; nouvelle question { $when }

# La raison pour laquelle une source n’a pas répondu, après « source en panne : ».
failure-refused = la connexion a été refusée
failure-dns = l’adresse n’a pas été trouvée
failure-tls = le certificat n’est pas valable
failure-interrupted = la connexion a été coupée
failure-timeout = pas de réponse à temps
failure-too-large = la réponse est démesurée
failure-http-status = le serveur a répondu par une erreur
failure-not-json = la réponse n’est pas des données
failure-truncated = la réponse est incomplète
failure-producer = le producteur signale une erreur
failure-schema = la réponse n’a pas la forme attendue
failure-over-budget = elle a été assez interrogée pour aujourd’hui
failure-resting = elle est laissée tranquille un moment après plusieurs pannes
failure-outdated = les données sont trop anciennes
failure-no-coordinates = les coordonnées du lieu ne sont pas encore connues

weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

date = { $weekday } { $day ->
    [1] 1er
   *[other] { $day }
} { $month }
yesterday = hier
today = aujourd’hui
tomorrow = demain
moment = { $day } à { $time }
list = { $first } et { $last }

# Un jour sous un graphique.
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.
date-short = { $day ->
    [1] 1er
   *[other] { $day }
} { $month }
stored-since = Premier jour conservé ici : { $day }{ $named ->
    [yes] {" "}{ $year }
   *[no] {""}
}.
hours-known = Seules { $count } heures de ce jour sont connues

# The sign before the decimals of a number.
decimal-sign = ,

# The name of this language, in itself.
language-name = Français
