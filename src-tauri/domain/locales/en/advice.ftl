# Advice, one message per piece of advice/catalogue.json (advice-<id>).
# At most 240 characters, one recommendation each; facts come from the piece’s source.

## Air

advice-air-good-time-outside = The air is on your side: a good moment to get out, play or exercise.
advice-air-open-windows = Open the windows wide for five to ten minutes: it freshens the whole home, even in winter.
advice-air-cleaning-windows-open = When you clean, keep the windows open while you do it and for a while afterwards.
advice-air-moderate-keep-habits = If you feel well, keep your outings and your sport as usual.
advice-air-poor-ease-if-irritated = If you have sore eyes, a sore throat or a cough, choose a gentler effort outdoors.
advice-air-extreme-gentler-today = Take it easier today: swap effort outdoors for something gentler.
advice-air-sensitive-slow-if-symptoms = If coughing or short breath starts outside, slow down: a walk can replace a run.
advice-air-sensitive-gentle-activity = If a big effort is planned outdoors, choose something gentle instead, above all if you feel unwell.
advice-air-sensitive-lighter-day = If exercise is planned, pick a lighter kind, indoors by preference.
advice-air-sensitive-postpone-outdoor-effort = Keep effort outdoors for another day. Today, move gently indoors.
advice-air-sensitive-unusual-signs = If you notice coughing, short breath or a racing heart, ask a health professional for advice.
advice-air-sensitive-treatment-question = If you wonder whether your treatment suits these days, put the question to your doctor.
advice-air-over65-short-walk = If you feel less well than usual, choose a short and easy walk.
advice-air-over65-two-short-errands = If you have several errands, choose two short easy outings over one long one.
advice-air-over65-gentle-moves-indoors = Today, swap the walk for a few gentle movements at home.
advice-air-asthma-child-calmer-game = If your child coughs, or breathes with a whistling sound, suggest a calmer game.
advice-air-asthma-child-tell-school = If a sports lesson is planned, tell the school: your child can do a gentler exercise.
advice-air-child-gentler-sport = If your child has sore eyes or a scratchy throat, suggest a less intense sport.
advice-air-toddler-shorter-outing = If the outdoor air seems to bother your child, make the outing shorter and quieter.
advice-air-baby-walk-quiet-streets = If you take your baby out, choose a park or quiet streets, away from main roads.
advice-air-young-child-watch-breathing = If your child struggles to breathe or seems very tired, ask a health professional quickly.
advice-air-extreme-child-quiet-games = Today, offer your child quiet games and short outings.
advice-air-open-windows-off-peak = To air your home, choose early morning or late evening, when there are fewer cars.
advice-air-home-without-smoke = To give everyone’s lungs a rest, keep your home free of tobacco smoke.
advice-air-candles-unlit = If you like candles or incense, leave them unlit: their smoke irritates nose and lungs.
advice-air-diy-another-day = If you meant to paint or glue indoors, wait for a day with better air.
advice-air-discomfort-ask-advice = If breathing gets hard, or your heart troubles you, ask a health professional for advice.
advice-air-one-street-away = If your way follows a busy road, move one street over. Beside traffic, the air can be worse than the index.
advice-air-summer-go-out-early = If it is hot and sunny, go out in the morning. Later, the sun makes ozone, an irritating gas.
advice-air-winter-trust-the-index = If the sky is blue and the air very still, trust the index rather than the sky. Cold can trap pollution near the ground.
advice-air-bike-quiet-streets = If you cycle, take the small quiet streets, above all at rush hour.
advice-air-bike-gentle-pace = If you are cycling, ride gently, without getting out of breath.
advice-air-bike-route-not-mask = If you think of a mask, choose a route away from cars instead. The benefit of masks against pollution is not proven.
advice-air-extreme-bike-transit = Today, leave the bike and take public transport if you can.
advice-air-car-shut-in-tunnels = In a tunnel or a traffic jam, shut the windows and turn off the outside air.
advice-air-sport-park-not-road = For a run, choose a park or a car-free area rather than the roadside.
advice-air-sport-early-or-late = If you train outdoors, go early in the morning or late in the evening.
advice-air-sport-breathe-by-nose = If the effort makes you breathe through your mouth, slow down. Your nose filters some of the pollution.
advice-air-sport-sensitive-moderate = If you feel like moving, keep a pace that lets you talk. Moderate effort is still fine.
advice-air-extreme-sport-indoors = Swap your outdoor session for stretching or gentle exercises at home.
advice-air-wood-dry-logs = If you light a fire, use well-dried wood, never painted or varnished.
advice-air-wood-open-windows-twice = When the stove or fireplace is in use, air your home for ten minutes, twice a day.
advice-air-garden-no-burning = If you have leaves or branches to clear, compost them: in France, burning them outdoors is banned.
advice-air-event-short-easy-outings = While it lasts, keep outings short and easy.
advice-air-event-discomfort = If you struggle to breathe, or your heart troubles you, ask a health professional straight away.
advice-air-event-no-more-irritants = Keep your home free of tobacco, paint and glue: lungs have enough to deal with.
advice-air-quiet-route-all-year = Years of ordinary exposure weigh more than a few bad days: make the quiet route your everyday one.
advice-air-pollen-has-its-own-index = If pollen bothers you, look at its own index as well: the air index leaves pollen out.
advice-air-out-after-the-rain = If rain has just passed, make the most of it to go out: it washes pollution out of the air.
advice-air-sport-keep-going = If you hesitate to train, keep your session and change its hour, place or pace: regular exercise protects health.
advice-air-sport-shorter-session = If you work out in this air, keep it short: in effort, you breathe five to ten times more air than at rest.
advice-air-sport-cleaner-route-than-mask = If you thought of running with a mask, take a cleaner route instead: in effort, a mask slips and leaks.
advice-air-bike-separate-track = If you can choose your way, ride on tracks set apart from the cars.
advice-air-bike-ahead-at-lights = At a red light, wait in front of the cars where there is a space for bikes: you keep out of their exhaust.
advice-air-transit-wait-back = If your stop stands on a busy road, wait a few steps back from it: close to traffic, the air can be worse.
advice-air-car-air-it = Open the car windows often, all the more if the car is new.
advice-air-car-cabin-not-a-shelter = If you take the car to escape the pollution, think again: its cabin often holds more of it than the street. On foot, choose side streets.
advice-air-car-short-way-without = If the way is under two kilometres, go on foot, by bike or by public transport: a cold engine pollutes more.
advice-air-car-gentle-engine-off = If you have to drive, go slowly and smoothly, and turn the engine off when you stop.
advice-air-car-no-scents = In the car, replace the air freshener by a good vacuuming of seats and carpets.
advice-air-purifier-windows-first = If you are thinking of an air purifier, begin with open windows and fewer sources: its effect in real homes is not proven.
advice-air-wood-light-from-top = If you light a fire, light it from the top: it pollutes less.
advice-air-wood-other-heating-first = If another heating is enough, leave the wood for later: in 2018, it gave 43 % of the fine particles emitted in France.

