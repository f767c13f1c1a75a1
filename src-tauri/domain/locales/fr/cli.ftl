# La ligne de commande et les erreurs.

error-store-newer = Le fichier { $path }, laissé intact, vient d’une version plus récente d’Écosanté : installez-la, ou choisissez un autre dossier avec --data-dir.
error-store-set-aside = Le fichier { $path } était abîmé et est gardé sous { $kept } : relancez la commande pour en commencer un nouveau.
error-store-damaged = Le fichier { $path } est abîmé et n’a pas pu être mis de côté : renommez-le, ou choisissez un autre dossier avec --data-dir.
error-store-not-writable = Impossible d’écrire dans { $path } ({ $why }) : rendez ce dossier accessible en écriture, ou choisissez-en un autre avec --data-dir.
error-store-busy = Un autre programme écrit depuis trop longtemps dans le fichier de données : fermez-le, puis réessayez.
error-store-disk-full = Le disque est plein ou ne répond pas : libérez de la place, puis réessayez, rien n’a été perdu.
error-store-unreadable = Le fichier de données n’a pas pu être lu ({ $why }) : signalez-le, et choisissez un autre dossier avec --data-dir en attendant.
error-gateway = « { $given } » n’est pas une adresse de passerelle : donnez une adresse de base, par exemple https://passerelle.example/cache.
error-relay = « { $given } » n’est pas une adresse de relais : donnez une adresse de base, par exemple https://relais.example.
error-unknown-place = Aucun lieu ne s’appelle « { $query } »{ $world ->
    [yes] {""}
   *[no] {" "}(hors de France, il faut le réseau)
} : { $some ->
    [yes] vouliez-vous dire { $suggestions } ?
   *[no] donnez un nom de commune, un code postal, un code INSEE, ou LATITUDE,LONGITUDE.
}
error-ambiguous-place = Plusieurs lieux s’appellent « { $query } » : choisissez parmi { $candidates }.
error-no-such-place = Aucun lieu enregistré ne correspond à « { $query } » : « ecosante place list » les montre.
error-no-such-person = Personne ne s’appelle « { $name } » : « ecosante profile show » montre qui est connu.
error-no-such-alert = Il n’y a pas d’alerte { $id } : « ecosante alerts » les montre.
error-no-such-advice = Il n’y a pas de conseil « { $id } » : « ecosante advice --for PERSON --metric M --level N » montre ceux qu’il y a.
error-no-levels = « { $metric } » n’a pas de niveaux à montrer : choisissez un indice.
error-theme-not-kept = L’apparence n’a pas pu être conservée : elle redeviendra la précédente au prochain démarrage.
error-profile-key = La clé « { $key } » n’existe pas : les clés sont { $allowed }, level.MESURE, quiet, retention et relay.
error-profile-value = « { $value } » ne va pas pour { $key } : choisissez parmi { $allowed }.
error-profile-level = { $metric } ne peut pas avoir la limite « { $value } » : donnez un nombre de { $lowest } à { $highest }, ou off.
error-profile-metric = Il n’y a pas de limite pour « { $metric } » : choisissez parmi { $allowed }.
error-profile-entry = « { $entry } » n’est pas de la forme CLÉ=VALEUR, par exemple conditions=asthma.
error-quiet-hours = « { $given } » ne va pas pour quiet : donnez DÉBUT-FIN, par exemple 22:00-07:00, ou off.
error-lead = « { $given } » ne va pas pour lead : donnez known, evening ou day.
error-digest = « { $given } » ne va pas pour digest : donnez morning, evening, both ou off.
error-retention = « { $given } » ne va pas pour retention : donnez un nombre d’années de 1 à 50, ou always.
error-now = « { $given } » n’est pas une date et une heure : écrivez par exemple 2026-09-08T16:00:00+02:00.
error-metric = La mesure « { $given } » n’existe pas : choisissez parmi { $allowed }.
error-level = Le niveau « { $given } » n’existe pas pour cette mesure : donnez un nombre de { $lowest } à { $highest }.
error-days = « { $given } » n’est pas un nombre de jours : donnez un nombre de 1 à 36500.
error-number = « { $given } » n’est pas un numéro : donnez celui que montre la liste.
error-no-history = Rien n’est enregistré pour { $metric } à { $place } sur cette période{ $known ->
    [yes]  : les données commencent le { $first }, demandez { $days } jours.
   *[no]  : lancez d’abord « ecosante refresh ».
}
error-keychain = Le trousseau du système n’est pas utilisable ({ $why }) : la clé n’est gardée nulle part ailleurs.
error-key = Aucune clé n’a été donnée : écrivez-la sur l’entrée standard, par exemple « ecosante key set < cle.txt ».
error-needs-network = Cela demande le réseau ({ $why }) : réessayez plus tard.
error-home = Le dossier de l’utilisateur est introuvable : indiquez où garder les données avec --data-dir.
error-usage-unknown = « { $given } » n’est pas connu ici : « ecosante { $command }--help » montre ce qui l’est.
error-usage-missing = Il manque { $given } : « ecosante { $command }--help » montre comment faire.
error-usage-value = « { $given } » ne va pas pour { $argument } : choisissez parmi { $allowed }.
error-usage = Cette commande ne se lit pas : « ecosante { $command }--help » montre comment faire.
cli-about = Écosanté dans le terminal : l’air, les pollens et les UV des lieux que vous suivez, et les alertes qui comptent pour chacun.
cli-examples =
    Exemples :
    {"    "}ecosante place add Lyon
    {"    "}ecosante profile set --person Léa age=child conditions=asthma
    {"    "}ecosante refresh
    {"    "}ecosante status
    {"    "}ecosante watch
