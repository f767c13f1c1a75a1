//! Turns the window's Fluent catalogues into plain lists, where the window is built: what reads
//! Fluent at run time would be more than all that the window says.
//!
//! A list has a line for each sentence, `key=sentence`, in the order of the keys. In it a variable is
//! `{name}`. A sentence that depends on a number is the name of its variable, and a form for each
//! category of numbers that its language tells apart, the one for all others last:
//! `count|one=One day|other={count} days`.

use std::collections::BTreeMap;

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;

type Result<T> = std::result::Result<T, String>;

/// The lists of several languages from their catalogues: files with what they contain.
///
/// # Errors
/// Whatever the window would not say as Fluent does, in one sentence that names file and key.
pub(crate) fn compiled(catalogues: &[(&str, String)]) -> Result<Vec<String>> {
    let mut lists: Vec<BTreeMap<&str, String>> = Vec::new();
    for (file, source) in catalogues {
        let list = sentences(file, source)?;
        if let Some(first) = lists.first() {
            if let Some(key) = list.keys().find(|key| !first.contains_key(*key)) {
                return Err(format!("{file}: no other language has the key {key}"));
            }
            if let Some(key) = first.keys().find(|key| !list.contains_key(*key)) {
                return Err(format!("{file}: the key {key} is missing"));
            }
        }
        lists.push(list);
    }
    let line = |(key, sentence): (&str, String)| format!("{key}={sentence}\n");
    Ok(lists.into_iter().map(|list| list.into_iter().map(line).collect()).collect())
}

fn sentences<'a>(file: &str, source: &'a str) -> Result<BTreeMap<&'a str, String>> {
    let resource = parser::parse(source).map_err(|(_, errors)| {
        let error = errors.first().map(|error| (error.pos.start, error.to_string()));
        let (at, error) = error.unwrap_or_default();
        let line = source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        format!("{file}: line {line} is no Fluent: {error}")
    })?;
    let mut sentences = BTreeMap::new();
    for entry in resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Term(term) => {
                return Err(format!(
                    "{file}: -{} is a term, which the window cannot say",
                    term.id.name
                ));
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            Entry::Junk { content } => return Err(format!("{file}: no Fluent: {content}")),
        };
        let key = message.id.name;
        let sentence = match &message.value {
            _ if !message.attributes.is_empty() => Err("has attributes".to_owned()),
            None => Err("has no sentence".to_owned()),
            Some(pattern) => whole(pattern),
        };
        let sentence = sentence
            .map_err(|problem| format!("{file}: {key} {problem}, which the window cannot say"))?;
        if sentences.insert(key, sentence).is_some() {
            return Err(format!("{file}: {key} is there twice"));
        }
    }
    Ok(sentences)
}

/// A sentence as the list has it.
fn whole(pattern: &Pattern<&str>) -> Result<String> {
    let choices: Vec<_> = pattern
        .elements
        .iter()
        .filter_map(|element| match element {
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                Some((selector, variants))
            }
            _ => None,
        })
        .collect();
    match choices[..] {
        [] => form(pattern, None),
        [(InlineExpression::VariableReference { id }, variants)] => {
            let forms = forms(variants)?;
            let forms = forms.into_iter().map(|(category, chosen)| {
                Ok(format!("|{category}={}", form(pattern, Some(chosen))?))
            });
            Ok(format!("{}{}", id.name, forms.collect::<Result<String>>()?))
        }
        [_] => Err("chooses by something other than a variable".to_owned()),
        _ => Err("chooses twice".to_owned()),
    }
}

/// The categories of numbers by which languages tell sentences apart, as Unicode names them.
const CATEGORIES: [&str; 5] = ["zero", "one", "two", "few", "many"];

/// The forms by their categories; the one for all others is the last.
fn forms<'a>(variants: &'a [Variant<&'a str>]) -> Result<Vec<(&'a str, &'a Pattern<&'a str>)>> {
    let Some((others, of_their_own)) = variants.split_last() else {
        return Err("chooses from nothing".to_owned());
    };
    let named = |variant: &'a Variant<&'a str>| match variant.key {
        VariantKey::Identifier { name } => Some((name, &variant.value, variant.default)),
        VariantKey::NumberLiteral { .. } => None,
    };
    let mut forms = Vec::new();
    for variant in of_their_own {
        match named(variant) {
            Some((name, value, false)) if CATEGORIES.contains(&name) => forms.push((name, value)),
            _ => return Err("chooses between others than numbers and *[other]".to_owned()),
        }
    }
    match named(others) {
        Some(("other", value, true)) => forms.push(("other", value)),
        _ => return Err("chooses between others than numbers and *[other]".to_owned()),
    }
    Ok(forms)
}

