//! What `ecosante` understands; every sentence of its help comes from the catalogues.

use std::ffi::{OsStr, OsString};

use clap::builder::{PossibleValuesParser, StyledStr, ValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use ecosante_domain::advice::Mark;
use ecosante_domain::mute::MuteFor;
use ecosante_domain::periods::Period;
use ecosante_domain::text::{Language, Texts};

/// The language asked for among raw arguments, before they are parsed: the help speaks it.
pub(crate) fn language_asked(arguments: &[String]) -> Option<Language> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "--lang" {
            return arguments.next()?.parse().ok();
        }
        if let Some(language) = argument.strip_prefix("--lang=") {
            return language.parse().ok();
        }
    }
    None
}

/// An argument with a blank before it where it begins with a negative figure, as points may: with
/// the minus in front it would be taken for an option.
pub(crate) fn shielded(argument: OsString) -> OsString {
    let negative = argument
        .to_str()
        .and_then(|text| text.strip_prefix('-'))
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
    if negative { [OsStr::new(" "), &argument].into_iter().collect() } else { argument }
}

/// The command with its subcommands.
pub(crate) fn command(texts: &Texts) -> Command {
    let place = subcommand(texts, "place", "cli-place")
        .subcommand_required(true)
        .subcommand(subcommand(texts, "search", "cli-place-search").arg(many(
            texts,
            "query",
            "QUERY",
            "cli-query",
        )))
        .subcommand(
            subcommand(texts, "add", "cli-place-add")
                .arg(many(texts, "query", "CODE|NAME|LAT,LON", "cli-query"))
                .arg(option(texts, "name", "LABEL", "cli-name"))
                .after_help(texts.get("cli-place-add-examples")),
        )
        .subcommand(subcommand(texts, "list", "cli-place-list"))
        .subcommand(subcommand(texts, "remove", "cli-place-remove").arg(many(
            texts,
            "place",
            "ID",
            "cli-place-id",
        )));
    let profile = subcommand(texts, "profile", "cli-profile")
        .subcommand_required(true)
        .subcommand(subcommand(texts, "show", "cli-profile-show"))
        .subcommand(
            subcommand(texts, "set", "cli-profile-set")
                .arg(option(texts, "person", "NAME", "cli-person"))
                .arg(many(texts, "entries", "KEY=VALUE", "cli-entries"))
                .after_help(texts.get("cli-profile-set-examples")),
        )
        .subcommand(subcommand(texts, "remove", "cli-profile-remove").arg(many(
            texts,
            "person",
            "NAME",
            "cli-person",
        )));
    let key = subcommand(texts, "key", "cli-key")
        .subcommand_required(true)
        .subcommand(subcommand(texts, "set", "cli-key-set"))
        .subcommand(subcommand(texts, "remove", "cli-key-remove"));
    let history = subcommand(texts, "history", "cli-history")
        .arg(many(texts, "place", "PLACE", "cli-place-id"))
        .arg(option(texts, "metric", "M", "cli-metric").required(true))
        .arg(option(texts, "days", "N", "cli-history-days"))
        .arg(
            option(texts, "by", "PERIOD", "cli-history-by")
                .value_parser(PossibleValuesParser::new(Period::ALL.map(Period::name)))
                .hide_possible_values(true),
        )
        .arg(flag(texts, "revisions", "cli-history-revisions").conflicts_with("by"))
        .arg(
            option(texts, "format", "FORMAT", "cli-format")
                .value_parser(PossibleValuesParser::new(["json", "csv"]))
                .hide_possible_values(true),
        );
    let alert = || Arg::new("alert").value_name("ALERT_ID").help(texts.get("cli-alert-id"));
    let explain = subcommand(texts, "explain", "cli-explain")
        .arg(alert())
        .arg(option(texts, "place", "PLACE", "cli-place-id").conflicts_with("alert"))
        .arg(option(texts, "person", "NAME", "cli-person").conflicts_with("alert"))
        .arg(option(texts, "day", "DATE", "cli-explain-day").conflicts_with("alert"));
    let rate = subcommand(texts, "rate", "cli-rate").arg(alert().required(true)).arg(
        Arg::new("mark")
            .required(true)
            .value_name("useful|not-useful")
            .help(texts.get("cli-rate-mark"))
            .value_parser(PossibleValuesParser::new(["useful", "not-useful"]))
            .hide_possible_values(true),
    );
    let metric =
        || Arg::new("metric").required(true).value_name("METRIC").help(texts.get("cli-metric"));
    let mute = subcommand(texts, "mute", "cli-mute")
        .arg(metric())
        .arg(option(texts, "person", "NAME", "cli-person"))
        .arg(
            option(texts, "during", "day|week|season", "cli-mute-during")
                .value_parser(PossibleValuesParser::new(MuteFor::ALL.map(MuteFor::word)))
                .hide_possible_values(true),
        )
        .arg(flag(texts, "off", "cli-mute-off").conflicts_with("during"));
    let rehearse = subcommand(texts, "rehearse", "cli-rehearse")
        .arg(metric())
        .arg(option(texts, "person", "NAME", "cli-person"))
        .arg(option(texts, "level", "N", "cli-rehearse-level"))
        .arg(option(texts, "days", "N", "cli-history-days"));
    let person = || option(texts, "person", "NAME", "cli-person");
    let day = || option(texts, "day", "DATE", "cli-diary-day");
    let days = || option(texts, "days", "N", "cli-diary-days");
    let diary = subcommand(texts, "diary", "cli-diary")
        .subcommand_required(true)
        .subcommand(
            subcommand(texts, "add", "cli-diary-add")
                .arg(person())
                .arg(day())
                .arg(many(texts, "entries", "SIGN=0-3", "cli-diary-entries"))
                .after_help(texts.get("cli-diary-add-examples")),
        )
        .subcommand(subcommand(texts, "show", "cli-diary-show").arg(person()).arg(days()))
        .subcommand(
            subcommand(texts, "report", "cli-diary-report").arg(person()).arg(days()).arg(
                option(texts, "format", "FORMAT", "cli-diary-format")
                    .value_parser(PossibleValuesParser::new(["text", "html", "json"]))
                    .hide_possible_values(true),
            ),
        )
        .subcommand(
            subcommand(texts, "remove", "cli-diary-remove").arg(person()).arg(day().required(true)),
        );
    let mark = |name, about| {
        let id =
            Arg::new("advice").required(true).value_name("ID").help(texts.get("cli-advice-id"));
        let of = option(texts, "for", "PERSON", "cli-person");
        subcommand(texts, name, about).arg(id).arg(of)
    };
    let advice = subcommand(texts, "advice", "cli-advice")
        .arg(flag(texts, "all", "cli-advice-all"))
        .arg(option(texts, "for", "PERSON", "cli-person"))
        .arg(option(texts, "metric", "M", "cli-metric"))
        .arg(option(texts, "level", "N", "cli-advice-level").requires("metric"))
        .args_conflicts_with_subcommands(true)
        .subcommand(mark(Mark::Done.word(), "cli-advice-done"))
        .subcommand(mark(Mark::Useful.word(), "cli-advice-useful"))
        .subcommand(mark(Mark::NotUseful.word(), "cli-advice-not-useful"))
        .after_help(texts.get("cli-advice-examples"));
    let export = subcommand(texts, "export", "cli-export")
        .arg(
            option(texts, "format", "json|csv", "cli-export-format")
                .value_parser(PossibleValuesParser::new(["json", "csv"]))
                .hide_possible_values(true),
        )
        .arg(option(texts, "out", "PATH", "cli-export-out").value_parser(ValueParser::os_string()));
    let import = subcommand(texts, "import", "cli-import").arg(
        Arg::new("file")
            .required(true)
            .value_name("PATH")
            .help(texts.get("cli-import-file"))
            .value_parser(ValueParser::os_string()),
    );
    let erase = subcommand(texts, "erase", "cli-erase").arg(flag(texts, "yes", "cli-erase-yes"));
    let publish = subcommand(texts, "publish", "cli-publish")
        .arg(
            option(texts, "out", "DIR", "cli-publish-out")
                .required(true)
                .value_parser(ValueParser::os_string()),
        )
        .arg(
            option(texts, "departement", "CODE,CODE", "cli-publish-departement")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(flag(texts, "all", "cli-publish-all"));
    let sent =
        subcommand(texts, "sent", "cli-sent").arg(option(texts, "days", "N", "cli-sent-days"));
    let completions = subcommand(texts, "completions", "cli-completions").arg(
        Arg::new("shell")
            .required(true)
            .value_name("SHELL")
            .help(texts.get("cli-shell"))
            .value_parser(PossibleValuesParser::new([
                "bash",
                "zsh",
                "fish",
                "elvish",
                "powershell",
            ]))
            .hide_possible_values(true),
    );
    subcommand(texts, "ecosante", "cli-about")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .after_help(texts.get("cli-examples"))
        .arg(global(
            option(texts, "data-dir", "DIR", "cli-data-dir")
                .env("ECOSANTE_DATA_DIR")
                .value_parser(ValueParser::os_string()),
        ))
        .arg(global(
            option(texts, "lang", "fr|en", "cli-lang")
                .value_parser(PossibleValuesParser::new(["fr", "en"]))
                .hide_possible_values(true),
        ))
        .arg(global(flag(texts, "json", "cli-json")))
        .arg(global(option(texts, "now", "RFC3339", "cli-now").env("ECOSANTE_NOW")))
        .arg(global(option(texts, "gateway", "URL", "cli-gateway").env("ECOSANTE_GATEWAY")))
        .arg(global(option(texts, "relay", "URL", "cli-relay").env("ECOSANTE_RELAY")))
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help(texts.get("cli-version")),
        )
        .subcommand(place)
        .subcommand(profile)
        .subcommand(subcommand(texts, "refresh", "cli-refresh").arg(flag(
            texts,
            "all",
            "cli-refresh-all",
        )))
        .subcommand(subcommand(texts, "status", "cli-status"))
        .subcommand(subcommand(texts, "alerts", "cli-alerts").arg(option(
            texts,
            "days",
            "N",
            "cli-alerts-days",
        )))
        .subcommand(explain)
        .subcommand(rate)
        .subcommand(mute)
        .subcommand(rehearse)
        .subcommand(subcommand(texts, "replay", "cli-replay").arg(option(
            texts,
            "days",
            "N",
            "cli-replay-days",
        )))
        .subcommand(subcommand(texts, "watch", "cli-watch"))
        .subcommand(history)
        .subcommand(key)
        .subcommand(advice)
        .subcommand(diary)
        .subcommand(subcommand(texts, "impact", "cli-impact"))
        .subcommand(sent)
        .subcommand(export)
        .subcommand(import)
        .subcommand(erase)
        .subcommand(publish)
        .subcommand(completions)
}

