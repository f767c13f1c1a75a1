# Les œuvres montrées et utilisées, et leurs licences.

credit-atmo-france-what = Indice ATMO de l’air, par commune ou groupement de communes
credit-atmo-france-by = Atmo France et les AASQA
credit-atmo-france-licence = ODbL 1.0
credit-open-meteo-what = Concentrations, UV, pollens, indice européen de la qualité de l’air
credit-open-meteo-by = Données météo d’Open-Meteo.com, d’après CAMS ENSEMBLE du service Copernicus de surveillance de l’atmosphère
credit-open-meteo-licence = CC BY 4.0 ; service gratuit pour un usage non commercial
credit-communes-what = Communes, codes postaux, groupements de communes
credit-communes-by = INSEE, par decoupage-administratif d’Etalab
credit-communes-licence = Licence Ouverte 2.0 ; paquet MIT
credit-geoapi-what = Où se trouve une commune
credit-geoapi-by = geo.api.gouv.fr, d’après l’IGN et l’INSEE
credit-geoapi-licence = Licence Ouverte 2.0
credit-geocoding-what = Lieux hors de France
credit-geocoding-by = Géocodage d’Open-Meteo, d’après GeoNames
credit-geocoding-licence = CC BY 4.0
credit-typeface-what = Atkinson Hyperlegible Next, les caractères de la fenêtre
credit-typeface-by = Braille Institute
credit-typeface-licence = SIL OFL 1.1
credit-app-what = Écosanté, ses icônes et ses conseils
credit-app-by = Les contributeurs d’Écosanté
credit-app-licence = MIT ou Apache 2.0
