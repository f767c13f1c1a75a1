//! What each subcommand does.

use chrono::{Datelike as _, NaiveDate};
use clap::ArgMatches;
use ecosante_domain::advice::{self, Mark};
use ecosante_domain::contract::Status;
use ecosante_domain::metric::{Combination, Metric};
use ecosante_domain::periods::Period;
use ecosante_domain::person::{HIGHEST_UV_LIMIT, Person, lowest_limit};
use ecosante_domain::place::Place;
use ecosante_domain::scale::{EVENT, scale_where, uv_who_level};
use ecosante_domain::sheet::Sheet;
use ecosante_domain::text::{Arg, Texts};
use ecosante_engine::{Engine, EngineError, REPORT_DAYS, Refreshed, SHOWN_DAYS, rows};
use serde::Serialize;
use serde_json::json;

use crate::terminal::{Form, Terminal, notification_json};
use crate::{NO_ANSWER, arguments, complain, print, write};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments make no sense; the sentence says what would.
    Usage(String),
    /// The engine could not do it.
    Engine(EngineError),
    /// Nobody reads what is written.
    Output,
    /// What is written cannot be kept.
    Unwritable(String),
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

pub(crate) type Outcome = Result<u8, Failure>;

/// Longest period that can be asked for, in days.
const LONGEST: u32 = 36_500;

/// How many days a history covers where none are asked for: enough of each period to compare.
fn days_of(period: Option<Period>) -> u32 {
    match period {
        None | Some(Period::Day) => 30,
        Some(Period::Week) => 91,
        Some(Period::Month) => 365,
        Some(Period::Year) => 3653,
    }
}

/// In which form a history is written.
enum Written {
    Text,
    Json,
    Csv,
}

/// One call of `ecosante`.
pub(crate) struct Session<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) texts: &'a Texts,
    pub(crate) json: bool,
}

