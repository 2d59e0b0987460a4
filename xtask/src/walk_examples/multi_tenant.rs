//! `multi-tenant`: each tenant at its host, and one that is added while the site runs.

use url::Url;

use super::{expect, expect_strict, press};
use crate::demo::Demo;
use crate::gate::Stop;
use crate::http::{Page, join};
use crate::visitor::Visitor;

/// The tenant at the host without a name before it.
const OPERATOR: &str = "operator";

pub(super) fn walk(example: &Demo) -> Result<(), Stop> {
    let mut visitor = Visitor::default();
    let acme = sign_in(example, &mut visitor, "acme")?;
    let globex = visitor.open(&host(example, "globex")?)?;
    let guest = globex.body.contains("Hello guest");
    expect(guest, "a browser signed in at acme", "is nobody at globex")?;

    let listed = visitor.fetch(&join(&globex.url, "/api/auth/providers")?, &[])?;
    let own = listed.body.contains("globex") && !listed.body.contains("acme");
    expect(own, "globex", "offers to scripts what is its own")?;

    let mut carried = visitor.with_cookies_of(&acme.url, &globex.url);
    let session = carried.fetch(&join(&globex.url, "/api/auth/session")?, &[])?;
    let counts = session.body.contains("Ada");
    expect(counts, "a cookie carried from acme", "is a session as such")?;
    let globex = carried.open(&globex.url)?;
    let guest = globex.body.contains("Hello guest");
    expect(
        guest,
        "a cookie carried from acme",
        "is nobody on the page of globex",
    )?;
    let files = join(&globex.url, "/files")?;
    let refused = carried.fetch(&files, &[])?;
    expect(
        refused.status == 403 && !refused.body.contains("files of"),
        "a cookie carried from acme",
        "does not open the files of globex",
    )?;
    let client = join(&globex.url, "/api/auth/signin/acme")?;
    let page = carried.open(&client)?;
    let unknown = page.body.contains("unknown_provider");
    expect(unknown, "acme's client", "is not there at globex")?;
    let refused = visitor.post_from(&acme.url, &join(&acme.url, "/tenants/initech")?, "")?;
    expect(refused.status == 403, "acme's people", "add no tenant")?;

    let initech = visitor.open(&host(example, "initech")?)?;
    let page = visitor.open(&join(&initech.url, "/api/auth/signin/initech")?)?;
    let unknown = page.body.contains("unknown_provider");
    expect(unknown, "initech", "cannot sign in before it is added")?;
    let operator = sign_in(example, &mut visitor, OPERATOR)?;
    let operator = press(&mut visitor, &operator, "Add initech")?;
    let listed = operator.body.contains("http://initech.localhost");
    expect(listed, "initech", "is listed once it is added")?;
    sign_in(example, &mut visitor, "initech").map(drop)
}

/// The page that greets Ada at the host of `tenant`. Its button says with whom she signs in.
fn sign_in(example: &Demo, visitor: &mut Visitor, tenant: &str) -> Result<Page, Stop> {
    let home = visitor.open(&host(example, tenant)?)?;
    expect_strict(visitor, &home)?;
    let people = press(visitor, &home, &format!("Sign in with {tenant}"))?;
    let page = press(visitor, &people, "Ada")?;
    expect(page.url == home.url, tenant, "is where Ada comes back to")?;
    expect(page.body.contains("Hello Ada"), tenant, "greets Ada")?;
    let files = visitor.fetch(&join(&home.url, "/files")?, &[])?;
    let opens = files.body == format!("The files of {tenant}");
    expect(opens, tenant, "shows Ada its files")?;
    Ok(page)
}

/// The start page of `tenant`.
fn host(example: &Demo, tenant: &str) -> Result<Url, Stop> {
    let mut url = example.url.clone();
    if tenant != OPERATOR {
        url.set_host(Some(&format!("{tenant}.localhost")))
            .map_err(|error| Stop::Failed(format!("{tenant}: {error}")))?;
    }
    Ok(url)
}
