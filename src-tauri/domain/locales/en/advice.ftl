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
advice-air-wood-fire-another-day = If you have other heating, keep the wood fire for a day with better air.
advice-air-garden-no-burning = If you have leaves or branches to clear, compost them: in France, burning them outdoors is banned.

## Air: exceptional event

advice-air-event-short-easy-outings = While it lasts, keep outings short and easy.
advice-air-event-discomfort = If you struggle to breathe, or your heart troubles you, ask a health professional straight away.
advice-air-event-no-more-irritants = Keep your home free of tobacco, paint and glue: lungs have enough to deal with.

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
