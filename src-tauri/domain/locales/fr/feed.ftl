# Le fil Atom d’une commune.

feed-title = { $commune } : ce qui compte pour tout le monde
feed-subtitle = Air dès « { $air } » et évènements, épisodes de pollution dès « { $episode } », pollens dès « { $pollen } », vigilance dès « { $vigilance } ».
feed-air = { $headline }, { $commune }
feed-pollen = Pollens, niveau { $label }, { $commune }
feed-episode = Épisode de pollution ({ $label }) : { $pollutant }, { $commune }
feed-vigilance = Vigilance { $label } : { $danger }, { $commune }
feed-on = { $day }
feed-days = Du { $first } au { $last }
feed-hours = Du { $first } à { $from } au { $last } à { $to }
feed-hours-one-day = { $first } de { $from } à { $to }
feed-what = { $when } : { $level }.
feed-what-peak = { $when } : jusqu’à { $level }.
feed-estimated = C’est une estimation, en attendant l’indice officiel.
feed-by = Source : { $source }.
feed-by-at = Source : { $source }, publié le { $day } à { $time }.
feed-advice = Conseil : { $text }
feed-advice-by = Conseil : { $text } ({ $publisher })
feed-rights = { $by }, { $licence }
