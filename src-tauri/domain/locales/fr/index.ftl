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

scale-atmo-2021 = indice ATMO
scale-eaqi-2024 = indice européen de la qualité de l’air
scale-atmo-pollen-2025 = indice pollen
scale-uv-who = indice UV
scale-vigilance = vigilance météorologique
scale-episode = épisode de pollution
scale-radon-2018 = potentiel radon

label-atmo-2021-1 = Bon
label-atmo-2021-2 = Moyen
label-atmo-2021-3 = Dégradé
label-atmo-2021-4 = Mauvais
label-atmo-2021-5 = Très mauvais
label-atmo-2021-6 = Extrêmement mauvais
label-atmo-2021-7 = Évènement
label-eaqi-2024-1 = Bon
label-eaqi-2024-2 = Moyen
label-eaqi-2024-3 = Dégradé
label-eaqi-2024-4 = Mauvais
label-eaqi-2024-5 = Très mauvais
label-eaqi-2024-6 = Extrêmement mauvais
label-atmo-pollen-2025-1 = Très faible
label-atmo-pollen-2025-2 = Faible
label-atmo-pollen-2025-3 = Modéré
label-atmo-pollen-2025-4 = Élevé
label-atmo-pollen-2025-5 = Très élevé
label-atmo-pollen-2025-6 = Extrêmement élevé
label-uv-who-1 = Faible
label-uv-who-2 = Modéré
label-uv-who-3 = Fort
label-uv-who-4 = Très fort
label-uv-who-5 = Extrême
label-vigilance-1 = Vert
label-vigilance-2 = Jaune
label-vigilance-3 = Orange
label-vigilance-4 = Rouge
label-episode-1 = Pas d’épisode
label-episode-2 = Information
label-episode-3 = Alerte
label-radon-2018-1 = Faible
label-radon-2018-2 = Faible, avec des passages possibles
label-radon-2018-3 = Significatif

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

state-current = à jour
state-stale = ancien
state-not-published-yet = pas encore publié
state-source-failed = source en panne
state-not-covered = non couvert

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

# Ce que dit une échelle.
definition-atmo-2021 = L’indice ATMO est l’indice officiel de l’air extérieur en France. Il a sa forme actuelle depuis le 1er janvier 2021. Il vaut le pire de cinq polluants : particules PM2,5 et PM10, dioxyde d’azote, ozone et dioxyde de soufre. Il y a une valeur par jour pour une commune ou un groupement de communes. Un « évènement », comme un incendie ou des poussières désertiques, est à part des six niveaux.
definition-eaqi-2024 = L’indice européen de la qualité de l’air dit heure par heure combien l’air extérieur est pollué. Il vaut le pire de cinq polluants : particules PM2,5 et PM10, dioxyde d’azote, ozone et dioxyde de soufre. Ses niveaux ont été révisés en 2024, et ne sont pas ceux de l’indice ATMO français.
definition-atmo-pollen-2025 = L’indice pollen d’Atmo France suit six plantes : aulne, bouleau, olivier, graminées, armoise et ambroisie. Il a ses six niveaux actuels depuis avril 2025. Il y a une valeur par jour.
definition-uv-who = L’indice UV dit avec quelle force le soleil brûle la peau au plus haut de la journée. L’Organisation mondiale de la santé le répartit ainsi : 0 à 2 faible, 3 à 5 modéré, 6 à 7 fort, 8 à 10 très fort, 11 et plus extrême. Protégez-vous dès l’indice 3.
definition-vigilance = La vigilance de Météo-France annonce les dangers du temps pour aujourd’hui et demain, par département, en quatre couleurs : vert, jaune, orange, rouge. Elle n’existe ici que pour la France métropolitaine.
definition-episode = Un épisode de pollution est annoncé quand un polluant dépasse ou va dépasser un seuil réglementaire dans une zone. L’information s’adresse d’abord aux personnes fragiles, l’alerte à tout le monde.
definition-radon-2018 = Le radon est un gaz radioactif qui monte du sol. Le potentiel d’une commune dit ce que le sol peut donner, en trois classes ; seule une mesure dit ce qu’il y a dans une maison.
