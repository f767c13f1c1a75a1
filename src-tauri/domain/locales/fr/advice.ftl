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
advice-air-garden-no-burning = Si vous avez des feuilles ou des branches à éliminer, compostez-les : les brûler dehors est interdit.
advice-air-event-short-easy-outings = Tant que cela dure, préférez les sorties courtes, sans gros effort.
advice-air-event-discomfort = En cas de gêne pour respirer ou de gêne au cœur, demandez vite conseil à un professionnel de santé.
advice-air-event-no-more-irritants = Gardez la maison sans tabac, sans peinture et sans colle : les poumons ont déjà assez à faire.
advice-air-quiet-route-all-year = Des années d’exposition ordinaire pèsent plus que quelques mauvais jours : faites du trajet calme votre trajet de tous les jours.
advice-air-pollen-has-its-own-index = Si le pollen vous gêne, regardez aussi son indice à lui : l’indice de l’air ne compte pas le pollen.
advice-air-out-after-the-rain = Si la pluie vient de passer, profitez-en pour sortir : elle lessive l’air de sa pollution.
advice-air-sport-keep-going = Si vous hésitez à vous entraîner, gardez la séance et changez l’heure, le lieu ou l’allure : bouger régulièrement protège la santé.
advice-air-sport-shorter-session = Si vous faites du sport par cet air, faites court : à l’effort, on respire cinq à dix fois plus d’air qu’au repos.
advice-air-sport-cleaner-route-than-mask = Si vous pensiez courir avec un masque, prenez plutôt un trajet plus propre : à l’effort, le masque bouge et fuit.
advice-air-bike-separate-track = Si vous avez le choix du trajet, roulez sur les pistes séparées des voitures.
advice-air-bike-ahead-at-lights = Au feu rouge, attendez devant les voitures là où une place est prévue pour les vélos : vous restez hors des gaz d’échappement.
advice-air-transit-wait-back = Si votre arrêt borde une route chargée, attendez quelques pas en retrait : près du trafic, l’air peut être plus mauvais.
advice-air-car-air-it = Ouvrez souvent les vitres de la voiture, surtout si elle est neuve.
advice-air-car-cabin-not-a-shelter = Si vous prenez la voiture pour fuir la pollution, sachez que l’habitacle en contient souvent plus que la rue. À pied, passez par les petites rues.
advice-air-car-short-way-without = Si le trajet fait moins de deux kilomètres, allez-y à pied, à vélo ou en transports : un moteur froid pollue davantage.
advice-air-car-gentle-engine-off = Si vous devez conduire, roulez doucement, sans à-coups, et coupez le moteur à l’arrêt.
advice-air-car-no-scents = Dans la voiture, remplacez le désodorisant par un bon coup d’aspirateur sur les sièges et les tapis.
advice-air-purifier-windows-first = Si vous pensez à un purificateur d’air, commencez par aérer et par réduire les sources : son effet dans un vrai logement n’est pas prouvé.
advice-air-wood-light-from-top = Si vous allumez un feu, allumez-le par le haut : il pollue moins.
advice-air-wood-other-heating-first = Si un autre chauffage suffit, laissez le bois pour plus tard : en 2018, il a émis 43 % des particules fines en France.

## Pollution episodes

