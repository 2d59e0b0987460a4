//! The documentation: every link leads somewhere, no chapter links to what is outside of the book, and
//! every page is in the table of contents.

use std::collections::{BTreeSet, HashMap, HashSet};

/// The table of contents of the book.
const SUMMARY: &str = "docs/SUMMARY.md";

/// What the book is made of. Whatever lies elsewhere is not in it.
const BOOK: &str = "docs/";

/// What is wrong. `files` are the paths and texts of the project; `exists` tells of a path whether
/// anything is there, pictures and folders included.
pub(crate) fn findings<'a>(
    files: impl Iterator<Item = (&'a str, &'a str)>,
    exists: impl Fn(&str) -> bool,
) -> Vec<String> {
    let files: HashMap<&str, &str> = files.collect();
    let pages: BTreeSet<&str> = files
        .keys()
        .copied()
        .filter(|path| path.ends_with(".md"))
        .collect();
    let mut findings = Vec::new();
    let mut listed = HashSet::new();
    for page in pages.iter().copied() {
        for link in links(files[page]) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                page.to_owned()
            } else {
                resolve(page, path)
            };
            if !exists(&target) {
                findings.push(format!("{page}: `{link}` leads nowhere"));
            } else if page.starts_with(BOOK) && !target.starts_with(BOOK) {
                findings.push(format!("{page}: `{link}` leads out of the book"));
            } else if !anchor.is_empty() && !has_anchor(&files, &target, anchor) {
                findings.push(format!("{page}: `{link}` has no such heading"));
            }
            if page == SUMMARY {
                listed.insert(target);
            }
        }
    }
    let unlisted = pages
        .iter()
        .filter(|page| page.starts_with(BOOK) && **page != SUMMARY)
        .filter(|page| !listed.contains(**page));
    findings.extend(unlisted.map(|page| format!("{SUMMARY}: does not list {page}")));
    findings
}

/// The targets of the links and pictures of a page that lie in the project.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let between = |line, start, end| {
        let rests = str::split(line, start).skip(1);
        rests.filter_map(move |rest| rest.split(end).next())
    };
    prose(text)
        .flat_map(move |line| between(line, "](", ')').chain(between(line, " src=\"", '"')))
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
}

/// The lines outside of code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        !in_code && !fence
    })
}

/// `path` as seen from `page`.
fn resolve(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn has_anchor(files: &HashMap<&str, &str>, page: &str, anchor: &str) -> bool {
    files.get(page).is_some_and(|text| {
        prose(text)
            .filter(|line| line.starts_with('#'))
            .any(|line| slug(line.trim_start_matches('#')) == anchor)
    })
}

/// The anchor of a heading, as mdBook and GitHub make it.
fn slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| {
            if c == ' ' {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[&str]) {
        let files = [
            ("docs/a.md", page),
            ("docs/b.md", "# The `first` part\n"),
            ("docs/more/c.md", ""),
            ("src/lib.rs", ""),
            (SUMMARY, "[a](a.md) [b](b.md) [c](more/c.md)"),
        ];
        let exists = |path: &str| path == "docs/more" || files.iter().any(|(it, _)| *it == path);
        assert_eq!(findings(files.into_iter(), exists), expected, "{page}");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        check(
            "[x](b.md) [x](./more/c.md) [x](more) <img alt=\"\" src=\"b.md\">",
            &[],
        );
        for gone in ["[x](gone.md)", "<img src=\"gone.md\" alt=\"\">"] {
            check(gone, &["docs/a.md: `gone.md` leads nowhere"]);
        }
    }

    #[test]
    fn a_link_out_of_the_book_is_found() {
        let finding = "docs/a.md: `../src/lib.rs` leads out of the book";
        check("[x](../src/lib.rs)", &[finding]);
        check("<img src=\"../src/lib.rs\">", &[finding]);
        let files = [("README.md", "[x](src/lib.rs)"), (SUMMARY, "")];
        assert_eq!(findings(files.into_iter(), |_| true), [""; 0]);
    }

    #[test]
    fn an_anchor_without_a_heading_is_found() {
        check("# Here\n[x](#here) [x](b.md#the-first-part)", &[]);
        check(
            "[x](b.md#gone)",
            &["docs/a.md: `b.md#gone` has no such heading"],
        );
        check("[x](#gone)", &["docs/a.md: `#gone` has no such heading"]);
    }

    #[test]
    fn code_and_other_sites_are_left_alone() {
        check(
            "```rust\nf[0](gone)\n```\n[x](https://example.com/gone.md)",
            &[],
        );
    }

    #[test]
    fn a_page_that_is_in_no_table_of_contents_is_found() {
        let files = [("docs/a.md", ""), (SUMMARY, "")];
        assert_eq!(
            findings(files.into_iter(), |_| true),
            [format!("{SUMMARY}: does not list docs/a.md")]
        );
    }
}
