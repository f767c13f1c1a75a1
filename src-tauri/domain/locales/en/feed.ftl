# The Atom feed of a commune.

feed-title = { $commune }: what matters to everyone
feed-subtitle = Air from “{ $air }” up and events, pollution episodes from “{ $episode }” up, pollen from “{ $pollen }” up, weather warnings from “{ $vigilance }” up.
feed-air = { $headline }, { $commune }
feed-pollen = Pollen, level { $label }, { $commune }
feed-episode = Pollution episode ({ $label }): { $pollutant }, { $commune }
feed-vigilance = { $label } weather warning: { $danger }, { $commune }
feed-on = { $day }
feed-days = From { $first } to { $last }
feed-hours = From { $first } at { $from } to { $last } at { $to }
feed-hours-one-day = { $first } from { $from } to { $to }
feed-what = { $when }: { $level }.
feed-what-peak = { $when }: up to { $level }.
feed-estimated = This is an estimate, until the official index is there.
feed-by = Source: { $source }.
feed-by-at = Source: { $source }, published on { $day } at { $time }.
feed-advice = Advice: { $text }
feed-advice-by = Advice: { $text } ({ $publisher })
feed-rights = { $by }, { $licence }
