//! Hands, eyes and the keyboard of whoever uses the window, in the app and in a browser.

use std::path::Path;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};

/// How long a person would wait before they call it broken; a loaded machine takes a while.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// How often it is looked whether what is waited for is there.
pub const GLANCE: Duration = Duration::from_millis(100);

/// Whoever uses the window, by way of a driver.
///
/// What is not there within [`PATIENCE`] is a panic that says what is there instead.
#[derive(Debug, Clone)]
pub struct Hands {
    client: Client,
}

impl Hands {
    /// The hands of a session.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The session, for what no hand can do.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Waits until something is there.
    pub async fn sees(&self, what: Locator<'_>) -> Element {
        let found = self.client.wait().at_most(PATIENCE).every(GLANCE).for_element(what).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{what:?} is not there ({error}), but:\n{}", self.text().await),
        }
    }

    /// Waits until the screen says something, somewhere.
    pub async fn reads(&self, text: &str) {
        let text = text.replace('\u{a0}', " ");
        let mut seen = String::new();
        let glances = PATIENCE.as_millis() / GLANCE.as_millis();
        for _ in 0..glances {
            seen = self.text().await;
            if seen.contains(&text) {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("“{text}” is not there, but:\n{seen}");
    }

    /// All that the screen says.
    pub async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            // The driver says it without the spaces that do not break.
            Ok(body) => body.text().await.unwrap_or_default().replace('\u{a0}', " "),
            Err(error) => format!("nothing: {error}"),
        }
    }

    /// Clicks on the button, link or choice with these words; what is drawn anew while it is
    /// reached for is reached for again.
    pub async fn clicks(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a or self::label or @role='option' or self::summary]\
             [contains(normalize-space(.), \"{words}\")]"
        );
        let mut tries = 0;
        while let Err(error) = self.sees(Locator::XPath(&path)).await.click().await {
            tries += 1;
            assert!(tries < 50, "“{words}” cannot be clicked: {error:?}");
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Clicks on what has these words until the screen says what follows: a screen that just moved
    /// swallows a click now and then, and a person clicks again. Not before it is clear that nothing
    /// happens: the second click would fall on whatever came in its place.
    pub async fn clicks_until(&self, words: &str, follows: &str) {
        for _ in 0..3 {
            self.clicks(words).await;
            if self.says_soon(follows).await {
                return;
            }
        }
        panic!("“{words}” leads nowhere: “{follows}” is not there, but:\n{}", self.text().await);
    }

    /// Types into the field with this label.
    pub async fn types(&self, label: &str, text: &str) {
        let path = format!(
            "//input[@id=//label[contains(normalize-space(.), \"{label}\")]/@for] | \
             //label[contains(normalize-space(.), \"{label}\")]//input"
        );
        self.sees(Locator::XPath(&path)).await.send_keys(text).await.unwrap();
    }

    /// Chooses a file in the field with this label.
    pub async fn chooses_file(&self, label: &str, file: &Path) {
        let path = format!("//input[@id=//label[contains(normalize-space(.), \"{label}\")]/@for]");
        let field = self.sees(Locator::XPath(&path)).await;
        field.send_keys(&file.display().to_string()).await.unwrap();
    }

    /// Presses a key on the slider of this name until the screen says something: a form that has
    /// just opened takes the keyboard for itself.
    pub async fn slides_to(&self, name: &str, key: Key, says: &str) {
        let path = format!(
            "//input[@type='range'][@aria-label='{name}' or \
             @id=//label[normalize-space(.)='{name}']/@for]"
        );
        let keys = String::from(char::from(key));
        for _ in 0..40 {
            self.sees(Locator::XPath(&path)).await.send_keys(&keys).await.unwrap();
            tokio::time::sleep(GLANCE).await;
            if self.text().await.contains(&says.replace('\u{a0}', " ")) {
                return;
            }
        }
        panic!("{name} never says “{says}”, but:\n{}", self.text().await);
    }

    /// Chooses an entry of the list with this label.
    pub async fn chooses(&self, label: &str, entry: &str) {
        let path = format!("//label[contains(normalize-space(.), \"{label}\")]//select");
        let list = self.sees(Locator::XPath(&path)).await;
        list.select_by_label(entry).await.unwrap();
    }

    /// Opens what has these words, unless it is open.
    pub async fn opens(&self, words: &str) {
        let path =
            format!("//details[summary[contains(normalize-space(.), \"{words}\")]][not(@open)]");
        if self.client.find(Locator::XPath(&path)).await.is_ok() {
            self.clicks(words).await;
        }
    }

    /// Presses a key wherever the keyboard is.
    pub async fn presses(&self, key: Key) {
        let keys = String::from(char::from(key));
        self.client.active_element().await.unwrap().send_keys(&keys).await.unwrap();
    }

    /// Types wherever the keyboard is.
    pub async fn types_there(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Types where nothing takes letters, until the screen says what follows.
    pub async fn types_until(&self, text: &str, follows: &str) {
        for _ in 0..3 {
            self.client.find(Locator::Css("body")).await.unwrap().send_keys(text).await.unwrap();
            if self.says_soon(follows).await {
                return;
            }
        }
        panic!("“{text}” leads nowhere: “{follows}” is not there, but:\n{}", self.text().await);
    }

    /// Presses a key with another one held, until the screen says what follows.
    pub async fn holds_until(&self, held: Key, key: &str, follows: &str) {
        let held = char::from(held);
        self.types_until(&format!("{held}{key}{held}"), follows).await;
    }

    /// Whether the choice with these words is on.
    pub async fn is_on(&self, words: &str) -> bool {
        let path = format!("//label[contains(normalize-space(.), \"{words}\")]//input");
        self.sees(Locator::XPath(&path)).await.is_selected().await.unwrap()
    }

    /// Waits until the page is paper on ink, or ink on paper.
    pub async fn is_dark(&self, dark: bool) {
        let script = "const paper = getComputedStyle(document.documentElement); \
                      return paper.colorScheme;";
        let wanted = if dark { "dark" } else { "light" };
        let mut seen = String::new();
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            let scheme = self.client.execute(script, Vec::new()).await.unwrap();
            scheme.as_str().unwrap_or_default().clone_into(&mut seen);
            if seen == wanted {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("the page is {seen}, not {wanted}");
    }

    /// Presses a key with another one held, and waits until the app has ended.
    pub async fn ends_with(&self, held: Key, key: &str) {
        let held = char::from(held);
        let body = self.client.find(Locator::Css("body")).await.unwrap();
        // It may end before it answers.
        let _ = body.send_keys(&format!("{held}{key}{held}")).await;
        for _ in 0..PATIENCE.as_millis() / GLANCE.as_millis() {
            if self.client.find(Locator::Css("body")).await.is_err() {
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
        panic!("it goes on");
    }

    /// What is said of where the keyboard is: its words, and its name where it has one.
    pub async fn is_at(&self) -> String {
        let script = "const at = document.activeElement; \
                      return at === document.body ? '' : [at.getAttribute('aria-label'), at.innerText, \
                              at.labels && at.labels[0] && at.labels[0].innerText].join(' ');";
        let said = self.client.execute(script, Vec::new()).await.unwrap();
        said.as_str().unwrap_or_default().replace('\u{a0}', " ")
    }

    /// Presses a key until the keyboard is at something with these words.
    pub async fn presses_to(&self, key: Key, words: &str) {
        let mut passed = Vec::new();
        for _ in 0..60 {
            let at = self.is_at().await;
            if at.contains(words) {
                return;
            }
            passed.push(at);
            self.presses(key).await;
        }
        panic!("the keyboard does not come to “{words}”, but past {passed:#?}");
    }

    /// Goes by Tab to what has these words and presses Enter until the screen says what follows: a
    /// screen that just moved takes the keyboard elsewhere, and a person goes there again.
    pub async fn enters(&self, words: &str, follows: &str) {
        for _ in 0..3 {
            self.presses_to(Key::Tab, words).await;
            self.presses(Key::Enter).await;
            if self.says_soon(follows).await {
                return;
            }
        }
        panic!("“{words}” leads nowhere: “{follows}” is not there, but:\n{}", self.text().await);
    }

    /// Whether the screen says something within the time after which a person tries again.
    pub async fn says_soon(&self, follows: &str) -> bool {
        let follows = follows.replace('\u{a0}', " ");
        for _ in 0..150 {
            if self.text().await.contains(&follows) {
                return true;
            }
            tokio::time::sleep(GLANCE).await;
        }
        false
    }

    /// An attribute of the page as a whole, the empty string where it has none.
    pub async fn page(&self, attribute: &str) -> String {
        let root = self.sees(Locator::Css("html")).await;
        root.attr(attribute).await.unwrap().unwrap_or_default()
    }
}
