//! HTTP/1.1 to a server on loopback, one connection for each request.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use url::Url;

use crate::gate::Stop;

/// A server on loopback that takes longer is hung.
const TIMEOUT: Duration = Duration::from_secs(20);

/// An answer, and the address it came from.
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
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
    pub(crate) fn next(&self) -> Option<Url> {
        let target = match self.status {
            301..=303 | 307 | 308 => self.header("location")?,
            _ => self.header("refresh")?.split_once("url=")?.1,
        };
        self.url.join(target).ok()
    }
}

/// Where `target`, absolute or not, leads from `base`.
pub(crate) fn join(base: &Url, target: &str) -> Result<Url, Stop> {
    base.join(target)
        .map_err(|error| Stop::Failed(format!("{target}: {error}")))
}

/// Sends the bytes of `request` to the server of `url`, and reads its answer to the end.
pub(crate) fn send(url: &Url, request: &str) -> std::io::Result<Page> {
    let mut stream = here(url)
        .socket_addrs(|| None)?
        .into_iter()
        .filter(|address| address.ip().is_loopback())
        .find_map(|address| TcpStream::connect_timeout(&address, TIMEOUT).ok())
        .ok_or_else(|| std::io::Error::other("nobody listens there on loopback"))?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    parse(url.clone(), &answer).ok_or_else(|| std::io::Error::other("the answer is not HTTP"))
}

/// `url` at `localhost`, where browsers look for every host below that (RFC 6761 §6.3).
fn here(url: &Url) -> Url {
    let mut here = url.clone();
    if url
        .domain()
        .is_some_and(|host| host.ends_with(".localhost"))
    {
        // `localhost` is a host.
        let _ = here.set_host(Some("localhost"));
    }
    here
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

impl Page {
    /// The answer that these bytes are.
    #[cfg(test)]
    pub(crate) fn of(url: &str, head: &str) -> Self {
        let url = Url::parse(url).unwrap();
        parse(url, format!("{head}\r\n\r\nbody").as_bytes()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_and_refreshes_lead_on() {
        let next = |head: &str| {
            Page::of("http://localhost:1/a/b", head)
                .next()
                .map(String::from)
        };
        let found = "HTTP/1.1 302 Found\r\nLocation: /c?d";
        assert_eq!(next(found).as_deref(), Some("http://localhost:1/c?d"));
        let refresh = "HTTP/1.1 200 OK\r\nRefresh: 0;url=http://127.0.0.1:2/e";
        assert_eq!(next(refresh).as_deref(), Some("http://127.0.0.1:2/e"));
        assert_eq!(next("HTTP/1.1 200 OK"), None);
    }

    #[test]
    fn hosts_below_localhost_are_looked_for_here() {
        let check = |url: &str, host: &str| {
            let url = Url::parse(url).unwrap();
            assert_eq!(here(&url).host_str(), Some(host));
        };
        check("http://acme.localhost:1/", "localhost");
        check("http://127.0.0.1:1/", "127.0.0.1");
        check("http://localhost.evil.test/", "localhost.evil.test");
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
