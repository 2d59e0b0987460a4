//! The chapter about error codes: no code without its entry, no entry without its code.

use std::collections::BTreeSet;

/// Where the entries are: one `` ## `code` `` each.
const CHAPTER: &str = "docs/errors.md";

/// The functions that name codes, each by its file and the beginning of its signature.
const NAMED_IN: &[(&str, &str)] = &[
    ("auth-core/src/error.rs", "fn code("),
    ("auth-core/src/error.rs", "fn by_discovery("),
    ("auth-core/src/error.rs", "fn by_transport("),
    ("auth-core/src/authkit/error.rs", "fn code("),
    ("auth-core/src/action/reply.rs", "fn refuse_input("),
    ("auth-core/src/page/explanation.rs", "fn by_code("),
    ("auth-actix/src/error.rs", "fn code("),
];

/// What stands before a code elsewhere, white space left out.
const MARKS: &[&str] = &["letcode=\"", "\"code\":\"", "code==Some(\""];

/// What is wrong with the chapter. `files` are paths and texts.
pub(crate) fn findings<'a>(files: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Vec<String> {
    let Some((_, chapter)) = files.clone().find(|(path, _)| *path == CHAPTER) else {
        return vec![format!("{CHAPTER} is gone")];
    };
    let (codes, mut findings) = codes(files);
    let entries = entries(chapter);
    let missing = codes.difference(&entries);
    findings.extend(missing.map(|code| format!("{CHAPTER}: no entry for `{code}`")));
    let left = entries.difference(&codes);
    findings.extend(left.map(|code| format!("{CHAPTER}: nothing has the code `{code}`")));
    findings
}

/// The codes, and the functions that are not where they were.
fn codes<'a>(
    files: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> (BTreeSet<String>, Vec<String>) {
    let mut codes = BTreeSet::new();
    let mut lost = Vec::new();
    for (path, signature) in NAMED_IN {
        let file = files.clone().find(|(name, _)| name == path);
        match file.and_then(|(_, text)| body(text, signature)) {
            Some(body) => codes.extend(words(body)),
            None => lost.push(format!(
                "{path}: there is no `{signature}..)` to name codes"
            )),
        }
    }
    let ours = |path: &str| {
        ["auth-core/src/", "auth-actix/src/"]
            .iter()
            .any(|folder| path.starts_with(folder))
            && !path.contains("test")
            // The words of WorkOS, which are read and not said.
            && !path.contains("/workos/")
    };
    for (_, text) in files.filter(|(path, _)| path.ends_with(".rs") && ours(path)) {
        codes.extend(marked(text));
    }
    (codes, lost)
}

/// What stands between a signature and the brace that closes its function.
fn body<'a>(text: &'a str, signature: &str) -> Option<&'a str> {
    let start = text.find(signature)?;
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let indent = text[line..].len() - text[line..].trim_start_matches(' ').len();
    let close = format!("\n{}}}", " ".repeat(indent));
    let rest = &text[start..];
    rest.find(&close).map(|end| &rest[..end])
}

/// The literals that could be codes: not a target of the log, not a name of a member.
fn words(body: &str) -> impl Iterator<Item = String> + '_ {
    let parts: Vec<&str> = body.split('"').collect();
    let literals: Vec<String> = parts
        .windows(3)
        .step_by(2)
        .filter(|around| !around[0].ends_with("target: ") && !around[2].starts_with(':'))
        .map(|around| around[1])
        .filter(|literal| is_code(literal))
        .map(str::to_owned)
        .collect();
    literals.into_iter()
}

/// The codes behind one of [`MARKS`], and in calls of `problem(status, code, title)`.
fn marked(text: &str) -> Vec<String> {
    let production = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let dense: String = production.split_whitespace().collect();
    let plain = MARKS.iter().flat_map(|mark| dense.split(mark).skip(1));
    let problems = dense
        .split("problem(StatusCode::")
        .skip(1)
        .filter_map(|call| call.split_once(",\"").map(|(_, rest)| rest));
    plain
        .chain(problems)
        .filter_map(|rest| rest.split('"').next())
        .filter(|word| is_code(word))
        .map(str::to_owned)
        .collect()
}

fn is_code(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'))
}

fn entries(chapter: &str) -> BTreeSet<String> {
    chapter
        .lines()
        .filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every function of [`NAMED_IN`], naming `csrf`, and `more`.
    fn project(more: &str, chapter: &str) -> Vec<String> {
        let mut texts: Vec<(String, String)> = Vec::new();
        for (path, signature) in NAMED_IN {
            let function = format!("{signature}) {{\n    \"csrf\"\n}}\n");
            match texts.iter_mut().find(|(name, _)| name == path) {
                Some((_, text)) => text.push_str(&function),
                None => texts.push(((*path).to_owned(), function)),
            }
        }
        texts.push(("auth-core/src/x.rs".to_owned(), more.to_owned()));
        texts.push((CHAPTER.to_owned(), chapter.to_owned()));
        findings(
            texts
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        )
    }

    #[test]
    fn a_code_without_an_entry_is_found() {
        assert_eq!(project("", "## `csrf`"), [""; 0]);
        assert_eq!(project("", ""), [format!("{CHAPTER}: no entry for `csrf`")]);
        for more in [
            "let code = \"new\";",
            "json!({ \"code\": \"new\" })",
            "reply::problem(\n    StatusCode::OK,\n    \"new\",\n    \"New\",\n)",
        ] {
            let found = project(more, "## `csrf`");
            assert_eq!(found, [format!("{CHAPTER}: no entry for `new`")], "{more}");
        }
    }

    #[test]
    fn an_entry_without_a_code_is_found() {
        let found = project("", "## `csrf`\n## `gone`");
        assert_eq!(found, [format!("{CHAPTER}: nothing has the code `gone`")]);
    }

    #[test]
    fn a_function_that_has_moved_is_found() {
        let found = findings([(CHAPTER, "")].into_iter());
        assert_eq!(found.len(), NAMED_IN.len(), "{found:?}");
    }

    #[test]
    fn targets_members_and_sentences_are_no_codes() {
        let body = r#"warn!(target: "auth", "a sentence"); json!({ "message": m }); "a_code""#;
        assert_eq!(words(body).collect::<Vec<_>>(), ["a_code"]);
    }

    #[test]
    fn what_only_tests_say_is_no_code() {
        assert_eq!(
            marked("#[cfg(test)]\nmod tests { let code = \"x_y\"; }"),
            [""; 0]
        );
    }
}