## Pollution episodes

advice-episode-shorter-outings = While the episode lasts, choose outings that are short and ask for little effort.
advice-episode-toddler-calm-outing = While the episode lasts, take your child out for calm games, for a little less long than usual.
advice-episode-ask-about-treatment = If you follow a treatment, keep to it, and ask your doctor whether the episode calls for anything special.
advice-episode-discomfort = If your breathing or your heart troubles you, ask a health professional for advice.
advice-episode-unusual-signs = If a cough, wheezing, palpitations or an unusual tiredness appear, rest and speak of it to a health professional.
advice-episode-information-keep-habits = If you feel well, keep your trips and your sport: at the information level, nothing needs to change for you.
advice-episode-information-lighter-training = If you train during the episode, make it a light session: save intensity for later.
advice-episode-alert-no-intensity = Until the alert is over, replace any intense effort by gentle movement.
advice-episode-moderate-stays-possible = If you like to move every day, go on at a light or moderate pace: it is intensity that is to be limited.
advice-episode-alert-short-for-all = While the alert lasts, go for shorter outings and the easier ones.
advice-episode-competition-ask = If you have a competition, ask whether it is adapted or put off: that is what is advised during an alert.
advice-episode-keep-airing = Keep airing your home and leave the vents free: an episode is no reason to shut yourself in.
advice-episode-home-without-irritants = Spare the air indoors: put off paint, glue and solvents until the episode is over.
advice-episode-smoker-spare-the-home = If you smoke, keep the smoke out of the home: lungs already have the episode to bear.
advice-episode-airing-hours = To air your home during the episode, open up before the morning traffic or late in the evening.
advice-episode-baby-still-goes-out = If you take your baby out, go on doing so, away from big roads, or for less long beside them.
advice-episode-baby-watch = Air your baby’s room as usual, and if breathing seems hard or the baby very tired, call a health professional.
advice-episode-keep-cycling = If you are well, keep cycling or walking: for most people, the benefit outweighs the pollution breathed.
advice-episode-bike-gentle = If you ride during the episode, take your time: a moderate pace keeps you from breathing hard.
advice-episode-car-stays-home = If a trip is under two kilometres, let the car stand: walking, cycling or the bus adds nothing to the episode.
advice-episode-route-not-mask = If you thought of a mask, choose a quieter way or another hour: health experts do not recommend wearing one in episodes.
advice-episode-particles-off-the-big-roads = If you go out at rush hour, take side streets, or wait until the traffic on the big roads has thinned.
advice-episode-particles-moderate = If sport is planned, turn it into moderate activity, a walk for example.
advice-episode-particles-indoors-too = During this alert, keep effort gentle indoors as well as outdoors: a gym does not shelter you from particles.
advice-episode-particles-reduce-for-all = Lighten your training, or put the intense session off until the alert has ended.
advice-episode-particles-courtyard-side = If your home has a quiet side, open the windows on the courtyard rather than on the street.
advice-episode-wood-fire-waits = If the fire is only for pleasure or as an extra, let it wait: your main heating will do.
advice-episode-wood-check-the-order = Use your main heating and look at the prefect’s order: during an alert it may forbid fires for pleasure or as an extra.
advice-episode-garden-compost = For garden waste, use compost or the recycling centre: during the episode, even the exceptions to the ban on burning are suspended.
advice-episode-ozone-morning-out = If you have to go out, do it in the morning: ozone is highest in the afternoon sun.
advice-episode-ozone-gentle-indoors = If you want to exercise, do it indoors and gently: ozone stays mostly outside.
advice-episode-ozone-less-outdoors = Outdoors, swap the intense session for an easy one until the ozone alert is over.
advice-episode-ozone-train-indoors = If you want to train hard, do it indoors: little of the ozone gets in.