cli-usage-heading = Utilisation
cli-commands-heading = Commandes
cli-options-heading = Options
cli-arguments-heading = Arguments
cli-help = Montre cette aide
cli-version = Montre la version
cli-data-dir = Le dossier des données (ou ECOSANTE_DATA_DIR)
cli-lang = La langue : fr ou en
cli-json = Répond en JSON
cli-now = Rejoue un moment passé : l’horloge part de là (ou ECOSANTE_NOW)
cli-gateway = L’adresse d’une passerelle qui répond pour toutes les sources (ou ECOSANTE_GATEWAY)
cli-relay = L’adresse d’un relais, interrogé avant les sources pour ce qu’il a d’elles (ou ECOSANTE_RELAY)
cli-place = Les lieux suivis
cli-place-search = Cherche un lieu
cli-place-add = Enregistre un lieu
cli-place-add-examples =
    Exemples :
    {"    "}ecosante place add 75056
    {"    "}ecosante place add Nantes --name Travail
    {"    "}ecosante place add 45.764,4.836    (le point est envoyé à geo.api.gouv.fr, arrondi à 0,001°)
cli-place-list = Montre les lieux suivis
cli-place-remove = Retire un lieu ; son historique reste
cli-query = Nom de commune, code postal, code INSEE, ou LATITUDE,LONGITUDE
cli-name = Comment vous l’appelez
cli-place-id = Le numéro du lieu, son code ou son nom
cli-profile = Les personnes et ce qui compte pour elles
cli-profile-show = Montre les personnes et leurs limites
cli-profile-remove = Retire une personne ; ses alertes restent dans la liste
cli-profile-set = Change un profil
cli-profile-set-examples =
    Clés : age=under1|under6|child|adult|over65, pregnant=yes|no, conditions=asthma,copd,heart,diabetes,immune,other,
    allergies=alder,birch,olive,grass:3,mugwort,ragweed,unknown, situation=isolated, skin=sensitive|normal,
    activities=sport,gardening,diy,cleaning,outdoor-work, transport=bike,transit,car, heating=wood, pets=cat,dog,
    smoking=yes|no, home=garden,balcony, treatment=regular,photosensitising,
    places=1,2, level.MESURE=N|off et mute.MESURE=DATE (air, episode.o3, uv, pollen, pollen.grass, vigilance.heat,
    combined.heat-ozone…) ; pour l’appareil quiet=22:00-07:00|off, lead=known|evening|day (combien de temps à l’avance
    annoncer), digest=morning|evening|both|off (un résumé du jour), retention=ANNÉES|always (combien de temps garder
    ce qui a été publié) et relay=URL|off (qui interroger avant les sources, pour ce qu’il a d’elles).
    Une clé absente reste, une liste est remplacée, une valeur vide efface.

    Exemples :
    {"    "}ecosante profile set conditions=asthma level.air=2
    {"    "}ecosante profile set --person Léa age=child allergies=grass:3,birch
    {"    "}ecosante profile set quiet=22:00-07:00