advice-episode-shorter-outings = Tant que l’épisode dure, choisissez des sorties courtes et qui demandent peu d’effort.
advice-episode-toddler-calm-outing = Tant que l’épisode dure, sortez votre enfant pour des jeux calmes, un peu moins longtemps que d’habitude.
advice-episode-ask-about-treatment = Si vous suivez un traitement, poursuivez-le, et demandez à votre médecin si l’épisode appelle une précaution particulière.
advice-episode-discomfort = Si la respiration ou le cœur vous gêne, prenez conseil auprès d’un professionnel de santé.
advice-episode-unusual-signs = Si une toux, des sifflements, des palpitations ou une fatigue inhabituelle apparaissent, reposez-vous et parlez-en à un professionnel de santé.
advice-episode-information-keep-habits = Si vous vous sentez bien, gardez vos trajets et votre sport : au niveau d’information, rien n’a besoin de changer pour vous.
advice-episode-information-lighter-training = Si vous vous entraînez pendant l’épisode, faites une séance légère : gardez l’intensité pour plus tard.
advice-episode-alert-no-intensity = Jusqu’à la fin de l’alerte, remplacez tout effort intense par des mouvements doux.
advice-episode-moderate-stays-possible = Si vous aimez bouger chaque jour, continuez à une allure légère ou modérée : c’est l’intensité qu’il faut limiter.
advice-episode-alert-short-for-all = Pendant l’alerte, préférez des sorties plus courtes et plus faciles.
advice-episode-competition-ask = Si vous avez une compétition, demandez si elle est adaptée ou reportée : c’est ce qui est conseillé pendant une alerte.
advice-episode-keep-airing = Continuez d’aérer et laissez les bouches d’aération libres : un épisode n’oblige pas à s’enfermer.
advice-episode-home-without-irritants = Ménagez l’air de la maison : remettez peinture, colle et solvants à la fin de l’épisode.
advice-episode-smoker-spare-the-home = Si vous fumez, gardez la fumée hors de la maison : les poumons ont déjà l’épisode à supporter.
advice-episode-airing-hours = Pour aérer pendant l’épisode, ouvrez avant la circulation du matin ou tard le soir.
advice-episode-baby-still-goes-out = Si vous promenez votre bébé, continuez, à l’écart des grands axes, ou moins longtemps à leur bord.
advice-episode-baby-watch = Aérez la chambre de bébé comme d’habitude et, si la respiration semble difficile ou la fatigue inhabituelle, appelez un professionnel de santé.
advice-episode-keep-cycling = Si vous allez bien, continuez le vélo et la marche : pour la plupart des gens, le bienfait dépasse la pollution respirée.
advice-episode-bike-gentle = Si vous roulez pendant l’épisode, prenez votre temps : une allure modérée évite de respirer fort.
advice-episode-car-stays-home = Si un trajet fait moins de deux kilomètres, laissez la voiture : à pied, à vélo ou en bus, vous chargez moins l’air.
advice-episode-route-not-mask = Si vous pensiez à un masque, choisissez un chemin plus calme ou une autre heure : les experts de santé ne le recommandent pas en épisode.
advice-episode-particles-off-the-big-roads = Si vous sortez aux heures de pointe, prenez les petites rues, ou attendez que les grands axes se vident.
advice-episode-particles-moderate = Si du sport est prévu, faites-en une activité modérée, une marche par exemple.
advice-episode-particles-indoors-too = Pendant cette alerte, gardez un effort doux dehors comme dedans : une salle ne met pas à l’abri des particules.
advice-episode-particles-reduce-for-all = Allégez l’entraînement, ou remettez la séance intense à la fin de l’alerte.
advice-episode-particles-courtyard-side = Si votre logement a un côté calme, ouvrez côté cour plutôt que côté rue.
advice-episode-wood-fire-waits = Si le feu n’est que d’agrément ou d’appoint, laissez-le attendre : le chauffage principal suffit.
advice-episode-wood-check-the-order = Utilisez le chauffage principal et consultez l’arrêté du préfet : pendant une alerte, il peut interdire les feux d’agrément ou d’appoint.
advice-episode-garden-compost = Pour les déchets du jardin, pensez au compost ou à la déchèterie : pendant l’épisode, même les dérogations au brûlage sont suspendues.
advice-episode-ozone-morning-out = Si vous devez sortir, faites-le le matin : l’ozone est au plus haut l’après-midi, au soleil.
advice-episode-ozone-gentle-indoors = Si vous voulez faire de l’exercice, faites-le à l’intérieur et doucement : l’ozone reste surtout dehors.
advice-episode-ozone-less-outdoors = Dehors, remplacez la séance intense par une séance facile jusqu’à la fin de l’alerte à l’ozone.
advice-episode-ozone-train-indoors = Si vous voulez vous entraîner fort, faites-le en salle : l’ozone y entre peu.

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
advice-uv-protect-from-three = À partir de l’indice 3, chacun a besoin de protection : pensez à l’ombre et aux vêtements avant de sortir.
advice-uv-cream-is-no-extra-time = Une fois la crème solaire mise, gardez la durée prévue au soleil : elle ne la prolonge pas.
advice-uv-reflections-add-up = Près du sable, de l’eau ou de la neige, combinez ombre, vêtements et lunettes : ils renvoient les UV jusque sous l’ombre.
advice-uv-parasol-at-home = Au jardin ou sur le balcon, ouvrez un parasol : la toile arrête l’essentiel des UV, de 80 à 98 % environ.
advice-uv-choose-glasses = Choisissez des lunettes marquées CE, de catégorie 3 ou 4 à la mer et à la montagne ; jamais 4 pour conduire.
advice-uv-eyes-need-shade = Donnez aussi de l’ombre à vos yeux, avec un chapeau et des lunettes foncées : des UV forts peuvent les enflammer aussitôt.
advice-uv-spring-sun = S’il fait encore frais, couvrez-vous quand même : le soleil de mai vaut celui d’août, et la peau n’y est pas préparée.
advice-uv-toddler-least-possible = Jusqu’à trois ans, gardez la peau hors du soleil autant que possible : un coin d’ombre et des vêtements longs et légers.
advice-uv-work-ask-for-shade = Au travail, demandez de l’ombre et des horaires adaptés pour tous, et parlez de votre peau au médecin du travail.
advice-uv-treatment-cover-well = Avec votre traitement, la peau peut réagir au soleil : restez à l’ombre, couvrez-la, et relisez ce que dit la notice.

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
advice-pollen-grass-peak-june = Le pollen des graminées vole de mars à juillet, surtout en juin : gardez vos habitudes anti-pollen jusqu’à l’été.
advice-pollen-ragweed-until-october = Gardez vos précautions jusqu’au début d’octobre : l’ambroisie commence fin juillet et gêne le plus en septembre.
advice-pollen-trees-of-one-family = Si le noisetier ou le charme vous gêne aussi, dites-le à l’allergologue : l’aulne, le bouleau et ces arbres se ressemblent.
advice-pollen-weeds-raw-vegetables = Si le céleri, la carotte ou le melon donne des démangeaisons dans la bouche, notez-le et demandez à un allergologue : cela peut aller avec ce pollen.
advice-pollen-grass-melon-tomato = Si le melon ou la tomate donne des démangeaisons dans la bouche, notez-le et demandez à un allergologue : cela peut aller avec les graminées.
advice-pollen-lips-that-swell = Si un fruit cru fait picoter ou gonfler les lèvres ou la gorge, mangez autre chose et parlez-en à un médecin.
advice-pollen-garden-late-covered = Si le jardin ne peut pas attendre, occupez-vous-en en fin de journée, avec des lunettes, et un masque contre le pollen.
advice-pollen-smoke-free-nose = Si vous fumez, gardez la maison sans fumée pendant la saison : le tabac irrite des voies respiratoires que le pollen gêne déjà.
advice-pollen-clean-with-plain-products = Si vous faites le ménage, prenez peu de produits, et des simples : les plus forts irritent ce que le pollen irrite déjà.
advice-pollen-child-hair-at-bedtime = Au coucher, rincez ou brossez les cheveux de votre enfant : le pollen n’ira pas sur l’oreiller.
advice-pollen-child-clothes-after-play = Après les jeux dehors, changez votre enfant dès le retour à la maison.

