//! The sentences of the window, where every part of it finds them.

use std::borrow::Cow;

use ecosante_domain::text::{self, Language};
use yew::prelude::*;

use crate::local::Shared;

/// What the window says, in the language of the person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words(Shared<List>);

/// The sentences of a language, as `catalogue.rs` writes them.
#[derive(Debug)]
struct List {
    language: Language,
    text: String,
    /// Where the line of each sentence begins, in the order of the keys.
    lines: Vec<usize>,
}

impl List {
    /// The key and the sentence of the line that begins here.
    fn line(&self, start: usize) -> (&str, &str) {
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        line.split_once('=').unwrap_or((line, ""))
    }

    fn sentence(&self, key: &str) -> Option<&str> {
        let found = self.lines.binary_search_by(|start| self.line(*start).0.cmp(key));
        Some(self.line(self.lines[found.ok()?]).1)
    }
}

/// What fills a variable of a sentence.
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(usize),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<u8> for Value<'_> {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

impl Words {
    /// Of a list that `catalogue.rs` has written.
    pub(crate) fn new(language: Language, text: String) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        let lines = [0].into_iter().chain(ends).filter(|start| *start < text.len()).collect();
        Self(Shared::new(List { language, text, lines }))
    }

    /// The language that is spoken.
    pub(crate) fn language(&self) -> Language {
        self.0.language
    }

    /// The sentence for a key that takes no variables.
    pub(crate) fn get(&self, key: &str) -> String {
        self.fill(key, &[])
    }

    /// The sentence for a key, its variables filled in.
    ///
    /// A key without a sentence gives the key itself, so that a mistake is seen and not hidden.
    #[expect(clippy::needless_pass_by_value, reason = "the values are named where it is called")]
    pub(crate) fn format<const N: usize>(&self, key: &str, args: [(&str, Value<'_>); N]) -> String {
        self.fill(key, &args)
    }

    /// The sentence with its first letter in upper case.
    pub(crate) fn sentence_case(&self, text: &str) -> String {
        text::sentence_case(text)
    }

    fn fill(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        let sentence = self.0.sentence(key);
        debug_assert!(sentence.is_some(), "no sentence for {key}");
        let Some(sentence) = sentence else { return key.to_owned() };
        debug_assert!(
            args.iter().all(|(name, _)| variables(sentence).contains(name)),
            "{key} takes only {:?}",
            variables(sentence)
        );
        let value_of = |name: &str| {
            let value = args.iter().find(|(given, _)| *given == name).map(|(_, value)| value);
            debug_assert!(value.is_some(), "{key} needs {name}");
            value
        };

        let mut rest = match choice(sentence) {
            None => sentence,
            Some((by, forms)) => {
                let category = match value_of(by) {
                    Some(Value::Number(number)) => category(self.language(), *number),
                    _ => String::new(),
                };
                form(forms, &category)
            }
        };
        let mut said = String::new();
        while let Some((before, name, after)) = variable(rest) {
            said.push_str(before);
            match value_of(name) {
                Some(Value::Text(text)) => said.push_str(text),
                Some(Value::Number(number)) => said.push_str(&number.to_string()),
                None => said.push_str(name),
            }
            rest = after;
        }
        said + rest
    }
}

/// What a language calls so many: "one", "few", "other", …, by Unicode's rules, which every web view
/// has.
#[cfg(target_arch = "wasm32")]
fn category(language: Language, number: usize) -> String {
    use js_sys::{Array, Intl, Object};
    let rules = Intl::PluralRules::new(&Array::of1(&language.code().into()), &Object::new());
    #[expect(clippy::cast_precision_loss, reason = "nothing here is counted that far")]
    rules.select(number as f64).into()
}

/// The same where there is no web view: in tests.
#[cfg(not(target_arch = "wasm32"))]
fn category(language: Language, number: usize) -> String {
    use intl_pluralrules::{PluralRuleType, PluralRules};
    let id: unic_langid::LanguageIdentifier =
        language.code().parse().expect("the code of a language is a language id");
    let rules = PluralRules::create(id, PluralRuleType::CARDINAL).expect("Unicode knows it");
    format!("{:?}", rules.select(number).expect("a number")).to_lowercase()
}

/// What a sentence depends on, and its forms.
fn choice(sentence: &str) -> Option<(&str, &str)> {
    sentence.split_once('|')
}

/// The form of a category; the last is for all that have none of their own.
fn form<'a>(forms: &'a str, category: &str) -> &'a str {
    let named = |form: &'a str| form.split_once('=').unwrap_or(("", form));
    let found = forms.split('|').map(named).find(|(name, _)| *name == category);
    found.or_else(|| forms.rsplit('|').next().map(named)).map_or("", |(_, form)| form)
}