## UV

advice-uv-low-no-protection = With a UV index this low, go out without special protection.
advice-uv-low-child-plays = Let your child enjoy the outdoors: at this level no protection is asked for.
advice-uv-work-all-day-cover = If you work outdoors, stay covered all day: even weak UV adds up.
advice-uv-work-sunny-tasks-early = If your schedule allows, do the tasks in the sun before noon or after 4 pm.
advice-uv-midday-shade = Around midday (noon to 4 pm in mainland France), look for shade.
advice-uv-very-high-morning-or-evening = Save the sun for morning or evening. Avoid it around midday (noon to 4 pm in mainland France).
advice-uv-extreme-full-shade = Around midday (noon to 4 pm in mainland France), stay fully in the shade. Mornings and evenings are gentler.
advice-uv-cover-up = Wear your own shade: long sleeves, a wide-brimmed hat and sunglasses.
advice-uv-cream-30 = On skin that stays bare, use sunscreen of factor 30 or more.
advice-uv-cream-50 = On face, hands and any bare skin, choose sunscreen of factor 50 or 50+.
advice-uv-cream-again = Put sunscreen on again every two hours, and after each swim.
advice-uv-cream-comes-last = Start with shade and clothes; sunscreen comes last.
advice-uv-clouds-do-not-protect = Protect yourself even when it is cool or cloudy. You cannot feel UV, the sun’s invisible rays.
advice-uv-baby-always-shade = Keep your baby in the shade, always: before the age of one, no direct sun at all.
advice-uv-baby-early-or-late = Take your baby out early or late in the day, when the sun is lower.
advice-uv-child-play-in-shade = When the sun is strongest, offer your child a game in the shade or indoors.
advice-uv-child-hat-and-glasses = Dress your child in long clothes, a hat and sunglasses that cover the sides too.
advice-uv-child-cream = Wherever your child’s skin stays bare, put on a children’s sunscreen.
advice-uv-fair-skin-highest-factor = On fair skin, use the strongest sunscreen: factor 50+.
advice-uv-medicine-ask-pharmacist = If you take a medicine, ask the pharmacist whether it makes skin more sensitive to the sun.
advice-uv-activity-off-midday = For sport or gardening, choose a time before noon or after 4 pm (in mainland France).
advice-uv-protect-from-three = From index 3 on, everyone needs protection: think of shade and clothes before you go out.
advice-uv-cream-is-no-extra-time = When you have put sunscreen on, keep to the time you had planned in the sun: it does not lengthen it.
advice-uv-reflections-add-up = Near sand, water or snow, combine shade, clothes and glasses: they send UV back even into the shade.
advice-uv-parasol-at-home = In the garden or on the balcony, open a parasol: the canvas stops most of the UV, some 80 to 98 %.
advice-uv-choose-glasses = Choose sunglasses with the CE mark, of category 3 or 4 by the sea and in the mountains; for driving, never 4.
advice-uv-eyes-need-shade = Give your eyes shade too, with a hat and dark glasses: strong UV can inflame them at once.
advice-uv-spring-sun = If the air still feels cool, cover up all the same: the sun of May equals that of August, and skin is not used to it.
advice-uv-toddler-least-possible = Until the age of three, keep skin out of the sun as much as possible: a shady corner and light long clothes.
advice-uv-work-ask-for-shade = At work, ask for shade and other hours for everyone, and speak of your skin to the occupational doctor.
advice-uv-treatment-cover-well = With your treatment, skin can react to the sun: keep in the shade, cover it, and read again what the leaflet says.

## Pollen

