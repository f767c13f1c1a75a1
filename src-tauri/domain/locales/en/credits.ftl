# Whose work is shown and carried, and under which licence.

credit-atmo-france-what = ATMO air index, by commune or group of communes
credit-atmo-france-by = Atmo France and the regional air quality agencies (AASQA)
credit-atmo-france-licence = ODbL 1.0
credit-open-meteo-what = Concentrations, UV, pollen, European Air Quality Index
credit-open-meteo-by = Weather data by Open-Meteo.com, from the CAMS ENSEMBLE of the Copernicus Atmosphere Monitoring Service
credit-open-meteo-licence = CC BY 4.0; the free service is for non-commercial use
credit-communes-what = Communes, postcodes, groups of communes
credit-communes-by = INSEE, through decoupage-administratif by Etalab
credit-communes-licence = Licence Ouverte 2.0; package MIT
credit-geoapi-what = Where a commune lies
credit-geoapi-by = geo.api.gouv.fr, from data of IGN and INSEE
credit-geoapi-licence = Licence Ouverte 2.0
credit-geocoding-what = Places outside France
credit-geocoding-by = Open-Meteo geocoding, from GeoNames
credit-geocoding-licence = CC BY 4.0
credit-typeface-what = Atkinson Hyperlegible Next, the typeface of the window
credit-typeface-by = Braille Institute
credit-typeface-licence = SIL OFL 1.1
credit-app-what = Écosanté itself, its icons and its advice
credit-app-by = The Écosanté contributors
credit-app-licence = MIT or Apache 2.0
