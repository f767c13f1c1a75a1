# Advice, one message per piece of advice/catalogue.json (advice-<id>).
# At most 240 characters, one recommendation each; facts come from the piece’s source.

## Air

advice-air-good-time-outside = L’air est favorable : c’est le bon moment pour sortir, jouer dehors ou faire du sport.
advice-air-open-windows = Ouvrez grand les fenêtres cinq à dix minutes : l’air de la maison se renouvelle, même en hiver.
advice-air-cleaning-windows-open = Quand vous faites le ménage, ouvrez les fenêtres pendant et un moment après.
advice-air-moderate-keep-habits = Si vous vous sentez bien, gardez vos sorties et votre sport comme d’habitude.
advice-air-poor-ease-if-irritated = Si vous avez les yeux qui piquent, mal à la gorge ou une toux, choisissez dehors un effort plus doux.
advice-air-extreme-gentler-today = Levez le pied aujourd’hui : remplacez l’effort dehors par une activité plus douce.
advice-air-sensitive-slow-if-symptoms = Si une toux ou un essoufflement apparaît dehors, ralentissez : une marche remplace bien une course.
advice-air-sensitive-gentle-activity = Si un gros effort est prévu dehors, choisissez plutôt une activité douce, surtout en cas de gêne.
advice-air-sensitive-lighter-day = Si une activité physique est prévue, prenez-en une plus légère, à l’intérieur de préférence.
advice-air-sensitive-postpone-outdoor-effort = Gardez l’effort dehors pour un autre jour. Aujourd’hui, bougez doucement à l’intérieur.
advice-air-sensitive-unusual-signs = En cas de toux, de souffle court ou de cœur qui s’emballe, demandez conseil à un professionnel de santé.
advice-air-sensitive-treatment-question = Si vous vous demandez si votre traitement convient ces jours-ci, posez la question à votre médecin.
advice-air-over65-short-walk = Si vous vous sentez moins en forme, préférez une promenade courte et facile.
advice-air-over65-two-short-errands = Si vous avez plusieurs courses à faire, préférez deux petites sorties faciles à une longue.
advice-air-over65-gentle-moves-indoors = Aujourd’hui, remplacez la promenade par quelques mouvements doux à la maison.
advice-air-asthma-child-calmer-game = Si votre enfant tousse ou respire en sifflant, proposez un jeu plus calme.
advice-air-asthma-child-tell-school = Si un cours de sport est prévu, prévenez l’école : votre enfant pourra faire un exercice plus doux.
advice-air-child-gentler-sport = Si les yeux de votre enfant piquent ou si sa gorge gratte, proposez un sport moins intense.
advice-air-toddler-shorter-outing = Si votre enfant paraît gêné dehors, raccourcissez la sortie et gardez-la tranquille.
advice-air-baby-walk-quiet-streets = Si vous promenez bébé, choisissez un parc ou des rues calmes, loin des grands axes.
advice-air-young-child-watch-breathing = Si votre enfant respire mal ou semble très fatigué, demandez vite l’avis d’un professionnel de santé.
advice-air-extreme-child-quiet-games = Aujourd’hui, proposez à votre enfant des jeux calmes et des sorties courtes.
advice-air-open-windows-off-peak = Pour aérer, choisissez tôt le matin ou tard le soir, quand il y a moins de voitures.
advice-air-home-without-smoke = Pour reposer les poumons de tous, gardez l’intérieur sans fumée de tabac.
advice-air-candles-unlit = Si vous aimez les bougies ou l’encens, gardez-les éteints : leur fumée irrite le nez et les poumons.
advice-air-diy-another-day = Si vous comptiez peindre ou coller à l’intérieur, attendez un jour où l’air sera meilleur.
advice-air-discomfort-ask-advice = Si respirer devient difficile ou si le cœur vous gêne, demandez conseil à un professionnel de santé.
advice-air-one-street-away = Si votre trajet longe un grand axe, décalez-vous d’une rue. Au bord du trafic, l’air peut être pire que l’indice.
advice-air-summer-go-out-early = S’il fait beau et chaud, sortez plutôt le matin. L’après-midi, le soleil forme de l’ozone, un gaz irritant.
advice-air-winter-trust-the-index = Si le ciel est bleu et l’air très calme, croyez l’indice plutôt que le ciel. Le froid peut bloquer la pollution au sol.
advice-air-bike-quiet-streets = Si vous roulez à vélo, prenez les petites rues calmes, surtout aux heures de pointe.
advice-air-bike-gentle-pace = Si vous êtes à vélo, roulez tranquillement, sans vous essouffler.
advice-air-bike-route-not-mask = Si vous pensez au masque, choisissez plutôt un trajet loin des voitures. L’effet du masque n’est pas prouvé.
advice-air-extreme-bike-transit = Aujourd’hui, laissez le vélo et prenez les transports si vous le pouvez.
advice-air-car-shut-in-tunnels = Dans un tunnel ou un bouchon, fermez les vitres et coupez l’arrivée d’air extérieur.
advice-air-sport-park-not-road = Pour courir, choisissez un parc ou une zone piétonne plutôt que le bord d’une route.
advice-air-sport-early-or-late = Si vous vous entraînez dehors, partez tôt le matin ou tard le soir.
advice-air-sport-breathe-by-nose = Si l’effort vous fait respirer par la bouche, ralentissez. Le nez, lui, filtre une partie de la pollution.
advice-air-sport-sensitive-moderate = Si vous avez envie de bouger, restez à une allure qui vous laisse parler. L’effort modéré reste possible.
advice-air-extreme-sport-indoors = Remplacez la séance dehors par des étirements ou des exercices doux à la maison.
advice-air-wood-dry-logs = Si vous faites du feu, prenez du bois bien sec, jamais peint ni verni.
advice-air-wood-open-windows-twice = Quand le poêle ou la cheminée chauffe, aérez dix minutes, deux fois par jour.
advice-air-wood-fire-another-day = Si vous avez un autre chauffage, gardez la flambée pour un jour où l’air sera meilleur.
advice-air-garden-no-burning = Si vous avez des feuilles ou des branches à éliminer, compostez-les : les brûler dehors est interdit.

