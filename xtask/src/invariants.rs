//! What must be absent: the arrows of ARCHITECTURE.md that no compiler checks.

use std::fs;
use std::process::Command;

use crate::budget::crates_of;
use crate::cargo::{root, stdout};
use crate::gate::Stop;
use crate::{claims, codes, links};

/// Past this many lines a file holds a second idea.
const MAX_LINES: usize = 800;

/// A web framework, a runtime or TLS. Core reaches them through `HttpClient` and `Spawn`.
const NOT_IN_CORE: &[&str] = &["actix", "axum", "hyper", "reqwest", "rustls", "tokio"];

/// Paths of one machine, and package hosts: they mean nothing to a reader. In two halves each, so
/// that this file passes its own check.
const NOT_IN_FILES: &[(&str, &str)] = &[
    ("../", "shared"),
    ("/", "work/"),
    ("registry.", "npmjs"),
    ("static.", "crates"),
    ("index.", "crates"),
    ("files.", "pythonhosted"),
    ("deb.", "debian"),
];

pub(crate) fn run() -> Result<(), Stop> {
    let files = tracked_files()?;
    let mut findings = core_is_pure()?;
    findings.extend(files.iter().filter_map(too_long));
    findings.extend(files.iter().flat_map(foreign_words));
    findings.extend(provider_ids_outside_providers(&files));
    findings.extend(dead_paths(&files));
    findings.extend(book(&files));
    println!("{} files", files.len());
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Stop::Failed(findings.join("\n")))
    }
}

/// A text file of the project.
struct File {
    path: String,
    text: String,
}

fn tracked_files() -> Result<Vec<File>, Stop> {
    let list = stdout(
        Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(root()),
    )?;
    Ok(list
        .split('\0')
        .filter(|path| !path.is_empty() && !path.ends_with(".lock"))
        .filter_map(|path| {
            // Not text, or deleted and not yet committed: nothing to read either way.
            let text = fs::read_to_string(root().join(path)).ok()?;
            Some(File {
                path: path.to_owned(),
                text,
            })
        })
        .collect())
}

fn core_is_pure() -> Result<Vec<String>, Stop> {
    Ok(crates_of("auth-core")?
        .into_iter()
        .filter(|line| NOT_IN_CORE.iter().any(|name| line.starts_with(name)))
        .map(|line| format!("auth-core depends on {line}"))
        .collect())
}

fn too_long(file: &File) -> Option<String> {
    let written_by_hand = ["rs", "md", "css", "js", "toml"]
        .iter()
        .any(|extension| file.path.ends_with(&format!(".{extension}")));
    let lines = file.text.lines().count();
    (written_by_hand && lines > MAX_LINES).then(|| format!("{}: {lines} lines", file.path))
}

fn foreign_words(file: &File) -> impl Iterator<Item = String> + '_ {
    NOT_IN_FILES
        .iter()
        .map(|(head, tail)| format!("{head}{tail}"))
        .filter(|word| file.text.contains(word.as_str()))
        .map(|word| format!("{}: holds `{word}`", file.path))
}

/// Protocol code that knows a provider by name is a deviation in the wrong place.
fn provider_ids_outside_providers(files: &[File]) -> Vec<String> {
    const PROVIDERS: &str = "auth-core/src/providers/";
    let ids: Vec<&str> = files
        .iter()
        .filter(|file| file.path.starts_with(PROVIDERS))
        .flat_map(|file| provider_ids(&file.text))
        .collect();
    let is_protocol_code = |file: &&File| {
        ["auth-core/src/", "auth-actix/src/", "auth-macros/src/"]
            .iter()
            .any(|folder| file.path.starts_with(folder))
            && !file.path.starts_with(PROVIDERS)
            && !file.path.split('/').any(|part| part.starts_with("test"))
    };
    let mut findings = Vec::new();
    for file in files.iter().filter(is_protocol_code) {
        for (number, line) in code_lines(&file.text) {
            for id in ids.iter().filter(|id| line.contains(&format!("\"{id}\""))) {
                findings.push(format!("{}:{number}: names the provider `{id}`", file.path));
            }
        }
    }
    findings
}

/// A map that names a file which is gone sends the reader nowhere.
fn dead_paths(files: &[File]) -> Vec<String> {
    const MAP: &str = "ARCHITECTURE.md";
    files
        .iter()
        .filter(|file| file.path == MAP)
        .flat_map(|map| map.text.split('`').skip(1).step_by(2))
        .filter(|name| name.ends_with(".rs") && name.contains("/src/"))
        .filter(|name| files.iter().all(|file| file.path != **name))
        .map(|name| format!("{MAP}: there is no {name}"))
        .collect()
}

/// The documentation: its claims, its links, and its chapter about error codes.
fn book(files: &[File]) -> Vec<String> {
    let texts = files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()));
    let mut findings = codes::findings(texts.clone());
    findings.extend(claims::findings(texts.clone()));
    findings.extend(links::findings(texts, |path| root().join(path).exists()));
    findings
}

/// The first argument of each `Provider::…("id", …)`.
fn provider_ids(text: &str) -> impl Iterator<Item = &str> {
    text.split("Provider::o")
        .skip(1)
        .filter_map(|rest| rest.split_once('(')?.1.trim_start().strip_prefix('"'))
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        // The generic provider is called like the protocol.
        .filter(|id| *id != "oidc")
}

/// The lines that are neither comments nor the tests at the foot of a file, numbered from 1.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| *line != "mod tests {")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_code_has_its_entry_and_every_link_leads_somewhere() {
        let files = tracked_files().unwrap_or_else(|_| panic!("git lists the files"));
        assert_eq!(book(&files), [""; 0]);
    }

    fn file(path: &str, text: &str) -> File {
        File {
            path: path.into(),
            text: text.into(),
        }
    }

    #[test]
    fn a_long_file_is_found_and_data_may_be_long() {
        let long = "x\n".repeat(MAX_LINES + 1);
        assert!(too_long(&file("a.rs", &long)).is_some());
        assert!(too_long(&file("a.json", &long)).is_none());
        assert!(too_long(&file("a.rs", &"x\n".repeat(MAX_LINES))).is_none());
    }

    #[test]
    fn a_machine_path_is_found() {
        let text = format!("see /{}x", "work/");
        assert_eq!(foreign_words(&file("a.md", &text)).count(), 1);
        assert_eq!(foreign_words(&file("a.md", "homework/x")).count(), 0);
    }

    #[test]
    fn a_map_that_names_a_missing_file_is_found() {
        let map = "see `a/src/lib.rs` and `a/src/gone.rs` and `plain.rs`";
        let found = dead_paths(&[file("ARCHITECTURE.md", map), file("a/src/lib.rs", "")]);
        assert_eq!(found, ["ARCHITECTURE.md: there is no a/src/gone.rs"]);
    }

    #[test]
    fn a_provider_known_by_name_is_found_in_code_and_not_in_comments_or_tests() {
        let providers = file(
            "auth-core/src/providers/x.rs",
            "Provider::oauth2::<User>(\n    \"acme\", \"Acme\")",
        );
        let check = |text: &str, expected: usize| {
            let files = [
                file("auth-core/src/providers/x.rs", &providers.text),
                file("auth-core/src/action/signin.rs", text),
            ];
            assert_eq!(
                provider_ids_outside_providers(&files).len(),
                expected,
                "{text}"
            );
        };
        check("if id == \"acme\" {}", 1);
        check("// not \"acme\"", 0);
        check("fn f() {}\nmod tests {\n \"acme\"", 0);
    }
}
