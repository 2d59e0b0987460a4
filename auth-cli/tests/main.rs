//! The command, run as a user would.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

#[test]
fn a_secret_is_printed_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let (first, second) = (auth(&folder, &["secret"]), auth(&folder, &["secret"]));
    let (first, second) = (stdout(&first), stdout(&second));
    assert_eq!(first.trim().len(), 43, "32 bytes in base64url");
    assert!(first.trim().bytes().all(is_base64url));
    assert_ne!(first, second);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_new_file_holds_the_secret_and_is_its_owners_alone() {
    let folder = TempDir::new().unwrap();
    let output = auth(&folder, &["secret", "--write"]);
    let text = read(&folder, ".env");
    let secret = text.trim().strip_prefix("AUTH_SECRET=").unwrap();
    assert_eq!(secret.len(), 43);
    assert!(!stdout(&output).contains(secret), "printed nowhere");
    assert_eq!(mode(&folder.path().join(".env")), 0o600);
}

#[test]
fn the_rest_of_the_file_stays_as_it_is() {
    let before =
        "# settings\r\nA=1\r\nexport AUTH_SECRET=\"\"\r\n\r\nB='two\r\nAUTH_SECRET=no\r\n'\r\n";
    let folder = with(".env.local", before);
    fs::set_permissions(
        folder.path().join(".env.local"),
        fs::Permissions::from_mode(0o644),
    )
    .unwrap();
    assert!(
        auth(&folder, &["secret", "--write", ".env.local"])
            .status
            .success()
    );
    let after = read(&folder, ".env.local");
    let secret = value(&after, "export AUTH_SECRET");
    assert_eq!(after, before.replace("\"\"", &secret));
    assert_eq!(mode(&folder.path().join(".env.local")), 0o600);
}

