//! A small browser without a screen: cookies, redirects, `Refresh`, and the headers that tell a
//! navigation from a script. HTTP/1.1 over loopback only.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use url::Url;

use crate::gate::Stop;
use crate::html::Form;

/// A server on loopback that takes longer is hung.
const TIMEOUT: Duration = Duration::from_secs(20);

/// More in a row is a loop.
const MAX_HOPS: usize = 12;

/// Cookies, and where the browser has been.
#[derive(Default)]
pub(crate) struct Browser {
    /// By host and name. Ports do not tell cookies apart (RFC 6265 §8.5).
    cookies: BTreeMap<(String, String), String>,
    /// Every address of navigations so far, redirects included.
    pub(crate) history: Vec<Url>,
    /// Every `Set-Cookie` so far.
    pub(crate) set_cookies: Vec<String>,
}

/// An answer, and the address it came from.
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Where a browser goes on to by itself.
    fn next(&self) -> Option<Url> {
        let target = match self.status {
            301..=303 | 307 | 308 => self.header("location")?,
            _ => self.header("refresh")?.split_once("url=")?.1,
        };
        self.url.join(target).ok()
    }
}

impl Browser {
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
            head.push_str(&format!(
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            ));
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
        let answer = send(url, &format!("{head}\r\n{body}"))
            .map_err(|error| Stop::Failed(format!("{method} {}: {error}", url.path())))?;
        let page = parse(url.clone(), &answer)
            .ok_or_else(|| Stop::Failed(format!("{method} {}: not HTTP", url.path())))?;
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

pub(crate) fn join(base: &Url, target: &str) -> Result<Url, Stop> {
    base.join(target)
        .map_err(|error| Stop::Failed(format!("{target}: {error}")))
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

fn send(url: &Url, request: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = url
        .socket_addrs(|| None)?
        .into_iter()
        .filter(|address| address.ip().is_loopback())
        .find_map(|address| TcpStream::connect_timeout(&address, TIMEOUT).ok())
        .ok_or_else(|| std::io::Error::other("nobody listens there on loopback"))?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

fn parse(url: Url, answer: &[u8]) -> Option<Page> {
    let split = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..split]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let is_chunked = headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("transfer-encoding") && value.eq_ignore_ascii_case("chunked")
    });
    let body = &answer[split + 4..];
    let body = if is_chunked {
        unchunk(body)?
    } else {
        body.to_vec()
    };
    Some(Page {
        url,
        status,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

/// RFC 9112 §7.1, without extensions and trailers.
fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        rest = &rest[end + 2..];
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str) -> Page {
        let url = Url::parse("http://localhost:1/a/b").unwrap();
        parse(url, format!("{head}\r\n\r\nbody").as_bytes()).unwrap()
    }

    #[test]
    fn redirects_and_refreshes_lead_on() {
        let next = |head: &str| page(head).next().map(String::from);
        let found = "HTTP/1.1 302 Found\r\nLocation: /c?d";
        assert_eq!(next(found).as_deref(), Some("http://localhost:1/c?d"));
        let refresh = "HTTP/1.1 200 OK\r\nRefresh: 0;url=http://127.0.0.1:2/e";
        assert_eq!(next(refresh).as_deref(), Some("http://127.0.0.1:2/e"));
        assert_eq!(next("HTTP/1.1 200 OK"), None);
    }

    #[test]
    fn cookies_are_kept_by_host_and_cleared() {
        let mut browser = Browser::default();
        browser.keep_cookies(
            "localhost",
            &page("HTTP/1.1 200 OK\r\nSet-Cookie: a=b=c; Path=/"),
        );
        let key = ("localhost".to_owned(), "a".to_owned());
        assert_eq!(browser.cookies.get(&key).map(String::as_str), Some("b=c"));
        browser.keep_cookies(
            "localhost",
            &page("HTTP/1.1 200 OK\r\nset-cookie: a=; Max-Age=0"),
        );
        assert!(browser.cookies.is_empty());
    }

    #[test]
    fn a_chunked_body_is_joined() {
        assert_eq!(
            unchunk(b"3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n").as_deref(),
            Some(&b"abcd"[..])
        );
        assert_eq!(unchunk(b"5\r\nabc"), None);
    }
}
