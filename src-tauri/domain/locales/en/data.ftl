# The person's data in their hands: what was sent, export, import, delete all.

sent-summary = { $count ->
    [0] In the last { $days } days, nothing was sent.
    [one] In the last { $days } days, one request left this device, for one server.
   *[other] In the last { $days } days, { $count } requests left this device, for { $servers ->
        [one] one server
       *[other] { $servers } servers
    }.
}
sent-always = Each also says which version of this app asks, and gives back the mark of a server’s last answer. Like all who are asked on the Internet, the server sees the address of your connection.
sent-never = No name, no profile and no identifier is ever sent. What is listed here stays on this device, for 30 days.
sent-to = { $operator } – { $host }
sent-count = { $count ->
    [one] One request, { $last }.
   *[other] { $count } requests, the last { $last }.
} { $failed ->
    [0] All were answered, as far as is known.
    [one] One came to nothing.
   *[other] { $failed } came to nothing.
}
sent-through = This server passes on what others publish. For whom each request was is in the table.
sent-caption = What was sent to { $host }
sent-column-purpose = What for
sent-column-what = What was in it
sent-column-producer = For
sent-column-count = Requests
sent-column-last = Last
sent-nothing = Nothing about you or your places
sent-part-zones = codes of communes or groups of communes { $values }
sent-part-communes = { $count ->
    [one] commune { $values }
   *[other] communes { $values }
}
sent-part-domains = { $count ->
    [one] département or coast { $values }
   *[other] départements or coasts { $values }
}
sent-part-cells = { $count ->
    [one] point rounded to 0.1°: { $values }
   *[other] points rounded to 0.1°: { $values }
}
sent-part-area = square around a rounded point: { $values }
sent-part-point = point rounded to 0.001°: { $values }
sent-part-words = words “{ $values }”
sent-part-language = language { $values }
sent-part-own-key = your own key
sent-purpose-air-index = ATMO index
sent-purpose-air-history = ATMO index of past days
sent-purpose-pollen = Pollen index
sent-purpose-episodes = Pollution episodes
sent-purpose-air-by-the-hour = Air and pollen, hour by hour
sent-purpose-weather = UV and felt temperature
sent-purpose-vigilance = Weather vigilance
sent-purpose-water = Drinking water
sent-purpose-radon = Radon
sent-purpose-where-commune = Where a commune lies
sent-purpose-commune-of-point = In which commune a point lies
sent-purpose-time-zone = Time zone of a point
sent-purpose-place-search = Search for a place
sent-purpose-address-search = Search for an address
sent-purpose-relay = What a relay has of the sources
sent-host-data-atmo-france-org = Atmo France
sent-host-air-quality-api-open-meteo-com = Open-Meteo, air
sent-host-geocoding-api-open-meteo-com = Open-Meteo, places
sent-host-geo-api-gouv-fr = Communes of France
sent-host-api-open-meteo-com = Open-Meteo, weather
sent-host-public-opendatasoft-com = Opendatasoft
sent-host-files-data-gouv-fr = data.gouv.fr, files
sent-host-public-api-meteofrance-fr = Météo-France
sent-host-hubeau-eaufrance-fr = Hub’Eau
sent-host-www-georisques-gouv-fr = Géorisques
sent-host-data-geopf-fr = Géoplateforme of IGN
sent-host-relay = Your relay

## Export, import, delete all

data-saved = Saved as { $path }
data-imported = Taken over: { $parts }. What was here before has stayed.
data-imported-nothing = Everything in this file was here already.
data-imported-gateway = Requests now go through the gateway { $gateway }, as they did there.
data-imported-relay = The relay { $relay } is now asked before the sources, as it was there.
data-places = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
data-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
data-readings = { $count ->
    [one] { $count } published value
   *[other] { $count } published values
}
data-alerts = { $count ->
    [one] { $count } alert
   *[other] { $count } alerts
}
data-diary = { $count ->
    [one] { $count } day of the diary
   *[other] { $count } days of the diary
}
data-settings = { $count ->
    [one] { $count } setting
   *[other] { $count } settings
}
data-rest = marks, decisions and what was sent
data-erased = Everything is deleted. Écosanté begins anew.
data-erased-key = The keychain of the system did not let your key to Météo-France be removed: remove it there.
data-erased-set-aside = Damaged files that were set aside earlier are still there, for you to delete: { $files }.
error-export = The file { $path } could not be written ({ $why }): choose another folder, or free some space.
error-export-exists = { $path } is there already: choose another name, nothing is ever overwritten.
error-no-downloads = The folder of downloads was not found: use “ecosante export --out FILE” in the terminal.
error-import-foreign = This is no file that Écosanté has exported: choose the one that “export as JSON” has written. Nothing was changed.
error-import-newer = This file was exported by a newer version of Écosanté: install it here first. Nothing was changed.
error-import-damaged = This file is damaged or not complete (line { $line }): export it again. Nothing was changed.
error-import-unreadable = The file { $path } could not be read ({ $why }).
error-busy-elsewhere = The sources are being asked right now: try again in a minute. Nothing was changed.
error-erase-unsure = This deletes everything, for good: add --yes if that is what you want.
error-export-out = CSV is several files: say in which new folder with --out FOLDER.
cli-export = Writes all your data into a file that you can keep, read and take elsewhere
cli-export-format = json, one file that “import” takes back, or csv, a folder of tables
cli-export-out = The new file, for csv the new folder; - is standard output
cli-import = Takes over what was exported, into an empty data folder or into one that has data
cli-import-file = The file; - is standard input
cli-erase = Deletes everything, for good
cli-erase-yes = Yes, everything
cli-sent = Shows what was sent to whom
cli-sent-days = Over how many days (30 by default, which is all that is kept)