## Weather vigilance

advice-weather-yellow-look-before = Si vos projets dépendent du temps, regardez à nouveau la prévision avant de partir et gardez une autre idée en réserve.
advice-weather-orange-follow-advice = Un temps dangereux est attendu : si vous avez prévu de sortir, organisez-vous selon les conseils officiels du jour.
advice-weather-red-obey-orders = Ce temps est exceptionnel : suivez les consignes des autorités et remettez tout ce qui peut attendre.
advice-weather-look-at-six-and-sixteen = Revoyez la carte de vigilance après 6 h et après 16 h : elle est renouvelée à ces heures, ou plus souvent.
advice-weather-alert-means-act = Si le maire ou le préfet donne l’alerte, agissez aussitôt : la vigilance, elle, annonce seulement le danger.
advice-wind-slower-and-fewer-trips = Si vous le pouvez, remettez vos trajets à la fin du vent. S’il faut partir, ralentissez.
advice-wind-high-sided-stays = Si vous conduisez un véhicule haut, ou avec une remorque, laissez-le stationné jusqu’à la fin du vent.
advice-wind-open-ground = Si vous sortez à pied, restez dans des rues dégagées, loin des arbres et du bord de mer, et attention aux objets qui tombent.
advice-wind-roof-for-later = Si le toit est abîmé ou un câble au sol, restez à distance et laissez faire les professionnels une fois le vent passé.
advice-wind-tie-down = Rentrez ou attachez tout ce que le vent pourrait emporter du jardin ou du balcon.
advice-wind-red-stay-home = Restez chez vous, écoutez la radio locale et prenez contact avec vos voisins.
advice-red-light-and-water = Préparez des lampes et une réserve d’eau potable : la lumière et l’eau peuvent être coupées.
advice-red-medical-device = Si vous dépendez d’un appareil médical électrique, appelez dès maintenant l’organisme qui le gère.
advice-storm-solid-shelter = Si l’orage vous surprend dehors, éloignez-vous des arbres et des cours d’eau et abritez-vous dans un bâtiment en dur.
advice-storm-appliances-rest = Tant que l’orage est là, laissez le téléphone et les appareils électriques de côté.
advice-storm-put-goods-safe = Avant l’orage, mettez à l’abri ce que le vent ou l’eau pourrait abîmer, et gardez vos trajets pour après.
advice-storm-red-at-home = Restez chez vous, laissez la voiture et gardez le téléphone pour les urgences.
advice-storm-on-the-road = Si vous êtes déjà sur la route, roulez au pas, faites demi-tour devant toute route inondée, garez-vous à l’abri et restez en voiture.
advice-storm-lightning-crouch = S’il y a des éclairs et aucun abri, accroupissez-vous à découvert, loin d’un arbre isolé, d’un surplomb ou d’un mur.
advice-flood-car-stays = Laissez la voiture où elle est et remettez le trajet : moins de 30 cm d’eau suffisent à l’emporter.
advice-flood-no-cellar = Restez au-dessus du sol : ne descendez ni à la cave ni au parking souterrain, quoi que vous y ayez laissé.
advice-flood-go-upstairs = Si l’eau monte, abritez-vous dans un bâtiment et montez à l’étage.
advice-flood-away-from-banks = Si vous marchez, choisissez les hauteurs : restez loin des rivières, de leurs berges et de leurs ponts.
advice-flood-child-stays-at-school = Si votre enfant est à l’école ou à la crèche, laissez-le sur place : il y est en sécurité, la route ne l’est pas.
advice-flood-cut-the-supplies = Si vous pouvez le faire sans danger, coupez le gaz, l’électricité et le chauffage avant que l’eau n’entre.
advice-flood-text-the-fragile = Prenez des nouvelles des personnes fragiles par SMS : le réseau reste libre pour les urgences.
advice-flood-kit-for-three-days = Préparez un sac pour trois jours : six litres d’eau par personne, vivres, lampe, radio, médicaments, papiers, chargeur.
advice-flood-leave-when-told = Gardez votre sac à portée de main et quittez votre logement seulement sur ordre des autorités.
advice-flood-follow-vigicrues = Suivez votre cours d’eau sur vigicrues.gouv.fr ou dans son application, qui peut vous avertir.
advice-snow-check-the-road = Si vous devez vous déplacer, consultez d’abord Bison Futé et prenez les transports en commun si possible.
advice-snow-clear-the-pavement = Si un trottoir longe votre maison, dégagez-le et salez-le.
advice-snow-car-equipment = Si vous ne pouvez pas différer, prenez équipement d’hiver, couverture, lampe, eau et vivres, et dites à quelqu’un par où vous passez.
advice-snow-stuck-stay-inside = Si vous êtes bloqué, restez dans la voiture jusqu’à l’avis des secours et gardez le pot d’échappement dégagé.
advice-snow-red-at-home = Restez chez vous si possible et protégez les canalisations d’eau du gel.
advice-snow-shoes-that-grip = Si vous sortez, mettez des chaussures antidérapantes et marchez à petits pas : sur la neige et le verglas, le danger est la chute.
advice-avalanche-stay-in-the-valley = Choisissez la vallée aujourd’hui : gardez la montagne pour un autre jour et suivez les règles de la station.
advice-avalanche-read-the-bulletin = Si vous prévoyez une sortie en montagne, lisez le bulletin d’avalanche de Météo-France avant de décider.
advice-waves-look-from-afar = Si vous voulez voir la mer, regardez-la de loin : restez à l’écart du bord, des jetées et des digues.
advice-waves-water-sports-later = Si une baignade ou une sortie en bateau était prévue, remettez-la à un jour de mer calme.
advice-waves-inland-road = Si vous roulez près de la côte, passez par l’intérieur : les routes du bord de mer peuvent être submergées.
advice-waves-close-the-house = Si vous habitez face à la mer, fermez portes, fenêtres et volets et surélevez ce que l’eau pourrait abîmer.
advice-waves-yellow-careful = Si vous êtes en bord de mer, restez au sec : dès le jaune, la baignade est risquée et une vague plus forte peut surprendre.
advice-heat-drink-before-thirst = Buvez de l’eau souvent dans la journée, avant que la soif ne le demande.
advice-heat-wet-the-skin = Plusieurs fois par jour, mouillez la peau, au moins le visage et les avant-bras.
advice-heat-close-by-day = Gardez fenêtres et volets fermés tant qu’il fait plus chaud dehors, et ouvrez en grand quand l’air est plus frais.
advice-heat-hours-in-a-cool-place = Si votre logement reste chaud, passez chaque jour quelques heures dans un endroit frais.
advice-heat-out-before-eleven = Si vous devez sortir, faites-le avant 11 h ou après 21 h : entre les deux, la chaleur est la plus forte.
advice-heat-sport-another-time = Entraînez-vous à la fraîche, ou reposez-vous jusqu’à la fin de la chaleur : c’est l’effort aux heures chaudes qu’il faut éviter.
advice-heat-garden-at-the-cool-end = Gardez les gros travaux de la maison ou du jardin pour des jours plus frais.
advice-heat-ask-after-others = Prenez des nouvelles de ceux qui supportent mal la chaleur, et donnez des vôtres.
advice-heat-isolated-daily-call = Convenez d’un appel par jour avec un proche et demandez de l’aide à la première gêne.
advice-heat-over65-moist-skin-and-air = Avec l’âge, on transpire moins : humidifiez la peau et faites circuler l’air dessus, plusieurs fois par jour.
advice-heat-over65-register = Si vous souhaitez qu’on vous appelle pendant la chaleur, demandez à votre mairie de vous inscrire sur son registre.
advice-heat-yellow-counts-for-you = Prenez le jaune au sérieux : il vise ceux qui font des efforts à la chaleur. Gardez l’effort pour les heures fraîches.
advice-heat-orange-concerns-all = Si vous êtes en forme, protégez-vous quand même : à l’orange, la chaleur menace tous ceux qui y sont exposés.
advice-heat-red-put-off = Remettez ce qui peut attendre et restez au frais : cette chaleur est exceptionnelle, et des services peuvent être perturbés.
advice-heat-child-drinks-unasked = Proposez souvent à boire à votre enfant, même s’il ne demande rien : les bébés se déshydratent vite.
advice-heat-child-light-clothes = À la maison, laissez bébé en couche et l’enfant plus grand en sous-vêtements, dans la pièce la plus fraîche.
advice-heat-child-out-early = Sortez votre enfant avant 11 h ou après 21 h, et jouez au frais entre les deux.
advice-heat-child-with-you = Emmenez votre enfant chaque fois que vous quittez la voiture, même pour une minute.
advice-heat-child-lukewarm-bath = Pour rafraîchir votre enfant, donnez-lui un bain tiède en restant à côté, ou brumisez le visage et la peau nue.
advice-heat-child-open-window = Quand les fenêtres sont ouvertes pour le frais, restez avec votre enfant à côté d’elles et sur le balcon.
advice-heat-treatment-goes-on = Poursuivez votre traitement tel quel ; si la chaleur vous inquiète, votre médecin ou votre pharmacien peut répondre.
advice-heat-treatment-ask-before = Si ce n’est pas encore fait, demandez au pharmacien si vos médicaments changent la façon dont le corps supporte la chaleur.
advice-heat-treatment-kept-cool = Gardez vos médicaments à l’abri du soleil et de la chaleur, comme l’indique la boîte.
advice-heat-fragile-start-now = Prenez toutes les précautions dès maintenant : l’âge, la maladie, la grossesse ou l’isolement rendent la chaleur plus vite dangereuse.
advice-heat-ask-before-painkillers = Si la chaleur vous rend malade, rafraîchissez-vous et demandez conseil avant tout antidouleur : certains aggravent le coup de chaleur.
advice-heat-first-signs = En cas de mal de tête, de nausée, de vertige ou de crampes, allez au frais, buvez, et demandez de l’aide si cela dure.
advice-heat-stroke-call = Si quelqu’un est brûlant et confus, ou perd connaissance, appelez aussitôt le 112 : ce peut être un coup de chaleur, qui met la vie en danger.
advice-heat-work-ask-the-employer = Demandez à votre employeur ce qui est prévu contre la chaleur : la loi exige des mesures dès le jaune.
advice-heat-work-three-litres = Si votre chantier n’a pas l’eau courante, demandez de l’eau potable : la loi prévoit trois litres par jour et par personne.
advice-heat-fan-on-wet-skin = Si vous avez un ventilateur, servez-vous-en : il aide la sueur à s’évaporer et consomme bien moins qu’une climatisation.
advice-heat-cold-meals = Préparez des repas froids et laissez au repos le four et les appareils qui chauffent.
advice-heat-eat-and-no-alcohol = Préférez l’eau à l’alcool et mangez assez, même si la chaleur coupe l’appétit.
advice-cold-more-time-at-home = Si vous avez le choix, restez chez vous au plus fort du froid et, dehors, redoublez de prudence.
advice-cold-several-layers = Si vous sortez, mettez plusieurs couches, la dernière contre le vent et la pluie.
advice-cold-head-and-hands = Dehors, couvrez la tête et les mains, et portez des chaussures qui accrochent.
advice-cold-scarf-over-the-mouth = Dehors, mettez une écharpe devant le nez et la bouche.
advice-cold-easy-efforts = Si vous faites de l’exercice, faites-le à l’intérieur ou doucement : c’est l’effort brusque par grand froid qu’il faut éviter.
advice-cold-heart-works-harder = Restez au chaud et bougez sans hâte : par grand froid, le cœur travaille davantage.
advice-cold-isolated-tell-someone = Si votre logement chauffe mal, dites-le à quelqu’un aujourd’hui : ce froid est dangereux surtout pour qui est seul.
advice-cold-work-in-layers = Si vous travaillez dehors, habillez-vous en plusieurs couches : dès le jaune, les conditions de travail peuvent rendre le froid dangereux.
advice-cold-strong-people-too = Rentrez dès les premiers frissons, même en pleine forme : qui travaille ou s’entraîne dehors peut aussi souffrir du froid.
advice-cold-shivers-go-in = Si des frissons ou des doigts engourdis apparaissent, rentrez au chaud, et demandez de l’aide si cela dure.
advice-cold-baby-stays-in = Gardez bébé au chaud si vous le pouvez ; dehors, couvrez d’abord la tête : les bébés se refroidissent vite.
advice-cold-baby-in-the-pram = Si vous sortez bébé, préférez le landau au porte-bébé, pour que ses jambes puissent bouger.
advice-cold-fragile-stay-warm = Restez au chaud et ne sortez que pour ce qui ne peut pas attendre : l’âge, la maladie et l’isolement rendent le froid plus dangereux.
advice-cold-call-115-for-others = Si vous voyez une personne sans abri, appelez le 115 ; en cas d’urgence, le 112.
advice-cold-mobile-heater-in-turns = Si vous utilisez un chauffage d’appoint à combustion, allumez-le par courtes périodes seulement, et aérez.
advice-cold-heat-with-heaters-only = Si le chauffage ne suffit pas, demandez de l’aide ou partagez une pièce chaude : four, cuisinière et barbecue dégagent un gaz mortel.
advice-generator-outside = Si vous utilisez un groupe électrogène, installez-le hors du bâtiment : son monoxyde de carbone, un gaz sans odeur, peut tuer.

