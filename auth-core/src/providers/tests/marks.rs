//! What holds for every mark.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::super::ALL;
use crate::page::{Colour, DARK, LIGHT};
use crate::provider::Mark;

/// Shapes, and how they are painted. Nothing that runs, fetches, styles, or refers to something.
const ELEMENTS: [&str; 6] = ["svg", "g", "path", "circle", "ellipse", "rect"];
const ATTRIBUTES: [&str; 19] = [
    "xmlns",
    "viewBox",
    "d",
    "fill",
    "fill-rule",
    "clip-rule",
    "stroke",
    "stroke-width",
    "transform",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "x",
    "y",
    "width",
    "height",
    "opacity",
];

/// A logotype needs no contrast (WCAG 2.2, 1.4.11); with less than this it would be gone.
const TO_BE_SEEN: f64 = 2.0;

/// An element: its name, and its attributes with their values.
type Tag<'a> = (&'a str, Vec<(&'a str, &'a str)>);

/// The start tags of a mark: names, and attributes with their values. Panics at what is no XML of
/// the plainest kind: elements and quoted attributes, each closed where it belongs.
fn start_tags(svg: &str) -> Vec<Tag<'_>> {
    let (mut open, mut tags) = (Vec::new(), Vec::new());
    let mut rest = svg.trim_end();
    while !rest.is_empty() {
        let (tag, after) = rest.strip_prefix('<').unwrap().split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{svg}");
            assert!(!open.is_empty() || rest.is_empty(), "after the end: {svg}");
            continue;
        }
        let (tag, is_closed) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        while !attributes.is_empty() {
            let (attribute, after) = attributes.split_once("=\"").unwrap();
            let (value, after) = after.split_once('"').unwrap();
            assert!(!value.contains(['<', '&']), "{svg}");
            assert!(pairs.iter().all(|(known, _)| *known != attribute), "{svg}");
            pairs.push((attribute, value));
            attributes = after.strip_prefix(' ').unwrap_or(after);
        }
        if !is_closed {
            open.push(name);
        }
        tags.push((name, pairs));
    }
    assert!(open.is_empty(), "not closed: {svg}");
    tags
}

fn marks() -> impl Iterator<Item = (&'static str, Mark)> {
    ALL.iter().filter_map(|it| Some((it.id(), it.mark?)))
}

#[test]
fn the_well_known_have_a_mark() {
    for id in [
        "google",
        "github",
        "gitlab",
        "microsoft-entra-id",
        "azure-ad",
        "apple",
        "facebook",
        "twitter",
        "linkedin",
        "discord",
        "slack",
        "twitch",
        "spotify",
        "reddit",
        "dropbox",
        "bitbucket",
        "atlassian",
        "notion",
        "figma",
        "zoom",
        "salesforce",
        "okta",
        "auth0",
        "keycloak",
        "cognito",
        "tiktok",
        "instagram",
        "pinterest",
        "strava",
        "yandex",
        "vk",
        "kakao",
        "naver",
        "line",
        "wechat",
        "mastodon",
        "patreon",
        "coinbase",
        "hubspot",
        "mailchimp",
        "todoist",
        "trakt",
        "wordpress",
        "box",
        "click-up",
        "wikimedia",
    ] {
        assert!(marks().any(|(known, _)| known == id), "{id}");
    }
}

#[test]
fn a_mark_is_shapes_and_colours_in_a_square() {
    for (id, mark) in marks() {
        let tags = start_tags(mark.svg());
        for (name, attributes) in &tags {
            assert!(ELEMENTS.contains(name), "{id}: <{name}>");
            for (attribute, value) in attributes {
                assert!(ATTRIBUTES.contains(attribute), "{id}: {attribute}");
                assert!(!value.contains("url("), "{id}: {value}");
            }
        }
        let (_, svg) = &tags[0];
        assert!(svg.contains(&("viewBox", "0 0 24 24")), "{id}");
    }
}

#[test]
fn a_mark_can_be_seen_on_light_and_on_dark() {
    for (id, mark) in marks() {
        let tags = start_tags(mark.svg());
        let colours: Vec<Colour> = tags
            .iter()
            .flat_map(|(_, attributes)| attributes)
            .filter(|(name, value)| matches!(*name, "fill" | "stroke") && *value != "none")
            .map(|(_, value)| Colour::parse(value).unwrap_or_else(|| panic!("{id}: {value}")))
            .collect();
        assert_eq!(mark.is_black(), colours.is_empty(), "{id}");
        for card in [LIGHT.card(), DARK.card()] {
            let is_seen = |colour: &Colour| colour.contrast(card) >= TO_BE_SEEN;
            assert!(
                mark.is_black() || colours.iter().any(is_seen),
                "{id} on {card}"
            );
        }
    }
}

#[test]
fn every_file_is_the_mark_of_a_provider() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/providers/marks");
    let used: BTreeSet<&str> = marks().map(|(_, mark)| mark.svg()).collect();
    let paths = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    for path in paths.filter(|path| path.extension().is_some_and(|it| it == "svg")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(used.contains(text.as_str()), "{path:?}");
    }
}
