//! `api`: the lines of its header, run by a shell, and the headers of what they are answered.

use std::process::Command;

use super::{expect, expect_problem, sign_in};
use crate::cargo::{is_installed, root};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::visitor::Visitor;

/// What a program sends that reads JSON.
const PROGRAM: &[(&str, &str)] = &[("Accept", "application/json")];

/// What a program sends with JSON.
const JSON: &[(&str, &str)] = &[("Content-Type", "application/json")];

pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    let notes = example.at("/notes")?;
    let mut ada = Visitor::default();
    let refused = ada.fetch(&notes, PROGRAM)?;
    expect_problem(&refused, 401, "/notes of a guest")?;
    let challenge = refused.header("www-authenticate").unwrap_or_default();
    expect(
        challenge.starts_with("Cookie"),
        "/notes",
        "says what is missing",
    )?;
    // Refused before its body is read: it is no JSON.
    expect_problem(&ada.post(&notes, JSON, "{")?, 401, "a guest's note")?;
    let nowhere = ada.fetch(&example.at("/nowhere")?, PROGRAM)?;
    expect_problem(&nowhere, 404, "/nowhere")?;

    let page = ada.open(&notes)?;
    let page = sign_in(&mut ada, &page, "Ada")?;
    expect(
        page.url.path() == "/notes",
        "/notes",
        "is where Ada comes back to",
    )?;
    let made = ada.post(&notes, JSON, r#"{"text":"Hi"}"#)?;
    let kind = made.header("content-type");
    expect(
        made.status == 201 && kind == Some("application/json"),
        "a note",
        "is made",
    )?;
    let list = ada.fetch(&notes, PROGRAM)?;
    expect(list.body == r#"[{"text":"Hi"}]"#, "/notes", "has the note")?;
    expect_problem(
        &ada.post(&notes, JSON, r#"{"text":""}"#)?,
        422,
        "an empty note",
    )?;
    expect_problem(&ada.post(&notes, JSON, "{")?, 400, "half a note")?;
    let elsewhere = [JSON[0], ("Origin", "https://evil.example")];
    expect_problem(
        &ada.post(&notes, &elsewhere, "{}")?,
        403,
        "a note from another site",
    )?;
    match is_installed("curl") {
        true => lines_of_the_header(example),
        false => Err(Stop::Skipped("no curl for the lines of its header".into())),
    }
}

/// What the lines of the header say at their ends.
const STATUSES: [&str; 8] = ["401", "200", "201", "200", "422", "400", "403", "204"];

/// Runs the shell lines of the header comment for Ada and for Bob. Each that says a status at its
/// end must be answered so.
fn lines_of_the_header(example: &Demo) -> Result<(), Stop> {
    let source = std::fs::read_to_string(root().join("examples/api/src/main.rs"))
        .map_err(|error| Stop::Failed(format!("the source of api: {error}")))?;
    let address = example.url.origin().ascii_serialization();
    let lines = source.lines().filter_map(|line| line.strip_prefix("//! "));
    let lines = lines.skip_while(|line| !line.starts_with("at="));
    let mut script = String::from("set -eu\n");
    let mut statuses = Vec::new();
    for line in lines.take_while(|line| *line != "```") {
        let line = line.replace("http://localhost:3000", &address);
        match line.rsplit_once(" # ") {
            Some((command, remark)) => {
                let status = remark.get(..3).unwrap_or(remark).to_owned();
                script.push_str(&format!(
                    "test \"$({} -s -o /dev/null -w '%{{http_code}}')\" = {status}\n",
                    command.trim_end(),
                ));
                statuses.push(status);
            }
            None => script.push_str(&format!("{line}\n")),
        }
    }
    let says = statuses.join(" ");
    expect(statuses == STATUSES, "the header", &format!("says {says}"))?;
    let for_bob = script
        .replace("choice=ada", "choice=bob")
        .replace("= 204", "= 403");
    for script in [script, for_bob] {
        let mut shell = Command::new("sh");
        // A proxy of the environment knows nothing of this machine.
        let output = shell.args(["-xc", &script]).env("no_proxy", "*").output();
        let output = output.map_err(|error| Stop::Failed(format!("sh: {error}")))?;
        let trace = String::from_utf8_lossy(&output.stderr);
        expect(output.status.success(), &trace, "is how the header says")?;
    }
    Ok(())
}
