# Scales: their names, what they say in some sentences, and the words of their levels.

scale-atmo-2021 = ATMO index
scale-atmo-2021-definition = The ATMO index is the official index of the air outdoors in France. It has had its present form since 1 January 2021. It is as bad as the worst of five pollutants: PM2.5 and PM10 particles, nitrogen dioxide, ozone and sulphur dioxide. There is one value a day for a commune or a group of communes. An “event”, such as a fire or desert dust, stands outside the six levels.
scale-atmo-2021-1 = Good
scale-atmo-2021-2 = Fair
scale-atmo-2021-3 = Moderate
scale-atmo-2021-4 = Poor
scale-atmo-2021-5 = Very poor
scale-atmo-2021-6 = Extremely poor
scale-atmo-2021-event = Event

scale-atmo-pollen-2025 = pollen index
scale-atmo-pollen-2025-definition = The pollen index of Atmo France follows six plants: alder, birch, olive, grass, mugwort and ragweed. It has had its present six levels since April 2025. There is one value a day.
scale-atmo-pollen-2025-1 = Very low
scale-atmo-pollen-2025-2 = Low
scale-atmo-pollen-2025-3 = Moderate
scale-atmo-pollen-2025-4 = High
scale-atmo-pollen-2025-5 = Very high
scale-atmo-pollen-2025-6 = Extremely high

scale-eaqi-2024 = European Air Quality Index
scale-eaqi-2024-definition = The European Air Quality Index says by the hour how polluted the air outdoors is. It is as bad as the worst of five pollutants: PM2.5 and PM10 particles, nitrogen dioxide, ozone and sulphur dioxide. Its levels were revised in 2024, and are not those of the French ATMO index.
scale-eaqi-2024-1 = Good
scale-eaqi-2024-2 = Fair
scale-eaqi-2024-3 = Moderate
scale-eaqi-2024-4 = Poor
scale-eaqi-2024-5 = Very poor
scale-eaqi-2024-6 = Extremely poor

scale-episode = pollution episode
scale-episode-definition = A pollution episode is announced where a pollutant passes, or is going to pass, a limit of the law in an area. The information is first for people at risk, the alert for everybody.
scale-episode-1 = No episode
scale-episode-2 = Information
scale-episode-3 = Alert

scale-radon-2018 = radon potential
scale-radon-2018-definition = Radon is a radioactive gas that rises from the ground. The potential of a commune says in three classes what the ground can give; only a measurement says what is in a house.
scale-radon-2018-1 = Low
scale-radon-2018-2 = Low, but the ground can help the gas through
scale-radon-2018-3 = Significant

scale-uv-who = UV index
scale-uv-who-definition = The UV index says how strongly the sun burns the skin at its highest of the day. The World Health Organization groups it: 0 to 2 low, 3 to 5 moderate, 6 to 7 high, 8 to 10 very high, 11 and more extreme. Protect yourself from index 3 on.
scale-uv-who-1 = Low
scale-uv-who-2 = Moderate
scale-uv-who-3 = High
scale-uv-who-4 = Very high
scale-uv-who-5 = Extreme

scale-vigilance = weather vigilance
scale-vigilance-definition = The vigilance of Météo-France announces dangerous weather for today and tomorrow, by département, in four colours: green, yellow, orange, red. Here it exists for mainland France and Corsica only.
scale-vigilance-1 = Green
scale-vigilance-2 = Yellow
scale-vigilance-3 = Orange
scale-vigilance-4 = Red
