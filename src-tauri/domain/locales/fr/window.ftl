# What the window shows besides what comes to it in words.

app-name = Écosanté
skip = Aller au contenu
nav = Écrans
nav-today = Aujourd’hui
nav-alerts = Alertes
nav-people = Personnes
nav-settings = Réglages
alert-title = Alerte
stopped = Vos lieux ne peuvent pas s’afficher pour l’instant.
pending = Un instant…
try-again = Réessayer
went-wrong = Quelque chose n’a pas fonctionné. Veuillez réessayer.
save = Enregistrer
cancel = Annuler
now = maintenant
estimate = estimation
opens-in-browser = (s’ouvre dans le navigateur)

## A level and what it is worth

level-of = { $level } sur { $levels }
for-target = pour { $target }
kind-official = officiel
kind-forecast = prévision
kind-observed = mesure
kind-estimated = notre estimation
missing-not-published = Pas encore publié
missing-source-failed = Pas de donnée
missing-not-covered = Non couvert ici
parts = De quoi il se compose
tile-more = Les 30 derniers jours

## Today

places = Lieux
tab-above = atteint une limite aujourd’hui
nobody-here = Ce lieu ne concerne encore personne. Vous pouvez changer cela dans « Personnes ».
you-name = vous
what-to-do = Que faire
ahead-title = Les jours suivants
why-none-reached = Rien de ce qui est connu n’atteint une limite.
advice-source = Source :
done = C’est fait
useful = Utile
marked-done = C’est noté : plus donné aujourd’hui.
marked-useful = Noté comme utile.
why-you = Pourquoi vous
why-name = Pourquoi { $name }
not-known = Ce que nous ne savons pas
show-day-of = Voir la journée : { $name }
show-my-day = Voir ma journée
hours-yours = Heure par heure
hours-of = Heure par heure pour { $name }
band-hours-of = Heures : { $day }
band-level = { $metric } : { $label }, { $level } sur { $levels }
band-event = { $metric } : { $label }
band-highest = maximum du jour
band-matters = atteint une limite d’alerte
band-unknown = inconnu
band-night = nuit
band-not-known = inconnu : { $what }
band-episodes = Alertes de ce jour
band-table = Voir en tableau
table-hour = Heure
table-metric = Indice
table-level = Niveau
indices-of = Indices, { $day }
indices-none = On ne sait encore rien pour ce jour.
slow-title = Ce qui change rarement
refresh = Vérifier maintenant
refresh-running = Les sources sont interrogées…
asking = { $source } est interrogé…
new-alerts = { $count ->
    [one] { $count } nouvelle alerte.
   *[other] { $count } nouvelles alertes.
}
sources = Sources
sources-troubled = { $count } en difficulté
no-place-title = Aucun lieu pour l’instant
no-place-text = Choisissez un lieu : son air, ses pollens et ses UV s’affichent ici.
no-place-action = Choisir un lieu

## Alerts

alerts-empty = Aucune alerte jusqu’ici.
alerts-none-why = Vous en recevez une quand un indice atteint votre limite, aujourd’hui ou demain, tant qu’Écosanté fonctionne.
alerts-none-action = Voir les personnes et leurs lieux
alerts-standing = En cours ou à venir
alert-meta = Pour { $who } · signalée { $raised }
back-to-alerts = Toutes les alertes
alert-why = Pourquoi cette alerte
alert-limit = Source de la limite :
alert-limit-own = Limite choisie par Écosanté. Elle s’appuie sur :
alert-readings = Les valeurs
alert-readings-none = Ces valeurs ne sont plus conservées.
alert-decisions = Ce qui s’est passé
alert-useful = Cette alerte a-t-elle été utile ?
alert-useful-yes = Utile
alert-useful-no = Pas utile
alert-noted = C’est noté, et cela reste sur cet appareil.
alert-mute = En entendre moins parler
alert-why-day = Pourquoi ce jour, et ce qui n’a pas été signalé
why-or-not = Pourquoi, ou pourquoi pas ?
why-heading = Pourquoi, et pourquoi pas
why-before = La veille
why-after = Le lendemain
why-days = Autres jours

## An index

index-at = { $index } – { $place }
index-list = Indices de ce lieu
days-title = Les 30 derniers jours
period = Période
period-day = Jour
period-week = Semaine
period-month = Mois
period-year = Année
days-none = Rien n’est encore conservé pour cet indice.
day-alert = Alerte pour { $who }
day-unknown = Rien de conservé
table-day = Jour
table-published = Publication
scale-title = Comment le lire
limit-here = { $who } : { $limit }
limit-none = Pas d’alerte pour { $who }.
limits-change = Changer les limites
published-by = Publié par

## The past

