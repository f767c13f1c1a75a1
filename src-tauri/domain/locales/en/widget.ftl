# The element that other pages show, and its page for a frame.

# How dates and numbers are written.
widget-locale = en-GB
widget-moment = { $day } at { $time }
widget-nameless = Air, pollen and weather warnings
widget-region = Air, pollen and weather warnings: { $commune }
widget-loading = Loading…
widget-shown = { $commune }: the levels are shown.

widget-air = Air
widget-pollen = Pollen
widget-episode = Pollution episode
widget-vigilance = Weather warning

widget-of = { $level } of { $levels }
widget-unranked = outside the levels
widget-estimated = An estimate, until the official index is there
widget-old = An old value, not today’s
widget-unknown = Unknown: { $why }
widget-not-published-yet = not published yet
widget-source-failed = the source does not answer
widget-not-covered = nobody publishes it here
widget-not-understood = the source’s answer is not understood
widget-as-of = { $days ->
    [one] These data are as of { $day }. Today’s have not arrived.
   *[other] These data are as of { $day }, { $days } days ago. Today’s have not arrived.
}

widget-advice = What to do
widget-sources = Sources
widget-source = { $what }: { $line }
widget-published = { $source }, published { $when }
widget-for-zone = { $source }, for { $zone }
widget-project = Écosanté, the free app
widget-new-tab = new tab

widget-retry = Try again
widget-kept = The update did not succeed. This is what arrived { $when }.
widget-error-network = The data could not be loaded. Check the connection, then try again.
widget-error-missing = Nothing is published here for the commune { $code }.
widget-error-malformed = The data that arrived cannot be read. Try again later.
widget-error-code = “{ $code }” is not the INSEE code of a commune, such as 69123.
widget-error-no-code = The INSEE code of the commune is missing, such as 69123.

widget-noscript = The air, pollen and weather warnings of a commune are shown here by JavaScript, which this browser does not run.