advice-pollen-rinse-hair = In the evening, rinse or brush hair: it holds a lot of pollen.
advice-pollen-rinse-nose = Rinse the nose regularly with saline (slightly salty water, from the pharmacy).
advice-pollen-open-windows-before-sunrise = Air your home before sunrise or after sunset. Plants start releasing pollen as the sun comes up.
advice-pollen-change-clothes = When you come home, change your clothes or shake them out: pollen clings to them.
advice-pollen-laundry-indoors = Dry your laundry indoors: outside, pollen sticks to damp fabric.
advice-pollen-wear-glasses = Outdoors, keep glasses or sunglasses on: they shield the eyes from pollen.
advice-pollen-follow-treatment = If allergy treatment is prescribed, follow it just as the doctor planned.
advice-pollen-own-limit = If this level already bothers you, lower your limit in the app: everyone reacts differently.
advice-pollen-treatment-in-time = If you are prescribed treatment for the season, ask your doctor when to start it.
advice-pollen-plain-indoor-air = Keep the air at home plain: no tobacco, no incense, no room scents.
advice-pollen-car-windows-shut = If you go by car, keep the windows shut during the ride.
advice-pollen-low-day-for-garden = Pollen is low: if you need to mow or trim, this is the day.
advice-pollen-mow-another-day = For mowing and trimming, wait for a day with less pollen or ask for help.
advice-pollen-sport-indoors-or-late = For sport, choose indoors or, if you want to be outside, the end of the day.
advice-pollen-bike-quiet-streets = By bike, take quiet streets, so as not to add car fumes to the pollen.
advice-pollen-dry-weather-walk = If the weather is dry, walk somewhere other than fields and woods. Pollen stays in the air there.
advice-pollen-breathing-signs = If breathing makes a whistling sound, or the chest feels tight, tell a doctor soon.
advice-pollen-asthma-tell-doctor = If pollen stirs up asthma, tell the doctor: tests can help find which pollen it is.
advice-pollen-seasonal-sneezing = If you sneeze every year in the same season, talk to your doctor about it.
advice-pollen-alder-season = Alder flowers from February to April: start your precautions against pollen in winter.
advice-pollen-birch-season = Birch pollen flies from March to May, in towns too: keep up precautions all spring.
advice-pollen-olive-season = Olive pollen flies mostly in May and June: keep up precautions until early summer.
advice-pollen-grass-sit-on-a-bench = This pollen comes from meadow and lawn grasses. For a break, choose a bench over tall grass.
advice-pollen-mugwort-walk-wide = From July to September, keep away from waste ground and path edges: mugwort flowers there.
advice-pollen-ragweed-start-early = Take precautions from this level on: a few ragweed grains in the air can cause trouble.
advice-pollen-ragweed-let-others-pull = If you find ragweed, let someone without the allergy pull it up.
advice-pollen-birch-raw-fruit = If an apple or a hazelnut makes the mouth tingle, tell an allergist (a doctor for allergies).
advice-pollen-grass-before-a-storm = If a storm is coming, go in and shut the windows until it passes. It can push pollen down to the ground.
advice-pollen-grass-peak-june = Grass pollen flies from March to July, most of all in June: keep your habits against pollen until summer.
advice-pollen-ragweed-until-october = Keep up precautions until early October: ragweed pollen begins at the end of July, and troubles peak in September.
advice-pollen-trees-of-one-family = If hazel or hornbeam bothers you as well, tell the allergist: alder, birch and these trees resemble one another.
advice-pollen-weeds-raw-vegetables = If celery, carrot or melon makes the mouth itch, note it and ask an allergist: it can go with this pollen.
advice-pollen-grass-melon-tomato = If melon or tomato makes the mouth itch, note it and ask an allergist: it can go with grass pollen.
advice-pollen-lips-that-swell = If raw fruit makes your lips or throat tingle or swell, eat something else and tell a doctor.
advice-pollen-garden-late-covered = If the garden cannot wait, see to it late in the day, with glasses, and a mask against the pollen.
advice-pollen-smoke-free-nose = If you smoke, keep your home smoke-free in the season: tobacco irritates airways that pollen already troubles.
advice-pollen-clean-with-plain-products = If you clean the house, use few and simple products: strong ones irritate what pollen already irritates.
advice-pollen-child-hair-at-bedtime = At bedtime, rinse or brush your child’s hair, so that pollen stays off the pillow.
advice-pollen-child-clothes-after-play = After outdoor games, change your child’s clothes as soon as you are home.

## Weather vigilance

