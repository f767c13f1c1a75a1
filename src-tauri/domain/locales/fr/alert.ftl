# Alertes et notifications.

headline-atmo-2021-1 = air bon
headline-atmo-2021-2 = air moyen
headline-atmo-2021-3 = air dégradé
headline-atmo-2021-4 = air mauvais
headline-atmo-2021-5 = air très mauvais
headline-atmo-2021-6 = air extrêmement mauvais
headline-atmo-2021-7 = pollution exceptionnelle de l’air
headline-eaqi-2024-1 = air bon
headline-eaqi-2024-2 = air moyen
headline-eaqi-2024-3 = air dégradé
headline-eaqi-2024-4 = air mauvais
headline-eaqi-2024-5 = air très mauvais
headline-eaqi-2024-6 = air extrêmement mauvais
headline-pollen = { $metric }, niveau { $label }
headline-uv = UV { $label }, indice { $index }
headline-other = { $metric } : { $label }
headline-combined-heat-ozone = chaleur avec ozone, vigilance { $label }
headline-combined-storm-grass = orages avec pollens de graminées, vigilance { $label }
headline-combined-pollen-air = pollens (niveau { $label }) dans un air pollué

title = { $place } : { $headline }
title-worse = { $place } : { $headline } (aggravation)
title-reminder = { $place } : { $headline } (cela dure)
title-several = { $subject ->
    [air] Air
    [pollen] Pollens
    [uv] UV
   *[several] Plusieurs alertes
} : { $places }
title-withdrawn = Alerte levée : { $places }

when-days = { $first } – { $last }
when-hours = { $day }, de { $from } à { $to }
what = { $peaks ->
    [yes] { $when } : jusqu’à { $level } { $peak }.
   *[no] { $when } : { $level }.
}
level = { $scale } { $label } ({ $level } sur { $levels }{ $basis ->
    [estimated] , estimation
    [foretold] , prévision d’hier
   *[published] {""}
})
level-event = { $scale } : { $label }{ $basis ->
    [estimated] {" "}(estimation)
    [foretold] {" "}(prévision d’hier)
   *[published] {""}
}
level-uv = { $scale } { $index } ({ $label }{ $basis ->
    [estimated] , estimation
    [foretold] , prévision d’hier
   *[published] {""}
})
limit-uv = indice { $index }

you = vous
why = Pour { $who } : alerte dès « { $limit } » ({ $reasons }).
why-event = Pour { $who } : un évènement exceptionnel concerne tout le monde.
why-together = Pour { $who } : annoncé quand les deux arrivent ensemble ({ $reasons }).
reason-everyone = limite pour tout le monde
reason-asthma = asthme
reason-copd = bronchite chronique ou BPCO
reason-heart = maladie du cœur
reason-diabetes = diabète
reason-immune = défenses immunitaires affaiblies
reason-pregnant = grossesse
reason-under1 = moins d’un an
reason-under6 = moins de six ans
reason-child = enfant
reason-adult = adulte
reason-over65 = 65 ans ou plus
reason-allergy = allergie
reason-outdoor-work = travail dehors
reason-sport = sport
reason-isolated = vie isolée
reason-other = autre maladie
reason-sensitive-skin = peau sensible
reason-own-limit = limite choisie
reason-everyone-else = aucune sensibilité particulière
reason-gardening = jardinage
reason-diy = bricolage
reason-cleaning = ménage
reason-bike = trajets à vélo
reason-transit = transports en commun
reason-car = trajets en voiture
reason-wood = chauffage au bois
reason-garden = jardin
reason-balcony = balcon
reason-regular = traitement régulier
reason-photosensitising = traitement qui rend la peau sensible au soleil
reason-smoking = tabac
reason-winter = hiver
reason-spring = printemps
reason-summer = été
reason-autumn = automne
reason-level = niveau « { $label } »
reason-any-level = quel que soit le niveau

