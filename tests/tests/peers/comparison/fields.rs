//! An answer taken apart, with what differs from run to run replaced by what it is.

use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use actix_web::cookie::time::OffsetDateTime;
use actix_web::cookie::time::format_description::well_known::Rfc3339;
use auth_actix::{Clock as _, SystemClock};
use auth_tests::Answer;
use reqwest::Url;
use serde_json::Value;

/// `status`, `header <name>`, `cookie <name>`, `cookie <name> <attribute>`, `location`,
/// `location <parameter>`, `refresh` likewise, `body`, `body <path>` and `body form <number>`.
///
/// Where the first words of a name are a field too, that says whether the thing is there at all.
pub(super) type Fields = BTreeMap<String, String>;

/// What the connection needs, and what only counts bytes.
const PLUMBING: [&str; 6] = [
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "set-cookie",
    "transfer-encoding",
];

/// Parameters that are random.
const RANDOM: [&str; 3] = ["state", "nonce", "code_challenge"];

/// What is another in every run, and is known.
pub(super) struct Known<'a> {
    pub(super) base: &'a str,
    pub(super) issuer: &'a str,
    pub(super) csrf: Option<&'a str>,
}

/// The fields of `answer`.
pub(super) fn of(answer: &Answer, known: &Known<'_>) -> Fields {
    let plain = |text: &str| steady(text, known);
    let mut fields = Fields::from([("status".to_owned(), answer.status.to_string())]);
    for (name, value) in &answer.headers {
        let value = value.to_str().unwrap_or("not text");
        match name.as_str() {
            "location" => fields.extend(of_url("location", value, known)),
            "refresh" => {
                let (_, url) = value.split_once("url=").unwrap_or_default();
                fields.extend(of_url("refresh", url, known));
            }
            name if PLUMBING.contains(&name) => {}
            name => drop(fields.insert(format!("header {name}"), plain(value))),
        }
    }
    for line in answer.headers.get_all("set-cookie") {
        fields.extend(of_cookie(line.to_str().unwrap_or_default(), known));
    }
    fields.extend(of_body(answer, known));
    fields
}

fn of_url(name: &str, text: &str, known: &Known<'_>) -> Fields {
    let (to, query) = text.split_once('?').unwrap_or((text, ""));
    let mut fields = Fields::from([(name.to_owned(), steady(to, known))]);
    let query = Url::parse(&format!("http://query.invalid/?{query}")).expect("it is a query");
    for (key, value) in query.query_pairs() {
        let value = match RANDOM.contains(&&*key) && value.len() >= 22 {
            true => "<random>".to_owned(),
            false => steady(&value, known),
        };
        fields.insert(format!("{name} {key}"), value);
    }
    fields
}

fn of_cookie(line: &str, known: &Known<'_>) -> Fields {
    let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = match name.split_once("authjs.tx.") {
        Some((prefix, _)) => format!("{prefix}authjs.tx.<state>"),
        None => name.to_owned(),
    };
    let is_kept = match value.is_empty() {
        true => "removed",
        false => "set",
    };
    let mut fields = Fields::from([
        (format!("cookie {name}"), is_kept.to_owned()),
        (
            format!("cookie {name} value"),
            steady(&decoded(value), known),
        ),
    ]);
    for attribute in attributes.split(';').map(str::trim) {
        let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let key = key.to_ascii_lowercase();
        let value = match (&*key, seconds_from_now(value)) {
            ("expires", Some(..=0)) => "in the past".to_owned(),
            ("expires", Some(seconds)) => format!("in {} minutes", (seconds + 30) / 60),
            _ => value.to_owned(),
        };
        fields.insert(format!("cookie {name} {key}"), value);
    }
    fields
}

fn of_body(answer: &Answer, known: &Known<'_>) -> Fields {
    let is_page = answer.header("content-type").starts_with("text/html");
    let mut fields = Fields::new();
    let kind = match serde_json::from_str(&answer.text) {
        _ if answer.text.is_empty() => "nothing",
        _ if is_page => {
            fields.extend(of_page(&answer.text, known));
            "a page"
        }
        Ok(value) => {
            of_json("body json".to_owned(), &value, known, &mut fields);
            "JSON"
        }
        Err(_) => "text",
    };
    fields.insert("body".to_owned(), kind.to_owned());
    fields
}

fn of_json(name: String, value: &Value, known: &Known<'_>, fields: &mut Fields) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                of_json(format!("{name} {key}"), value, known, fields);
            }
        }
        Value::String(text) if name == "body json url" => fields.extend(of_url(&name, text, known)),
        Value::String(text) => drop(fields.insert(name, steady(text, known))),
        value => drop(fields.insert(name, value.to_string())),
    }
}

/// Of a page the forms: method, address, and the names of the fields that are filled in.
fn of_page(html: &str, known: &Known<'_>) -> Fields {
    let base = Url::parse(known.base).expect("it is an address");
    let mut fields = Fields::new();
    for (number, form) in html.split("<form").skip(1).enumerate() {
        let form = form.split("</form>").next().unwrap_or(form);
        let action = base.join(attribute(form, "action").unwrap_or_default());
        let action = action.expect("a form has an address");
        let method = attribute(form, "method").unwrap_or("GET").to_uppercase();
        let mut names: Vec<_> = form.split("<input").skip(1).collect();
        names.retain(|input| attribute(input, "type") == Some("hidden"));
        let names: Vec<_> = names
            .iter()
            .filter_map(|input| attribute(input, "name"))
            .collect();
        let text = format!("{method} {action} {}", names.join(" "));
        fields.insert(format!("body form {number}"), steady(text.trim(), known));
    }
    fields
}

fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// `text` without what is another in every run: addresses, times, tokens, hashes, references.
fn steady(text: &str, known: &Known<'_>) -> String {
    let mut text = text
        .replace(known.base, "{base}")
        .replace(known.issuer, "{issuer}");
    if let Some(csrf) = known.csrf {
        text = text.replace(csrf, "{csrf}");
    }
    if let Some(seconds) = seconds_from_now(&text) {
        return format!("in {} minutes", (seconds + 30) / 60);
    }
    let is_hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    match text.len() {
        64 if is_hex(&text) => "<64 hex digits>".to_owned(),
        8 if is_hex(&text) => "<8 hex digits>".to_owned(),
        71.. if text.starts_with("{csrf}|") => "<token|hash>".to_owned(),
        129 if text.split('|').all(|part| part.len() == 64 && is_hex(part)) => {
            "<token|hash>".to_owned()
        }
        _ if text.starts_with("ey") && text.split('.').count() == 5 => "<sealed>".to_owned(),
        // A part of one.
        200..
            if text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) =>
        {
            "<sealed>".to_owned()
        }
        _ => text,
    }
}

/// A value as `encodeURIComponent` wrote it.
fn decoded(value: &str) -> String {
    let mut url = Url::parse("http://value.invalid").expect("a constant URL");
    url.set_query(Some(&format!("v={}", value.replace('+', "%2B"))));
    let decoded = url
        .query_pairs()
        .next()
        .map(|(_, value)| value.into_owned());
    decoded.unwrap_or_default()
}

/// Seconds until a date, as `Expires` or as JavaScript writes it.
fn seconds_from_now(text: &str) -> Option<i64> {
    let written_by_javascript = || OffsetDateTime::parse(text, &Rfc3339).ok();
    let of_http = || {
        Cookie::parse(format!("x=y; Expires={text}"))
            .ok()?
            .expires_datetime()
    };
    let date = written_by_javascript().or_else(of_http)?;
    Some(date.unix_timestamp() - SystemClock.now().as_unix())
}
