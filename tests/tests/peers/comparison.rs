//! The same requests to Auth.js and to a site of ours: what differs is in the table of differences.

mod fields;

use std::collections::{BTreeMap, BTreeSet};

use auth_dev::DevProvider;
use auth_tests::Site;
use auth_tests::differences;
use auth_tests::requests::{self, Case, Stage};
use futures_util::{StreamExt as _, stream};

use self::fields::{Fields, Known};
use crate::border::{NEW, site_in_time};
use crate::node::AuthJsSite;

const PREFIX: &str = "/api/auth";

/// A field that is not there.
const ABSENT: &str = "-";

/// Name of the request, name of the field, what Auth.js has there, what we have.
type Seen = (String, String, String, String);

#[actix_web::test]
async fn every_answer_is_that_of_authjs_but_for_the_differences_in_the_table() {
    let ours = site_in_time(&[NEW]);
    let theirs = AuthJsSite::start(&ours.provider, PREFIX, &[NEW]);
    let cases = requests::all();
    let seen: Vec<Seen> = stream::iter(&cases)
        .map(|case| difference(case, &theirs.origin, &ours))
        .buffer_unordered(4)
        .collect::<Vec<_>>()
        .await
        .concat();

    let unexplained = unexplained(&seen);
    assert!(unexplained.is_empty(), "not in the table:\n{unexplained}");
    let superfluous = superfluous(&seen);
    assert!(
        superfluous.is_empty(),
        "in the table, but not there: {superfluous:#?}"
    );
}

#[test]
fn a_difference_without_a_line_and_a_line_without_a_difference_are_found_out() {
    let seen = ["GET /csrf", "status", "200", "500"].map(str::to_owned);
    let [request, field, theirs, ours] = seen;
    assert!(unexplained(&[(request, field, theirs, ours)]).contains("`500` of ours"));
    let places = differences::all().flat_map(|difference| difference.places);
    assert_eq!(superfluous(&[]).len(), places.count());
}

async fn difference(case: &Case, authjs: &str, ours: &Site) -> Vec<Seen> {
    let theirs = fields_of(case, authjs, &ours.provider).await;
    let ours = fields_of(case, &ours.base, &ours.provider).await;
    let names: BTreeSet<_> = theirs.keys().chain(ours.keys()).collect();
    let value =
        |fields: &Fields, name: &str| fields.get(name).map_or(ABSENT, String::as_str).to_owned();
    let differs = |name: &str| value(&theirs, name) != value(&ours, name);
    names
        .into_iter()
        .map(|name| {
            (
                case.name.clone(),
                name.clone(),
                value(&theirs, name),
                value(&ours, name),
            )
        })
        .filter(|(_, name, theirs, ours)| theirs != ours && !is_part_of_a_difference(name, differs))
        .collect()
}

/// Whether what the field is a part of is not the same already: the parts of a cookie that only one
/// of them sets say nothing more.
fn is_part_of_a_difference(name: &str, differs: impl Fn(&str) -> bool) -> bool {
    let ends = name.match_indices(' ').map(|(at, _)| at);
    ends.map(|at| &name[..at]).any(differs)
}

async fn fields_of(case: &Case, base: &str, provider: &DevProvider) -> Fields {
    let stage = Stage {
        base,
        prefix: PREFIX,
        provider,
    };
    let (mut browser, values) = stage.arrive(case.visitor).await;
    let parts = case.parts(&values);
    let answer = stage.send(case.method.clone(), parts, &mut browser).await;
    let known = Known {
        base,
        issuer: provider.issuer(),
        csrf: values.get("csrf").map(String::as_str),
    };
    fields::of(&answer, &known)
}

/// In words, those that differ in the same way together.
fn unexplained(seen: &[Seen]) -> String {
    let places = differences::all().flat_map(|difference| difference.places);
    let mut groups: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for (request, field, theirs, ours) in seen {
        if !places
            .clone()
            .any(|place| place.matches(request, field, theirs, ours))
        {
            groups
                .entry((field, theirs, ours))
                .or_default()
                .push(request);
        }
    }
    groups
        .iter()
        .map(|((field, theirs, ours), requests)| {
            let some = requests
                .iter()
                .take(8)
                .map(|request| format!("    {request}\n"));
            let some: String = some.collect();
            let all = requests.len();
            format!("{field}: `{theirs}` of Auth.js, `{ours}` of ours, {all} times\n{some}")
        })
        .collect()
}

/// The places at which nothing differs.
fn superfluous(seen: &[Seen]) -> Vec<String> {
    let places = differences::all().flat_map(|difference| difference.places);
    places
        .filter(|place| {
            let is_there =
                |(request, field, theirs, ours): &Seen| place.matches(request, field, theirs, ours);
            !seen.iter().any(is_there)
        })
        .map(|place| format!("{place:?}"))
        .collect()
}