history-title = Historique
history-open = Regarder plus loin en arrière
history-place = Lieu
history-index = Indice
history-with = Comparer avec
history-alone = rien
history-years = 5 ans
history-earlier = Avant
history-later = Après
history-keys = Dans un graphique : les flèches choisissent, Page préc. et Page suiv. changent de période, + et − zooment, Début et Fin vont aux bouts.
history-save = Enregistrer ce graphique
history-svg = Image (SVG)
history-png = Image (PNG)
history-csv = Données (CSV)
history-json = Données (JSON)

## Places

place-label = Chercher un lieu
place-hint = Une commune ou un code postal. En France, rien ne quitte cet appareil pendant que vous écrivez.
place-suggestions = Lieux trouvés
place-further = Chercher hors de France
place-further-hint = Vos mots sont alors envoyés à Open-Meteo, une adresse (avec un numéro) d’abord à data.geopf.fr. La position arrondie du lieu que vous choisissez ensuite va une fois à geo.api.gouv.fr, pour voir si une commune française s’y trouve.
place-looking = Un instant…
place-none-near = Aucun lieu trouvé en France.
place-none = Aucun lieu trouvé pour « { $query } ». Vérifiez l’orthographe, ou essayez une ville plus grande à côté.
place-found = { $count ->
    [one] { $count } lieu trouvé. Choisissez avec les flèches du clavier.
   *[other] { $count } lieux trouvés. Choisissez avec les flèches du clavier.
}
place-now-saved = { $name } est ajouté.
place-saved-before = { $name } est déjà dans votre liste.
place-gone = { $name } est retiré.
place-remove = Retirer
place-remove-sure = Retirer ce lieu ?
place-remove-yes = Oui, retirer
place-remove-no = Garder

## People