/// A sentence with `chosen` in the place of its choice.
fn form(pattern: &Pattern<&str>, chosen: Option<&Pattern<&str>>) -> Result<String> {
    let mut form = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => form.push_str(plain(value)?),
            PatternElement::Placeable { expression } => match (expression, chosen) {
                (Expression::Inline(InlineExpression::VariableReference { id }), _) => {
                    form.extend(["{", id.name, "}"]);
                }
                (Expression::Inline(InlineExpression::StringLiteral { value }), _) => {
                    form.push_str(plain(&unescape_unicode_to_string(value))?);
                }
                (Expression::Inline(_), _) => {
                    return Err("has a placeable that is neither variable nor string".to_owned());
                }
                (Expression::Select { .. }, Some(chosen)) => form += &self::form(chosen, None)?,
                (Expression::Select { .. }, None) => {
                    return Err("has a choice within a choice".to_owned());
                }
            },
        }
    }
    Ok(form)
}

/// A text, unless the list would mistake it.
fn plain(text: &str) -> Result<&str> {
    match text.find(['{', '}', '|', '\n']) {
        None => Ok(text),
        Some(at) => Err(format!("says {:?}", &text[at..=at])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(fr: &str, en: &str) -> Result<Vec<String>> {
        compiled(&[("fr.ftl", fr.to_owned()), ("en.ftl", en.to_owned())])
    }

    fn complaint(source: &str) -> String {
        lists(source, source).expect_err("it stops the build")
    }

    #[test]
    fn each_language_has_its_sentences_sorted_by_key() {
        let fr = "# Des mots.\nb = Pour { $who } !\na = Un{\" \"}\n";
        let en = "a = One = 1\nb =\n    For { $who }!\n";
        let expected = ["a=Un \nb=Pour {who} !\n", "a=One = 1\nb=For {who}!\n"];
        assert_eq!(lists(fr, en), Ok(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_stands_around_a_choice_is_part_of_both_forms() {
        let source = "a = So { $count ->\n    [one] one\n   *[other] { $count } of { $all }\n}.\n";
        let sentences = sentences("en.ftl", source).expect("it is understood");
        assert_eq!(sentences["a"], "count|one=So one.|other=So {count} of {all}.");
    }

    #[test]
    fn a_language_tells_apart_as_many_numbers_as_it_does() {
        let source = "a = { $n ->\n    [one] 1\n    [few] 2\n    [many] 3\n   *[other] 4\n}\n";
        let sentences = sentences("pl.ftl", source).expect("it is understood");
        assert_eq!(sentences["a"], "n|one=1|few=2|many=3|other=4");
    }

    #[test]
    fn what_the_window_cannot_say_stops_the_build_with_file_and_key() {
        for (source, problem) in [
            ("a = A\n    .title = B\n", "has attributes"),
            ("a =\n    .title = B\n", "has attributes"),
            ("a = { b }\n", "has a placeable that is neither variable nor string"),
            ("a = { -b }\n", "has a placeable that is neither variable nor string"),
            ("a = { NUMBER($b) }\n", "has a placeable that is neither variable nor string"),
            ("a = { 3 }\n", "has a placeable that is neither variable nor string"),
            ("a = { \"{\" }\n", "says \"{\""),
            ("a = one|two\n", "says \"|\""),
            ("a = one\n    two\n", "says \"\\n\""),
            (
                "a = { NUMBER($b) ->\n    [one] 1\n   *[other] 2\n}\n",
                "chooses by something other than a variable",
            ),
            (
                "a = { $b ->\n    [one] 1\n    [some] 2\n   *[other] 3\n}\n",
                "chooses between others than numbers and *[other]",
            ),
            (
                "a = { $b ->\n    [0] 1\n   *[other] 3\n}\n",
                "chooses between others than numbers and *[other]",
            ),
            (
                "a = { $b ->\n   *[one] 1\n    [other] 3\n}\n",
                "chooses between others than numbers and *[other]",
            ),
            (
                concat!(
                    "a = { $b ->\n    [one] 1\n   *[other] 2\n} ",
                    "{ $c ->\n    [one] 1\n   *[other] 2\n}\n"
                ),
                "chooses twice",
            ),
            (
                concat!(
                    "a = { $b ->\n    [one] 1\n   *[other] ",
                    "{ $c ->\n        [one] 1\n       *[other] 2\n    }\n}\n"
                ),
                "has a choice within a choice",
            ),
        ] {
            assert_eq!(
                complaint(source),
                format!("fr.ftl: a {problem}, which the window cannot say"),
                "{source}"
            );
        }
    }

    #[test]
    fn a_catalogue_that_is_broken_or_unlike_the_other_stops_the_build() {
        assert_eq!(complaint("-a = A\n"), "fr.ftl: -a is a term, which the window cannot say");
        assert_eq!(complaint("a = A\na = B\n"), "fr.ftl: a is there twice");
        assert!(complaint("a = A\nb = { $c\n").starts_with("fr.ftl: line "));
        assert_eq!(lists("a = A\nb = B\n", "a = A\n"), Err("en.ftl: the key b is missing".into()));
        assert_eq!(
            lists("a = A\n", "a = A\nb = B\n"),
            Err("en.ftl: no other language has the key b".into())
        );
    }
}
