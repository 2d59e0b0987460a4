//! What a person does at the certified provider, in its own forms.

use auth_tests::{Answer, Browser, Site};
use reqwest::Url;

use crate::certified::Certified;

/// Somebody at the provider.
#[derive(Clone, Copy)]
pub(crate) enum Visitor {
    /// Logs in where asked to, and agrees.
    Agrees(&'static str),
    /// Logs in where asked to, and cancels where asked to agree.
    Refuses(&'static str),
}

pub(crate) const ADA: Visitor = Visitor::Agrees("ada");

/// How the provider sent the browser back.
#[derive(Debug)]
pub(crate) struct Returned {
    /// The address; with its query, unless the answer came as a form.
    pub(crate) url: Url,
    /// The form, if the answer came as one.
    pub(crate) form: Option<Vec<(String, String)>>,
    /// Which of its forms were filled in: `login`, `consent`.
    pub(crate) asked: Vec<&'static str>,
}

impl Returned {
    /// One parameter of an answer in the query.
    pub(crate) fn param(&self, name: &str) -> Option<String> {
        self.url
            .query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

/// Goes where `begun` sends the browser, and through the provider's forms until it sends it back.
pub(crate) async fn visit(
    site: &Site<Certified>,
    browser: &mut Browser,
    begun: &Answer,
    visitor: Visitor,
) -> Returned {
    visit_url(site, browser, begun.location(), visitor).await
}

/// As [`visit`], from this address on.
pub(crate) async fn visit_url(
    site: &Site<Certified>,
    browser: &mut Browser,
    url: &str,
    visitor: Visitor,
) -> Returned {
    let issuer = &site.provider.issuer;
    let mut url = Url::parse(url).expect("the site sends the browser somewhere");
    let mut asked = Vec::new();
    // More pages than any visit has.
    for _ in 0..20 {
        if !url.as_str().starts_with(issuer) {
            let form = None;
            return Returned { url, form, asked };
        }
        let mut answer = browser.visit(url.as_str()).await;
        if answer.status == 200 {
            let action = attribute(&answer.text, "<form", "action");
            let action = url.join(&action).expect("a form has an address");
            if !action.as_str().starts_with(issuer) {
                let form = Some(hidden_fields(&answer.text));
                return Returned {
                    url: action,
                    form,
                    asked,
                };
            }
            answer = match (
                attribute(&answer.text, "name=\"prompt\"", "value").as_str(),
                visitor,
            ) {
                ("login", Visitor::Agrees(login) | Visitor::Refuses(login)) => {
                    asked.push("login");
                    let fields = [("prompt", "login"), ("login", login), ("password", "any")];
                    browser.submit(action.as_str(), &fields).await
                }
                (_, Visitor::Agrees(_)) => {
                    asked.push("consent");
                    browser
                        .submit(action.as_str(), &[("prompt", "consent")])
                        .await
                }
                (_, Visitor::Refuses(_)) => browser.visit(&format!("{action}/abort")).await,
            };
        }
        assert_eq!(answer.status, 303, "{url}: {}", answer.text);
        url = url
            .join(answer.location())
            .expect("a redirect has an address");
    }
    panic!("the provider goes round in circles");
}

/// Brings the provider's answer to the site.
pub(crate) async fn come_back(browser: &mut Browser, returned: &Returned) -> Answer {
    match &returned.form {
        None => browser.visit(returned.url.as_str()).await,
        Some(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (&**name, &**value))
                .collect();
            browser.post(returned.url.as_str(), &fields).await
        }
    }
}

/// `url` with some of its parameters changed, or dropped for `None`.
pub(crate) fn edited(url: &str, changes: &[(&str, Option<&str>)]) -> Url {
    let mut edited = Url::parse(url).expect("it is an address");
    let mut pairs: Vec<(String, String)> = edited.query_pairs().into_owned().collect();
    for (name, value) in changes {
        assert!(
            pairs.iter().any(|(known, _)| known == name),
            "no {name} in {url}"
        );
        pairs.retain(|(known, _)| known != name);
        pairs.extend(value.map(|value| ((*name).to_owned(), value.to_owned())));
    }
    edited.query_pairs_mut().clear().extend_pairs(pairs);
    edited
}

/// A whole sign-in on the way to `/page`. The answer is that of the callback.
pub(crate) async fn sign_in(
    site: &Site<Certified>,
    browser: &mut Browser,
    visitor: Visitor,
) -> Answer {
    let begun = site.begin(browser, "/page").await;
    let returned = visit(site, browser, &begun, visitor).await;
    come_back(browser, &returned).await
}

/// Asserts that the visitor is signed in.
pub(crate) async fn assert_signed_in(site: &Site<Certified>, browser: &mut Browser, back: &Answer) {
    assert_eq!(back.location(), site.url("/page"), "{}", back.text);
    assert!(site.is_signed_in(browser).await);
}

/// Asserts that the sign-in failed, with `code` for the visitor, and that nobody is signed in.
pub(crate) async fn assert_refused(
    site: &Site<Certified>,
    browser: &mut Browser,
    back: &Answer,
    code: &str,
) {
    assert_eq!(
        back.location_param("code").as_deref(),
        Some(code),
        "{}",
        back.location()
    );
    assert!(!site.is_signed_in(browser).await);
    assert!(
        !browser
            .cookies
            .keys()
            .any(|name| name.contains("authjs.tx."))
    );
}

fn hidden_fields(page: &str) -> Vec<(String, String)> {
    page.split("<input type=\"hidden\"")
        .skip(1)
        .map(|rest| (attribute(rest, "", "name"), attribute(rest, "", "value")))
        .collect()
}

/// The first value of attribute `name` behind `landmark`.
fn attribute(page: &str, landmark: &str, name: &str) -> String {
    page.split_once(landmark)
        .and_then(|(_, rest)| rest.split_once(&format!("{name}=\"")))
        .and_then(|(_, rest)| rest.split_once('"'))
        .unwrap_or_else(|| panic!("no {name} behind `{landmark}` in: {page}"))
        .0
        .replace("&amp;", "&")
}