## Hazards together

advice-heat-ozone-early-then-rest = Si vous avez à faire dehors, faites-le tôt le matin et reposez-vous l’après-midi : c’est la réponse à la chaleur comme à l’ozone.
advice-heat-ozone-air-at-night = Ouvrez les fenêtres la nuit ou avant le lever du soleil, et fermez-les avant le retour de la chaleur.
advice-heat-ozone-breathing-and-heart = Si la poitrine se serre ou si le cœur vous gêne, demandez vite de l’aide : ces jours amènent plus de crises d’asthme et de malaises du cœur.
advice-heat-ozone-more-than-heat = Si vous le pouvez, passez l’après-midi dans une pièce fraîche : chaleur et ozone ensemble nuisent plus que la chaleur seule.
advice-heat-ozone-sport-at-dawn = Si vous vous entraînez, faites-le peu après le lever du soleil, ou doucement dans une salle fraîche.
advice-heat-ozone-work-early = Si vous travaillez dehors, demandez à faire le plus dur tôt le matin : l’après-midi réunit chaleur et ozone.
advice-heat-ozone-child-indoors-at-noon = Si votre enfant veut jouer dehors, allez-y avant 11 h et gardez l’après-midi pour des jeux calmes au frais.
advice-storm-grass-indoors-before-it = Si un orage est annoncé, prévoyez d’être à l’intérieur avant lui : presque tous ceux qui en ont souffert étaient dehors.
advice-storm-grass-windows-shut = Si les premières rafales arrivent, fermez les fenêtres : elles rabattent le pollen, et la pluie l’éclate en poussières qui vont aux poumons.
advice-storm-grass-until-it-has-passed = Si vous êtes chez vous quand l’orage arrive, restez à l’intérieur, fenêtres fermées, jusqu’à la fin.
advice-storm-grass-reliever-at-hand = Si vous avez un traitement de secours pour l’asthme, gardez-le à portée de main, et appelez le 112 si la respiration empire.
advice-storm-grass-preventer-as-prescribed = Si un traitement de fond de l’asthme est prescrit, prenez-le tel que prescrit : l’oublier a rendu ces orages plus dangereux.
advice-storm-grass-even-without-asthma = Si respirer devient difficile, appelez à l’aide même sans asthme connu : le rhume des foins était le point commun de presque tous les malades.
advice-pollen-air-every-precaution = Si vous avez relâché quelques gestes contre le pollen, reprenez-les tous aujourd’hui : ils comptent plus quand l’air est pollué.
advice-pollen-air-lower-threshold = Si le pollen vous gêne plus que d’habitude, levez le pied : dans un air pollué, certains réagissent à de plus petites quantités.
advice-pollen-air-quiet-ways = Si vous circulez à vélo, prenez les rues les plus calmes que vous connaissez : elles vous évitent les gaz en plus du pollen.
advice-pollen-air-sport-inside = Si vous voulez vous entraîner, faites-le à l’intérieur jusqu’à ce que l’air soit meilleur ou les pollens moins nombreux.
advice-pollen-air-breathing-check = Si une toux revient sans cesse, ou si l’effort vous laisse à bout de souffle, voyez vite un médecin.

