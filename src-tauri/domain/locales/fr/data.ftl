# Les données de la personne entre ses mains : ce qui a été envoyé, export, import, tout effacer.

sent-summary = { $count ->
    [0] Ces { $days } derniers jours, rien n’a été envoyé.
    [one] Ces { $days } derniers jours, une demande a quitté cet appareil, vers un serveur.
   *[other] Ces { $days } derniers jours, { $count } demandes ont quitté cet appareil, vers { $servers ->
        [one] un serveur
       *[other] { $servers } serveurs
    }.
}
sent-always = Chacune dit aussi quelle version de l’application demande, et rend la marque de la dernière réponse du serveur. Comme tous ceux qu’on interroge sur Internet, il voit l’adresse de votre connexion.
sent-never = Aucun nom, aucun profil, aucun identifiant n’est jamais envoyé. Cette liste reste sur cet appareil, 30 jours.
sent-to = { $operator } – { $host }
sent-count = { $count ->
    [one] Une demande, { $last }.
   *[other] { $count } demandes, la dernière { $last }.
} { $failed ->
    [0] Toutes ont eu une réponse, pour ce qu’on en sait.
    [one] Une est restée sans réponse utile.
   *[other] { $failed } sont restées sans réponse utile.
}
sent-through = Ce serveur transmet ce que d’autres publient. Le tableau dit à qui chaque demande s’adressait.
sent-caption = Ce qui a été envoyé à { $host }
sent-column-purpose = Pour quoi
sent-column-what = Ce qu’elle contenait
sent-column-producer = Pour qui
sent-column-count = Demandes
sent-column-last = Dernière
sent-nothing = Rien sur vous ni sur vos lieux
sent-part-zones = codes de communes ou de groupements { $values }
sent-part-communes = { $count ->
    [one] commune { $values }
   *[other] communes { $values }
}
sent-part-domains = { $count ->
    [one] département ou côte { $values }
   *[other] départements ou côtes { $values }
}
sent-part-cells = { $count ->
    [one] point arrondi à 0,1° : { $values }
   *[other] points arrondis à 0,1° : { $values }
}
sent-part-area = carré autour d’un point arrondi : { $values }
sent-part-point = point arrondi à 0,001° : { $values }
sent-part-words = mots « { $values } »
sent-part-language = langue { $values }
sent-part-own-key = votre propre clé
sent-purpose-air-index = Indice ATMO
sent-purpose-air-history = Indice ATMO des jours passés
sent-purpose-pollen = Indice pollen
sent-purpose-episodes = Épisodes de pollution
sent-purpose-air-by-the-hour = Air et pollens, heure par heure
sent-purpose-weather = UV et température ressentie
sent-purpose-vigilance = Vigilance météo
sent-purpose-water = Eau du robinet
sent-purpose-radon = Radon
sent-purpose-where-commune = Où se trouve une commune
sent-purpose-commune-of-point = Dans quelle commune se trouve un point
sent-purpose-time-zone = Fuseau horaire d’un point
sent-purpose-place-search = Recherche d’un lieu
sent-purpose-address-search = Recherche d’une adresse
sent-purpose-relay = Ce qu’un relais a des sources
sent-host-data-atmo-france-org = Atmo France
sent-host-air-quality-api-open-meteo-com = Open-Meteo, air
sent-host-geocoding-api-open-meteo-com = Open-Meteo, lieux
sent-host-geo-api-gouv-fr = Communes de France
sent-host-api-open-meteo-com = Open-Meteo, météo
sent-host-public-opendatasoft-com = Opendatasoft
sent-host-files-data-gouv-fr = data.gouv.fr, fichiers
sent-host-public-api-meteofrance-fr = Météo-France
sent-host-hubeau-eaufrance-fr = Hub’Eau
sent-host-www-georisques-gouv-fr = Géorisques
sent-host-data-geopf-fr = Géoplateforme de l’IGN
sent-host-relay = Votre relais

## Exporter, importer, tout effacer

data-saved = Enregistré sous { $path }
data-imported = Repris : { $parts }. Ce qui était déjà ici est resté.
data-imported-nothing = Tout ce que contient ce fichier était déjà ici.
data-imported-gateway = Les demandes passent maintenant par la passerelle { $gateway }, comme là-bas.
data-imported-relay = Le relais { $relay } est maintenant interrogé avant les sources, comme là-bas.
data-places = { $count ->
    [one] { $count } lieu
   *[other] { $count } lieux
}
data-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
data-readings = { $count ->
    [one] { $count } valeur publiée
   *[other] { $count } valeurs publiées
}
data-alerts = { $count ->
    [one] { $count } alerte
   *[other] { $count } alertes
}
data-diary = { $count ->
    [one] { $count } jour du journal
   *[other] { $count } jours du journal
}
data-settings = { $count ->
    [one] { $count } réglage
   *[other] { $count } réglages
}
data-rest = avis, décisions et envois
data-erased = Tout est effacé. Écosanté repart de zéro.
data-erased-key = Le trousseau du système n’a pas laissé retirer votre clé de Météo-France : retirez-la dans le trousseau.
data-erased-set-aside = Des fichiers abîmés, mis de côté plus tôt, sont encore là, à effacer par vous : { $files }.
error-export = Le fichier { $path } n’a pas pu être écrit ({ $why }) : choisissez un autre dossier, ou libérez de la place.
error-export-exists = { $path } existe déjà : choisissez un autre nom, rien n’est jamais remplacé.
error-no-downloads = Le dossier des téléchargements est introuvable : utilisez « ecosante export --out FICHIER » dans le terminal.
error-import-foreign = Ce n’est pas un fichier exporté par Écosanté : choisissez celui qu’a écrit « exporter en JSON ». Rien n’a été changé.
error-import-newer = Ce fichier vient d’une version plus récente d’Écosanté : installez-la d’abord ici. Rien n’a été changé.
error-import-damaged = Ce fichier est abîmé ou incomplet (ligne { $line }) : exportez-le à nouveau. Rien n’a été changé.
error-import-unreadable = Le fichier { $path } n’a pas pu être lu ({ $why }).
error-busy-elsewhere = Les sources sont en train d’être interrogées : réessayez dans une minute. Rien n’a été changé.
error-erase-unsure = Cela efface tout, définitivement : ajoutez --yes si c’est ce que vous voulez.
error-export-out = Le CSV tient en plusieurs fichiers : dites dans quel nouveau dossier avec --out DOSSIER.
cli-export = Écrit toutes vos données dans un fichier à garder, à lire et à emporter
cli-export-format = json, un seul fichier qu’« import » reprend, ou csv, un dossier de tableaux
cli-export-out = Le nouveau fichier, pour csv le nouveau dossier ; - est la sortie standard
cli-import = Reprend ce qui a été exporté, dans un dossier vide ou déjà rempli
cli-import-file = Le fichier ; - est l’entrée standard
cli-erase = Efface tout, définitivement
cli-erase-yes = Oui, tout
cli-sent = Montre ce qui a été envoyé, et à qui
cli-sent-days = Sur combien de jours (30 par défaut, c’est tout ce qui est gardé)