/// Writes the completion for a shell.
pub(crate) fn completions(matches: &ArgMatches, texts: &Texts) -> Outcome {
    let shell = matches.get_one::<String>("shell").and_then(|shell| shell.parse().ok());
    let shell = shell.unwrap_or(clap_complete::Shell::Bash);
    let mut command = arguments::command(texts);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "ecosante", &mut script);
    write(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

/// Writes the whole advice catalogue.
pub(crate) fn all_advice(texts: &Texts, json: bool) -> Outcome {
    let pieces: Vec<_> = advice::catalogue().iter().map(|advice| advice.view(texts)).collect();
    if json {
        return write_json(&pieces);
    }
    write(&print::advice(texts, &pieces))?;
    Ok(0)
}

pub(crate) fn write_json(value: &impl Serialize) -> Outcome {
    let text = serde_json::to_string_pretty(value).map_err(|_| Failure::Output)?;
    write(&format!("{text}\n"))?;
    Ok(0)
}

/// The words of an argument as one.
fn words(matches: &ArgMatches, name: &str) -> String {
    let words: Vec<&str> =
        matches.get_many::<String>(name).into_iter().flatten().map(String::as_str).collect();
    words.join(" ").trim().to_owned()
}

impl Session<'_> {
    /// Does what was asked; the number is the exit status.
    pub(crate) async fn run(&self, matches: &ArgMatches) -> Outcome {
        match matches.subcommand() {
            Some(("place", place)) => match place.subcommand() {
                Some(("search", chosen)) => self.search(&words(chosen, "query")).await,
                Some(("add", chosen)) => self.add(chosen).await,
                Some(("remove", chosen)) => self.remove(&words(chosen, "place")).await,
                _ => self.places(),
            },
            Some(("profile", profile)) => match profile.subcommand() {
                Some(("set", chosen)) => self.set_profile(chosen).await,
                Some(("remove", chosen)) => self.remove_person(&words(chosen, "person")).await,
                _ => self.profiles(),
            },
            Some(("refresh", chosen)) => self.refresh(chosen.get_flag("all")).await,
            Some(("alerts", chosen)) => self.alerts(chosen),
            Some(("explain", chosen)) => self.explain(chosen),
            Some(("rate", chosen)) => self.rate(chosen),
            Some(("mute", chosen)) => self.mute(chosen).await,
            Some(("rehearse", chosen)) => self.rehearse(chosen),
            Some(("replay", chosen)) => self.replay(chosen),
            Some(("watch", _)) => self.watch().await,
            Some(("history", chosen)) => self.history(chosen),
            Some(("advice", chosen)) => self.advice(chosen),
            Some(("diary", diary)) => match diary.subcommand() {
                Some(("add", chosen)) => self.diary_add(chosen),
                Some(("report", chosen)) => self.diary_report(chosen),
                Some(("remove", chosen)) => self.diary_remove(chosen),
                Some((_, chosen)) => self.diary_show(chosen),
                None => self.status(),
            },
            Some(("impact", _)) => self.sheet(&self.engine.impact(self.texts)?),
            Some(("sent", chosen)) => self.sent(chosen),
            Some(("export", chosen)) => self.export(chosen),
            Some(("import", chosen)) => self.import(chosen).await,
            Some(("erase", chosen)) => self.erase(chosen.get_flag("yes")).await,
            Some(("key", key)) => self.key(key.subcommand_name() == Some("remove")).await,
            _ => self.status(),
        }
    }

    pub(crate) fn usage<'a>(&self, key: &str, args: impl IntoIterator<Item = Arg<'a>>) -> Failure {
        Failure::Usage(self.texts.format(key, args))
    }

    pub(crate) fn say<'a>(
        &self,
        key: &str,
        args: impl IntoIterator<Item = Arg<'a>>,
    ) -> Result<(), Failure> {
        write(&format!("{}\n", self.texts.format(key, args)))
    }

    async fn search(&self, query: &str) -> Outcome {
        let found = self.engine.search_places(query, false, self.texts.language()).await?;
        if self.json {
            return write_json(&found);
        }
        if found.is_empty() {
            return Err(self.usage("search-none", [("query", query.into())]));
        }
        write(&print::found(&found))?;
        Ok(0)
    }

    async fn add(&self, matches: &ArgMatches) -> Outcome {
        let query = words(matches, "query");
        if ecosante_engine::point(&query)?.is_some() {
            let said = self.texts.get("place-point-sent");
            // JSON stays JSON.
            if self.json { complain(&said) } else { write(&format!("{said}\n"))? }
        }
        let name = matches.get_one::<String>("name").map(String::as_str);
        let added = self.engine.add_place(&query, name, self.texts.language()).await?;
        if self.json {
            return write_json(&added.place);
        }
        let place = &added.place;
        let code = place.commune.as_ref().map(|commune| format!(" ({})", commune.code));
        let args: [Arg<'_>; 2] = [
            ("place", format!("{}{}", place.name, code.unwrap_or_default()).into()),
            ("id", place.id.0.to_string().into()),
        ];
        self.say(if added.already { "place-already" } else { "place-added" }, args)?;
        if place.coordinates.is_none() {
            self.say("place-no-coordinates", [])?;
        }
        Ok(0)
    }

    async fn remove(&self, query: &str) -> Outcome {
        let place = self.engine.place(query)?;
        self.engine.remove_place(place.id)?;
        if !self.json {
            self.say("place-removed", [("place", place.name.as_str().into())])?;
        }
        self.judge("place", &place).await
    }

    fn places(&self) -> Outcome {
        let places = self.engine.places()?;
        if self.json {
            return write_json(&places);
        }
        if places.is_empty() {
            self.say("places-none", [])?;
        }
        write(&print::places(&places))?;
        Ok(0)
    }

    fn profiles(&self) -> Outcome {
        let people = self.engine.people()?;
        let settings = self.engine.settings()?;
        if self.json {
            return write_json(&json!({
                "people": people,
                "quiet": settings.quiet_hours,
                "lead": settings.lead,
                "digest": settings.digest,
                "retention": settings.retention,
                "relay": settings.relay,
            }));
        }
        write(&print::people(self.texts, &people, &settings))?;
        Ok(0)
    }

    /// What was given as `KEY=VALUE`; what is not is refused in the sentence `refused`.
    fn entries(
        &self,
        matches: &ArgMatches,
        refused: &str,
    ) -> Result<Vec<(String, String)>, Failure> {
        let entries = matches.get_many::<String>("entries").into_iter().flatten();
        entries
            .map(|entry| {
                let (key, value) = entry
                    .split_once('=')
                    .ok_or_else(|| self.usage(refused, [("entry", entry.as_str().into())]))?;
                Ok((key.trim().to_owned(), value.to_owned()))
            })
            .collect()
    }

    async fn set_profile(&self, matches: &ArgMatches) -> Outcome {
        let entries = self.entries(matches, "error-profile-entry")?;
        let name = matches.get_one::<String>("person").map(String::as_str);
        let person = self.engine.set_profile(name, &entries)?;
        if !self.json {
            let who = ecosante_domain::notification::who(self.texts, person.name.as_deref());
            self.say("profile-saved", [("who", who.into())])?;
        }
        self.judge("person", &person).await
    }

    async fn remove_person(&self, name: &str) -> Outcome {
        let person = self.engine.person(Some(name))?;
        self.engine.remove_person(person.id)?;
        if !self.json {
            let who = person.name.as_deref().unwrap_or_default();
            self.say("person-removed", [("who", who.into())])?;
        }
        self.judge("person", &person).await
    }

    /// Judges anew what is stored, after a change; `subject` is what the change was about.
    pub(crate) async fn judge(&self, name: &str, subject: &impl Serialize) -> Outcome {
        let terminal = Terminal::new(if self.json { Form::Kept } else { Form::Text });
        self.engine.evaluate(&terminal).await?;
        if !self.json {
            return Ok(0);
        }
        let notifications: Vec<_> = terminal.told().iter().map(notification_json).collect();
        write_json(&json!({ name: subject, "notifications": notifications }))
    }

    /// Keeps the key that comes in on standard input, so that it is in no list of processes and no
    /// history of commands, or removes the one there is.
    async fn key(&self, remove: bool) -> Outcome {
        let key = if remove {
            None
        } else {
            let mut given = String::new();
            let read = std::io::stdin().read_line(&mut given);
            let given = given.trim().to_owned();
            if read.is_err() || given.is_empty() {
                return Err(self.usage("error-key", []));
            }
            Some(given)
        };
        let said = if remove { "key-removed" } else { "key-kept" };
        self.engine.set_meteo_france_key(key).await?;
        self.say(said, [])?;
        Ok(0)
    }

    async fn refresh(&self, all: bool) -> Outcome {
        if self.engine.places()?.is_empty() {
            if self.json {
                return self.refreshed_json(&Refreshed::default(), Terminal::new(Form::Kept));
            }
            self.say("places-none", [])?;
            return Ok(0);
        }
        let terminal = Terminal::new(if self.json { Form::Kept } else { Form::Text });
        let refreshed = self.engine.refresh(all, &terminal).await?;
        let code = if refreshed.nobody_answered() { NO_ANSWER } else { 0 };
        self.report(&refreshed)?;
        if self.json {
            self.refreshed_json(&refreshed, terminal)?;
        }
        Ok(code)
    }

    fn refreshed_json(&self, refreshed: &Refreshed, terminal: Terminal) -> Outcome {
        let failed = refreshed.failed.iter().map(|(source, code)| {
            let message = self.texts.get(&format!("failure-{code}"));
            json!({ "source": source, "code": code, "message": message })
        });
        let notifications: Vec<_> = terminal.told().iter().map(notification_json).collect();
        write_json(&json!({
            "answered": refreshed.answered,
            "failed": failed.collect::<Vec<_>>(),
            "notifications": notifications,
            "elsewhere": refreshed.elsewhere,
        }))
    }

    /// Says how a refresh went: what failed to standard error, the rest to standard output.
    fn report(&self, refreshed: &Refreshed) -> Result<(), Failure> {
        let status = self.engine.status(self.texts)?;
        let now = self.engine.now();
        let next = |due| print::due(self.texts, due, now);
        for (source, code) in &refreshed.failed {
            let due = status.sources.iter().find(|known| known.source == *source);
            let args: [Arg<'_>; 3] = [
                ("source", self.texts.get(&format!("source-{}", source.name())).into()),
                ("why", self.texts.get(&format!("failure-{code}")).into()),
                ("next", next(due.and_then(|known| known.next_due)).into()),
            ];
            complain(&self.texts.format("refresh-failed", args));
        }
        if refreshed.nobody_answered() {
            complain(&self.texts.get("refresh-nobody"));
        }
        if self.json {
            return Ok(());
        }
        if refreshed.elsewhere {
            return self.say("refresh-elsewhere", []);
        }
        if !refreshed.answered.is_empty() {
            let names: Vec<_> = refreshed
                .answered
                .iter()
                .filter(|source| !refreshed.failed.iter().any(|(failed, _)| failed == *source))
                .map(|source| self.texts.get(&format!("source-{}", source.name())))
                .collect();
            if !names.is_empty() {
                self.say("refresh-asked", [("sources", self.texts.list(&names).into())])?;
            }
        } else if refreshed.failed.is_empty() {
            self.say("refresh-nothing-due", [("next", next(self.engine.next_due()?).into())])?;
        }
        if refreshed.told == 0 {
            self.say("refresh-quiet-told", [])?;
        }
        Ok(())
    }

    fn status(&self) -> Outcome {
        let status = self.engine.status(self.texts)?;
        if self.json {
            return write_json(&status);
        }
        self.status_text(&status)
    }

    fn status_text(&self, status: &Status) -> Outcome {
        if status.places.is_empty() {
            self.say("places-none", [])?;
            return Ok(0);
        }
        let alerts = self.engine.alerts(self.texts, 30)?;
        write(&print::status(self.texts, status, &alerts, self.engine.now()))?;
        Ok(0)
    }

    pub(crate) fn days(&self, matches: &ArgMatches, default: u32) -> Result<u32, Failure> {
        let Some(given) = matches.get_one::<String>("days") else { return Ok(default) };
        let days = given.parse().ok().filter(|days| (1..=LONGEST).contains(days));
        days.ok_or_else(|| self.usage("error-days", [("given", given.as_str().into())]))
    }

    fn alerts(&self, matches: &ArgMatches) -> Outcome {
        let days = self.days(matches, 7)?;
        let alerts = self.engine.alerts(self.texts, days)?;
        if self.json {
            return write_json(&alerts);
        }
        if alerts.is_empty() {
            self.say("alerts-none", [("days", days.to_string().into())])?;
        }
        write(&print::alerts(self.texts, &alerts, self.engine.now()))?;
        Ok(0)
    }

    pub(crate) fn metric(
        &self,
        matches: &ArgMatches,
        known: &[Metric],
    ) -> Result<Option<Metric>, Failure> {
        let Some(given) = matches.get_one::<String>("metric") else { return Ok(None) };
        let metric = given.parse().ok().filter(|metric| known.contains(metric));
        metric.map(Some).ok_or_else(|| {
            let allowed: Vec<_> = known.iter().map(ToString::to_string).collect();
            let args: [Arg<'_>; 2] =
                [("given", given.as_str().into()), ("allowed", allowed.join(", ").into())];
            self.usage("error-metric", args)
        })
    }

    fn history(&self, matches: &ArgMatches) -> Outcome {
        let place = self.engine.place(&words(matches, "place"))?;
        let Some(metric) = self.metric(matches, &Metric::all())? else { return Ok(0) };
        let period = matches.get_one::<String>("by").and_then(|by| by.parse().ok());
        let days = self.days(matches, days_of(period))?;
        let format = matches.get_one::<String>("format").map(String::as_str);
        let form = match format {
            Some("csv") => Written::Csv,
            Some(_) => Written::Json,
            None if self.json => Written::Json,
            None => Written::Text,
        };
        let (engine, texts, now) = (self.engine, self.texts, self.engine.now().utc());
        if let Some(period) = period {
            let rows = engine.history_by(texts, &place, metric, days, period)?;
            self.has_history(&place, metric, &rows)?;
            return match form {
                Written::Csv => {
                    write(&print::periods_csv(&rows).ok_or(Failure::Output)?).map(|()| 0)
                }
                Written::Json => write_json(&rows),
                Written::Text => write(&print::periods(texts, &rows)).map(|()| 0),
            };
        }
        if matches.get_flag("revisions") {
            let rows = engine.publications(texts, &place, metric, days)?;
            self.has_history(&place, metric, &rows)?;
            return match form {
                Written::Csv => {
                    write(&print::publications_csv(&rows).ok_or(Failure::Output)?).map(|()| 0)
                }
                Written::Json => write_json(&rows),
                Written::Text => write(&print::publications(texts, &rows, &place, now)).map(|()| 0),
            };
        }
        let past = engine.history(texts, &place, metric, days)?;
        self.has_history(&place, metric, &past)?;
        match form {
            Written::Csv => write(&rows::history_csv(&past).ok_or(Failure::Output)?).map(|()| 0),
            Written::Json => write_json(&past),
            Written::Text => write(&print::history(texts, &past, &place, now)).map(|()| 0),
        }
    }

    /// Fails with what would help where nothing is stored for the days that were asked for.
    fn has_history<T>(&self, place: &Place, metric: Metric, rows: &[T]) -> Result<(), Failure> {
        if rows.is_empty() {
            let first = self.engine.first_day(place, metric)?;
            let today = self.engine.now().utc().with_timezone(&place.time_zone).date_naive();
            let needed = first.map_or(0, |first| (today - first).num_days() + 1);
            // Only where asking for more days would help.
            let first = first.filter(|_| (1..=i64::from(LONGEST)).contains(&needed));
            let said = |first: NaiveDate| match self.texts.date(first) {
                date if first.year() == today.year() => date,
                date => format!("{date} {}", first.year()),
            };
            let args: [Arg<'_>; 5] = [
                ("metric", self.texts.metric(metric).into()),
                ("place", place.name.as_str().into()),
                ("known", if first.is_some() { "yes" } else { "no" }.into()),
                ("first", first.map(said).unwrap_or_default().into()),
                ("days", needed.into()),
            ];
            return Err(self.usage("error-no-history", args));
        }
        Ok(())
    }

    fn advice(&self, matches: &ArgMatches) -> Outcome {
        if let Some((word, chosen)) = matches.subcommand()
            && let Some(mark) = Mark::of_word(word)
        {
            return self.mark_advice(chosen, mark);
        }
        let mut known = Metric::all();
        known.extend(Combination::ALL.map(Metric::Combined));
        let metric = self.metric(matches, &known)?;
        let name = matches.get_one::<String>("for").map(String::as_str);
        if metric.is_none() && name.is_none() {
            return all_advice(self.texts, self.json);
        }
        let person = self.engine.person(name)?;
        let pieces = match metric {
            None => self.engine.standing_advice(self.texts, &person)?,
            Some(metric) => {
                let level = self.level(matches, metric)?;
                self.engine.advice(self.texts, &person, metric, level)?
            }
        };
        if self.json {
            return write_json(&pieces);
        }
        if pieces.is_empty() {
            self.say("advice-none", [])?;
        }
        write(&print::advice_with_reasons(self.texts, &pieces, self.engine.now()))?;
        Ok(0)
    }

    /// The level for which advice is asked, as the catalogue has it: of UV, the class.
    fn level(&self, matches: &ArgMatches, metric: Metric) -> Result<u8, Failure> {
        let Some(scale) = scale_where(metric, true) else {
            // Water has neither scale nor levels: its advice is the same always.
            return match metric {
                Metric::Water => Ok(1),
                _ => Err(EngineError::NoLevels { metric: metric.to_string() }.into()),
            };
        };
        let Some(given) = matches.get_one::<String>("level") else {
            let args: [Arg<'_>; 2] = [("given", "--level N".into()), ("command", "advice ".into())];
            return Err(self.usage("error-usage-missing", args));
        };
        // The person speaks of UV by its index.
        let highest = if metric == Metric::Uv { HIGHEST_UV_LIMIT } else { scale.levels() };
        let lowest = lowest_limit(metric);
        let event = |level: u8| metric == Metric::Air && level == EVENT;
        let right = |level: &u8| (lowest..=highest).contains(level) || event(*level);
        let level = given.parse().ok().filter(right).ok_or_else(|| {
            let args: [Arg<'_>; 3] = [
                ("given", given.as_str().into()),
                ("lowest", lowest.into()),
                ("highest", highest.into()),
            ];
            self.usage("error-level", args)
        })?;
        Ok(if metric == Metric::Uv { uv_who_level(level) } else { level })
    }

    /// Keeps what a person says of a piece of advice.
    fn mark_advice(&self, matches: &ArgMatches, mark: Mark) -> Outcome {
        let person = self.engine.person(matches.get_one::<String>("for").map(String::as_str))?;
        let id = matches.get_one::<String>("advice").map_or("", String::as_str).trim();
        self.engine.mark_advice(person.id, id, mark)?;
        if self.json {
            return write_json(&json!({ "person": person.name, "advice": id, "mark": mark }));
        }
        self.say(&format!("advice-marked-{}", mark.word()), [])?;
        Ok(0)
    }

    /// Writes a page.
    pub(crate) fn sheet(&self, sheet: &Sheet) -> Outcome {
        if self.json {
            return write_json(sheet);
        }
        write(&print::sheet(self.texts, sheet))?;
        Ok(0)
    }

    /// Whom a diary is about.
    fn diarist(&self, matches: &ArgMatches) -> Result<Person, Failure> {
        let name = matches.get_one::<String>("person").map(String::as_str);
        Ok(self.engine.person(name)?)
    }

    /// The day that is meant.
    fn diary_day(&self, matches: &ArgMatches) -> Result<NaiveDate, Failure> {
        Ok(self.engine.diary_day(matches.get_one::<String>("day").map(String::as_str))?)
    }

    fn diary_add(&self, matches: &ArgMatches) -> Outcome {
        let entries = self.entries(matches, "error-diary-entry")?;
        let (person, day) = (self.diarist(matches)?, self.diary_day(matches)?);
        let entry = self.engine.set_diary_entry(person.id, day, &entries)?;
        if self.json {
            return write_json(&entry);
        }
        write(&format!("{}\n", self.engine.diary_noted(self.texts, &entry)))?;
        Ok(0)
    }

    fn diary_show(&self, matches: &ArgMatches) -> Outcome {
        let (person, days) = (self.diarist(matches)?, self.days(matches, SHOWN_DAYS)?);
        if self.json {
            return write_json(&self.engine.diary_entries(person.id, days)?);
        }
        self.sheet(&self.engine.diary_sheet(self.texts, person.id, days)?)
    }

    fn diary_report(&self, matches: &ArgMatches) -> Outcome {
        let (person, days) = (self.diarist(matches)?, self.days(matches, REPORT_DAYS)?);
        let report = self.engine.diary_report(self.texts, person.id, days)?;
        match matches.get_one::<String>("format").map(String::as_str) {
            Some("html") => write(&report.to_html(self.texts)).map(|()| 0),
            Some("json") => write_json(&report),
            _ => self.sheet(&report),
        }
    }

    fn diary_remove(&self, matches: &ArgMatches) -> Outcome {
        let (person, day) = (self.diarist(matches)?, self.diary_day(matches)?);
        let removed = self.engine.remove_diary_entry(person.id, day)?;
        if self.json {
            return write_json(&json!({ "day": day, "removed": removed }));
        }
        let today = self.engine.now().local().date_naive();
        let said = if removed { "diary-cleared" } else { "diary-not-noted" };
        self.say(said, [("day", self.texts.day(day, today).into())])?;
        Ok(0)
    }

    async fn watch(&self) -> Outcome {
        let terminal = Terminal::new(if self.json { Form::JsonLines } else { Form::Text });
        let places = self.engine.places()?.len();
        if !self.json {
            self.say("watch-started", [("count", places.into())])?;
        }
        let mut first = true;
        let unread = tokio::sync::Notify::new();
        let after = |round: Option<&Refreshed>| {
            // A round that came to nothing is in the log; the next says what it finds.
            let Some(refreshed) = round else { return };
            let news = !refreshed.answered.is_empty() || !refreshed.failed.is_empty();
            if !(first || news) {
                return;
            }
            first = false;
            if self.watched(refreshed).is_err() {
                unread.notify_one();
            }
        };
        tokio::select! {
            ended = self.engine.run(&terminal, after) => return Err(ended.into()),
            _ = tokio::signal::ctrl_c() => {}
            () = terminated() => {}
            () = unread.notified() => return Err(Failure::Output),
        }
        if !self.json {
            self.say("watch-stopped", [])?;
        }
        Ok(0)
    }

    /// What is known after a round of the watch; as JSON a line of its own.
    fn watched(&self, refreshed: &Refreshed) -> Result<(), Failure> {
        let status = self.engine.status(self.texts)?;
        if self.json {
            return write(&format!("{}\n", json!({ "status": status })));
        }
        self.status_text(&status)?;
        if !refreshed.failed.is_empty() {
            self.report(refreshed)?;
        }
        let next = print::due(self.texts, self.engine.next_due()?, self.engine.now());
        self.say("watch-next", [("next", next.into())])
    }
}

/// Waits for the request to end that systems send.
#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

/// Elsewhere Ctrl-C is the only one.
#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
