//! `cargo xtask new-provider <id>`: what a new provider begins with. It compiles and its tests pass;
//! what remains is to make it true.

use std::fs;
use std::path::Path;

use super::definitions;
use crate::cargo::root;
use crate::gate::Stop;

const FOLDER: &str = "auth-core/src/providers";

pub(super) fn begin(id: &str) -> Result<(), Stop> {
    let starts_with_letter = id.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !starts_with_letter || !id.chars().all(plain) {
        return Err(Stop::Failed(format!(
            "`{id}` is no provider id: a-z, 0-9 and `-`, a letter first"
        )));
    }
    let ids: Vec<String> = definitions()?
        .iter()
        .filter_map(|it| it["id"].as_str().map(str::to_owned))
        .collect();
    if ids.iter().any(|known| known == id) {
        return Err(Stop::Failed(format!("there is a provider `{id}` already")));
    }
    let module = id.replace('-', "_");
    let list = root().join(FOLDER).join("mod.rs");
    let source = fs::read_to_string(&list).map_err(failed)?;
    let source = listed(&source, id, &ids)
        .ok_or_else(|| Stop::failed("providers/mod.rs does not have the usual form"))?;
    let fixtures = root().join("auth-core/fixtures").join(id);
    fs::create_dir_all(&fixtures).map_err(failed)?;
    write(&root().join(FOLDER).join(format!("{module}.rs")), &file(id))?;
    write(&fixtures.join("userinfo.json"), USERINFO)?;
    write(&fixtures.join("profile.json"), PROFILE)?;
    write(&list, &source)?;
    println!("next: the endpoints and fields, then `cargo xtask providers --docs`");
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Stop> {
    fs::write(path, text).map_err(failed)?;
    println!("{}", path.strip_prefix(root()).unwrap_or(path).display());
    Ok(())
}

fn failed(error: std::io::Error) -> Stop {
    Stop::Failed(error.to_string())
}

/// `mod.rs` with the module, the export, and the place in `ALL`, which has the order of `ids`.
fn listed(source: &str, id: &str, ids: &[String]) -> Option<String> {
    let (module, constant) = (id.replace('-', "_"), constant(id));
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    insert_sorted(&mut lines, "mod ", format!("mod {module};"))?;
    insert_sorted(
        &mut lines,
        "pub use ",
        format!("pub use {module}::{constant};"),
    )?;
    let all = lines
        .iter()
        .position(|line| line.starts_with("pub const ALL"))?;
    let place = ids.iter().filter(|known| known.as_str() < id).count();
    lines.insert(all + 1 + place, format!("    {constant},"));
    Some(lines.join("\n") + "\n")
}

/// Among the first lines that begin with `prefix`, in their order.
fn insert_sorted(lines: &mut Vec<String>, prefix: &str, line: String) -> Option<()> {
    let first = lines.iter().position(|it| it.starts_with(prefix))?;
    let place = lines[first..]
        .iter()
        .position(|it| !it.starts_with(prefix) || *it > line)?
        + first;
    lines.insert(place, line);
    Some(())
}

fn constant(id: &str) -> String {
    id.to_ascii_uppercase().replace('-', "_")
}

fn file(id: &str) -> String {
    let constant = constant(id);
    format!(
        r#"//! {constant}. <https://{id}.example/docs>

use super::prelude::*;

/// Sign in with {constant}. Register at <https://{id}.example/apps>, with the redirect URI
/// `<origin>/api/auth/callback/{id}`.
pub const {constant}: Provider = Provider::oauth2::<User>(
    "{id}",
    "{constant}",
    Endpoints {{
        authorization: "https://{id}.example/authorize",
        token: "https://{id}.example/token",
        userinfo: "https://{id}.example/me",
    }},
);

#[derive(Deserialize)]
struct User {{
    id: Id,
    name: Text,
    email: Text,
    email_verified: Flag,
}}

impl From<User> for Profile {{
    fn from(user: User) -> Self {{
        Self::new(user.id)
            .name(user.name)
            .email(user.email)
            .email_verified(user.email_verified)
    }}
}}
"#
    )
}

const USERINFO: &str = r#"{
  "id": 1,
  "name": "Ada",
  "email": "ada@example.com",
  "email_verified": false
}
"#;

const PROFILE: &str = r#"{
  "id": "1",
  "name": "Ada",
  "email": "ada@example.com",
  "email_verified": false,
  "image": null,
  "first_name": null,
  "last_name": null
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_provider_takes_its_place_by_id() {
        let source = "mod a;\nmod z;\n\nmod prelude;\n\npub use a::A;\npub use z::Z;\n\npub const ALL: &[Provider] = &[\n    A,\n    Z,\n];\n";
        let check = |id: &str, expected: &str| {
            let ids = ["a".to_owned(), "z".to_owned()];
            assert_eq!(listed(source, id, &ids).unwrap(), expected);
        };
        check(
            "m-n",
            "mod a;\nmod m_n;\nmod z;\n\nmod prelude;\n\npub use a::A;\npub use m_n::M_N;\npub use z::Z;\n\n\
             pub const ALL: &[Provider] = &[\n    A,\n    M_N,\n    Z,\n];\n",
        );
        check(
            "zz",
            "mod a;\nmod z;\nmod zz;\n\nmod prelude;\n\npub use a::A;\npub use z::Z;\npub use zz::ZZ;\n\n\
             pub const ALL: &[Provider] = &[\n    A,\n    Z,\n    ZZ,\n];\n",
        );
        assert!(listed("nothing", "x", &[]).is_none());
    }

    #[test]
    fn the_file_names_the_redirect_uri() {
        let text = file("ac-me");
        assert!(text.contains("pub const AC_ME: Provider"));
        assert!(text.contains("`<origin>/api/auth/callback/ac-me`"));
    }
}
