//! What the documentation claims: each claim names the tests that would fail if it were not true.

use std::collections::HashSet;

/// Where claims are made, and the heading below which each has its tests.
const CLAIMS: [(&str, &str); 2] = [
    ("SECURITY.md", "The tests"),
    ("CONTRIBUTING.md", "What every page must be"),
];

/// A claim whose test is gone is a promise that nobody keeps.
pub(crate) fn findings<'a>(files: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Vec<String> {
    let tests: HashSet<&str> = files
        .clone()
        .flat_map(|(path, text)| match path.rsplit('.').next() {
            Some("rs") => tests_of(text).collect(),
            Some("mjs") => checks_of(text).collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut findings = Vec::new();
    for (page, heading) in CLAIMS {
        let claims = files.clone().filter(|(path, _)| *path == page);
        let missing = claims
            .flat_map(|(_, text)| named_tests(text, heading))
            .filter(|name| !tests.contains(name));
        findings.extend(missing.map(|name| format!("{page}: there is no test {name}")));
    }
    findings
}

/// What looks like a function under a heading.
fn named_tests<'a>(claims: &'a str, heading: &str) -> impl Iterator<Item = &'a str> {
    let mut parts = claims.split("\n## ");
    let tests = parts.find(|part| part.lines().next() == Some(heading));
    tests
        .unwrap_or_default()
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.contains('_') && !name.contains(['/', '.', ' ']))
}

/// The names of the functions right below a `#[test]`, `#[actix_web::test]` or the like.
fn tests_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .zip(text.lines().skip(1))
        .map(|(attribute, line)| (attribute.trim(), line.trim()))
        .filter(|(attribute, _)| *attribute == "#[test]" || attribute.ends_with("::test]"))
        .filter_map(|(_, line)| {
            let function = line.strip_prefix("async ").unwrap_or(line);
            function.strip_prefix("fn ")?.split('(').next()
        })
}

/// The names of the browser's checks: whole, or the beginning that those of one kind share.
fn checks_of(text: &str) -> impl Iterator<Item = &str> {
    let kinds = text.split("check(`").skip(1);
    let shared = kinds.filter_map(|rest| rest.split("_${").next());
    let named = ["check(\"", "name: \""].into_iter();
    let named = named.flat_map(|start| text.split(start).skip(1));
    shared.chain(named.filter_map(|rest| rest.split('"').next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, claims: &str, tests: (&str, &str), missing: &[&str]) {
        let missing = missing
            .iter()
            .map(|name| format!("{page}: there is no test {name}"));
        assert_eq!(
            findings([(page, claims), tests].into_iter()),
            missing.collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_claim_whose_test_is_gone_is_found() {
        let claims = "`a_setting`\n## The tests\n`it_is_tested`, `was_tested`, `only_looks_tested`, \
                      `Debug`\n## More\n`another_setting`";
        let code = "#[test]\nfn it_is_tested() {}\n    #[x::test]\n    async fn so_is_this() {}\n\
                    #[cfg(test)]\nfn only_looks_tested() {}";
        let missing = ["was_tested", "only_looks_tested"];
        check("SECURITY.md", claims, ("a/src/lib.rs", code), &missing);
        assert_eq!(tests_of(code).last(), Some("so_is_this"));
    }

    #[test]
    fn a_claim_whose_check_in_the_browser_is_gone_is_found() {
        let claims = "## More\n\n## What every page must be\n`a_page_is_read`, `it_fits`, \
                      `one_criterion`, `it_is_gone`, `benches/NOTES.md`, `a_path/b.rs`";
        let code = "checks.check(\"a_page_is_read\", look)\ncheck(`it_fits_${size}`, look)\n\
                    export const one = {\n  name: \"one_criterion\",";
        let checks = ("checks/pages.mjs", code);
        check("CONTRIBUTING.md", claims, checks, &["it_is_gone"]);
    }
}