cli-person = La personne, par son nom
cli-entries = CLÉ=VALEUR, autant qu’il en faut
cli-refresh = Interroge les sources qui le doivent, et dit ce qui est nouveau
cli-refresh-all = Interroge toutes les sources, même avant l’heure
cli-status = Montre ce qui est connu maintenant, sans réseau
cli-alerts = Montre les alertes
cli-alerts-days = Sur combien de jours (7 sans précision)
cli-explain = Explique une alerte, ou sans elle pourquoi quelqu’un a été alerté un jour ou non
cli-alert-id = Le numéro de l’alerte
cli-watch = Suit les sources et annonce ce qui compte, jusqu’à l’arrêt
cli-key = Votre propre clé pour Météo-France, gardée dans le trousseau du système
cli-key-set = Garde la clé donnée sur l’entrée standard
cli-key-remove = Retire la clé
key-kept = La clé est dans le trousseau ; la vigilance est demandée à Météo-France avec elle.
key-removed = La clé est retirée ; la vigilance vient des archives ouvertes.
cli-history = Montre ce qui a été publié
cli-metric = La mesure : air, uv, pollen.grass, concentration.pm25…
cli-history-days = Sur combien de jours passés (30 sans précision ; par semaine 91, par mois 365, par an 3653)
cli-history-by = Une ligne par jour (day), semaine (week), mois (month) ou année (year)
cli-history-revisions = Chaque publication enregistrée, la plus ancienne d’abord ; un astérisque marque ce qui compte
history-note = « { $note } »
history-announced = annoncé { $when } : { $level } { $label }
history-received = reçu { $when }
history-known = jours connus : { $known } sur { $days }
history-count = { $label } : { $count } { $unit ->
    [hours] h
   *[days] j
}
history-figures = de { $minimum } à { $maximum }, en moyenne { $mean }{ $unit }
cli-format = json ou csv
cli-advice = Montre les conseils et leurs sources
cli-advice-all = Tout le catalogue
cli-advice-level = Le niveau
cli-diary = Le carnet de symptômes : comment s’est passée la journée, à côté des indices
cli-diary-add = Note les signes et le traitement d’un jour
cli-diary-add-examples =
    Signes : nose (nez), eyes (yeux), breathing (respiration), skin (peau), fatigue, chacun de 0 (aucun) à 3 (fort) ; treatment=yes|no (traitement pris ou non) ; place=ID.
    Une valeur vide retire la note.

    Exemples :
    {"    "}ecosante diary add nose=2 eyes=1 treatment=yes
    {"    "}ecosante diary add --person Léa --day 2026-09-07 breathing=1 nose=
cli-diary-entries = Ce qui est noté, comme nose=2
cli-diary-day = Le jour, comme 2026-09-08 ; aujourd’hui si rien n’est donné
cli-diary-days = Sur combien de jours (30 sans précision, 90 pour un compte rendu)
cli-diary-show = Montre le carnet à côté des indices
cli-diary-report = Écrit le carnet pour un médecin
cli-diary-format = La forme : text, html (une page à imprimer) ou json
cli-diary-remove = Retire ce qui était noté d’un jour
cli-impact = Ce que l’application a apporté, compté sur ce seul appareil
cli-advice-id = Le mot qui est sous un conseil
cli-advice-done = Note qu’un conseil a été suivi : il n’est plus donné ce jour-là
cli-advice-useful = Note qu’un conseil a été utile
cli-advice-not-useful = Note qu’un conseil n’a pas servi : il passe en dernier pendant 90 jours
cli-advice-examples =
    Avec --for seul : ce qui vaut en cette saison quels que soient les niveaux. L’eau n’a pas de niveaux.

    Exemples :
    {"    "}ecosante advice --for Léa --metric air --level 4
    {"    "}ecosante advice --for Léa
    {"    "}ecosante advice done pollen-rinse-hair --for Léa