## Radon

advice-radon-ten-minutes-a-day = Aérez au moins dix minutes par jour, été comme hiver : le radon s’accumule à l’intérieur.
advice-radon-class-is-not-your-home = Pensez aussi à votre logement : sa construction et son aération comptent, et la classe de la commune ne les dit pas.
advice-radon-measure-in-winter = C’est la saison pour mesurer : laissez un détecteur chez vous au moins deux mois, entre la mi-septembre et la fin février.
advice-radon-where-to-put-it = Si vous mesurez, posez un ou deux détecteurs dans les pièces de vie du rez-de-chaussée, à un ou deux mètres du sol.
advice-radon-above-300 = Si une mesure dépasse 300 Bq/m³, améliorez la ventilation et rendez étanche ce qui sépare le sol du logement.
advice-radon-above-1000 = Si une mesure dépasse 1 000 Bq/m³, faites réaliser les mesures renforcées que prévoit l’arrêté.
advice-radon-smoker-double-reason = Si vous fumez et pensez parfois à arrêter, voici une raison de plus : avec le radon, le tabac augmente bien plus le risque de cancer du poumon.
advice-radon-buying-or-renting = Si vous louez ou achetez ici, demandez l’information sur le radon : le vendeur ou le bailleur doit la donner.
advice-radon-two-figures = Si vous avez une mesure de votre logement, comparez-la à 300 Bq/m³, la référence française, et à 100, ce que conseille l’OMS.

