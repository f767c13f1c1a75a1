# Scales: their names, what they say in some sentences, and the words of their levels.

scale-atmo-2021 = indice ATMO
scale-atmo-2021-definition = L’indice ATMO est l’indice officiel de l’air extérieur en France. Il a sa forme actuelle depuis le 1er janvier 2021. Il vaut le pire de cinq polluants : particules PM2,5 et PM10, dioxyde d’azote, ozone et dioxyde de soufre. Il y a une valeur par jour pour une commune ou un groupement de communes. Un « évènement », comme un incendie ou des poussières désertiques, est à part des six niveaux.
scale-atmo-2021-1 = Bon
scale-atmo-2021-2 = Moyen
scale-atmo-2021-3 = Dégradé
scale-atmo-2021-4 = Mauvais
scale-atmo-2021-5 = Très mauvais
scale-atmo-2021-6 = Extrêmement mauvais
scale-atmo-2021-event = Évènement

scale-atmo-pollen-2025 = indice pollen
scale-atmo-pollen-2025-definition = L’indice pollen d’Atmo France suit six plantes : aulne, bouleau, olivier, graminées, armoise et ambroisie. Il a ses six niveaux actuels depuis avril 2025. Il y a une valeur par jour.
scale-atmo-pollen-2025-1 = Très faible
scale-atmo-pollen-2025-2 = Faible
scale-atmo-pollen-2025-3 = Modéré
scale-atmo-pollen-2025-4 = Élevé
scale-atmo-pollen-2025-5 = Très élevé
scale-atmo-pollen-2025-6 = Extrêmement élevé

scale-eaqi-2024 = indice européen de la qualité de l’air
scale-eaqi-2024-definition = L’indice européen de la qualité de l’air dit heure par heure combien l’air extérieur est pollué. Il vaut le pire de cinq polluants : particules PM2,5 et PM10, dioxyde d’azote, ozone et dioxyde de soufre. Ses niveaux ont été révisés en 2024, et ne sont pas ceux de l’indice ATMO français.
scale-eaqi-2024-1 = Bon
scale-eaqi-2024-2 = Moyen
scale-eaqi-2024-3 = Dégradé
scale-eaqi-2024-4 = Mauvais
scale-eaqi-2024-5 = Très mauvais
scale-eaqi-2024-6 = Extrêmement mauvais

scale-episode = épisode de pollution
scale-episode-definition = Un épisode de pollution est annoncé quand un polluant dépasse ou va dépasser un seuil réglementaire dans une zone. L’information s’adresse d’abord aux personnes fragiles, l’alerte à tout le monde.
scale-episode-1 = Pas d’épisode
scale-episode-2 = Information
scale-episode-3 = Alerte

scale-radon-2018 = potentiel radon
scale-radon-2018-definition = Le radon est un gaz radioactif qui monte du sol. Le potentiel d’une commune dit ce que le sol peut donner, en trois classes ; seule une mesure dit ce qu’il y a dans une maison.
scale-radon-2018-1 = Faible
scale-radon-2018-2 = Faible, mais le sol peut aider le gaz à passer
scale-radon-2018-3 = Significatif

scale-uv-who = indice UV
scale-uv-who-definition = L’indice UV dit avec quelle force le soleil brûle la peau au plus haut de la journée. L’Organisation mondiale de la santé le répartit ainsi : 0 à 2 faible, 3 à 5 modéré, 6 à 7 fort, 8 à 10 très fort, 11 et plus extrême. Protégez-vous dès l’indice 3.
scale-uv-who-1 = Faible
scale-uv-who-2 = Modéré
scale-uv-who-3 = Fort
scale-uv-who-4 = Très fort
scale-uv-who-5 = Extrême

scale-vigilance = vigilance météorologique
scale-vigilance-definition = La vigilance de Météo-France annonce les dangers du temps pour aujourd’hui et demain, par département, en quatre couleurs : vert, jaune, orange, rouge. Elle n’existe ici que pour la France métropolitaine.
scale-vigilance-1 = Vert
scale-vigilance-2 = Jaune
scale-vigilance-3 = Orange
scale-vigilance-4 = Rouge
