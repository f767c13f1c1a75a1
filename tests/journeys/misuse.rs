//! Arguments that make no sense: status 2, one sentence, and nothing changes.

use ecosante_replay::Replay;

use crate::device::{Device, Outcome, TUESDAY, bare, degraded_lyon, outcome};

/// Status 2 with one sentence on standard error and nothing else.
fn is_refused(outcome: &Outcome) -> bool {
    outcome.code == 2 && outcome.err.lines().count() == 1 && outcome.out.is_empty()
}

/// Arguments, and a word of the sentence that says what would be right.
const MISUSES: &[(&str, &str)] = &[
    // A wrong commune.
    ("place add 99999", "99999"),
    ("place add Parisse", "Prissé"),
    ("place add Saint-Denis", "93066"),
    ("place add", "place add"),
    ("place remove 99", "99"),
    ("place remove Nantes", "Nantes"),
    ("profile remove Nobody", "Nobody"),
    // An impossible level, an unknown key or value in a profile.
    ("profile set level.air=0", "6"),
    ("profile set level.air=9", "6"),
    ("profile set level.air=-1", "6"),
    ("profile set level.air=beaucoup", "6"),
    ("profile set level.brouillard=3", "uv"),
    ("profile set allergies=grass:9", ""),
    ("profile set allergies=bouleau", "birch"),
    ("profile set couleur=bleu", "conditions"),
    ("profile set age=vieux", "over65"),
    ("profile set conditions=asthma,gout", "copd"),
    ("profile set pregnant=maybe", "yes"),
    ("profile set air", "air"),
    ("profile set", "profile set"),
    ("profile set places=99", "99"),
    ("profile set places=chez-moi", ""),
    ("profile set quiet=25:00-07:00", "22:00-07:00"),
    ("profile set quiet=22:00", "22:00-07:00"),
    ("profile set relay=relais", "https://rel"),
    ("profile set relay=ftp://example.org", "https://rel"),
    // One that is right beside one that is not.
    ("profile set age=adult couleur=bleu", "conditions"),
    ("profile set quiet=21:00-06:00 level.air=9", "6"),
    // A date outside what is stored, or none at all.
    ("history Lyon --metric vigilance.fog", ""),
    ("history Lyon --metric uv --days 0", "36500"),
    ("history Lyon --metric uv --days x", "36500"),
    ("history Lyon --metric brouillard", "uv"),
    ("history Lyon", "--metric"),
    ("history Nantes --metric air", "Nantes"),
    ("history Lyon --metric air --format xml", "csv"),
    ("alerts --days 0", "36500"),
    ("alerts --days demain", "36500"),
    ("explain 99", "99"),
    ("explain demain", "demain"),
    // A sign, a score or a day that is none.
    ("diary add humeur=2", "breathing"),
    ("diary add nose=4", "3"),
    ("diary add treatment=1", "yes"),
    ("diary add nose", "nose=2"),
    ("diary add", "diary add"),
    ("diary add --day 2026-09-09 nose=1", "2026"),
    ("diary add --day hier nose=1", "2026-09-08"),
    ("diary add --person Nobody nose=1", "Nobody"),
    ("diary add place=99", "99"),
    ("diary show --days 0", "36500"),
    ("diary report --format pdf", "html"),
    ("diary remove", "--day"),
    // Not what it is called.
    ("rafraichir", "rafraichir"),
    ("place", "place"),
    ("refresh --tout", "--tout"),
    ("completions klingon", "bash"),
    ("advice --metric air --level 9", "6"),
    ("advice --metric air", ""),
    ("advice --metric brouillard --level 3", "uv"),
    ("advice --for Nobody --metric air --level 3", "Nobody"),
    ("advice --for Nobody", "Nobody"),
    ("advice --level 3", ""),
    ("advice --metric vigilance.heat --level 1", "2"),
    ("advice --metric radon --level 4", "3"),
    ("advice --metric concentration.o3 --level 3", "concentration.o3"),
    ("advice done", "ID"),
    ("advice done sleep-well", "sleep-well"),
    ("advice done pollen-rinse-hair --for Nobody", "Nobody"),
    ("advice finished pollen-rinse-hair", "finished"),
];

#[test]
fn arguments_that_make_no_sense_get_one_sentence_and_change_nothing() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    let now = device.at(TUESDAY);
    now.told();
    let before = device.contents();
    let mut wrong = Vec::new();
    for language in ["fr", "en"] {
        for (words, expected) in MISUSES {
            let outcome = now.speaking(language).run(words);
            if !(is_refused(&outcome) && outcome.err.contains(expected)) {
                wrong.push(format!("{words}: no {expected:?} in {outcome:?}"));
            }
            assert_eq!(device.contents(), before, "{words}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn options_that_make_no_sense_are_refused_before_anything_is_made() {
    let home = tempfile::TempDir::new().unwrap();
    let data = home.path().join("data");
    let cases: &[&[&str]] = &[
        &["--gateway", "foo", "refresh"],
        &["--gateway", "ftp://example.org", "refresh"],
        &["--gateway", "http://", "refresh"],
        &["--gateway", "http://example.org/?q=1", "refresh"],
        &["--gateway", "file:///etc", "status"],
        &["--relay", "foo", "refresh"],
        &["--relay", "http://me:secret@example.org", "status"],
        &["--now", "hier", "status"],
        &["--now", "2026-13-45T00:00:00Z", "status"],
        &["--now", "2026-09-08", "status"],
        &["--lang", "de", "status"],
        &["status", "--now"],
        &[],
    ];
    for case in cases {
        let mut command = bare();
        command.env("HOME", home.path()).arg("--data-dir").arg(&data).args(*case);
        let outcome = outcome(&mut command);
        assert!(is_refused(&outcome), "{case:?}: {outcome:?}");
        assert!(!data.exists(), "{case:?}");
    }
    for (variable, value) in
        [("ECOSANTE_NOW", "hier"), ("ECOSANTE_GATEWAY", "foo"), ("ECOSANTE_RELAY", "foo")]
    {
        let mut command = bare();
        command.env("HOME", home.path()).env("ECOSANTE_DATA_DIR", &data).env(variable, value);
        let outcome = outcome(command.arg("status"));
        assert!(is_refused(&outcome), "{variable}: {outcome:?}");
    }
}

#[test]
fn a_history_of_another_time_says_from_when_on_there_is_one() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::of_a_family(&replay);
    device.at(TUESDAY).told();
    let later = device.at("2027-03-01T12:00:00+01:00");
    let outcome = later.speaking("en").run("history Lyon --metric air --days 5");
    assert!(is_refused(&outcome), "{outcome:?}");
    assert!(outcome.err.contains("8 September 2025"), "{outcome:?}");
}

#[test]
fn a_point_outside_the_globe_is_refused_and_sent_to_nobody() {
    let replay = Replay::start(degraded_lyon());
    let device = Device::behind(&replay);
    for point in ["91,181", "45.76,999", "nan,nan"] {
        let outcome = device.at(TUESDAY).run(&format!("place add {point}"));
        assert_eq!(outcome.code, 2, "{point}: {outcome:?}");
        assert_eq!(replay.requests(), [], "{point}");
        assert!(is_refused(&outcome), "{point}: nothing was sent, nothing says so: {outcome:?}");
    }
}
