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