advice-weather-yellow-look-before = If your plans depend on the weather, check the forecast again before you start, and keep another plan ready.
advice-weather-orange-follow-advice = Dangerous weather is on its way: if you have something planned outside, arrange it around the official advice of the day.
advice-weather-red-obey-orders = This weather is exceptional: do what the authorities ask, and put off everything that can wait.
advice-weather-look-at-six-and-sixteen = Look at the vigilance map again after 6 am and after 4 pm: it is renewed at these hours, or more often.
advice-weather-alert-means-act = If the mayor or the prefect gives the alert, act at once: the vigilance only announced the danger.
advice-wind-slower-and-fewer-trips = If you can, put trips off until the wind has dropped. If you have to go, slow down.
advice-wind-high-sided-stays = If you drive something high, or with a trailer, leave it parked until the wind has dropped.
advice-wind-open-ground = If you go out on foot, keep to open streets away from trees and from the sea, and watch for what may fall.
advice-wind-roof-for-later = If the roof needs mending or a line is down, keep your distance and leave it to professionals once the wind is over.
advice-wind-tie-down = Bring in or tie down whatever the wind could carry off from the garden or the balcony.
advice-wind-red-stay-home = Stay at home, listen to the local radio, and let your neighbours know that you are there.
advice-red-light-and-water = Have lamps and a reserve of drinking water ready: light and water may be cut.
advice-red-medical-device = If you depend on an electric medical device, call the organisation that looks after it now.
advice-storm-solid-shelter = If a storm catches you outdoors, move away from trees and streams and take shelter in a solid building.
advice-storm-appliances-rest = While the storm is overhead, let the phone and the electrical appliances rest.
advice-storm-put-goods-safe = Before the storm, put what wind or water could harm under cover, and save trips for afterwards.
advice-storm-red-at-home = Stay at home, leave the car, and keep the phone for emergencies.
advice-storm-on-the-road = If you are already on the road, drive at walking pace, turn back before any flooded road, park safely and stay in the car.
advice-storm-lightning-crouch = If there is lightning and no shelter, crouch low in the open, away from a lone tree, an overhang or a wall.
advice-flood-car-stays = Leave the car where it is and put the trip off: less than 30 cm of water can carry it away.
advice-flood-no-cellar = Stay above ground: keep out of cellars and underground car parks, whatever you left there.
advice-flood-go-upstairs = If the water comes up, take shelter in a building and go to a higher floor.
advice-flood-away-from-banks = If you walk, choose high ground: keep well away from rivers, their banks and their bridges.
advice-flood-child-stays-at-school = If your child is at school or nursery, leave them there: they are safe, and the road to them is not.
advice-flood-cut-the-supplies = If you can do so safely, turn off gas, electricity and heating before the water comes in.
advice-flood-text-the-fragile = Ask fragile people near you how they are by text message: calls stay free for emergencies.
advice-flood-kit-for-three-days = Get a bag ready for three days: six litres of water each, food, torch, radio, medicines, papers, charger.
advice-flood-leave-when-told = Keep your bag at hand, and leave your home only when the authorities order it.
advice-flood-follow-vigicrues = Follow your river on vigicrues.gouv.fr, or in its app, which can warn you.
advice-snow-check-the-road = If you have to travel, look at Bison Futé, the French road information, first, and take public transport where you can.
advice-snow-clear-the-pavement = If a pavement runs past your home, clear and salt it.
advice-snow-car-equipment = If driving cannot wait, take winter equipment, a blanket, a torch, water and food, and tell someone your route.
advice-snow-stuck-stay-inside = If you get stuck, stay in the car until rescuers say otherwise, and keep the exhaust pipe free of snow.
advice-snow-red-at-home = Stay at home if you can, and protect the water pipes from the frost.
advice-snow-shoes-that-grip = If you go out, wear shoes that grip and take small steps: falls are the danger of snow and ice.
advice-avalanche-stay-in-the-valley = Choose the valley today: leave mountain outings for another day and follow the safety rules of the resort.
advice-avalanche-read-the-bulletin = If you plan an outing in the mountains, read the avalanche bulletin of Météo-France before you decide.
advice-waves-look-from-afar = If you want to see the sea, look from well inland: keep off jetties, dykes and the water’s edge.
advice-waves-water-sports-later = If a swim or a boat trip was planned, move it to a day with a calm sea.
advice-waves-inland-road = If you drive near the coast, take an inland road: those along the sea may be swept or flooded.
advice-waves-close-the-house = If you live on the seafront, shut doors, windows and shutters and lift up what water could spoil.
advice-waves-yellow-careful = If you are by the sea, stay on dry ground: at yellow already, a bathe or a wave larger than the rest is a risk.
advice-heat-drink-before-thirst = Drink water often through the day, before thirst asks for it.
advice-heat-wet-the-skin = Several times a day, wet your skin, at least the face and the forearms.
advice-heat-close-by-day = Keep windows and shutters closed while it is hotter outside, and open wide when the air has cooled.
advice-heat-hours-in-a-cool-place = If your home stays hot, spend a few hours of each day somewhere cool.
advice-heat-out-before-eleven = If you have to go out, do it before 11 am or after 9 pm: in between, the heat is at its worst.
advice-heat-sport-another-time = Train when it is cool, or rest until the heat has passed: effort in the hot hours is what to avoid.
advice-heat-garden-at-the-cool-end = Leave digging and heavy work in the house or garden for cooler days.
advice-heat-ask-after-others = Ask after people who bear heat badly, and let others know how you are.
advice-heat-isolated-daily-call = Agree with someone on a call each day, and ask for help at the first discomfort.
advice-heat-over65-moist-skin-and-air = With age, one sweats less: moisten your skin and let air move over it, several times a day.
advice-heat-over65-register = If you would like to be called while it is hot, ask your town hall to put you on its register (in France).
advice-heat-yellow-counts-for-you = Take yellow seriously: it is meant for people who exert themselves in the heat. Keep effort for the cool hours.
advice-heat-orange-concerns-all = If you feel fit, protect yourself all the same: at orange, heat endangers everyone who is exposed to it.
advice-heat-red-put-off = Put off what can wait and stay in the cool: this heat is exceptional, and services may be disturbed.
advice-heat-child-drinks-unasked = Offer your child something to drink often, even unasked: babies dry out fast.
advice-heat-child-light-clothes = At home, leave a baby in a nappy and an older child in underwear, in the coolest room.
advice-heat-child-out-early = Take your child out before 11 am or after 9 pm, and play in the cool in between.
advice-heat-child-with-you = Take your child with you whenever you leave the car, even for a minute.
advice-heat-child-lukewarm-bath = To cool your child, run a lukewarm bath and stay beside it, or spray face and bare skin.
advice-heat-child-open-window = When windows are open for the cool, stay with your child near them and on the balcony.
advice-heat-treatment-goes-on = Go on with your treatment as it is; if the heat worries you, your doctor or pharmacist can answer.
advice-heat-treatment-ask-before = If you have not yet done so, ask your pharmacist whether your medicines change how the body bears heat.
advice-heat-treatment-kept-cool = Keep your medicines out of the sun and the heat, as the box says.
advice-heat-fragile-start-now = Start with every precaution now: age, illness, pregnancy and isolation make heat dangerous sooner.
advice-heat-ask-before-painkillers = If the heat makes you ill, cool down and ask a professional before any painkiller: some make heatstroke worse.
advice-heat-first-signs = If a headache, nausea, dizziness or cramps begin, go into the cool, drink, and ask for help if they stay.
advice-heat-stroke-call = If someone is burning hot and confused, or faints, call 112 at once: it may be heatstroke, which is a danger to life.
advice-heat-work-ask-the-employer = Ask your employer what is planned for the heat: in France, the law asks for measures from yellow on.
advice-heat-work-three-litres = If your site has no running water, ask for drinking water: the French law says three litres a day for each worker.
advice-heat-fan-on-wet-skin = If you have a fan, use it: it helps sweat to evaporate and takes far less power than air conditioning.
advice-heat-cold-meals = Make cold meals and let the oven and other warm appliances rest.
advice-heat-eat-and-no-alcohol = Choose water over alcohol, and eat enough even if the heat takes your appetite away.
advice-cold-more-time-at-home = If you have the choice, stay at home while the cold is at its strongest, and take more care than usual outside.
advice-cold-several-layers = If you go out, put on several layers, the outer one against wind and rain.
advice-cold-head-and-hands = Outside, cover head and hands, and wear shoes that grip.
advice-cold-scarf-over-the-mouth = Outside, wear a scarf over nose and mouth.
advice-cold-easy-efforts = If you exercise, do it indoors or gently: sudden effort in severe cold is what to avoid.
advice-cold-heart-works-harder = Keep warm and move without haste: in the cold, the heart has more work to do.
advice-cold-isolated-tell-someone = If your home is hard to heat, tell someone today: this cold is dangerous above all for those who are alone.
advice-cold-work-in-layers = If you work outdoors, dress in several layers: at yellow already, working conditions can make the cold dangerous.
advice-cold-strong-people-too = Go in at the first shivers, however fit you are: people who work or train outdoors can suffer from the cold too.
advice-cold-shivers-go-in = If shivers or numb fingers begin, go into the warm, and ask for help if they stay.
advice-cold-baby-stays-in = Keep your baby in the warm if you can; outside, cover the head first: babies cool fast.
advice-cold-baby-in-the-pram = If you take your baby out, choose the pram over the carrier, so that the legs can move.
advice-cold-fragile-stay-warm = Stay in the warm and go out only for what cannot wait: age, illness and isolation make cold more dangerous.
advice-cold-call-115-for-others = If you see somebody without shelter, call 115 (in France); in an emergency, 112.
advice-cold-mobile-heater-in-turns = If you use a mobile heater that burns fuel, run it for short spells only, and air the room.
advice-cold-heat-with-heaters-only = If the heating is weak, ask for help or share a warm room: oven, cooker and barbecue give off a deadly gas.
advice-generator-outside = If you start a generator, put it outside the building: its carbon monoxide, a gas without smell, can kill.

