# Le carnet de symptômes.

sign-nose = nez
sign-eyes = yeux
sign-breathing = respiration
sign-skin = peau
sign-fatigue = fatigue
diary-score-not-noted = non noté
diary-score-0 = 0 – aucun
diary-score-1 = 1 – léger
diary-score-2 = 2 – modéré
diary-score-3 = 3 – fort
diary-treatment = traitement pris
diary-treatment-taken = traitement pris
diary-treatment-not-taken = pas de traitement
diary-yes = oui
diary-no = non
diary-who = Pour qui ?
diary-day = Quel jour ?
diary-noted = Noté pour { $day } : { $what }.
diary-cleared = Plus rien n’est noté pour { $day }.
diary-not-noted = Rien n’était noté pour { $day }.
diary-scale = Chaque signe est noté de 0 à 3 (aucun, léger, modéré, fort). La somme est celle des signes notés ce jour-là ; « – » veut dire non noté ou inconnu.
diary-levels = Les niveaux sont ceux publiés pour le lieu, avec leur numéro sur leur échelle : pas ce que la personne a respiré.
diary-what-it-is = Écosanté met des indices publics de l’environnement à côté de ce qu’une personne note. Ce n’est pas un dispositif médical et il ne pose aucun diagnostic. Ces notes restent sur cet appareil.
diary-together = Signes et indices
diary-association = { $named ->
    [yes] Dans les données de { $who } : les { $days } jours où l’indice « { $metric } » était à { $level } ou plus, la somme des signes était de { $mean } en moyenne
   *[no] Dans vos données : les { $days } jours où l’indice « { $metric } » était à { $level } ou plus, la somme de vos signes était de { $mean } en moyenne
} ; les { $others } autres jours, de { $other-mean }.
diary-treated = Un traitement a été pris { $days } de ces jours-là et { $others } des autres.
diary-rise = { $named ->
    [yes] Dans les données de { $who }, les signes augmentent nettement à partir de { $level } pour « { $metric } »
   *[no] Dans vos données, vos signes augmentent nettement à partir de { $level } pour « { $metric } »
} : { $mean } en moyenne sur { $days } jours, contre { $other-mean } sur les { $others } jours en dessous. Vous pouvez y placer la limite ; rien n’a été changé. Un traitement a été pris { $treated } des jours à ce niveau.
diary-no-diagnosis = Ce n’est pas un diagnostic ; autre chose peut l’expliquer.
diary-nothing-stands-out = Rien ne ressort pour l’instant. Rien n’est dit d’un indice avant { $fewest } jours notés à la limite ou au-dessus et { $fewest } en dessous, ni quand la différence est petite.
diary-days = Les jours
diary-period = Du { $first } au { $last } : { $noted ->
    [one] { $noted } jour noté
   *[other] { $noted } jours notés
} sur { $days }.
diary-published = Niveaux publiés par { $sources }, pour { $places } ; « ≈ » marque une estimation.
diary-caption = Signes et indices, jour par jour
diary-column-day = jour
diary-column-sum = somme
diary-column-treatment = traitement
diary-level = { $label } ({ $level })
error-diary-key = Il n’y a pas de signe « { $key } » : choisissez parmi { $allowed }.
error-diary-value = « { $value } » ne convient pas à { $key } : choisissez parmi { $allowed }.
error-diary-no-date = « { $given } » n’est pas un jour : écrivez par exemple 2026-09-08.
error-diary-future = { $day } n’est pas encore venu : choisissez aujourd’hui ou un jour passé.
error-diary-entry = « { $entry } » n’est pas de la forme SIGNE=0–3, comme nose=2.