listed = { $place }, { $when } : { $headline }{ $basis ->
    [estimated] {" "}(estimation)
    [foretold] {" "}(prévision d’hier)
   *[published] {""}
}
listed-who = { $who } ({ $reasons })
listed-for = { $row } – { $who }
listed-more = { $count ->
    [one] et { $count } autre alerte
   *[other] et { $count } autres alertes
}
withdrawn = { $place }, { $when } : l’alerte « { $headline } » ne tient plus.

# Today, as the window answers it.
place-moment = { $date }, { $time }

# Où : une ville sous son nom, et un lieu tel que la personne l’appelle.
there = à { $name }
there-le = au { $rest }
there-les = aux { $rest }
there-own = à « { $name } »

# Ce qui atteint une limite, en quelques mots d’une phrase.
what-air-1 = l’air est bon
what-air-2 = l’air est moyen
what-air-3 = l’air est dégradé
what-air-4 = l’air est mauvais
what-air-5 = l’air est très mauvais
what-air-6 = l’air est extrêmement mauvais
what-air-7 = la pollution de l’air est exceptionnelle
what-pollen = { $metric } au niveau { $label }
what-uv = UV { $label } (indice { $index })
what-episode = épisode de pollution ({ $pollutant }, { $label })
what-vigilance = vigilance { $label } { $danger }
what-combined-heat-ozone = chaleur et ozone ensemble (vigilance { $label })
what-combined-storm-grass = orages et pollens de graminées (vigilance { $label })
what-combined-pollen-air = pollens (niveau { $label }) et air pollué

answer-until = jusqu’à { $time }
answer-what = { $worst ->
    [yes] au pire,{" "}
   *[no] {""}
}{ $basis ->
    [estimated] selon une estimation,{" "}
   *[published] {""}
}{ $what }
answer-lead = { $when }, { $lead } : { $what } { $there }.
answer-plain = { $when } : { $what } { $there }.
answer-also = Aussi : { $groups }.
answer-also-then = { $when }, { $what }
answer-also-between = {" ; "}
answer-below = { $named ->
    [yes] Pour { $who }, rien n’atteint les limites { $there } aujourd’hui.
   *[no] Rien n’atteint vos limites { $there } aujourd’hui.
}
answer-below-tomorrow = { $named ->
    [yes] Pour { $who }, rien n’atteint les limites { $there } aujourd’hui ni demain.
   *[no] Rien n’atteint vos limites { $there } aujourd’hui ni demain.
}
answer-partly = { $named ->
    [yes] Pour { $who }, rien n’atteint les limites { $there } dans ce qui est connu.
   *[no] Dans ce qui est connu, rien n’atteint vos limites { $there }.
}
answer-estimated = C’est une estimation.
answer-unknown = { $named ->
    [yes] Ce qui compte pour { $who } { $there } n’est pas connu aujourd’hui.
   *[no] Ce qui compte pour vous { $there } n’est pas connu aujourd’hui.
}
answer-first-time = Rien n’est encore connu { $there } : les sources vont être interrogées pour la première fois.
answer-nothing-watched = { $named ->
    [yes] Aucune limite n’est suivie pour { $who } { $there }.
   *[no] Aucune limite n’est suivie pour vous { $there }.
}

# Un jour après aujourd’hui, en quelques mots.
ahead-above = { $more ->
    [0] { $what }
    [one] { $what }, et { $more } autre limite est atteinte
   *[other] { $what }, et { $more } autres limites sont atteintes
}
ahead-below = rien n’atteint les limites
ahead-partly = rien n’atteint les limites dans ce qui est connu
ahead-unknown = pas encore connu

