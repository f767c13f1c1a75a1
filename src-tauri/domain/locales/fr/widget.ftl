# Le composant que d’autres pages montrent, et sa page pour un cadre.

# Comment les dates et les nombres s’écrivent.
widget-locale = fr-FR
widget-moment = { $day } à { $time }
widget-nameless = Air, pollens et vigilance
widget-region = Air, pollens et vigilance : { $commune }
widget-loading = Chargement en cours…
widget-shown = { $commune } : les niveaux sont affichés.

widget-air = Air
widget-pollen = Pollens
widget-episode = Épisode de pollution
widget-vigilance = Vigilance météo

widget-of = { $level } sur { $levels }
widget-unranked = à part des niveaux
widget-estimated = Estimation, en attendant l’indice officiel
widget-old = Valeur ancienne, pas celle d’aujourd’hui
widget-unknown = Inconnu : { $why }
widget-not-published-yet = pas encore publié
widget-source-failed = la source ne répond pas
widget-not-covered = personne ne le publie ici
widget-not-understood = la réponse de la source n’est pas comprise
widget-as-of = { $days ->
    [one] Ces données sont celles du { $day }. Celles d’aujourd’hui ne sont pas arrivées.
   *[other] Ces données sont celles du { $day } et ont { $days } jours. Celles d’aujourd’hui ne sont pas arrivées.
}

widget-advice = Que faire
widget-sources = Sources
widget-source = { $what } : { $line }
widget-published = { $source }, publié { $when }
widget-for-zone = { $source }, pour { $zone }
widget-project = Écosanté, l’application libre
widget-new-tab = nouvel onglet

widget-retry = Réessayer
widget-kept = La mise à jour n’a pas abouti. Voici ce qui a été reçu { $when }.
widget-error-network = Les données n’ont pas pu être chargées. Vérifiez la connexion, puis réessayez.
widget-error-missing = Rien n’est publié ici pour la commune { $code }.
widget-error-malformed = Les données reçues ne sont pas lisibles. Réessayez plus tard.
widget-error-code = « { $code } » n’est pas le code INSEE d’une commune, comme 69123.
widget-error-no-code = Il manque le code INSEE de la commune, comme 69123.

widget-noscript = L’air, les pollens et la vigilance d’une commune s’affichent ici avec JavaScript, que ce navigateur n’exécute pas.