people-title = Lieux et personnes
people = Personnes
person-add = Ajouter quelqu’un
person-edit = Modifier
person-begin = Répondre aux questions
person-nothing = rien de particulier
person-saved = Enregistré pour { $name }.
you-saved = Enregistré.
form-you = À propos de vous
form-known = Réponses : { $name }
form-new = Quelqu’un d’autre
person-limits = Limites
person-remove = Retirer
person-remove-sure = Retirer cette personne ? Ses alertes restent dans la liste.
person-gone = { $name } ne figure plus dans la liste.
limits-of = Limites pour { $name }
limits-yours = Vos limites
limits-hint = Une alerte vient dès qu’un indice atteint sa limite, aujourd’hui ou demain. Plus à droite, elle vient plus tard ou jamais.
limits-never = { $count ->
    [one] { $count } pollen jamais signalé
   *[other] { $count } pollens jamais signalés
}
limits-air = Air et pollution
limits-pollen = Pollens
limits-sun = Soleil
limits-weather = Météo dangereuse
limits-together = Dangers réunis
limits-episodes = { $count ->
    [one] { $count } épisode de pollution
   *[other] { $count } épisodes de pollution
}
limits-dangers = { $count ->
    [one] { $count } danger
   *[other] { $count } dangers
}
limits-combined = { $count ->
    [one] { $count } fois deux dangers réunis
   *[other] { $count } fois deux dangers réunis
}
limits-own = { $count ->
    [one] { $count } choisi par vous
   *[other] { $count } choisis par vous
}
limits-muted = { $count } en sourdine
limits-saved = Limites enregistrées.
limit-usual = La limite habituelle : { $usual }.
limit-source = Source de la limite habituelle :
limit-source-own = La limite habituelle est un choix d’Écosanté. Elle s’appuie sur :
limit-back = Revenir à la limite habituelle
mute = Mettre en sourdine
mute-hint = En sourdine, rien n’est annoncé, sauf une vigilance rouge ou le niveau d’alerte d’une pollution.
mute-day = Sourdine aujourd’hui
mute-week = Sourdine pour 7 jours
mute-season = Sourdine pour la saison
mute-off = Enlever la sourdine
mute-done = En sourdine.
mute-undone = La sourdine est enlevée.
form-more = Plus, sur la vie de tous les jours
name-label = Prénom ou surnom
name-hint = Il apparaît dans les alertes, et reste sur cet appareil.
name-missing = Veuillez indiquer un nom.
name-taken = Quelqu’un porte déjà ce nom. Veuillez en choisir un autre.
ask-age = Quel âge a cette personne ?
ask-age-you = Quel âge avez-vous ?
ask-age-hint = Avant 6 ans et dès 65 ans, les alertes commencent à l’air « Dégradé », au niveau d’information de la pollution et à la vigilance jaune canicule. Avant 18 ans, celles sur les UV à l’indice 3.
age-unsaid = Sans précision
age-under1 = Moins d’un an
age-under6 = 1 à 5 ans
age-child = 6 à 17 ans
age-adult = 18 à 64 ans
age-over65 = 65 ans et plus
ask-conditions = Plus sensible à cause de…
ask-conditions-hint = Les alertes commencent à l’air « Dégradé », au niveau d’information de la pollution et à la vigilance jaune canicule. Poumons ou cœur : aussi à la vigilance jaune grand froid. Asthme : les orages dans les pollens de graminées sont signalés aussi.
condition-asthma = Asthme
condition-copd = Bronchite chronique ou BPCO
condition-heart = Maladie du cœur
condition-diabetes = Diabète
condition-immune = Défenses immunitaires affaiblies
condition-other = Une autre maladie durable
condition-pregnant = Grossesse
ask-allergies = Une allergie aux pollens ?
ask-allergies-hint = Les alertes sur les pollens ne viennent que pour ce qui est choisi : dès le niveau 3, l’ambroisie dès 2, et avec un mauvais air. Graminées, ou sans savoir : les orages dans leurs pollens sont signalés aussi.
allergy-alder = Aulne
allergy-birch = Bouleau
allergy-olive = Olivier
allergy-grass = Graminées
allergy-mugwort = Armoise
allergy-ragweed = Ambroisie
allergy-unknown = Oui, sans savoir à quoi
allergic-alder = pollens d’aulne
allergic-birch = pollens de bouleau
allergic-olive = pollens d’olivier
allergic-grass = pollens de graminées
allergic-mugwort = pollens d’armoise
allergic-ragweed = pollens d’ambroisie
allergic-unknown = allergie aux pollens
ask-sun = Au soleil
ask-sun-hint = Les alertes sur les UV commencent à l’indice 3 au lieu de 6. Travail dehors : canicule et grand froid commencent au jaune aussi.
skin-sensitive = Peau qui brûle facilement
ask-situation = Chez soi
ask-situation-hint = Les alertes de canicule et de grand froid commencent au jaune.
situation-isolated = Vie seule ou isolée
ask-activities = Activités fréquentes
ask-activities-hint = Sport : les alertes de canicule commencent au jaune. Le reste choisit les conseils et ne change aucune alerte.
ask-advice-hint = Choisit les conseils ; ne change aucune alerte.
activity-sport = Sport
activity-gardening = Jardinage
activity-diy = Bricolage
activity-cleaning = Ménage
activity-outdoor-work = Travail dehors
ask-treatment = Médicaments
ask-treatment-hint = Choisit les conseils ; ne change aucune alerte. Le nom du médicament n’est jamais demandé.
treatment-regular = Prend un médicament régulièrement
treatment-photosensitising = En prend un qui rend la peau sensible au soleil
ask-smoking = Tabac
smoking-yes = Fume
ask-transport = Déplacements
transport-bike = Vélo
transport-transit = Transports en commun
transport-car = Voiture
ask-home = Dehors, chez soi
home-garden = Jardin
home-balcony = Balcon
ask-heating = Chauffage de la maison
heating-wood = Cheminée ou poêle à bois
ask-places = Quels lieux ?
ask-places-hint = Les alertes ne viennent que pour ces lieux. Si rien n’est choisi, tous comptent.

## Notifications

notifications = Notifications
test-title = Essayer une notification
test-hint = Votre système peut demander si Écosanté a le droit de vous prévenir.
test-button = Envoyer un essai
test-sent = Essai envoyé. Si rien n’apparaît, regardez les réglages de notification de votre système.
allow-title = Autoriser les notifications
allow-hint = Sans elles, rien ne peut vous prévenir. Votre téléphone vous le demande une seule fois.
allow-button = Autoriser les notifications
allow-denied = Les notifications ne sont pas autorisées : aucune alerte ne peut vous parvenir. Vous pouvez les autoriser dans les réglages de votre téléphone, à Écosanté.
quiet-title = Heures calmes
quiet-hint = Une alerte signalée pendant ces heures arrive quand elles se terminent.
quiet-toggle = Du calme la nuit
quiet-from = De
quiet-to = À
quiet-set = Heures calmes de { $from } à { $to }.
quiet-off = Les alertes peuvent venir à toute heure.
quiet-wrong = Veuillez indiquer deux heures différentes, par exemple 22:00 et 07:00.
lead-title = Combien de temps à l’avance
lead-hint = Quand vient une alerte sur un jour à venir. Une vigilance rouge et le niveau d’alerte d’une pollution viennent aussitôt.
lead-known = Dès qu’elle est connue
lead-evening = La veille au soir, dès 18:00
lead-day = Le jour même, dès 7:00
summary-title = Résumé du jour
summary-hint = Une notification pour tout le monde, même quand rien n’atteint une limite.
summary-never = Jamais
summary-morning = Le matin, à 7:00
summary-evening = Le soir, à 19:00
summary-both = Les deux

## Settings