# Quand c’était vérifié.
checked = { $checked ->
    [yes] Vérifié { $when }. Prochaine vérification { $next }.
   *[no] Pas encore vérifié.
}
checked-phone = Le téléphone peut fermer Écosanté à tout moment : la suite vient quand vous l’ouvrez. { $count ->
    [0] D’ici là, rien de ce qui est connu n’est à annoncer.
    [one] D’ici là, { $count } notification est prévue.
   *[other] D’ici là, { $count } notifications sont prévues.
}
offline = Aucune source n’a répondu { $when } ({ $why }). Ce qui est connu reste affiché.
decided = { $when } : { $outcome }
alert-not-delivered = Aucune notification n’a pu s’afficher jusqu’ici.
sources-answered = Ont répondu : { $sources }.
sources-silent = Sans réponse : { $sources }. Ce qui est connu reste affiché.

# Les limites, telles qu’elles sont montrées et fixées.
limit-from = dès « { $limit } »
limit-from-index = dès l’{ $limit } ({ $label })
limit-together = quand les deux arrivent ensemble
limit-never = jamais
limit-never-air = jamais, même pour un évènement exceptionnel
limit-usual-everyone = La limite habituelle pour tout le monde.
limit-usual-for = La limite habituelle ({ $reasons }).
limit-usual-never = Habituellement réservé aux personnes qui y sont allergiques.
limit-usual-concerned = D’ordinaire annoncé seulement aux personnes concernées.
limit-muted = En sourdine jusqu’à { $until }.
limit-own = Vous avez choisi cette limite. L’habituelle : { $usual }.

# Une source qui se tait plus longtemps que d’habitude.
silence-title = { $sources } : rien de nouveau
silence-body = { $count ->
    [one] La source ne donne rien depuis { $since }.
   *[other] Ces sources ne donnent rien, la première depuis { $since }.
} Ce qui est affiché peut être ancien, et une alerte peut manquer.

# Le résumé du jour.
digest-morning = Ce matin
digest-evening = Ce soir
digest-line = { $named ->
    [yes] { $who } : { $sentence }
   *[no] { $sentence }
}
digest-more = { $count ->
    [one] et { $count } autre dans Écosanté
   *[other] et { $count } autres dans Écosanté
}

# Ce que des limites auraient annoncé par le passé.
rehearsed = { $stored ->
    [no] Rien n’est encore enregistré des { $days } derniers jours.
   *[yes] { $count ->
        [0] Ces { $days } derniers jours, aucune alerte.
        [one] Ces { $days } derniers jours, { $count } alerte : { $places }.
       *[other] Ces { $days } derniers jours, { $count } alertes : { $places }.
    }
}
rehearsed-place = { $place }, { $days }
rehearsed-between = {" ; "}

# Pourquoi quelqu’un a été alerté, ou ne l’a pas été.
why-title = { $place }, { $day } : pourquoi une alerte ou non ({ $who })
why-nothing = Rien n’a été examiné ce jour-là : Écosanté n’était pas ouvert, ou le lieu ou la personne n’y était pas encore.
why-summary = { $told ->
    [0] Rien n’a été annoncé ce jour-là.
    [one] Une chose a été annoncée ce jour-là.
   *[other] { $told } choses ont été annoncées ce jour-là.
} { $silent ->
    [0] {""}
    [one] Une autre limite a été examinée, sans alerte.
   *[other] { $silent } autres limites ont été examinées, sans alerte.
}
why-told = Annoncé
why-silent = Non annoncé
why-caption = { $what }, limite par limite
why-column-what = Quoi
why-column-known = Ce qui était connu
why-column-limit = Limite
why-column-decided = Décision
why-events = { $metric }, évènements exceptionnels
why-known = { $when } : { $level }. { $provenance }
why-unknown = rien d’utilisable
why-limit = { $limit } ({ $reasons })
why-limit-event = quel que soit le niveau ({ $reasons })
why-decided = { $again ->
    [yes] { $outcome }, entre { $from } et { $to }
   *[no] { $outcome }, { $from }
}

# Ce qui se fait depuis une notification.
action-open = Ouvrir
action-mute-today = Sourdine aujourd’hui
action-useful = Utile
action-not-useful = Pas utile
