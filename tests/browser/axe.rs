//! axe-core, which knows of a page what can be known without a person.
//!
//! Fetched once from where npm has it, checked, and kept under `target/`: it is no part of the app.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use ecosante_browser::Browser;
use serde_json::{Value, json};
use tempfile::TempDir;

const VERSION: &str = "4.14.1";
const SHA512: &str = "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b73\
                      4f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5";

/// WCAG 2.2 up to AA, and what axe-core calls best practice.
const TAGS: [&str; 7] =
    ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/// What is wrong, in one line for each element, once no colour is on its way to another; what goes on
/// for ever, or was taken away, is not waited for.
const RUN: &str = "const [only, done] = arguments; \
    const ends = (it) => it.effect.getComputedTiming().endTime !== Infinity; \
    const moving = document.getAnimations().filter(ends); \
    Promise.allSettled(moving.map((it) => it.finished)) \
       .then(() => axe.run(document, { runOnly: only, resultTypes: ['violations'] })) \
       .then(({ violations }) => done(violations.flatMap((rule) => rule.nodes.map((node) => \
           `${rule.id}: ${node.target.join(' ')} ${node.html.slice(0, 200)} \
            ${node.any.concat(node.all, node.none).map((check) => check.message).join('; ')}`)))) \
       .catch((error) => done([`axe-core fails: ${error}`]));";

/// The script.
pub(crate) fn script() -> &'static str {
    static SCRIPT: OnceLock<String> = OnceLock::new();
    SCRIPT.get_or_init(|| {
        let file =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("axe-core-{VERSION}.js"));
        fs::read_to_string(&file).unwrap_or_else(|_| fetched(&file))
    })
}

fn fetched(file: &Path) -> String {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let answer = command.args(arguments).current_dir(&folder).output();
        let answer = answer.unwrap_or_else(|error| panic!("{program} does not start: {error}"));
        let said = String::from_utf8_lossy(&answer.stdout).into_owned();
        let why = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "{program} {arguments:?} fails: {said}{why}");
        said
    };
    let archive = format!("axe-core-{VERSION}.tgz");
    run("npm", &["pack", "--silent", &format!("axe-core@{VERSION}")]);
    let sum = run("sha512sum", &[&archive]);
    assert!(sum.starts_with(SHA512), "axe-core is not the one that was looked at: {sum}");
    run("tar", &["-xzf", &archive, "package/axe.min.js"]);
    let script = folder.path().join("package/axe.min.js");
    fs::rename(&script, file).unwrap();
    fs::read_to_string(file).unwrap()
}

/// Which rules are applied.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rules {
    All,
    /// What the theme changes.
    Contrast,
    /// The same, as who asks for more of it may expect: WCAG's AAA.
    MoreContrast,
}

/// What is wrong with the page that is shown; nothing is.
pub(crate) async fn complaints(browser: &Browser, rules: Rules) -> Vec<String> {
    let is_there = browser.runs("return typeof axe !== 'undefined';", Vec::new()).await;
    if is_there != Value::Bool(true) {
        browser.runs(script(), Vec::new()).await;
    }
    let only = match rules {
        Rules::All => json!({ "type": "tag", "values": TAGS }),
        Rules::Contrast => json!({ "type": "rule", "values": ["color-contrast"] }),
        Rules::MoreContrast => json!({ "type": "rule", "values": ["color-contrast-enhanced"] }),
    };
    let found = browser.awaits(RUN, vec![only]).await;
    found.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}