## Drinking water

advice-water-let-it-run = Après quelques jours d’absence, laissez couler l’eau un moment avant de la boire.
advice-water-cold-for-cooking = Pour boire et cuisiner, prenez l’eau froide du robinet : la chaleur arrache des métaux aux tuyaux.
advice-water-open-jug = Si l’eau a un goût de chlore, laissez-la quelques heures au réfrigérateur dans une carafe ouverte.
advice-water-covered-one-day = Gardez l’eau tirée au frais et couverte, et remplacez-la après 24 heures.
advice-water-lead-pregnant = Si votre logement a d’anciens tuyaux en plomb, laissez couler l’eau avant usage jusqu’à leur remplacement.
advice-water-lead-baby = Si d’anciens tuyaux en plomb alimentent le logement, laissez couler l’eau avant de l’utiliser pour bébé, et parlez de leur remplacement.
advice-water-as-it-comes = Si vous pensez à un adoucisseur ou un purificateur pour l’eau à boire, gardez-la telle quelle : la santé n’y gagne rien.

## Standing: whatever the level

advice-standing-baby-never-in-the-sun = Quel que soit l’indice UV, gardez votre bébé hors du soleil : jusqu’à un an, de l’ombre seulement.
advice-standing-child-never-alone-in-a-car = Quel que soit le temps, prenez votre enfant avec vous en quittant la voiture, même pour un instant.
advice-standing-toddler-as-little-sun = Quel que soit l’indice, exposez le moins possible un enfant de moins de trois ans : ombre, chapeau et habits longs sont de chaque sortie.
advice-standing-child-near-windows = À la saison des fenêtres ouvertes, restez auprès de votre enfant près d’une fenêtre ou sur un balcon.
advice-standing-carbon-monoxide-signs = Si plusieurs personnes ont mal à la tête ou la nausée près du feu, pensez au monoxyde de carbone : ouvrez, sortez et appelez le 112.
advice-standing-carbon-monoxide-act = Si vous soupçonnez du monoxyde de carbone, ouvrez les fenêtres, arrêtez les appareils, sortez et appelez le 112.
advice-standing-photosensitising-leaflet = Avant une journée au soleil, demandez à votre pharmacien quelles précautions votre traitement demande.
advice-standing-work-outdoors-in-season = De mai à septembre, et toute l’année en montagne ou près de l’eau, portez chapeau, lunettes et manches longues comme une tenue de travail.
advice-standing-medicines-in-summer = En été, trouvez un endroit frais et à l’ombre pour vos médicaments, en voyage aussi.
advice-standing-over65-register-before = Avant les premières chaleurs, inscrivez-vous sur le registre de votre mairie (en France), pour être appelé quand il fait chaud.
advice-standing-flooded-roads = Si une route est sous l’eau, faites demi-tour : moins de 30 cm suffisent à emporter une voiture.
advice-standing-ragweed-pull-before-august = Si vous trouvez de l’ambroisie au jardin et que le pollen ne vous gêne pas, arrachez-la avec la racine, avec des gants, avant sa floraison en août.
advice-standing-ragweed-ask-for-help = Si de l’ambroisie pousse au jardin, demandez à quelqu’un sans allergie de l’arracher avant août.
advice-standing-ragweed-report = S’il y a de l’ambroisie sur votre terrain, faites-la enlever ; ailleurs, signalez-la sur signalement-ambroisie.fr (en France).
advice-standing-allergy-treatment-before-spring = Si un traitement vous aide chaque printemps, demandez dès maintenant à votre médecin quand le commencer.
advice-standing-pollen-seasons-begin-earlier = Surveillez le pollen dès la fin de l’hiver : pour beaucoup de plantes, la saison commence plus tôt qu’avant.
advice-standing-holidays-by-the-sea = Si vous cherchez un lieu de vacances pendant la saison, pensez au bord de mer : l’air y contient en général moins de pollen.
advice-standing-smoke-outside = Si vous fumez, faites de chaque pièce une pièce sans fumée, surtout si des enfants y vivent.
advice-standing-pregnant-nursery-early = Si vous meublez la chambre du bébé, faites-le tôt et aérez-la pendant plusieurs semaines.
advice-standing-baby-new-furniture = Si un meuble neuf entre dans la chambre de bébé, ouvrez souvent la fenêtre pendant plusieurs semaines.
advice-standing-pregnant-works-for-others = Si le logement est en travaux, laissez-les faire par d’autres pendant la grossesse.
advice-standing-young-child-air-twice = Avec un jeune enfant à la maison, aérez deux fois par jour, dix minutes à chaque fois.
advice-standing-diy-air-for-long = Après des travaux de peinture ou de colle, ou avec un meuble neuf, continuez d’aérer longtemps.
advice-standing-cooking-and-showers = Aérez la pièce pendant la cuisine ou la douche, et après.
advice-standing-air-every-day = Chaque jour, été comme hiver, ouvrez grand les fenêtres cinq à dix minutes.
advice-standing-radiator-down-first = Avant d’ouvrir une fenêtre en hiver, baissez le radiateur placé dessous.
advice-standing-vents-stay-open = Si de l’air froid entre par les aérations, mettez un pull et laissez-les ouvertes : l’air vicié sort par là.
advice-standing-boiler-and-sweep-before-winter = Avant l’hiver, faites entretenir la chaudière et ramoner le conduit, comme chaque année.
advice-standing-wood-stove-service = Faites entretenir le poêle, ramoner le conduit et vérifier le tirage avant le premier feu.
advice-standing-wood-old-stove = Si votre cheminée est ouverte, ou votre poêle d’avant 2002, pensez à les remplacer : ce sont eux qui polluent le plus.

