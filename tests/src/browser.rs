//! A browser without a screen: it keeps cookies and follows nothing by itself.

use std::collections::BTreeMap;

use actix_web::cookie::Cookie;
use auth_actix::{Clock as _, SystemClock};
use reqwest::{Client, Method, RequestBuilder, redirect};

/// Keeps cookies by name, sends them everywhere, and lets the test decide what to follow.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    /// What it would send: name and value as on the wire.
    pub cookies: BTreeMap<String, String>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Default for Browser {
    fn default() -> Self {
        Self::new()
    }
}

impl Browser {
    /// A browser without a cookie.
    pub fn new() -> Self {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client without special settings can be built");
        Self {
            client,
            cookies: BTreeMap::new(),
        }
    }

    /// Follows a link: a navigation by GET.
    pub async fn visit(&mut self, url: &str) -> Answer {
        self.send(navigation(self.request(Method::GET, url))).await
    }

    /// Asks as a script would.
    pub async fn fetch(&mut self, url: &str) -> Answer {
        let request = self.request(Method::GET, url).header("accept", "*/*");
        self.send(
            request
                .header("sec-fetch-mode", "cors")
                .header("sec-fetch-site", "same-origin"),
        )
        .await
    }

    /// Sends a form of our own pages: a navigation by POST.
    pub async fn submit(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let request = navigation(self.request(Method::POST, url));
        self.send(
            request
                .header("sec-fetch-site", "same-origin")
                .body(encode(fields))
                .header("content-type", "application/x-www-form-urlencoded"),
        )
        .await
    }

    /// Sends a form as a plain HTTP client would, without Fetch Metadata.
    pub async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::POST, url).body(encode(fields));
        self.send(request.header("content-type", "application/x-www-form-urlencoded"))
            .await
    }

    /// A request with this browser's cookies, to be completed and given to [`send`](Self::send).
    pub fn request(&self, method: Method, url: &str) -> RequestBuilder {
        let request = self.client.request(method, url);
        if self.cookies.is_empty() {
            return request;
        }
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request.header("cookie", cookies.join("; "))
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&mut self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("the server answers");
        for header in response.headers().get_all("set-cookie") {
            let text = header.to_str().expect("a Set-Cookie header is text");
            let cookie = Cookie::parse(text).expect("a Set-Cookie header can be parsed");
            if is_removal(&cookie) {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies
                    .insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await.expect("the body is text"),
        }
    }
}

impl Answer {
    /// The only value of a header, empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap_or_default())
    }

    /// Where the answer sends the browser: by `Location`, or by `Refresh`.
    pub fn location(&self) -> &str {
        let refresh = self
            .header("refresh")
            .split_once("url=")
            .map_or("", |(_, url)| url);
        if self.header("location").is_empty() {
            refresh
        } else {
            self.header("location")
        }
    }

    /// One parameter of the address that the answer sends the browser to.
    pub fn location_param(&self, name: &str) -> Option<String> {
        let base = reqwest::Url::parse("http://relative.invalid").ok()?;
        let url = base.join(self.location()).ok()?;
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).expect("the body is JSON")
    }
}

/// Whether the cookie is over already, by `Max-Age` or by `Expires`.
fn is_removal(cookie: &Cookie<'_>) -> bool {
    match cookie.max_age() {
        Some(age) => age.is_zero() || age.is_negative(),
        None => cookie
            .expires_datetime()
            .is_some_and(|expires| expires.unix_timestamp() <= SystemClock.now().as_unix()),
    }
}

fn navigation(request: RequestBuilder) -> RequestBuilder {
    request
        .header("accept", "text/html,application/xhtml+xml")
        .header("sec-fetch-mode", "navigate")
        .header("sec-fetch-dest", "document")
}

fn encode(fields: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://form.invalid").expect("a constant URL");
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}
