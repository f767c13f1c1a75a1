//! What can be known without a person of how accessible each screen is.

use ecosante_browser::Browser;
use ecosante_domain::text::Language;
use ecosante_domain::window::Theme;

use crate::axe::{self, Rules};
use crate::screens::{goes, opens, screens};
use crate::stages::{Stage, Stages};

/// The width of a phone and of a desktop, with their heights.
pub(crate) const SIZES: [(u32, u32); 2] = [(380, 800), (1200, 800)];

/// Each language in each theme. All rules are applied in two of the four, the languages and themes
/// among them; what a theme alone changes, in each.
const LOOKS: [(Language, Theme, Rules); 4] = [
    (Language::Fr, Theme::Light, Rules::All),
    (Language::En, Theme::Dark, Rules::All),
    (Language::Fr, Theme::Dark, Rules::Contrast),
    (Language::En, Theme::Light, Rules::Contrast),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_screen_breaks_a_rule_in_any_language_theme_or_width() {
    let stages = Stages::set(3).await;
    let screens = screens(&stages.known);
    let browser = Browser::start().await;
    let mut complaints = Vec::new();
    for (language, theme, rules) in LOOKS {
        for stage in Stage::ALL {
            let host = &stages.hosts[&stage];
            opens(&browser, host, language, theme).await;
            for screen in screens.iter().filter(|screen| screen.stage == stage) {
                goes(&browser, host, screen, true).await;
                for (width, height) in SIZES {
                    browser.size(width, height).await;
                    for complaint in axe::complaints(&browser, rules).await {
                        complaints.push(format!(
                            "{} ({language:?}, {theme:?}, {width} px): {complaint}",
                            screen.name
                        ));
                    }
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
    browser.close().await;
}