cli-completions = Écrit la complétion pour un shell
cli-shell = bash, zsh, fish, elvish ou powershell
place-added = { $place } est suivi (lieu { $id }).
place-already = { $place } est déjà suivi (lieu { $id }).
person-removed = { $who } ne figure plus parmi les personnes ; ses alertes restent dans la liste.
place-removed = { $place } n’est plus suivi ; son historique reste.
place-no-coordinates = Sa position n’est pas encore connue : l’indice ATMO marche déjà, les modèles suivront.
place-point-sent = Pour trouver la commune, ce point est envoyé une fois à geo.api.gouv.fr (à data.geopf.fr si elle ne répond pas), arrondi à 0,001°.
places-none = Aucun lieu n’est suivi : commencez par « ecosante place add Paris ».
search-none = Rien ne correspond à « { $query } ».
profile-saved = C’est noté pour { $who }.
profile-limit = { $metric } : alerte dès « { $limit } » ({ $reasons })
profile-limit-together = { $metric } : alerte quand les deux arrivent ensemble ({ $reasons })
profile-limit-event = { $metric } : évènements exceptionnels
profile-provenance = { $own ->
    [yes] choix de l’application, d’après { $source }
   *[no] d’après { $source }
}
profile-lead = Les alertes viennent { $word ->
    [evening] la veille au soir, dès 18 h
    [day] le jour même, dès 7 h
   *[known] dès que quelque chose est connu
}
profile-digest = Résumé du jour : { $word ->
    [morning] le matin
    [evening] le soir
   *[both] le matin et le soir
}
profile-quiet = Heures calmes : { $hours }
profile-retention = { $years ->
    [always] Ce qui a été publié est gardé pour toujours
    [one] Ce qui a été publié est gardé { $years } an
   *[other] Ce qui a été publié est gardé { $years } ans
}
profile-relay = Interrogé avant les sources : { $relay }
refresh-asked = { $sources } : à jour.
refresh-nothing-due = Rien à demander maintenant : prochaine question { $next }.
refresh-elsewhere = Un autre Écosanté interroge déjà les sources.
refresh-failed = { $source } : { $why } ; nouvel essai { $next }. Ce qui est enregistré reste.
refresh-nobody = Aucune source n’a répondu : « ecosante status » montre ce qui est enregistré.
refresh-quiet-told = Rien de nouveau à annoncer.
status-source = { $source }{ $published ->
    [yes] , publié { $when }
   *[no] , reçu { $when }
}
status-basis = ({ $basis })
status-zone = pour { $zone }
status-stale = { $day }, dernière valeur connue
status-instead = { $source } manque : { $why }
status-sources = Sources
status-source-ok = répond, dernière réponse { $when }, prochaine question { $next }
status-source-not-published-yet = n’a encore rien publié pour aujourd’hui, prochaine question { $next }
status-source-failed = { $why } ; { $answered ->
    [yes] dernière réponse { $when }
   *[no] elle n’a encore jamais répondu
}, prochaine question { $next }
status-source-never-asked = pas encore interrogée
status-never = jamais
status-empty = rien n’est encore connu : « ecosante refresh »
status-alert = ! { $who } : { $headline } – { $advice }
alerts-none = Aucune alerte sur { $days } jours.
alert-state-raised = en cours
alert-state-ahead = à venir
alert-state-held = retenue pendant les heures calmes
alert-state-over = terminée
alert-state-withdrawn = levée
alert-line = { $id }. { $place } : { $metric }, { $label } – { $who } – { $when } – { $state }
explain-why = Pourquoi { $who }
explain-limit = limite { $threshold } ({ $reasons })
explain-readings = Ce qui a été publié
explain-decisions = Ce qui a été décidé
explain-advice = Conseil
explain-source = source : { $source }
outcome-raised = annoncée
outcome-held = retenue
outcome-muted = non annoncé : mis en sourdine
outcome-early = pas encore annoncé : trop tôt
outcome-already-told = déjà annoncée
outcome-withdrawn = levée
outcome-over = terminée
outcome-below = sous la limite
outcome-no-data = rien de connu
decision-reason-new = nouvel épisode
decision-reason-worse = aggravation
decision-reason-reminder = cela dure
decision-reason-released = retenu jusque-là
watch-started = Écosanté suit { $count ->
    [one] { $count } lieu
   *[other] { $count } lieux
}. Ctrl-C pour arrêter.
watch-next = Prochaine question { $next }.
watch-stopped = Arrêté. Tout est enregistré.
advice-none = Aucun conseil pour cette situation.
advice-why = parce que : { $reasons }
advice-shown = { $id } – { $shown ->
    [yes] montré pour la dernière fois { $when }
   *[no] pas encore montré
}
advice-not-useful = noté comme inutile : il passe en dernier
advice-marked-done = C’est noté : il n’est plus donné aujourd’hui.
advice-marked-useful = C’est noté comme utile.
advice-marked-not-useful = C’est noté : il passe en dernier pendant 90 jours.
named = { $name } : { $text }
error-not-a-point = « { $query } » n’est pas un point du globe : donnez une latitude de -90 à 90 et une longitude de -180 à 180, par exemple 45.764,4.836.
error-several-places = Plusieurs lieux enregistrés correspondent à « { $query } » : choisissez par le numéro, parmi { $candidates }.
evidence = { $publisher }, « { $title } »{ $year }, { $url }
error-output = La réponse n’a pas pu être écrite ({ $why }) : libérez de la place ou choisissez une autre sortie.