language-title = Langue
as-system = Comme le système
theme-title = Apparence
theme-light = Claire
theme-dark = Sombre
desktop-title = Sur cet ordinateur
closing-title = À la fermeture de la fenêtre
closing-tray = Son icône reste dans la barre : elle montre le pire de vos lieux, ouvre la fenêtre et arrête Écosanté.
closing-no-tray = Ce bureau n’en montre pas l’icône. Pour rouvrir la fenêtre, relancez Écosanté. Pour l’arrêter, faites Ctrl+Q dans la fenêtre.
closing-go-on = Continuer en arrière-plan
closing-end = Arrêter Écosanté
login-title = Démarrer tout seul
login-hint = Il veille alors dès le début, sans fenêtre.
login-start = Démarrer Écosanté à l’ouverture de la session
keys-title = Raccourcis clavier
keys-hint = Les lettres seules ne comptent jamais pendant que vous écrivez.
keys-single = Les lettres et chiffres seuls sont des raccourcis
keys-list = Voir les raccourcis
keys-screens = Les écrans, dans l’ordre de la barre
keys-search = Chercher un lieu
keys-arrows = Passer d’une heure, d’un lieu ou d’un choix à l’autre
keys-close = Fermer la fenêtre
keys-quit = Arrêter Écosanté
keys-done = Fermer
data-title = Vos données
data-text = Tout reste dans ce dossier, sur votre appareil.
holding-export = Garder une copie, ou l’emporter
holding-export-hint = Lieux, personnes, limites, journal, alertes et tout ce qui a été publié, dans votre dossier de téléchargements. Qui a la copie peut la lire. Votre clé de Météo-France n’y est pas.
holding-json = Tout exporter
holding-csv = Exporter en tableaux (CSV)
holding-show = Montrer dans son dossier
holding-import = Reprendre une copie
holding-import-hint = Un fichier nommé ecosante-….json, d’ici ou d’un autre appareil. Ce qui est ici reste, ce qui manque s’ajoute, et ce qui a été annoncé ne l’est pas à nouveau.
holding-importing = Reprise en cours…
holding-erase = Tout effacer
holding-erase-hint = Lieux, personnes, journal, alertes et tout ce qui a été publié, sur cet appareil. Les copies que vous avez exportées restent où elles sont.
holding-erase-button = Tout effacer…
holding-sure = C’est définitif. Tout effacer maintenant ?
holding-sure-yes = Oui, tout effacer
holding-sure-no = Tout garder
holding-begin = Repartir de zéro
feedback-title = Dire ce que vous en pensez
feedback-hint = Rien n’est joint, ni vos données ni ce qui n’a pas marché : vous écrivez ce que vous voulez.
feedback-go = Écrire à celles et ceux qui font Écosanté
retention-title = Durée de conservation
retention-hint = Ce qui a été publié avant est supprimé, avec l’explication des jours sans alerte. Vos lieux, vos personnes, vos alertes et votre journal restent.
retention-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
retention-always = Toujours
mf-key-title = Votre clé Météo-France
mf-key-hint = Avec votre propre clé, gratuite sur portail-api.meteofrance.fr, les crues et la vigilance sont connues plus tôt. Elle est gardée dans le trousseau de votre système et n’est envoyée qu’à Météo-France.
mf-key-label = Clé
mf-key-kept = Une clé est gardée. Elle n’est plus montrée.
mf-key-save = Garder la clé
mf-key-remove = Retirer la clé
relay-title = Relais
relay-hint = L’adresse d’un serveur interrogé avant les sources, pour ce qu’il a d’elles. Qui le tient apprend quelles communes vous suivez et quand, rien d’autre.
version = Écosanté { $version }
diary-title = Carnet de symptômes
diary-report = Compte rendu pour le médecin
impact-title = Mon bilan
sent-title = Ce qui a été envoyé
print = Imprimer
credits-title = Sources et licences

## First run

step = Étape { $number } sur { $count }
step-on = Continuer
step-back = Retour
step-done = Voir aujourd’hui
where-title = Où respirez-vous ?
where-text = Maison, travail, école : choisissez un ou plusieurs lieux.
where-copy = J’ai une copie venue d’un autre appareil
who-title = Pour qui ?
who-text = Les alertes s’adaptent à chacun. Vos réponses restent sur cet appareil.
who-just-me = Juste moi, rien de particulier
who-just-me-text = Les alertes viennent aux niveaux prévus pour tout le monde.
who-more = Une sensibilité, ou quelqu’un d’autre
who-more-text = Asthme, allergie, grossesse, un enfant, un parent : les alertes s’adaptent.
tell-title = Comment vous prévenir ?
tell-text = Une notification arrive quand un indice atteint votre limite, tant qu’Écosanté fonctionne.
