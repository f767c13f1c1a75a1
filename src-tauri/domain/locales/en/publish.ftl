# What publishing for other tools says.

cli-publish = Write the public indices of all communes as files for other tools
cli-publish-out = The folder to publish into; a web server serves what “current” in it points to
cli-publish-all = Ask every source, due or not
cli-publish-departement = Publish the communes of these départements alone
publish-done = { $written ->
    [0] Nothing has changed in { $files } files.
    [one] One of { $files } files is new or has changed.
   *[other] { $written } of { $files } files are new or have changed.
}
publish-failed = { $source }: { $why }. What it published last stays, with its age.
error-publish-folder = “{ $path }” cannot be used: { $why }
error-publish-departement = There is no département “{ $given }”. Give codes such as 69 or 2A, separated by commas.
error-publish-busy = Another publication into this folder is under way. Wait for its end.
error-publish-nothing = No source has answered, and nothing was ever published here. Try again when there is a network.
publish-left-out-terms = Its free service is for non-commercial use, and who would read this is not known. Ask it yourself.
publish-left-out-size = It answers for some communes at a time: asking it for all would be thousands of questions. Ask it for the communes you need.

stats-title = What is published, and how well
stats-languages = Other languages
stats-about = Indices of { $communes } communes over { $days ->
    [one] one day
   *[other] { $days } days
}.
stats-nobody = Nobody who reads these files is counted: there is nothing here to count them with.
stats-coverage = Communes with a value for the day
stats-coverage-chart = { $source }: communes with a value, day by day; the figures are in the table
stats-as-table = As a table
stats-day = Day
stats-sources = The sources
stats-source = Source
stats-asked = Times asked
stats-failed = Times failed
stats-delay = From publication to here (median of the days)
stats-unknown = not known
stats-minutes = { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}
stats-hours = { $hours } hours
stats-over = Days over a threshold, by département
stats-over-about = Days on which at least one commune reached the level. Départements without such a day are left out.
stats-over-none = No commune has reached one of the thresholds so far.
stats-departement = Département
stats-over-air = Poor air (level 4) or worse
stats-over-pollen = High pollen (level 4) or more
stats-over-episode = Pollution episode announced
stats-over-vigilance = Orange or red vigilance
front-title = The public environmental indices of France, by commune
front-about = Static files for other tools: air, pollen, pollution episodes, weather vigilance. No key, no account, nobody is counted.
front-commune = everything of a commune, by INSEE code
front-departement = a département with its communes
front-geojson = today in every commune, as points
front-csv = today in every commune, as a table
front-meta = sources, freshness, licences
front-openapi = the description of all this, for programs
front-stats = coverage, delays and failures
front-licences = Name the producers where you show their data. What comes of Atmo France and the agencies is under the ODbL 1.0: who passes on a database made of it does so under the same licence. What is of Météo-France is under the Licence Ouverte 2.0, and no substitute for its own warnings.