/// The first variable of a text, with what stands before and after it.
fn variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// All that a sentence asks for.
fn variables(sentence: &str) -> Vec<&str> {
    let mut names: Vec<_> = choice(sentence).map(|(by, _)| by).into_iter().collect();
    let mut rest = sentence;
    while let Some((_, name, after)) = variable(rest) {
        names.push(name);
        rest = after;
    }
    names
}

/// The sentences, in a part of the window.
#[hook]
pub(crate) fn use_words() -> Words {
    use_context().expect("App provides the words to all its parts")
}

#[cfg(test)]
mod tests {
    use ecosante_domain::text::{Arg, Texts};

    use super::*;
    use crate::catalogue;

    impl Words {
        /// As they are when the window is built.
        pub(crate) fn of(language: Language) -> Self {
            let catalogues = Language::ALL.map(|language| {
                let window = language.catalogue("window.ftl").expect("every language has one");
                (language.code(), window.to_owned())
            });
            let lists = catalogue::compiled(&catalogues).expect("the catalogues are complete");
            let mut of = Language::ALL.into_iter().zip(lists);
            let found = of.find(|(of, _)| *of == language).expect("it is one of all");
            Self::new(language, found.1)
        }
    }

    #[test]
    fn every_sentence_is_said_as_fluent_says_it() {
        for language in Language::ALL {
            let (words, texts) = (Words::of(language), Texts::new(language));
            for start in &words.0.lines {
                let (key, sentence) = words.0.line(*start);
                for count in [0_usize, 1, 2, 1_000] {
                    let by = choice(sentence).map(|(by, _)| by);
                    let names = variables(sentence);
                    let ours: Vec<(&str, Value<'_>)> = names
                        .iter()
                        .map(|name| match by {
                            Some(by) if by == *name => (*name, count.into()),
                            _ => (*name, format!("<{name}>").into()),
                        })
                        .collect();
                    let fluents = ours.iter().map(|(name, value)| -> Arg<'_> {
                        match value {
                            Value::Text(text) => (name, text.as_ref().into()),
                            Value::Number(number) => (name, (*number).into()),
                        }
                    });
                    assert_eq!(words.fill(key, &ours), texts.format(key, fluents), "{language}");
                }
            }
        }
    }

    #[test]
    fn zero_is_singular_in_french_and_plural_in_english() {
        let said = |language, count: usize| {
            Words::of(language).format("new-alerts", [("count", count.into())])
        };
        assert_eq!(said(Language::Fr, 0), "0 nouvelle alerte.");
        assert_eq!(said(Language::Fr, 1), "1 nouvelle alerte.");
        assert_eq!(said(Language::Fr, 2), "2 nouvelles alertes.");
        assert_eq!(said(Language::En, 0), "0 new alerts.");
        assert_eq!(said(Language::En, 1), "1 new alert.");
        assert_eq!(said(Language::En, 2), "2 new alerts.");
    }

    #[test]
    fn what_fills_a_variable_is_not_read_as_a_sentence() {
        let said = Words::of(Language::En).format("place-none", [("query", "{name}|{".into())]);
        assert!(said.contains("“{name}|{”"), "{said}");
    }

    #[test]
    fn the_first_and_the_last_sentence_are_found_and_those_beside_them_are_not() {
        let text = "a=first = 1\nb=\nc=last\n".to_owned();
        let list = Words::new(Language::En, text).0;
        let said = ["a", "b", "c", "0", "aa", "d", ""].map(|key| list.sentence(key));
        assert_eq!(said, [Some("first = 1"), Some(""), Some("last"), None, None, None, None]);
        assert_eq!(Words::new(Language::En, String::new()).0.sentence("a"), None);
    }

    #[test]
    #[should_panic(expected = "no sentence for nothing")]
    fn a_key_without_a_sentence_is_seen_while_developing() {
        Words::of(Language::En).get("nothing");
    }

    #[test]
    #[should_panic(expected = "step needs count")]
    fn a_variable_that_is_missing_is_seen_while_developing() {
        Words::of(Language::En).format("step", [("number", 1_usize.into())]);
    }

    #[test]
    #[should_panic(expected = "save takes only []")]
    fn a_variable_too_many_is_seen_while_developing() {
        Words::of(Language::En).format("save", [("name", "Ana".into())]);
    }
}
