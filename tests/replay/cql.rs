//! The part of CQL, `GeoServer`'s filter language, that a client of the layers may use in `CQL_FILTER`.

use crate::json::Json;
use crate::projection;

/// A parsed filter. Comparisons of texts are by code point, which orders ISO dates.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filter {
    Everything,
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    Compare {
        property: String,
        comparison: Comparison,
        literal: String,
    },
    In {
        property: String,
        literals: Vec<String>,
    },
    /// `%` stands for any text, as in SQL.
    Like {
        property: String,
        pattern: String,
    },
    /// West, south, east, north in degrees.
    Box([f64; 4]),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Comparison {
    Equal,
    Different,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// What a filter looks at: the attributes and the extent of one feature: west, south, east, north in
/// degrees.
pub(crate) trait Feature {
    fn property(&self, name: &str) -> Option<&Json>;
    fn extent(&self) -> [f64; 4];
}

impl Filter {
    /// Reads a filter; the error says where the text stops making sense.
    ///
    /// `properties` are the attributes of the layer: any other name is an error, as it is upstream.
    pub(crate) fn parse(text: &str, properties: &[&str]) -> Result<Self, String> {
        let mut parser = Parser { tokens: tokens(text)?, at: 0, properties };
        let filter = parser.either()?;
        match parser.next() {
            None => Ok(filter),
            Some(token) => Err(format!("unexpected {token:?} after the end of the filter")),
        }
    }

    pub(crate) fn keeps(&self, feature: &impl Feature) -> bool {
        match self {
            Self::Everything => true,
            Self::And(left, right) => left.keeps(feature) && right.keeps(feature),
            Self::Or(left, right) => left.keeps(feature) || right.keeps(feature),
            Self::Not(inner) => !inner.keeps(feature),
            Self::Compare { property, comparison, literal } => feature
                .property(property)
                .and_then(|value| order(value, literal))
                .is_some_and(|order| comparison.accepts(order)),
            Self::In { property, literals } => feature.property(property).is_some_and(|value| {
                literals.iter().any(|literal| order(value, literal).is_some_and(|it| it.is_eq()))
            }),
            Self::Like { property, pattern } => match feature.property(property) {
                Some(Json::Text(value)) => like(value, pattern),
                _ => false,
            },
            Self::Box([west, south, east, north]) => {
                let [its_west, its_south, its_east, its_north] = feature.extent();
                its_west <= *east && its_east >= *west && its_south <= *north && its_north >= *south
            }
        }
    }
}

impl Comparison {
    fn accepts(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Different => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

fn order(value: &Json, literal: &str) -> Option<std::cmp::Ordering> {
    match value {
        Json::Text(text) => Some(text.as_str().cmp(literal)),
        Json::Int(number) => (*number as f64).partial_cmp(&literal.parse().ok()?),
        Json::Float(number) => number.partial_cmp(&literal.parse().ok()?),
        Json::Null | Json::Bool(_) | Json::List(_) | Json::Object(_) => None,
    }
}

fn like(value: &str, pattern: &str) -> bool {
    match pattern.split_once('%') {
        None => value == pattern,
        Some((start, rest)) => value.strip_prefix(start).is_some_and(|value| {
            value
                .char_indices()
                .map(|(at, _)| at)
                .chain([value.len()])
                .any(|at| like(&value[at..], rest))
        }),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A name, a keyword or a bare number.
    Word(String),
    /// What stood between single quotes.
    Quoted(String),
    Sign(&'static str),
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    // Longest first, so that `>=` is not read as `>`.
    const SIGNS: [&str; 9] = [">=", "<=", "<>", "=", "<", ">", "(", ")", ","];
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let (quoted, after) = quoted(&rest[1..])?;
            tokens.push(Token::Quoted(quoted));
            rest = after;
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else {
            let in_word = |letter: char| letter.is_alphanumeric() || "_.-+".contains(letter);
            let end = rest.find(|letter| !in_word(letter)).unwrap_or(rest.len());
            if end == 0 {
                return Err(format!("unexpected character {first:?}"));
            }
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(tokens)
}

/// The text up to the closing quote, where two quotes stand for one, and what follows.
fn quoted(text: &str) -> Result<(String, &str), String> {
    let mut value = String::new();
    let mut rest = text;
    loop {
        let end = rest.find('\'').ok_or("a quote is not closed")?;
        value.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('\'') {
            Some(after) => {
                value.push('\'');
                rest = after;
            }
            None => return Ok((value, rest)),
        }
    }
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    properties: &'a [&'a str],
}

impl Parser<'_> {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn takes_word(&mut self, keyword: &str) -> bool {
        let found = matches!(self.tokens.get(self.at),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.at += usize::from(found);
        found
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(it)) if *it == sign);
        self.at += usize::from(found);
        found
    }

    fn expects(&mut self, sign: &str) -> Result<(), String> {
        if self.takes_sign(sign) { Ok(()) } else { Err(format!("{sign:?} is missing")) }
    }

    fn either(&mut self) -> Result<Filter, String> {
        let mut filter = self.both()?;
        while self.takes_word("OR") {
            filter = Filter::Or(Box::new(filter), Box::new(self.both()?));
        }
        Ok(filter)
    }

    fn both(&mut self) -> Result<Filter, String> {
        let mut filter = self.one()?;
        while self.takes_word("AND") {
            filter = Filter::And(Box::new(filter), Box::new(self.one()?));
        }
        Ok(filter)
    }

    fn one(&mut self) -> Result<Filter, String> {
        if self.takes_word("NOT") {
            return Ok(Filter::Not(Box::new(self.one()?)));
        }
        if self.takes_sign("(") {
            let inner = self.either()?;
            self.expects(")")?;
            return Ok(inner);
        }
        if self.takes_word("BBOX") {
            return self.bounds();
        }
        let property = self.property()?;
        if self.takes_word("IN") {
            let literals = self.list()?;
            return Ok(Filter::In { property, literals });
        }
        if self.takes_word("LIKE") {
            return Ok(Filter::Like { property, pattern: self.literal()? });
        }
        let comparison = match self.next() {
            Some(Token::Sign("=")) => Comparison::Equal,
            Some(Token::Sign("<>")) => Comparison::Different,
            Some(Token::Sign("<")) => Comparison::Less,
            Some(Token::Sign("<=")) => Comparison::AtMost,
            Some(Token::Sign(">")) => Comparison::More,
            Some(Token::Sign(">=")) => Comparison::AtLeast,
            other => return Err(format!("no comparison after {property}: {other:?}")),
        };
        Ok(Filter::Compare { property, comparison, literal: self.literal()? })
    }

    fn property(&mut self) -> Result<String, String> {
        match self.next() {
            Some(Token::Word(name)) if self.properties.contains(&name.as_str()) => Ok(name),
            Some(Token::Word(name)) => Err(format!("no such attribute: {name}")),
            other => Err(format!("an attribute is missing before {other:?}")),
        }
    }

    /// A quoted text, or a bare number: a bare word would be an attribute.
    fn literal(&mut self) -> Result<String, String> {
        match self.next() {
            Some(Token::Quoted(text)) => Ok(text),
            Some(Token::Word(word)) if word.parse::<f64>().is_ok() => Ok(word),
            other => Err(format!("a literal is missing, found {other:?}")),
        }
    }

    fn list(&mut self) -> Result<Vec<String>, String> {
        self.expects("(")?;
        let mut literals = vec![self.literal()?];
        while self.takes_sign(",") {
            literals.push(self.literal()?);
        }
        self.expects(")")?;
        Ok(literals)
    }

    fn bounds(&mut self) -> Result<Filter, String> {
        self.expects("(")?;
        if !self.takes_word("the_geom") {
            return Err("BBOX needs the attribute the_geom".to_owned());
        }
        let mut corners = [0.0; 4];
        for corner in &mut corners {
            self.expects(",")?;
            *corner = self.literal()?.parse().map_err(|_| "BBOX needs four numbers")?;
        }
        let srs = if self.takes_sign(",") { self.literal()? } else { "EPSG:3857".to_owned() };
        self.expects(")")?;
        let [west, south, east, north] = corners;
        match srs.as_str() {
            "EPSG:4326" => Ok(Filter::Box(corners)),
            "EPSG:3857" => {
                let (west, south) = projection::degrees(west, south);
                let (east, north) = projection::degrees(east, north);
                Ok(Filter::Box([west, south, east, north]))
            }
            other => Err(format!("unknown coordinate system {other}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, Filter};
    use crate::json::Json;

    struct Row(Vec<(&'static str, Json)>);

    impl Feature for Row {
        fn property(&self, name: &str) -> Option<&Json> {
            self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
        }

        fn extent(&self) -> [f64; 4] {
            [4.835, 45.767, 4.835, 45.767]
        }
    }

    const KNOWN: [&str; 4] = ["code_zone", "lib_zone", "date_ech", "code_qual"];

    fn lyon() -> Row {
        Row(vec![
            ("code_zone", Json::text("69123")),
            ("lib_zone", Json::text("L'Arbresle")),
            ("date_ech", Json::text("2026-09-08")),
            ("code_qual", Json::Int(3)),
        ])
    }

    #[test]
    fn a_filter_keeps_what_it_says() {
        for (filter, kept) in [
            ("code_zone='69123'", true),
            ("code_zone = '75056'", false),
            ("code_zone IN ('75056','69123')", true),
            ("code_zone in ( '75056' )", false),
            ("code_zone LIKE '69%'", true),
            ("code_zone LIKE '%23'", true),
            ("code_zone LIKE '6_'", false),
            ("lib_zone='L''Arbresle'", true),
            ("date_ech>='2026-09-08'", true),
            ("date_ech>'2026-09-08'", false),
            ("date_ech<='2026-09-07'", false),
            ("date_ech='2026-09-08' AND code_zone='69123'", true),
            ("code_qual>=3", true),
            ("code_qual<>3", false),
            ("NOT code_qual=3", false),
            // AND binds closer than OR.
            ("code_zone='69123' OR code_zone='x' AND code_zone='y'", true),
            ("(code_zone='69123' OR code_zone='x') AND code_zone='y'", false),
            ("BBOX(the_geom,4.7,45.6,4.9,45.9,'EPSG:4326')", true),
            ("BBOX(the_geom,45.6,4.7,45.9,4.9,'EPSG:4326')", false),
            ("BBOX(the_geom,530000,5740000,540000,5750000)", true),
        ] {
            let parsed = Filter::parse(filter, &KNOWN).expect(filter);
            assert_eq!(parsed.keeps(&lyon()), kept, "{filter}");
        }
    }

    #[test]
    fn a_filter_that_makes_no_sense_is_refused() {
        for filter in [
            "",
            "code_zone",
            "code_zone=",
            "code_zone='69123",
            "code_zone=='69123'",
            "code_zone='69123' AND",
            "code_zone='69123' code_zone='69123'",
            "(code_zone='69123'",
            "code_zone IN ()",
            "code_zone=lib_zone",
            "insee='69123'",
            "BBOX(the_geom,1,2,3)",
            "BBOX(the_geom,1,2,3,4,'EPSG:9999')",
            "code_zone;'69123'",
        ] {
            assert!(Filter::parse(filter, &KNOWN).is_err(), "{filter:?} was accepted");
        }
    }
}
