//! A picture of every screen in both languages, both themes and two widths: `cargo xtask pictures`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ecosante_browser::Browser;
use ecosante_domain::text::Language;
use ecosante_domain::window::Theme;
use ecosante_replay::DAYS_BEFORE;

use crate::accessible::SIZES;
use crate::screens::{Screen, goes, opens, screens};
use crate::stages::{Stage, Stages};

/// A page that is longer is cut: what follows is more of the same. In pixels, of a narrow page and of
/// a wide one.
const HIGHEST: [u64; 2] = [1400, 1000];

/// How many colours a picture has: those of the levels, and as many shades of ink as letters need.
const COLOURS: &str = "32";

const LOOKS: [(Language, Theme); 4] = [
    (Language::Fr, Theme::Light),
    (Language::Fr, Theme::Dark),
    (Language::En, Theme::Light),
    (Language::En, Theme::Dark),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "makes pictures; what they show is tested beside them"]
async fn pictures_of_every_screen() {
    let folder = PathBuf::from(std::env::var_os("ECOSANTE_PICTURES").unwrap());
    let kept = folder.join("screens");
    if kept.exists() {
        fs::remove_dir_all(&kept).unwrap();
    }
    fs::create_dir_all(&kept).unwrap();
    // The settings show where the data are: always the same.
    let place = std::env::temp_dir().join("ecosante");
    if place.exists() {
        fs::remove_dir_all(&place).unwrap();
    }
    let stages = Stages::set_in(&place, DAYS_BEFORE).await;
    let screens: Vec<_> =
        screens(&stages.known).into_iter().filter(|screen| screen.pictured).collect();
    let browser = Browser::start().await;
    for (language, theme) in LOOKS {
        for stage in Stage::ALL {
            let host = &stages.hosts[&stage];
            for (width, height) in SIZES {
                // Within the first minute of the same moment.
                host.begins_anew();
                browser.size(width, height).await;
                opens(&browser, host, language, theme).await;
                for screen in screens.iter().filter(|screen| screen.stage == stage) {
                    browser.size(width, height).await;
                    goes(&browser, host, screen, false).await;
                    whole(&browser, width, height).await;
                    let file = kept.join(name(screen, language, theme, width));
                    fs::write(&file, browser.picture().await).unwrap();
                }
            }
        }
    }
    browser.close().await;
    drop(stages);
    fs::remove_dir_all(place).unwrap();
    smaller(&kept);
    fs::write(folder.join("README.md"), index(&screens)).unwrap();
}

fn name(screen: &Screen, language: Language, theme: Theme, width: u32) -> String {
    let theme = if theme == Theme::Dark { "dark" } else { "light" };
    format!("{}-{}-{theme}-{width}.png", screen.name, language.code())
}

/// As much of the page as is pictured, at its beginning, with nothing that waits to be typed.
async fn whole(browser: &Browser, width: u32, least: u32) {
    let script = "document.activeElement.blur(); scrollTo(0, 0); \
                  return document.documentElement.scrollHeight;";
    let height = browser.runs(script, Vec::new()).await.as_u64().unwrap();
    let height = height.clamp(least.into(), HIGHEST[usize::from(width > SIZES[0].0)]);
    browser.size(width, height.try_into().unwrap()).await;
}

/// Writes the pictures anew with fewer colours.
fn smaller(folder: &Path) {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let done = Command::new("pngquant")
        .args(["--force", "--ext", ".png", "--nofs", "--speed", "1", "--strip", COLOURS, "--"])
        .args(files)
        .status();
    assert!(done.is_ok_and(|status| status.success()), "pngquant does not make them smaller");
}

/// All of them in a page.
fn index(screens: &[Screen]) -> String {
    let mut page =
        "# Every screen\n\nMade by `cargo xtask pictures` from the window's contents as \
                    they are, on the demo's sources: do not edit. Each name leads to the other \
                    pictures of the screen.\n"
            .to_owned();
    for screen in screens {
        let file = |(language, theme): (Language, Theme), width: u32| {
            format!("screens/{}", name(screen, language, theme, width))
        };
        let _ = writeln!(page, "\n## {}\n", screen.name.replace('-', " "));
        let links: Vec<_> = LOOKS
            .into_iter()
            .flat_map(|look| SIZES.map(|(width, _)| (look, width)))
            .map(|(look, width)| {
                let (language, theme) = look;
                let theme = format!("{theme:?}").to_lowercase();
                format!("[{} {theme} {width}]({})", language.code(), file(look, width))
            })
            .collect();
        let _ = writeln!(page, "{}\n", links.join(" · "));
        let shown = [(LOOKS[0], 380, 190), (LOOKS[1], 380, 190), (LOOKS[2], 1200, 480)];
        for ((language, theme), width, drawn) in shown {
            let _ = writeln!(
                page,
                "<img src=\"{}\" width=\"{drawn}\" alt=\"{}, {}, {theme:?}, {width} px\">",
                file((language, theme), width),
                screen.name,
                language.code(),
            );
        }
    }
    page
}
