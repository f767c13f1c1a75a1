//! What can be known without a person of how accessible each screen is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use ecosante_browser::Browser;
use ecosante_domain::text::Language;
use ecosante_domain::window::Theme;

use crate::axe::{self, Rules};
use crate::screens::{Screen, goes, opens, screens};
use crate::stages::{Stage, Stages};
use crate::view::View;

/// The width of a page and its height, in CSS pixels.
type Size = (u32, u32);

/// Those of a phone and of a desktop.
pub(crate) const SIZES: [Size; 2] = [(380, 800), (1200, 800)];

/// Each language in each theme. All rules are applied in two of the four at both sizes, both
/// languages and themes among them; what a theme alone changes, in each.
const LOOKS: [(Language, Theme, Rules, &[Size]); 4] = [
    (Language::Fr, Theme::Light, Rules::All, &SIZES),
    (Language::En, Theme::Dark, Rules::All, &SIZES),
    (Language::Fr, Theme::Dark, Rules::Contrast, &[SIZES[0]]),
    (Language::En, Theme::Light, Rules::Contrast, &[SIZES[1]]),
];

/// Goes to every screen in a language and a theme, with all that is folded open, and gathers what is
/// wrong there.
async fn on_every_screen(
    browser: &Browser,
    stages: &Stages,
    (language, theme): (Language, Theme),
    wrong: impl AsyncFn(&Screen) -> Vec<String>,
) -> Vec<String> {
    let screens = screens(&stages.known);
    let mut complaints = Vec::new();
    for stage in Stage::ALL {
        let host = &stages.hosts[&stage];
        opens(browser, host, language, theme).await;
        for screen in screens.iter().filter(|screen| screen.stage == stage) {
            goes(browser, host, screen, true).await;
            let at = format!("{} ({}, {theme:?})", screen.name, language.code());
            complaints.extend(wrong(screen).await.into_iter().map(|it| format!("{at}: {it}")));
        }
    }
    complaints
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// What a script finds wrong, a line for each.
async fn found(browser: &Browser, script: &str) -> Vec<String> {
    let found = browser.runs(script, Vec::new()).await;
    let lines = found.as_array().unwrap().iter();
    lines.map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_screen_breaks_a_rule_in_any_language_theme_or_width() {
    let stages = Stages::set(3).await;
    let browser = Browser::start().await;
    let mut complaints = Vec::new();
    for (language, theme, rules, sizes) in LOOKS {
        let wrong = async |_: &Screen| {
            let mut wrong = Vec::new();
            for (width, height) in sizes {
                browser.size(*width, *height).await;
                let found = axe::complaints(&browser, rules).await;
                wrong.extend(found.into_iter().map(|it| format!("{width} px: {it}")));
            }
            wrong
        };
        complaints.extend(on_every_screen(&browser, &stages, (language, theme), wrong).await);
    }
    none(&complaints);
    browser.close().await;
}

/// A picture without words, a button without a name, words that can hardly be read.
const DAMAGE: &str = "document.querySelector('main').insertAdjacentHTML('beforeend', \
    '<img src=\"data:,\"><button type=\"button\"></button><p id=\"faint\">Faint</p>'); \
    document.querySelector('#faint').style.color = '#ddd';";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_a_rule_is_found() {
    let stages = Stages::set(1).await;
    let browser = Browser::start().await;
    let host = &stages.hosts[&Stage::Empty];
    opens(&browser, host, Language::En, Theme::Light).await;
    browser.runs(DAMAGE, Vec::new()).await;
    let complaints = axe::complaints(&browser, Rules::All).await.join("\n");
    for rule in ["image-alt: img", "button-name: button", "color-contrast: #faint"] {
        assert!(complaints.contains(rule), "{rule} is not among\n{complaints}");
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn colours_of_ones_own_more_contrast_and_less_motion_are_heeded() {
    let stages = Stages::set(1).await;
    let browser = Browser::start().await;
    browser.size(1200, 800).await;
    let look = (Language::En, Theme::Light);
    let mut complaints = Vec::new();
    for (feature, value, rules, look) in [
        ("forced-colors", "active", Rules::Contrast, look),
        ("prefers-contrast", "more", Rules::MoreContrast, look),
        ("prefers-contrast", "more", Rules::MoreContrast, (Language::En, Theme::Dark)),
    ] {
        browser.believes(&[(feature, value)]).await;
        let wrong = async |_: &Screen| axe::complaints(&browser, rules).await;
        let found = on_every_screen(&browser, &stages, look, wrong).await;
        complaints.extend(found.into_iter().map(|it| format!("{feature}: {it}")));
    }
    browser.believes(&[("prefers-reduced-motion", "reduce")]).await;
    let wrong = async |_: &Screen| found(&browser, MOVES).await;
    complaints.extend(on_every_screen(&browser, &stages, look, wrong).await);
    none(&complaints);
    browser.close().await;
}

/// What moves, or would when it changes.
const MOVES: &str = "const moving = []; \
    for (const it of document.querySelectorAll('*')) { \
        for (const part of [null, '::before', '::after']) { \
            const style = getComputedStyle(it, part); \
            const lasts = (durations) => durations.split(',').some((one) => parseFloat(one) > 0); \
            if (style.animationName !== 'none' || lasts(style.transitionDuration)) { \
                moving.push(`${it.tagName} ${it.className} ${part ?? ''} moves`); \
            } \
        } \
    } \
    return moving.concat(document.getAnimations().map(() => 'something is moving'));";

/// What cannot be reached without scrolling sideways, and words of which only a part is seen.
/// Tables wider than the screen scroll for themselves; what is drawn for the eye alone, and said in a
/// table below, may be shortened.
const CUT: &str = "const wide = document.documentElement.clientWidth; \
    const hidden = (it) => it.closest('.visually-hidden, .skip, [hidden]'); \
    const scrolls = (it) => { \
        for (let at = it.parentElement; at && at !== document.body; at = at.parentElement) { \
            if (/auto|scroll/.test(getComputedStyle(at).overflowX)) { return true; } \
        } \
        return false; \
    }; \
    const said = (it) => `${it.tagName}.${it.className} “${it.textContent.trim().slice(0, 40)}”`; \
    const cut = document.scrollingElement.scrollWidth > wide \
        ? [`${document.scrollingElement.scrollWidth} px on ${wide}`] : []; \
    for (const it of document.querySelectorAll('body *')) { \
        if (hidden(it) || it.closest('svg')) { continue; } \
        const box = it.getBoundingClientRect(); \
        if (box.width && (box.right > wide + 1 || box.left < -1) && !scrolls(it)) { \
            cut.push(`${said(it)} lies from ${box.left} to ${box.right}`); \
        } \
        const style = getComputedStyle(it); \
        if (/hidden|clip/.test(style.overflowX) && it.scrollWidth > it.clientWidth + 1 \
            && it.textContent.trim() && !it.closest('[aria-hidden=true]')) { \
            cut.push(`${said(it)} is cut`); \
        } \
    } \
    return cut.slice(0, 5);";

/// The spacing that a person may set, as WCAG 1.4.12 has it, and the app's own again.
const SPACED: &str = "const spaced = new CSSStyleSheet(); spaced.replaceSync('* { \
    line-height: 1.5 !important; letter-spacing: 0.12em !important; \
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }'); \
    document.adoptedStyleSheets = [spaced];";
const AS_IT_WAS: &str = "document.adoptedStyleSheets = [];";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_cut_on_the_narrowest_screen_or_with_letters_twice_as_large() {
    let stages = Stages::set(3).await;
    let mut complaints = Vec::new();
    for (letters, widths) in [(16, [320, 380]), (32, [760, 1200])] {
        let browser = Browser::with_letters(letters).await;
        let wrong = async |_: &Screen| {
            let mut wrong = Vec::new();
            for width in widths {
                browser.size(width, 800).await;
                for spacing in [AS_IT_WAS, SPACED] {
                    browser.runs(spacing, Vec::new()).await;
                    let spaced = if spacing == SPACED { ", spaced" } else { "" };
                    let found = found(&browser, CUT).await.into_iter();
                    wrong.extend(
                        found.map(|it| format!("{letters} px letters on {width} px{spaced}: {it}")),
                    );
                }
            }
            browser.runs(AS_IT_WAS, Vec::new()).await;
            wrong
        };
        // French is the longer of the two.
        let look = (Language::Fr, Theme::Light);
        complaints.extend(on_every_screen(&browser, &stages, look, wrong).await);
        browser.close().await;
    }
    none(&complaints);
}

/// What is pressed with a finger and is smaller than one: less than 44 px wide or high. Links within
/// a sentence are as high as its lines.
const SMALL: &str = "const small = []; \
    const pressed = 'nav a, button, [role=tab], [role=option], .button, .back, summary, \
        label.choice, input[type=range], input[type=text], input[type=password], select, \
        .tile-more, .index-list a, .entry-name[href]'; \
    for (const it of document.querySelectorAll(pressed)) { \
        const box = it.getBoundingClientRect(); \
        if (it.checkVisibility() && (box.width < 43.5 || box.height < 43.5)) { \
            small.push(`${it.tagName}.${it.className} “${it.textContent.trim().slice(0, 40)}” is \
                ${Math.round(box.width)} × ${Math.round(box.height)} px`); \
        } \
    } \
    return small.slice(0, 8);";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_pressed_on_a_phone_is_as_large_as_a_finger() {
    let stages = Stages::set(1).await;
    let browser = Browser::start().await;
    browser.size(360, 780).await;
    let wrong = async |_: &Screen| found(&browser, SMALL).await;
    none(&on_every_screen(&browser, &stages, (Language::En, Theme::Light), wrong).await);
    browser.close().await;
}

/// What a view is, without what it is about.
fn kind(view: View) -> String {
    match view {
        View::Welcome(_) => format!("{view:?}"),
        _ => format!("{view:?}").split('(').next().unwrap_or_default().to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_screen_is_told_apart_by_its_title() {
    let stages = Stages::set(1).await;
    let browser = Browser::start().await;
    let titles = Mutex::new(BTreeMap::<String, BTreeSet<String>>::new());
    let title = async |screen: &Screen| {
        let title = browser.client().title().await.unwrap();
        titles.lock().unwrap().entry(title).or_default().insert(kind(screen.view));
        Vec::new()
    };
    on_every_screen(&browser, &stages, (Language::En, Theme::Light), title).await;
    for (title, kinds) in titles.into_inner().unwrap() {
        assert!(kinds.len() == 1, "“{title}” is the title of {kinds:?}");
        assert!(title.ends_with(" – Écosanté"), "{title}");
    }
    browser.close().await;
}

/// Where the present hour is marked in the band of today, in hours, and how high; what is drawn
/// where nothing is meant to be.
const DRAWN: &str = "const chart = document.querySelector('.chart').getBoundingClientRect(); \
    const now = document.querySelector('.marks .now').getBoundingClientRect(); \
    const drawn = getComputedStyle(document.querySelector('.answer'), '::before').content; \
    return [(now.left - chart.left) / chart.width * 24, now.height / chart.height, drawn];";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_present_hour_is_marked_at_its_place() {
    let stages = Stages::set(1).await;
    let browser = Browser::start().await;
    // A day of which something that counts is not known: its drawing is the band's alone.
    for stage in [Stage::Household, Stage::OneFails] {
        opens(&browser, &stages.hosts[&stage], Language::En, Theme::Light).await;
        browser.reads("Hour by hour").await;
        let drawn = browser.runs(DRAWN, Vec::new()).await;
        // 15:20: the sixteenth hour of the day.
        let (hour, height) = (drawn[0].as_f64().unwrap(), drawn[1].as_f64().unwrap());
        assert!((14.9..15.1).contains(&hour) && height > 0.9, "{stage:?}: {drawn}");
        assert_eq!(drawn[2], "none", "{stage:?}");
    }
    browser.close().await;
}
