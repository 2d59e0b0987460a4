//! A small browser without a screen: cookies, redirects, `Refresh`, and the headers that tell a
//! navigation from a script.

use std::collections::BTreeMap;

use url::Url;

use crate::gate::Stop;
use crate::html::Form;
use crate::http::{Page, join, send};

/// More in a row is a loop.
const MAX_HOPS: usize = 12;

/// Cookies, and where the browser has been.
#[derive(Default)]
pub(crate) struct Visitor {
    /// By host and name. Ports do not tell cookies apart (RFC 6265 §8.5).
    cookies: BTreeMap<(String, String), String>,
    /// Every address of navigations so far, redirects included.
    pub(crate) history: Vec<Url>,
    /// Every `Set-Cookie` so far.
    pub(crate) set_cookies: Vec<String>,
}

impl Visitor {
    /// Types `url` into the address bar and follows where it leads.
    pub(crate) fn open(&mut self, url: &Url) -> Result<Page, Stop> {
        self.navigate(None, "GET", url, "")
    }

    /// Submits `form` of `page` by the button called `button`, and follows where it leads.
    pub(crate) fn submit(&mut self, page: &Page, form: &Form, button: &str) -> Result<Page, Stop> {
        let fields = form.fields_with(button);
        let encoded = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut url = join(&page.url, &form.action)?;
        if form.is_post {
            self.navigate(Some(&page.url), "POST", &url, &encoded)
        } else {
            url.set_query(Some(&encoded));
            self.navigate(Some(&page.url), "GET", &url, "")
        }
    }

    /// One request with `headers` of a script or an API client; follows nothing.
    pub(crate) fn fetch(&mut self, url: &Url, headers: &[(&str, &str)]) -> Result<Page, Stop> {
        self.exchange("GET", url, headers, "")
    }

    /// Posts `body` with `headers` of a script or an API client; follows nothing.
    pub(crate) fn post(
        &mut self,
        url: &Url,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Page, Stop> {
        self.exchange("POST", url, headers, body)
    }

    /// Posts a form from a page of `from`; follows nothing.
    pub(crate) fn post_from(&mut self, from: &Url, url: &Url, body: &str) -> Result<Page, Stop> {
        self.exchange(
            "POST",
            url,
            &navigation_headers(Some(from), url, true),
            body,
        )
    }

    /// What it would take to replay: the cookies, as they are now.
    pub(crate) fn clone_cookies(&self) -> Self {
        Self {
            cookies: self.cookies.clone(),
            ..Self::default()
        }
    }

    /// Somebody who has carried the cookies of `from` to `to`, which no browser does.
    pub(crate) fn with_cookies_of(&self, from: &Url, to: &Url) -> Self {
        let [from, to] = [from, to].map(|url| url.host_str().unwrap_or_default());
        let carried = self.cookies.iter().filter(|((host, _), _)| host == from);
        let carried =
            carried.map(|((_, name), value)| ((to.to_owned(), name.clone()), value.clone()));
        Self {
            cookies: carried.collect(),
            ..Self::default()
        }
    }

    fn navigate(
        &mut self,
        from: Option<&Url>,
        method: &str,
        url: &Url,
        body: &str,
    ) -> Result<Page, Stop> {
        let headers = navigation_headers(from, url, method == "POST");
        let mut page = self.exchange(method, url, &headers, body)?;
        self.history.push(page.url.clone());
        for _ in 0..MAX_HOPS {
            let Some(next) = page.next() else {
                return Ok(page);
            };
            let headers = navigation_headers(Some(&page.url), &next, false);
            page = self.exchange("GET", &next, &headers, "")?;
            self.history.push(page.url.clone());
        }
        Err(Stop::Failed(format!(
            "a redirect loop at {}",
            page.url.path()
        )))
    }

    fn exchange(
        &mut self,
        method: &str,
        url: &Url,
        headers: &[(&str, impl AsRef<str>)],
        body: &str,
    ) -> Result<Page, Stop> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let mut head = format!(
            "{method} {}{} HTTP/1.1\r\nHost: {host}:{}\r\nConnection: close\r\n",
            url.path(),
            url.query()
                .map(|query| format!("?{query}"))
                .unwrap_or_default(),
            url.port_or_known_default().unwrap_or(80),
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {}\r\n", value.as_ref()));
        }
        if method == "POST" {
            let is_form = headers.iter().all(|(name, _)| *name != "Content-Type");
            if is_form {
                head.push_str("Content-Type: application/x-www-form-urlencoded\r\n");
            }
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|((cookie_host, _), _)| *cookie_host == host)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            head.push_str(&format!("Cookie: {}\r\n", cookies.join("; ")));
        }
        let page = send(url, &format!("{head}\r\n{body}"))
            .map_err(|error| Stop::Failed(format!("{method} {}: {error}", url.path())))?;
        self.keep_cookies(&host, &page);
        Ok(page)
    }

    fn keep_cookies(&mut self, host: &str, page: &Page) {
        let is_set_cookie = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("set-cookie");
        for (_, line) in page.headers.iter().filter(is_set_cookie) {
            self.set_cookies.push(line.clone());
            let pair = line.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = (host.to_owned(), name.trim().to_owned());
            if value.is_empty() || line.to_ascii_lowercase().contains("max-age=0") {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
    }
}

/// What a browser says of a navigation to `to`, begun on a page of `from`.
fn navigation_headers(from: Option<&Url>, to: &Url, is_post: bool) -> Vec<(&'static str, String)> {
    let site = match from {
        None => "none",
        Some(from) if from.origin() == to.origin() => "same-origin",
        Some(from) if from.host() == to.host() => "same-site",
        Some(_) => "cross-site",
    };
    let mut headers = vec![
        (
            "Accept",
            "text/html,application/xhtml+xml,*/*;q=0.8".to_owned(),
        ),
        ("Sec-Fetch-Mode", "navigate".to_owned()),
        ("Sec-Fetch-Dest", "document".to_owned()),
        ("Sec-Fetch-Site", site.to_owned()),
    ];
    if let Some(from) = from {
        headers.push(("Referer", from.to_string()));
        if is_post {
            headers.push(("Origin", from.origin().ascii_serialization()));
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_kept_by_host_and_cleared() {
        let mut browser = Visitor::default();
        browser.keep_cookies(
            "localhost",
            &Page::of(
                "http://localhost:1/",
                "HTTP/1.1 200 OK\r\nSet-Cookie: a=b=c; Path=/",
            ),
        );
        let key = ("localhost".to_owned(), "a".to_owned());
        assert_eq!(browser.cookies.get(&key).map(String::as_str), Some("b=c"));
        browser.keep_cookies(
            "localhost",
            &Page::of(
                "http://localhost:1/",
                "HTTP/1.1 200 OK\r\nset-cookie: a=; Max-Age=0",
            ),
        );
        assert!(browser.cookies.is_empty());
    }
}