## Hazards together

advice-heat-ozone-early-then-rest = If you have things to do outside, do them early in the morning and rest in the afternoon: it is the answer to both heat and ozone.
advice-heat-ozone-air-at-night = Open the windows at night or before sunrise, and close them before the heat returns.
advice-heat-ozone-breathing-and-heart = If your chest tightens or your heart troubles you, ask for help soon: such days bring more attacks of asthma and of the heart.
advice-heat-ozone-more-than-heat = If you can, spend the afternoon in a cool room: heat and ozone together do more harm than heat alone.
advice-heat-ozone-sport-at-dawn = If you train, do it soon after sunrise, or indoors in the cool and gently.
advice-heat-ozone-work-early = If you work outdoors, ask for the heavy tasks to come first in the morning: afternoon brings heat and ozone together.
advice-heat-ozone-child-indoors-at-noon = If your child wants to play outside, go before 11 am, and keep the afternoon for quiet games in the cool.
advice-storm-grass-indoors-before-it = If a storm is announced, plan to be indoors before it comes: nearly all who fell ill in such storms were outside.
advice-storm-grass-windows-shut = If the first gusts arrive, shut the windows: they push grass pollen down, and rain bursts it into dust fine enough for the lungs.
advice-storm-grass-until-it-has-passed = If you are at home when the storm comes, stay in with the windows shut until it has passed.
advice-storm-grass-reliever-at-hand = If you have a reliever for your asthma, keep it within reach, and call 112 if breathing gets worse.
advice-storm-grass-preventer-as-prescribed = If a daily treatment for asthma is prescribed, take it just as prescribed: missing it made such storms more dangerous.
advice-storm-grass-even-without-asthma = If breathing becomes hard, call for help even if you have never had asthma: hay fever was what most of those taken ill had in common.
advice-pollen-air-every-precaution = If you have let some habits against pollen go, take them all up again today: they matter more when the air is bad.
advice-pollen-air-lower-threshold = If pollen bothers you more than usual, slow down: in bad air, some people react to less of it.
advice-pollen-air-quiet-ways = If you go by bike, take the quietest streets you know: they spare you exhaust on top of the pollen.
advice-pollen-air-sport-inside = If you want to train, do it indoors until the air is clear of one or the other.
advice-pollen-air-breathing-check = If a cough keeps coming back, or you are out of breath after effort, see a doctor soon.

