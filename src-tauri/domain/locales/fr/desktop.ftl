# Ce que l’application dit sur un ordinateur hors de sa fenêtre : l’icône de la barre, et continuer sans fenêtre.

glance-no-place = Aucun lieu pour l’instant.
glance-nobody = Vos lieux ne concernent encore personne.
glance-calm = { $count ->
    [one] Rien n’atteint de limite aujourd’hui dans votre lieu.
   *[other] Rien n’atteint de limite aujourd’hui dans vos { $count } lieux.
}
tray-starting = Un instant…
tray-open = Ouvrir Écosanté
tray-check = Vérifier maintenant
tray-quiet = Du calme jusqu’à demain matin
tray-quit = Quitter Écosanté
quiet-until = Du calme jusqu’à { $until } ; la vigilance rouge et le niveau d’alerte de la pollution sont annoncés quand même.

background-title = Écosanté continue de veiller
background-tray = Son icône reste dans la barre : un clic ouvre la fenêtre, et « Quitter Écosanté » arrête tout.
background-no-tray = Relancez Écosanté pour ouvrir sa fenêtre. Pour l’arrêter, faites-y Ctrl+Q.
background-settings = Les réglages disent ce que fait la fermeture de la fenêtre.
error-desktop-not-kept = Votre système refuse ce réglage : rien n’a changé.
