//! JSON of the form in which we write claims: one object of texts, whole numbers and lists of texts,
//! without spaces and escapes.
//!
//! It is read with half the instructions that serde_json takes, and what is read is the same. What has any
//! other form, good JSON or not, is for serde_json.

use memchr::memchr;

/// What a member of the object holds.
#[derive(Debug, PartialEq)]
pub(super) enum Plain<'a> {
    Text(&'a str),
    Integer(i64),
    Texts(Vec<String>),
    /// `true`, `false` or `null`.
    Word,
}

impl<'a> Plain<'a> {
    pub(super) fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn texts(self) -> Option<Vec<String>> {
        match self {
            Self::Texts(texts) => Some(texts),
            _ => None,
        }
    }
}

/// Hands each member of the object to `put`, in order; a name may come twice. `None` as soon as
/// there is one of another form, or one that `put` has no use for.
pub(super) fn read_plain<'a>(
    text: &'a str,
    mut put: impl FnMut(&'a str, Plain<'a>) -> Option<()>,
) -> Option<()> {
    // In one walk without a branch, which compilers make few instructions of. From here on each
    // quotation mark begins or ends a text.
    if text.bytes().fold(false, |any, byte| any | needs_care(byte)) {
        return None;
    }
    let mut rest = Rest(text);
    rest.take(r#"{""#)?;
    loop {
        let name = rest.name()?;
        rest.take(":")?;
        put(name, rest.value()?)?;
        if rest.take(r#",""#).is_none() {
            return (rest.0 == "}").then_some(());
        }
    }
}

/// Whether a text with this byte in it stands for another text, or is none in JSON (RFC 8259 §7).
fn needs_care(byte: u8) -> bool {
    byte < b' ' || byte == b'\\'
}

/// What is left to read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn take(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn value(&mut self) -> Option<Plain<'a>> {
        match self.0.as_bytes().first()? {
            b'"' => self.text().map(Plain::Text),
            b'[' => self.texts().map(Plain::Texts),
            // Neither zero nor less: those may be written in ways that are no JSON.
            b'1'..=b'9' => self.integer().map(Plain::Integer),
            _ => ["true", "false", "null"]
                .into_iter()
                .find_map(|word| self.take(word))
                .map(|()| Plain::Word),
        }
    }

    /// The rest of a name. Names are short.
    fn name(&mut self) -> Option<&'a str> {
        let end = self.0.bytes().position(|byte| byte == b'"')?;
        Some(self.up_to_quote(end))
    }

    fn text(&mut self) -> Option<&'a str> {
        self.take(r#"""#)?;
        let end = memchr(b'"', self.0.as_bytes())?;
        Some(self.up_to_quote(end))
    }

    fn up_to_quote(&mut self, end: usize) -> &'a str {
        let (text, rest) = (&self.0[..end], &self.0[end + 1..]);
        self.0 = rest;
        text
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        self.take("[")?;
        if self.take("]").is_some() {
            return Some(texts);
        }
        loop {
            texts.push(self.text()?.to_owned());
            if self.take("]").is_some() {
                return Some(texts);
            }
            self.take(",")?;
        }
    }

    fn integer(&mut self) -> Option<i64> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        number.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;
    use crate::hostile::{self, property};

    fn members(text: &str) -> Option<Vec<(&str, Plain<'_>)>> {
        let mut members = Vec::new();
        read_plain(text, |name, value| {
            members.push((name, value));
            Some(())
        })?;
        Some(members)
    }

    fn matches(plain: &Plain<'_>, value: &Value) -> bool {
        match plain {
            Plain::Text(text) => value == text,
            Plain::Integer(number) => value == number,
            Plain::Texts(texts) => value == &Value::from(texts.clone()),
            Plain::Word => value.is_boolean() || value.is_null(),
        }
    }

    /// What is read is what serde_json reads.
    fn check(text: &str) -> bool {
        let Some(plain) = members(text) else {
            return false;
        };
        let parsed: Map<String, Value> = serde_json::from_str(text).unwrap();
        for (name, value) in &parsed {
            let last = plain.iter().rfind(|(plain, _)| plain == name);
            assert!(matches(&last.unwrap().1, value), "{name} of {text}");
        }
        assert!(plain.iter().all(|(name, _)| parsed.contains_key(*name)));
        true
    }

    const OURS: &str = r#"{"name":"Ada Ünïcode","sub":"dev:1","iat":1800000000,"none":null,"yes":true,"roles":["admin","staff"],"permissions":[],"no":false,"one":["1"],"empty":"","":"x"}"#;

    #[test]
    fn every_form_that_we_write_is_read() {
        assert!(check(OURS));
        assert!(check(r#"{"sub":"a"}"#));
        assert!(check(r#"{"exp":9223372036854775807}"#));
        assert!(check(r#"{"roles":["a"]}"#) && check(r#"{"roles":[]}"#));
        assert!(check(r#"{"a":"1","a":2}"#));
        assert!(check("{\"a\":\"\u{7f}\"}"));
    }

    #[test]
    fn any_other_form_is_left_to_others() {
        #[rustfmt::skip]
        let others = [
            "", "{", "}", "{}", "[]", "\"", "{\"", "null", r#"{"a"}"#, r#"{"a":}"#, r#"{"a":"b"#,
            r#"{"a":"b""#, r#"{"a":"b",}"#, r#"{"a":"b"}}"#, r#"{"a":"b"} "#, r#" {"a":"b"}"#,
            r#"{"a": "b"}"#, r#"{"a" :"b"}"#, r#"{,"a":"b"}"#, r#"{"a":"b"}""#, r#"{"a":"b"}"c""#,
            r#"{"a":"\n"}"#, r#"{"\u0061":"b"}"#, "{\"a\":\"\n\"}", "{\"a\n\":1}",
            r#"{"a":01}"#, r#"{"a":+1}"#, r#"{"a":-1}"#, r#"{"a":0}"#, r#"{"a":1.0}"#, r#"{"a":1e3}"#,
            r#"{"a":1_0}"#, r#"{"a":9223372036854775808}"#, r#"{"a":1,2}"#, r#"{"a":nul}"#,
            r#"{"a":True}"#, r#"{"a":[1]}"#, r#"{"a":["b",1]}"#, r#"{"a":["b"1]}"#, r#"{"a":["b",]}"#,
            r#"{"a":["b"}"#, r#"{"a":["b"]"#, r#"{"a":[[]]}"#, r#"{"a":[}"#, r#"{"a":[],"b"}"#,
            r#"{"a":{"b":"c"}}"#, r#"{"a":"b""c":"d"}"#, r#"{"a":1"b":2}"#, r#"{"a":1;"b":2}"#,
            r#"{"a"::"b"}"#, r#"{"a":1}}"#, r#"{"a":"é"#,
        ];
        for other in others {
            assert_eq!(members(other), None, "{other}");
        }
    }

    #[test]
    fn reading_ends_with_a_member_that_is_of_no_use() {
        let mut seen = 0;
        let read = read_plain(OURS, |_, _| {
            seen += 1;
            None
        });
        assert_eq!((read, seen), (None, 1));
    }

    property!(
        what_is_read_of_any_text_is_what_serde_json_reads,
        hostile::bytes([OURS.to_owned()]),
        |text| {
            if let Ok(text) = std::str::from_utf8(&text.0) {
                check(text);
            }
        }
    );

    property!(
        what_is_read_of_any_claims_is_what_serde_json_reads,
        hostile::json([serde_json::from_str(OURS).unwrap()]),
        |claims: Value| {
            check(&claims.to_string());
        }
    );
}