## Radon

advice-radon-ten-minutes-a-day = Air your home at least ten minutes a day, in summer and in winter: radon gathers indoors.
advice-radon-class-is-not-your-home = Look at your own home too: how it is built and aired counts, and the class of the commune does not tell.
advice-radon-measure-in-winter = This is the season to measure: leave a detector at home for at least two months between mid-September and the end of February.
advice-radon-where-to-put-it = If you measure, put one or two detectors in ground-floor rooms you live in, at one to two metres from the floor.
advice-radon-above-300 = If a measurement shows more than 300 Bq/m³, improve the ventilation and seal what lies between ground and home.
advice-radon-above-1000 = If a measurement shows more than 1,000 Bq/m³, have the stronger measures of the official order carried out.
advice-radon-smoker-double-reason = If you smoke and ever think of stopping, here is one more reason: with radon, tobacco raises the risk of lung cancer much more.
advice-radon-buying-or-renting = If you rent or buy here, ask for the information on radon: seller or landlord has to give it.
advice-radon-two-figures = If you have a figure for your home, compare it with 300 Bq/m³, the French reference, and with 100, what the WHO advises.

## Drinking water

advice-water-let-it-run = After some days away, let the tap run for a while before you drink.
advice-water-cold-for-cooking = For drinking and cooking, take cold tap water: heat draws metals from the pipes.
advice-water-open-jug = If the water tastes of chlorine, leave it for a few hours in an open jug in the fridge.
advice-water-covered-one-day = Keep drawn water in the cold and covered, and draw fresh after 24 hours.
advice-water-lead-pregnant = If your home has old lead pipes, let the water run before use until they are replaced.
advice-water-lead-baby = If old lead pipes feed your home, let the water run before you use it for your baby, and ask about replacing them.
advice-water-as-it-comes = If you think of a softener or purifier for drinking water, keep it as it comes: they bring no gain for health.

## Standing: whatever the level