# Leads, the first words of Today: `lead` of a piece names one of them (lead-<name>).
# In lower case, two to nine words, said as an order, never stronger than its pieces.

## Air and episodes

lead-eyes-or-throat = si les yeux ou la gorge piquent, ralentissez
lead-gentle-outdoors = ménagez vos efforts dehors
lead-cough = ralentissez si une toux commence
lead-pace-to-talk = gardez une allure qui laisse parler
lead-light-exercise = faites un exercice léger, plutôt à l’intérieur
lead-gently-indoors = bougez en douceur, à l’intérieur
lead-short-outings = gardez des sorties courtes et faciles
lead-walk-less = si vous allez moins bien, marchez peu
lead-calm-games = choisissez jeux calmes et sorties plus courtes
lead-shorter-if-bothered = raccourcissez la sortie si votre enfant est gêné
lead-off-main-roads = promenez-vous loin des grands axes
lead-off-traffic = entraînez-vous loin du trafic
lead-shorter-session = faites une séance courte
lead-ride-gently = roulez doucement
lead-air-off-peak = aérez tôt le matin ou tard le soir
lead-light-training = allégez l’entraînement
lead-no-intensity = bougez en douceur, sans effort intense
lead-moderate-activity = gardez une activité modérée
lead-gentle-indoors-too = gardez un effort doux, même à l’intérieur
lead-afternoon-sun = évitez le soleil de l’après-midi
lead-hard-training-indoors = gardez l’effort intense pour l’intérieur