fn subcommand(texts: &Texts, name: &'static str, about: &str) -> Command {
    let heading = |key: &str| texts.get(key);
    let options = heading("cli-options-heading");
    let template = format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
        heading("cli-usage-heading")
    );
    Command::new(name)
        .about(texts.get(about))
        .help_template(StyledStr::from(template))
        .subcommand_help_heading(heading("cli-commands-heading"))
        .next_help_heading(options)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .action(ArgAction::Help)
                .help(texts.get("cli-help"))
                .display_order(1000),
        )
}

fn option(texts: &Texts, name: &'static str, value: &'static str, help: &str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(texts.get(help)).hide_env(true)
}

fn flag(texts: &Texts, name: &'static str, help: &str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(texts.get(help))
}

/// Words that are one value: names of places have blanks.
fn many(texts: &Texts, name: &'static str, value: &'static str, help: &str) -> Arg {
    Arg::new(name)
        .required(true)
        .num_args(1..)
        .value_name(value)
        .help_heading(texts.get("cli-arguments-heading"))
        .help(texts.get(help))
}

fn global(arg: Arg) -> Arg {
    arg.global(true)
}

/// One sentence that says what would be right, for arguments that were refused.
pub(crate) fn usage_sentence(texts: &Texts, error: &clap::Error, arguments: &[String]) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        _ => String::new(),
    };
    // The subcommands that were recognised, for the help to be pointed at.
    let command = command(texts);
    let mut at = &command;
    let mut path = String::new();
    for argument in arguments {
        if let Some(next) = at.find_subcommand(argument) {
            path.push_str(argument);
            path.push(' ');
            at = next;
        }
    }
    let given = match error.kind() {
        ErrorKind::InvalidSubcommand => context(ContextKind::InvalidSubcommand),
        ErrorKind::InvalidValue => context(ContextKind::InvalidValue),
        ErrorKind::MissingSubcommand => "COMMAND".to_owned(),
        _ => context(ContextKind::InvalidArg),
    };
    let (key, extra) = match error.kind() {
        ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument => ("error-usage-unknown", None),
        ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => ("error-usage-missing", None),
        ErrorKind::InvalidValue if !given.is_empty() => (
            "error-usage-value",
            Some((context(ContextKind::InvalidArg), context(ContextKind::ValidValue))),
        ),
        _ => ("error-usage", None),
    };
    let mut args = vec![("given", given.into()), ("command", path.into())];
    if let Some((argument, allowed)) = extra {
        args.extend([("argument", argument.into()), ("allowed", allowed.into())]);
    }
    texts.format(key, args)
}
