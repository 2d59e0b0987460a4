//! What holds for every provider.

mod agreement;
mod emulator;
mod marks;
mod oauth2;
mod openid;
mod walk;

use std::path::PathBuf;

use serde_json::{Value, json};

use super::*;
use crate::profile::{Profile, ProfileError};

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

pub(super) fn fixture(id: &str, name: &str) -> Value {
    let path = fixtures().join(id).join(name);
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

pub(super) fn as_json(profile: &Profile) -> Value {
    json!({
        "id": profile.id,
        "name": profile.name,
        "email": profile.email,
        "email_verified": profile.email_verified,
        "image": profile.image,
        "first_name": profile.first_name,
        "last_name": profile.last_name,
    })
}

#[test]
fn the_list_is_sorted_by_id_and_names_each_once() {
    assert!(
        ALL.windows(2)
            .all(|pair| matches!(pair, [a, b] if a.id() < b.id()))
    );
}

#[test]
fn every_provider_maps_its_documented_answer() {
    for provider in ALL {
        let answer = fixture(provider.id(), "userinfo.json");
        let profile = provider.map_profile(answer.clone()).unwrap();
        assert_eq!(Value::Object(profile.claims.clone()), answer);
        let expected = fixture(provider.id(), "profile.json");
        assert_eq!(as_json(&profile), expected, "{}", provider.id());
    }
}

#[test]
fn every_fixture_belongs_to_a_provider() {
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            let id = entry.file_name().into_string().unwrap();
            assert!(ALL.iter().any(|provider| provider.id() == id), "{id}");
        }
    }
}

#[test]
fn every_provider_says_where_to_register_and_with_which_redirect_uri() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/providers");
    let docs: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let lines = text.lines().filter_map(|line| line.strip_prefix("///"));
            lines.map(str::trim).collect::<Vec<_>>().join(" ")
        })
        .collect();
    for provider in ALL {
        let redirect_uri = format!("`<origin>/api/auth/callback/{}`", provider.id());
        let found = docs.iter().find(|text| text.contains(&redirect_uri));
        let text = found.unwrap_or_else(|| panic!("{} has no redirect URI", provider.id()));
        assert!(text.starts_with("Sign in with "), "{}", provider.id());
    }
}

/// What Auth.js 0.41 makes of the same answers.
#[test]
fn the_mapped_fields_are_those_of_auth_js() {
    let text = std::fs::read(fixtures().join("authjs_profiles.json")).unwrap();
    let vectors: Vec<Value> = serde_json::from_slice(&text).unwrap();
    assert!(vectors.len() >= 93);
    for vector in vectors {
        let id = vector["provider"].as_str().unwrap();
        let provider = ALL.iter().find(|it| it.id() == id).unwrap();
        let profile = provider.map_profile(vector["payload"].clone()).unwrap();
        let mut expected = vector["output"].clone();
        if let Value::Number(number) = &expected["id"] {
            expected["id"] = number.to_string().into();
        }
        for field in ["id", "name", "email", "image"] {
            let found = &as_json(&profile)[field];
            assert_eq!(*found, expected[field], "{id} {}: {field}", vector["label"]);
        }
    }
}

/// The paths of everything in `value`, as JSON pointers.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut each = |name: &str, inner: &Value| {
        let path = format!("{at}/{name}");
        found.push(path.clone());
        paths(inner, &path, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| each(name, inner)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, inner)| each(&index.to_string(), inner)),
        _ => {}
    }
}

fn with(answer: &Value, path: &str, value: Value) -> Value {
    let mut changed = answer.clone();
    *changed.pointer_mut(path).unwrap() = value;
    changed
}

#[test]
fn a_profile_without_a_usable_id_is_refused_and_nothing_panics() {
    let odd = [
        json!(null),
        json!(""),
        json!({}),
        json!([]),
        json!(true),
        json!(1.5),
        json!([[]]),
        json!({"a": null}),
    ];
    for provider in ALL {
        let answer = fixture(provider.id(), "userinfo.json");
        let mut found = Vec::new();
        paths(&answer, "", &mut found);
        for path in &found {
            let outcomes: Vec<_> = odd
                .iter()
                .map(|value| provider.map_profile(with(&answer, path, value.clone())))
                .collect();
            for profile in outcomes.iter().flatten() {
                assert!(!profile.id.is_empty(), "{} {path}", provider.id());
            }
            let refused =
                |it: &Result<Profile, ProfileError>| matches!(it, Err(ProfileError::MissingId));
            // Where a null is refused, anything that is no id is.
            if outcomes.first().is_some_and(refused) {
                assert!(
                    outcomes.iter().all(Result::is_err),
                    "{} {path}",
                    provider.id()
                );
            }
        }
        let mut emptied = answer;
        for path in &found {
            match emptied.pointer_mut(path) {
                Some(Value::Object(_) | Value::Array(_)) | None => {}
                Some(leaf) => *leaf = Value::Null,
            }
        }
        let outcome = provider.map_profile(emptied);
        assert!(matches!(outcome, Err(ProfileError::MissingId)));
        for value in odd.iter().chain(&[json!("x"), json!(7)]) {
            assert!(provider.map_profile(value.clone()).is_err());
        }
    }
}

/// `value` without what is at `path`, which need not be a leaf.
fn without(value: &Value, path: &str) -> Value {
    let mut changed = value.clone();
    let (parent, name) = path.rsplit_once('/').unwrap();
    match changed.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.remove(name)),
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        _ => unreachable!("{path}"),
    }
    changed
}

#[test]
fn whatever_an_answer_leaves_out_it_is_a_profile_unless_that_was_the_id() {
    for provider in ALL {
        let answer = fixture(provider.id(), "userinfo.json");
        let id = provider.map_profile(answer.clone()).unwrap().id;
        let mut found = Vec::new();
        paths(&answer, "", &mut found);
        for path in &found {
            match provider.map_profile(without(&answer, path)) {
                Ok(profile) if path.to_ascii_lowercase().contains("id") => {
                    assert!(!profile.id.is_empty(), "{} {path}", provider.id());
                }
                // Without a part of it, it is the same person.
                Ok(profile) => assert_eq!(profile.id, id, "{} {path}", provider.id()),
                Err(ProfileError::MissingId) => {}
                Err(error) => panic!("{} {path}: {error}", provider.id()),
            }
        }
    }
}

#[test]
fn a_large_number_is_an_id_to_its_last_digit() {
    for provider in ALL {
        if matches!(provider.protocol, crate::provider::Protocol::Oidc { .. }) {
            continue; // `sub` is a text
        }
        let answer = fixture(provider.id(), "userinfo.json");
        let mut found = Vec::new();
        paths(&answer, "", &mut found);
        let number = |path: &String| with(&answer, path, json!(9_007_199_254_740_993_u64));
        assert!(
            found
                .iter()
                .filter_map(|path| provider.map_profile(number(path)).ok())
                .any(|profile| profile.id == "9007199254740993"),
            "{}",
            provider.id()
        );
    }
}

#[test]
fn nobodys_address_is_verified_unless_the_answer_says_so() {
    for provider in ALL {
        let mut answer = fixture(provider.id(), "userinfo.json");
        let mut found = Vec::new();
        paths(&answer, "", &mut found);
        for path in found
            .iter()
            .filter(|path| path.contains("verified") || path.contains("confirmed"))
        {
            *answer.pointer_mut(path).unwrap() = json!(null);
        }
        let profile = provider.map_profile(answer).unwrap();
        assert_eq!(profile.verified_email(), None, "{}", provider.id());
    }
}