## UV

lead-shade-and-cover = cherchez l’ombre et couvrez-vous
lead-hat-and-sleeves = portez chapeau, manches longues et lunettes
lead-morning-or-evening = gardez le soleil pour le matin ou le soir
lead-baby-in-the-shade = gardez bébé à l’ombre
lead-play-in-the-shade = au plus fort du soleil, jouez à l’ombre
lead-effort-off-midday = évitez l’effort en plein midi

## Pollen

lead-sport-indoors-or-late = faites du sport en salle, ou le soir
lead-air-after-sunset = aérez avant l’aube ou la nuit venue
lead-glasses = portez des lunettes dehors
lead-change-clothes = changez de vêtements en rentrant
lead-mow-another-day = laissez la tonte pour un autre jour

## Weather vigilance

lead-put-trips-off = remettez vos trajets si possible
lead-stay-at-home = restez chez vous
lead-home-if-you-can = restez chez vous si possible
lead-solid-shelter = si vous êtes dehors, gagnez un abri en dur
lead-away-from-rivers = restez loin des rivières
lead-check-the-road = renseignez-vous avant de prendre la route
lead-in-the-valley = restez dans la vallée
lead-back-from-the-sea = restez bien en retrait de la mer
lead-drink-often = buvez souvent de l’eau
lead-offer-drinks = proposez souvent à boire
lead-effort-in-the-cool = gardez l’effort pour les heures fraîches
lead-stay-cool = restez au frais, remettez ce qui peut attendre
lead-layers = couvrez-vous de plusieurs couches dehors
lead-stay-warm = restez au chaud

## Hazards together

lead-rest-in-the-afternoon = reposez-vous l’après-midi
lead-cool-afternoon = passez l’après-midi au frais
lead-calm-afternoon = gardez l’après-midi pour des jeux calmes
lead-in-before-the-storm = soyez à l’intérieur avant l’orage
lead-every-precaution = prenez toutes vos précautions contre le pollen
lead-train-indoors = entraînez-vous à l’intérieur
