//! French and English, help and completions.

use ecosante_replay::Replay;

use crate::device::{Device, TODAY, TUESDAY, bare, degraded_lyon, outcome, parsed};

#[test]
fn the_same_day_is_told_in_the_language_that_is_asked_for() {
    let words = [
        ("fr", "Dégradé", ["Lyon", "Léa", "asthme"]),
        ("en", "Moderate", ["Lyon", "Léa", "asthma"]),
    ];
    let mut texts = Vec::new();
    for (language, label, expected) in words {
        let replay = Replay::start(degraded_lyon());
        let device = Device::of_a_family(&replay);
        let now = device.at(TUESDAY).speaking(language);
        let told = now.told();
        let text = format!("{} {}", told[0]["title"], told[0]["body"]);
        for word in expected {
            assert!(text.contains(word), "{word} in {text}");
        }
        let air = now.reading("air", TODAY);
        assert_eq!(air["label"], label, "{language}");
        texts.push((text, now.does("status"), now.does("alerts"), now.does("explain 1")));
    }
    let (french, english) = (&texts[0], &texts[1]);
    assert_ne!(french.0, english.0);
    assert_ne!(french.1, english.1);
    assert_ne!(french.2, english.2);
    assert_ne!(french.3, english.3);
}

#[test]
fn help_speaks_both_languages_and_gives_examples() {
    let paths = [
        "",
        "place",
        "place add",
        "place search",
        "profile set",
        "refresh",
        "history",
        "watch",
        "diary",
        "diary add",
        "diary report",
        "impact",
        "advice",
        "advice done",
    ];
    for path in paths {
        let help = |language| {
            let mut command = bare();
            command.args(["--lang", language]).args(path.split_whitespace()).arg("--help");
            let outcome = outcome(&mut command);
            assert_eq!(outcome.code, 0, "{path}: {outcome:?}");
            assert!(outcome.err.is_empty());
            outcome.out
        };
        let (french, english) = (help("fr"), help("en"));
        assert!(french.contains("ecosante") && english.contains("ecosante"), "{path}: {french}");
        assert_ne!(french, english, "{path}");
        assert!(!french.contains("cli-") && !english.contains("cli-"), "no key shows: {french}");
    }
    let mut command = bare();
    let help = outcome(command.args(["--lang", "en", "--help"])).out;
    for subcommand in [
        "place", "profile", "refresh", "status", "alerts", "explain", "watch", "history", "advice",
        "diary", "impact",
    ] {
        assert!(help.contains(subcommand), "{subcommand} in {help}");
    }
    assert!(help.contains("ecosante place add"), "an example in {help}");
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let mut command = bare();
        let outcome = outcome(command.args(["completions", shell]));
        assert_eq!(outcome.code, 0, "{shell}: {outcome:?}");
        assert!(outcome.out.contains("ecosante") && outcome.out.contains("refresh"), "{shell}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let mut command = bare();
    let outcome = outcome(command.arg("--version"));
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert!(outcome.out.contains(env!("CARGO_PKG_VERSION")), "{outcome:?}");
}

#[test]
fn the_catalogue_of_advice_is_shown_without_a_file_with_its_sources() {
    let mut command = bare();
    let outcome = outcome(command.args(["--json", "--lang", "fr", "advice", "--all"]));
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let pieces = parsed(&outcome.out);
    let pieces = pieces.as_array().unwrap();
    assert!(pieces.len() > 10, "{}", pieces.len());
    for piece in pieces {
        assert!(!piece["text"].as_str().unwrap().is_empty());
        assert!(piece["source"]["url"].as_str().unwrap().starts_with("http"), "{piece}");
    }
}
