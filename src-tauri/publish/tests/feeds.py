"""Reads feeds as feed readers do, and says what they understood."""

import json
import sys

import feedparser

read = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        feed = feedparser.parse(file.read())
    entries = [
        {
            "id": entry.id,
            "title": entry.title,
            "updated": list(entry.updated_parsed[:6]),
            "summary": entry.summary,
            "rights": entry.rights,
            "author": entry.author,
            "tags": [[tag.term, tag.label] for tag in entry.tags],
            "link": entry.link,
        }
        for entry in feed.entries
    ]
    read.append(
        {
            "bozo": bool(feed.bozo),
            "why": str(feed.get("bozo_exception", "")),
            "version": feed.version,
            "id": feed.feed.id,
            "title": feed.feed.title,
            "language": feed.feed.language,
            "updated": list(feed.feed.updated_parsed[:6]),
            "authors": [author.name for author in feed.feed.authors],
            "rights": feed.feed.get("rights"),
            "generator": feed.feed.generator_detail.get("name"),
            "links": {link.rel: link.href for link in feed.feed.links},
            "entries": entries,
        }
    )
json.dump(read, sys.stdout)