advice-standing-baby-never-in-the-sun = Whatever the UV index, keep your baby out of the sun: until one year old, shade only.
advice-standing-child-never-alone-in-a-car = Whatever the weather, take your child along when you get out of the car, even for an instant.
advice-standing-toddler-as-little-sun = Whatever the index, give a child under three as little sun as possible: shade, hat and long clothes go along on every outing.
advice-standing-child-near-windows = In the season of open windows, stay beside your child near a window or on a balcony.
advice-standing-carbon-monoxide-signs = If several people at home get a headache or feel sick near the fire, think of carbon monoxide: open up, go out and call 112.
advice-standing-carbon-monoxide-act = If you suspect carbon monoxide, open the windows, turn appliances off, leave, and call 112 from outside.
advice-standing-photosensitising-leaflet = Before a day in the sun, ask your pharmacist how careful you have to be with your treatment.
advice-standing-work-outdoors-in-season = Make hat, glasses and sleeves part of your work clothes from May to September, and all year in the mountains and near water.
advice-standing-medicines-in-summer = In summer, choose a cool and shady place for your medicines, also on a journey.
advice-standing-over65-register-before = Before the first heat, sign on to the register of your town hall (in France), to be called when it is hot.
advice-standing-flooded-roads = If a road is under water, turn round: less than 30 cm is enough to carry a car off.
advice-standing-ragweed-pull-before-august = If you find ragweed in the garden and pollen does you no harm, pull it up with the root, with gloves, before it flowers in August.
advice-standing-ragweed-ask-for-help = If ragweed grows in the garden, ask somebody without allergy to pull it up before August.
advice-standing-ragweed-report = If ragweed stands on your land, have it removed; elsewhere, report it on signalement-ambroisie.fr (in France).
advice-standing-allergy-treatment-before-spring = If a treatment helps you each spring, ask your doctor now when to begin it.
advice-standing-pollen-seasons-begin-earlier = Look at pollen from the end of winter on: for many plants, the season has come to start earlier.
advice-standing-holidays-by-the-sea = If you choose a place for holidays in the season, think of the seaside: its air usually holds less pollen.
advice-standing-smoke-outside = If you smoke, make every room of the home a room without smoke, above all where children live.
advice-standing-pregnant-nursery-early = If you furnish the baby’s room, do it early and air it for several weeks.
advice-standing-baby-new-furniture = If new furniture comes into your baby’s room, open its window often for several weeks.
advice-standing-pregnant-works-for-others = If the home is being renovated, leave the work to others during pregnancy.
advice-standing-young-child-air-twice = With a young child at home, air twice a day, ten minutes each time.
advice-standing-diy-air-for-long = After work with paint or glue, or with new furniture, go on airing for a good while.
advice-standing-cooking-and-showers = Air the room while you cook or shower, and afterwards.
advice-standing-air-every-day = Every day, in summer as in winter, open the windows wide for five to ten minutes.
advice-standing-radiator-down-first = Before you open a window in winter, turn down the radiator under it.
advice-standing-vents-stay-open = If cold air comes from the vents, put on a jumper and leave them open: they let bad air out.
advice-standing-boiler-and-sweep-before-winter = Before winter, have the boiler serviced and the flue swept, as every year.
advice-standing-wood-stove-service = Have the stove serviced, the flue swept and the draught checked before the first fire.
advice-standing-wood-old-stove = If your fireplace is open, or your stove older than 2002, think of replacing it: these pollute most.

# Leads, the first words of Today: `lead` of a piece names one of them (lead-<name>).
# In lower case, two to eight words, said as an order, never stronger than its pieces.

## Air and episodes

lead-eyes-or-throat = if eyes or throat sting, slow down
lead-gentle-outdoors = go easy on effort outdoors
lead-cough = slow down if a cough starts
lead-pace-to-talk = keep a pace that lets you talk
lead-light-exercise = keep exercise light, indoors if possible
lead-gently-indoors = move gently, and indoors
lead-short-outings = keep outings short and easy
lead-walk-less = if you feel unwell, keep walks short
lead-calm-games = choose calm games and shorter outings
lead-shorter-if-bothered = shorten outings if your child is bothered
lead-off-main-roads = take walks away from main roads
lead-off-traffic = train away from traffic
lead-shorter-session = keep your session short
lead-ride-gently = ride gently
lead-air-off-peak = air your home early or late
lead-light-training = keep training light
lead-no-intensity = move gently, without intense effort
lead-moderate-activity = keep to moderate activity
lead-gentle-indoors-too = keep effort gentle, indoors too
lead-afternoon-sun = stay out of the afternoon sun
lead-hard-training-indoors = keep hard training for indoors

## UV

lead-shade-and-cover = seek shade and cover up
lead-hat-and-sleeves = wear a hat, sleeves and sunglasses
lead-morning-or-evening = save the sun for morning or evening
lead-baby-in-the-shade = keep your baby in the shade
lead-play-in-the-shade = when the sun peaks, play in the shade
lead-effort-off-midday = keep effort away from midday

## Pollen

lead-sport-indoors-or-late = do sport indoors, or late in the day
lead-air-after-sunset = air your home before sunrise or after sunset
lead-glasses = wear glasses outdoors
lead-change-clothes = change clothes when you come home
lead-mow-another-day = leave mowing for another day

## Weather vigilance

lead-put-trips-off = put trips off if you can
lead-stay-at-home = stay at home
lead-home-if-you-can = stay at home if you can
lead-solid-shelter = if caught outdoors, find solid shelter
lead-away-from-rivers = keep well away from rivers
lead-check-the-road = check the road before you travel
lead-in-the-valley = stay in the valley
lead-back-from-the-sea = keep well back from the sea
lead-drink-often = drink water often
lead-offer-drinks = offer drinks often
lead-effort-in-the-cool = keep effort for the cool hours
lead-stay-cool = stay cool, put off what can wait
lead-layers = wear several layers outside
lead-stay-warm = stay in the warm

## Hazards together

lead-rest-in-the-afternoon = rest in the afternoon
lead-cool-afternoon = spend the afternoon somewhere cool
lead-calm-afternoon = keep the afternoon for calm games
lead-in-before-the-storm = be indoors before the storm
lead-every-precaution = take every precaution against pollen
lead-train-indoors = train indoors
