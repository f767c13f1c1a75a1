# Ce que dit la publication pour d’autres outils.

cli-publish = Écrire les indices publics de toutes les communes en fichiers pour d’autres outils
cli-publish-out = Le dossier où publier ; un serveur web sert ce que « current » y désigne
cli-publish-all = Interroger toutes les sources, même avant leur heure
cli-publish-departement = Ne publier que les communes de ces départements
publish-done = { $written ->
    [0] Rien n’a changé dans { $files } fichiers.
    [one] Un fichier sur { $files } est nouveau ou a changé.
   *[other] { $written } fichiers sur { $files } sont nouveaux ou ont changé.
}
publish-failed = { $source } : { $why }. Ce qui en était publié reste, avec son âge.
error-publish-folder = « { $path } » ne peut pas servir : { $why }
error-publish-departement = Il n’y a pas de département « { $given } ». Donnez des codes comme 69 ou 2A, séparés par des virgules.
error-publish-busy = Une autre publication dans ce dossier est en cours. Attendez qu’elle finisse.
error-publish-nothing = Aucune source n’a répondu, et rien n’a encore été publié ici. Réessayez quand il y aura du réseau.
publish-left-out-terms = Son service gratuit est réservé à un usage non commercial, et l’on ne sait pas qui lira ceci. À lui demander soi-même.
publish-left-out-size = Elle répond pour quelques communes à la fois : les demander toutes serait des milliers de questions. À interroger pour les communes voulues.

stats-title = Ce qui est publié, et comment
stats-languages = Autres langues
stats-about = Indices de { $communes } communes sur { $days ->
    [one] un jour
   *[other] { $days } jours
}.
stats-nobody = Personne n’est compté parmi ceux qui lisent ces fichiers : il n’y a rien ici pour le faire.
stats-coverage = Communes ayant une valeur pour le jour
stats-coverage-chart = { $source } : communes ayant une valeur, jour par jour ; les chiffres sont dans le tableau
stats-as-table = En tableau
stats-day = Jour
stats-sources = Les sources
stats-source = Source
stats-asked = Interrogations
stats-failed = Échecs
stats-delay = De la publication jusqu’ici (médiane des jours)
stats-unknown = inconnu
stats-minutes = { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}
stats-hours = { $hours } heures
stats-over = Jours au-dessus d’un seuil, par département
stats-over-about = Jours où une commune au moins a atteint le niveau. Les départements sans tel jour ne figurent pas.
stats-over-none = Aucune commune n’a encore atteint l’un des seuils.
stats-departement = Département
stats-over-air = Air mauvais (niveau 4) ou pire
stats-over-pollen = Pollens élevés (niveau 4) ou plus
stats-over-episode = Épisode de pollution annoncé
stats-over-vigilance = Vigilance orange ou rouge
front-title = Les indices publics de l’environnement en France, par commune
front-about = Des fichiers pour d’autres outils : air, pollens, épisodes de pollution, vigilance météo. Ni clé ni compte, et personne n’est compté.
front-commune = tout d’une commune, par code INSEE
front-departement = un département et ses communes
front-geojson = aujourd’hui dans chaque commune, en points
front-csv = aujourd’hui dans chaque commune, en tableau
front-meta = sources, fraîcheur, licences
front-openapi = la description de l’ensemble, pour les programmes
front-stats = couverture, délais et échecs
front-licences = Nommez les producteurs là où vous montrez leurs données. Ce qui vient d’Atmo France et des AASQA est sous ODbL 1.0 : qui transmet une base qui en est faite le fait sous la même licence. Ce qui vient de Météo-France est sous Licence Ouverte 2.0, et ne remplace pas ses propres avertissements.