## Air: exceptional event

advice-air-event-short-easy-outings = Tant que cela dure, préférez les sorties courtes, sans gros effort.
advice-air-event-discomfort = En cas de gêne pour respirer ou de gêne au cœur, demandez vite conseil à un professionnel de santé.
advice-air-event-no-more-irritants = Gardez la maison sans tabac, sans peinture et sans colle : les poumons ont déjà assez à faire.

## UV

advice-uv-low-no-protection = Avec un indice UV aussi bas, sortez sans protection particulière.
advice-uv-low-child-plays = Laissez votre enfant profiter du dehors : à ce niveau, aucune protection n’est demandée.
advice-uv-work-all-day-cover = Si vous travaillez dehors, couvrez-vous toute la journée : même de faibles UV s’additionnent.
advice-uv-work-sunny-tasks-early = Si votre planning le permet, faites les tâches au soleil avant midi ou après 16 h.
advice-uv-midday-shade = Au milieu de la journée (midi à 16 h en métropole), cherchez l’ombre.
advice-uv-very-high-morning-or-evening = Gardez le soleil pour le matin ou le soir. Évitez-le au milieu du jour (midi à 16 h en métropole).
advice-uv-extreme-full-shade = Au milieu du jour (midi à 16 h en métropole), restez tout à fait à l’ombre. Le matin et le soir sont plus doux.
advice-uv-cover-up = Portez votre ombre sur vous : manches longues, chapeau à larges bords et lunettes de soleil.
advice-uv-cream-30 = Sur la peau qui reste découverte, mettez une crème solaire d’indice 30 ou plus.
advice-uv-cream-50 = Sur le visage, les mains et toute peau nue, choisissez une crème solaire d’indice 50 ou 50+.
advice-uv-cream-again = Remettez de la crème solaire toutes les deux heures, et après chaque baignade.
advice-uv-cream-comes-last = Commencez par l’ombre et les vêtements ; la crème solaire vient en dernier.
advice-uv-clouds-do-not-protect = Protégez-vous même s’il fait frais ou nuageux. Les UV, ces rayons invisibles du soleil, ne se sentent pas.
advice-uv-baby-always-shade = Gardez bébé à l’ombre, toujours : avant un an, la peau ne doit pas voir le soleil.
advice-uv-baby-early-or-late = Promenez bébé tôt le matin ou en fin de journée, quand le soleil est plus bas.
advice-uv-child-play-in-shade = Aux heures de plein soleil, proposez à votre enfant un jeu à l’ombre ou à l’intérieur.
advice-uv-child-hat-and-glasses = Habillez votre enfant de vêtements longs, d’un chapeau et de lunettes de soleil couvrant aussi les côtés.
advice-uv-child-cream = Là où la peau de votre enfant reste découverte, mettez une crème solaire pour enfants.
advice-uv-fair-skin-highest-factor = Sur une peau claire, mettez la crème solaire la plus protectrice : indice 50+.
advice-uv-medicine-ask-pharmacist = Si vous prenez un médicament, demandez au pharmacien s’il rend la peau plus sensible au soleil.
advice-uv-activity-off-midday = Pour le sport ou le jardin, choisissez un moment avant midi ou après 16 h (en métropole).