# Errors, where there is a window and no command to type.
window-error-store-newer = Le fichier { $path }, laissé intact, vient d’une version plus récente d’Écosanté : installez-la.
window-error-store-set-aside = Le fichier { $path } était abîmé et est gardé sous { $kept } : réessayez pour en commencer un nouveau.
window-error-store-damaged = Le fichier { $path } est abîmé et n’a pas pu être mis de côté : renommez-le, puis réessayez.
window-error-store-not-writable = Impossible d’écrire dans { $path } ({ $why }) : rendez ce dossier accessible en écriture, puis réessayez.
error-store-being-set-aside = Le fichier de données est abîmé, on le met de côté : un instant.
error-halted = Écosanté a rencontré une erreur qui lui est propre : signalez-la, puis réessayez.
window-error-store-unreadable = Le fichier de données n’a pas pu être lu ({ $why }) : signalez-le, puis réessayez.
window-error-no-such-place = Ce lieu n’est plus enregistré.
window-error-no-such-person = Cette personne n’est plus connue.
window-error-no-such-alert = Cette alerte n’existe plus.
window-error-unknown-place = Aucun lieu ne s’appelle « { $query } » : essayez un autre nom, un code postal, ou une latitude et une longitude.
window-error-ambiguous-place = Plusieurs lieux s’appellent « { $query } » : choisissez dans la liste.
error-too-soon = Les sources viennent d’être interrogées : réessayez dans { $seconds } s.
error-no-folder = Le dossier de l’utilisateur est introuvable : les données n’ont pas de place où rester.
error-notification = Le système n’a pas montré la notification ({ $why }).
test-notification-title = Écosanté vous préviendra ainsi
test-notification-body = Les notifications fonctionnent. Vous n’en recevrez que pour ce qui compte pour vous.

# Ce qui est annoncé, et ce qui le serait.
cli-explain-day = Le jour, par exemple 2026-09-08 (sinon aujourd’hui)
cli-rate = Dit si une alerte a été utile ; cela reste sur cet appareil
cli-rate-mark = useful (utile) ou not-useful (pas utile)
cli-mute = Met en sourdine ce qui est annoncé d’un indice ; le niveau le plus grave est annoncé quand même
cli-mute-during = Pour combien de temps : day (aujourd’hui), week (une semaine) ou season (la saison)
cli-mute-off = Lève la sourdine
cli-rehearse = Ce que chaque limite d’un indice aurait annoncé ces derniers jours
cli-rehearse-level = Cette limite seulement
cli-replay = Ce que les limites d’aujourd’hui auraient annoncé par le passé, par mois et par personne
cli-replay-days = Sur combien de jours en arrière (sinon 365)
error-day = « { $given } » n’est pas une date : donnez-en une comme 2026-09-08.
error-limit = « { $given } » ne peut pas être la limite : choisissez parmi { $allowed }.
alert-rated = Merci. Cela reste sur cet appareil.
muted = { $muted ->
    [yes] { $metric } : en sourdine pour { $who }, jusqu’à { $until }.
   *[no] { $metric } : plus en sourdine pour { $who }.
}
rehearsed-limit = { $value } : { $sentence }
replay-title = Ce que les limites d’aujourd’hui auraient annoncé
replay-month = Mois
replay-caption = Alertes par mois et par personne
replay-summary = { $count ->
    [0] Ces { $days } derniers jours, rien.
    [one] Ces { $days } derniers jours, { $count } alerte, et { $again } fois de plus parce qu’elle s’aggravait ou durait.
   *[other] Ces { $days } derniers jours, { $count } alertes, et { $again } fois de plus parce que l’une s’aggravait ou durait.
}
