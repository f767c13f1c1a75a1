//! JSON as upstreams write it: keys in a chosen order, and `nan` where a value is not a number.
//!
//! `serde_json` sorts keys and refuses NaN; the first would hide a parser that relies on an order,
//! the second is one of the answers that the engine has to survive.

use std::fmt;

/// One JSON value, written by [`fmt::Display`] without white space.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Int(i64),
    /// Always written with a fraction (`161.0`), NaN as the literal `nan`.
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    pub(crate) fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// A number as a 32-bit float prints it: grid coordinates carry that noise (`4.800001`).
    pub(crate) fn single(value: f32) -> Self {
        Self::Float(value.to_string().parse().unwrap_or(f64::NAN))
    }

    pub(crate) fn or_null<T>(value: Option<T>, wrap: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Null, wrap)
    }

    /// Turns the first number into `nan`; false when there is none.
    pub(crate) fn poison(&mut self) -> bool {
        match self {
            Self::Int(_) | Self::Float(_) => {
                *self = Self::Float(f64::NAN);
                true
            }
            Self::List(items) => items.iter_mut().any(Self::poison),
            Self::Object(members) => members.iter_mut().any(|(_, value)| value.poison()),
            Self::Null | Self::Bool(_) | Self::Text(_) => false,
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Int(value) => write!(out, "{value}"),
            Self::Float(value) if value.is_nan() => out.write_str("nan"),
            Self::Float(value) => write!(out, "{value:?}"),
            Self::Text(text) => write_text(out, text),
            Self::List(items) => {
                out.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.write_str(",")?;
                    }
                    write!(out, "{item}")?;
                }
                out.write_str("]")
            }
            Self::Object(members) => {
                out.write_str("{")?;
                for (at, (key, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.write_str(",")?;
                    }
                    write_text(out, key)?;
                    write!(out, ":{value}")?;
                }
                out.write_str("}")
            }
        }
    }
}

fn write_text(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    out.write_str("\"")?;
    for letter in text.chars() {
        match letter {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            letter if letter < ' ' => write!(out, "\\u{:04x}", u32::from(letter))?,
            letter => write!(out, "{letter}")?,
        }
    }
    out.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn what_is_written_is_json_in_the_order_given() {
        let value = Json::object([
            ("z", Json::text("l'\"Île\"\n\\")),
            ("a", Json::List(vec![Json::Int(-1), Json::Float(161.0), Json::Null])),
        ]);
        let text = value.to_string();
        assert!(text.starts_with("{\"z\"") && text.contains("161.0"), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(read["z"], "l'\"Île\"\n\\");
    }

    #[test]
    fn a_poisoned_value_is_no_longer_json() {
        let mut value = Json::object([("a", Json::text("x")), ("b", Json::Int(1))]);
        assert!(value.poison());
        assert_eq!(value.to_string(), r#"{"a":"x","b":nan}"#);
    }

    #[test]
    fn a_grid_coordinate_keeps_its_32_bit_noise() {
        assert_eq!(Json::single(-25.0 + 298.0 * 0.1_f32).to_string(), "4.800001");
    }
}