## Pollen

advice-pollen-rinse-hair = Le soir, rincez ou brossez les cheveux : ils retiennent beaucoup de pollen.
advice-pollen-rinse-nose = Lavez le nez régulièrement au sérum physiologique (une eau légèrement salée, en pharmacie).
advice-pollen-open-windows-before-sunrise = Aérez avant le lever du soleil ou après son coucher. Les plantes libèrent leur pollen dès le lever du jour.
advice-pollen-change-clothes = En rentrant, changez de vêtements ou secouez-les : le pollen s’y accroche.
advice-pollen-laundry-indoors = Faites sécher le linge à l’intérieur : dehors, le pollen colle au tissu humide.
advice-pollen-wear-glasses = Dehors, des lunettes, de vue ou de soleil, protègent les yeux du pollen : gardez-les sur le nez.
advice-pollen-follow-treatment = Si un traitement contre l’allergie est prescrit, suivez-le tel que le médecin l’a prévu.
advice-pollen-own-limit = Si ce niveau vous gêne déjà, abaissez votre limite dans l’application : chacun réagit à sa façon.
advice-pollen-treatment-in-time = Si un traitement vous est prescrit pour la saison, demandez à votre médecin quand le commencer.
advice-pollen-plain-indoor-air = Gardez l’air de la maison simple : sans tabac, sans encens, sans parfum d’intérieur.
advice-pollen-car-windows-shut = Si vous prenez la voiture, gardez les vitres fermées pendant le trajet.
advice-pollen-low-day-for-garden = Les pollens sont bas : si vous devez tondre ou tailler, c’est le bon jour.
advice-pollen-mow-another-day = Pour la tonte et la taille, attendez un jour moins chargé ou demandez de l’aide.
advice-pollen-sport-indoors-or-late = Pour le sport, préférez une salle ou, si vous tenez à sortir, la fin de la journée.
advice-pollen-bike-quiet-streets = À vélo, prenez les rues calmes, pour ne pas ajouter la pollution des voitures au pollen.
advice-pollen-dry-weather-walk = Si le temps est sec, promenez-vous ailleurs que dans les champs et les bois. Le pollen y reste en l’air.
advice-pollen-breathing-signs = Si la respiration siffle ou si la poitrine se serre, parlez-en vite à un médecin.
advice-pollen-asthma-tell-doctor = Si le pollen réveille l’asthme, parlez-en au médecin : des tests aident à savoir quel pollen gêne.
advice-pollen-seasonal-sneezing = Si vous éternuez chaque année à la même saison, parlez-en à votre médecin.
advice-pollen-alder-season = L’aulne fleurit de février à avril : prenez vos précautions contre le pollen dès l’hiver.
advice-pollen-birch-season = Le pollen de bouleau vole de mars à mai, en ville aussi : gardez vos précautions tout le printemps.
advice-pollen-olive-season = Le pollen d’olivier vole surtout en mai et juin : gardez vos précautions jusqu’au début de l’été.
advice-pollen-grass-sit-on-a-bench = Ce pollen vient des herbes des prés et des pelouses. Pour une pause, préférez un banc à l’herbe haute.
advice-pollen-mugwort-walk-wide = De juillet à septembre, passez loin des terrains vagues et des bords de chemin : l’armoise y fleurit.
advice-pollen-ragweed-start-early = Prenez vos précautions dès ce niveau : quelques grains d’ambroisie dans l’air suffisent à gêner.
advice-pollen-ragweed-let-others-pull = Si vous trouvez de l’ambroisie, laissez une personne non allergique l’arracher.
advice-pollen-birch-raw-fruit = Si une pomme ou une noisette pique la bouche, dites-le à un allergologue (médecin des allergies).
advice-pollen-grass-before-a-storm = Si un orage arrive, rentrez et fermez les fenêtres le temps qu’il passe. Il peut rabattre le pollen vers le sol.