#[test]
fn a_secret_is_never_overwritten_unless_told() {
    let before = "AUTH_SECRET=old\nA=1\n";
    let folder = with(".env", before);
    let output = auth(&folder, &["secret", "--write"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("has AUTH_SECRET already"));
    assert_eq!(read(&folder, ".env"), before);

    assert!(
        auth(&folder, &["secret", "--write", ".env", "--force"])
            .status
            .success()
    );
    let after = read(&folder, ".env");
    assert_eq!(after, before.replace("old", &value(&after, "AUTH_SECRET")));
    assert_ne!(value(&after, "AUTH_SECRET"), "old");
}

#[test]
fn rotation_adds_the_next_number() {
    let folder = with(".env", "AUTH_SECRET='a b'\nA=1\n");
    let mut newest = Vec::new();
    for name in ["AUTH_SECRET_1", "AUTH_SECRET_2", "AUTH_SECRET_3"] {
        assert!(auth(&folder, &["secret", "--rotate"]).status.success());
        newest.push(value(&read(&folder, ".env"), name));
    }
    assert_eq!(
        read(&folder, ".env"),
        format!(
            "AUTH_SECRET='a b'\nAUTH_SECRET_1={}\nAUTH_SECRET_2={}\nAUTH_SECRET_3={}\nA=1\n",
            newest[0], newest[1], newest[2]
        )
    );
}

#[test]
fn a_full_set_shifts_and_drops_the_oldest() {
    let folder = with(
        ".env",
        "AUTH_SECRET_3=d\nAUTH_SECRET=a\nAUTH_SECRET_1=b\nAUTH_SECRET_2=c\n",
    );
    let output = auth(&folder, &["secret", "--rotate", ".env"]);
    assert!(stdout(&output).contains("the oldest is dropped"));
    let after = read(&folder, ".env");
    let newest = value(&after, "AUTH_SECRET_3");
    assert_eq!(newest.len(), 43);
    assert_eq!(
        after,
        format!("AUTH_SECRET_3={newest}\nAUTH_SECRET=b\nAUTH_SECRET_1=c\nAUTH_SECRET_2=d\n")
    );
}

#[test]
fn a_gap_in_the_numbers_keeps_their_order() {
    let folder = with(".env", "AUTH_SECRET=a\nAUTH_SECRET_3=d\n");
    assert!(auth(&folder, &["secret", "--rotate"]).status.success());
    let after = read(&folder, ".env");
    assert_eq!(value(&after, "AUTH_SECRET"), "a");
    assert_eq!(value(&after, "AUTH_SECRET_1"), "d");
    assert_eq!(value(&after, "AUTH_SECRET_2").len(), 43);
    assert!(!after.contains("AUTH_SECRET_3"));
}

#[test]
fn rotation_needs_a_secret_and_a_file() {
    let folder = with("empty.env", "A=1\nAUTH_SECRET=\n");
    let output = auth(&folder, &["secret", "--rotate", "empty.env"]);
    assert!(stderr(&output).contains("has no AUTH_SECRET to rotate"));
    let output = auth(&folder, &["secret", "--rotate", "absent.env"]);
    assert!(stderr(&output).contains("absent.env cannot be read"));
    assert_eq!(read(&folder, "empty.env"), "A=1\nAUTH_SECRET=\n");
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone_with_a_clear_error() {
    let folder = with("binary.env", "");
    fs::write(folder.path().join("binary.env"), b"A=\xff\n").unwrap();
    fs::create_dir(folder.path().join("folder.env")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("link.env")).unwrap();
    for (file, message) in [
        ("binary.env", "binary.env is not text in UTF-8"),
        ("folder.env", "folder.env cannot be read"),
        ("link.env", "link.env cannot be read"),
    ] {
        let output = auth(&folder, &["secret", "--write", file]);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
    assert_eq!(
        fs::read(folder.path().join("binary.env")).unwrap(),
        b"A=\xff\n"
    );
}

#[test]
fn what_counts_must_be_clear() {
    for (before, message) in [
        (
            "AUTH_SECRET=a\nAUTH_SECRET=b\n",
            "in line 1 and again in line 2",
        ),
        (
            "A=1\nAUTH_SECRET=\"a\nb\"\n",
            "line 2: the value of AUTH_SECRET",
        ),
    ] {
        let folder = with(".env", before);
        for option in ["--write", "--rotate"] {
            let output = auth(&folder, &["secret", option]);
            assert!(stderr(&output).contains(message), "{}", stderr(&output));
        }
        assert_eq!(read(&folder, ".env"), before);
    }
}

#[test]
fn a_link_stays_a_link() {
    let folder = with("real.env", "A=1\n");
    std::os::unix::fs::symlink("real.env", folder.path().join(".env")).unwrap();
    assert!(auth(&folder, &["secret", "--write"]).status.success());
    assert!(
        fs::symlink_metadata(folder.path().join(".env"))
            .unwrap()
            .is_symlink()
    );
    assert!(read(&folder, "real.env").starts_with("A=1\nAUTH_SECRET="));
}

#[test]
fn other_variables_with_a_similar_name_are_no_secret() {
    let folder = with(
        ".env",
        "# AUTH_SECRET=x\nMY_AUTH_SECRET=y\nAUTH_SECRETS=z\n",
    );
    assert!(auth(&folder, &["secret", "--write"]).status.success());
    let after = read(&folder, ".env");
    assert!(after.starts_with("# AUTH_SECRET=x\nMY_AUTH_SECRET=y\nAUTH_SECRETS=z\nAUTH_SECRET="));
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let folder = with(".env", "AUTH_SECRET=a\n");
    for arguments in [
        &["secret", "--force"][..],
        &["secret", "--write", "--rotate"],
        &["secret", "--rotate", "--force"],
        &["secrets"],
    ] {
        assert_eq!(
            auth(&folder, arguments).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
    assert_eq!(read(&folder, ".env"), "AUTH_SECRET=a\n");
}

fn auth(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_auth"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn with(name: &str, text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn value(text: &str, name: &str) -> String {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    line.unwrap().to_owned()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_".contains(&byte)
}
