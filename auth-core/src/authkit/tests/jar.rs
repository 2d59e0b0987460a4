//! The cookies of one browser, kept by name *and* domain (RFC 6265 §5.3): a removal that names
//! another domain removes nothing.

use std::collections::BTreeSet;

/// The cookies that a browser has for one host, in the order in which it sends them (RFC 6265
/// §5.4): the one that was first set comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Jar {
    host: String,
    cookies: Vec<Cookie>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    /// `None`: of the host alone.
    domain: Option<String>,
}

impl Jar {
    pub(super) fn new(host: &str) -> Self {
        Self {
            host: host.to_owned(),
            cookies: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cookies.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.cookies.clear();
    }

    /// Puts in a cookie of the host, whatever is there.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.put(name, value, None);
    }

    /// The same, of a domain.
    pub(super) fn add_for(&mut self, domain: &str, name: &str, value: &str) {
        self.put(name, value, Some(domain));
    }

    /// Throws all away but this cookie of the host.
    pub(super) fn only(&mut self, name: &str, value: &str) {
        self.clear();
        self.add(name, value);
    }

    /// Makes cookies of the host those of a domain, as if it had been configured when they were
    /// set.
    pub(super) fn move_to(&mut self, domain: &str) {
        for cookie in &mut self.cookies {
            cookie.domain = Some(domain.to_owned());
        }
    }

    /// Puts in the cookies of another jar besides.
    pub(super) fn extend(&mut self, other: &Self) {
        for cookie in &other.cookies {
            self.put(&cookie.name, &cookie.value, cookie.domain.as_deref());
        }
    }

    /// Name and value of each.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let cookies = self.cookies.iter();
        cookies.map(|cookie| (&*cookie.name, &*cookie.value))
    }

    /// The domains of the cookies with this name.
    pub(super) fn domains(&self, name: &str) -> Vec<Option<&str>> {
        let cookies = self.cookies.iter().filter(|cookie| cookie.name == name);
        cookies.map(|cookie| cookie.domain.as_deref()).collect()
    }

    /// The domains that there is any cookie of.
    pub(super) fn all_domains(&self) -> Vec<Option<&str>> {
        let domains = self.cookies.iter().map(|cookie| cookie.domain.as_deref());
        let domains: BTreeSet<_> = domains.collect();
        domains.into_iter().collect()
    }

    /// The line that goes with a request.
    pub(super) fn header(&self) -> String {
        let pairs = self.pairs().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// Does as a `Set-Cookie` line says.
    pub(super) fn store(&mut self, line: &str) {
        let mut parts = line.split("; ");
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let attributes: Vec<_> = parts.filter_map(|part| part.split_once('=')).collect();
        let attribute = |name: &str| attributes.iter().find(|(known, _)| *known == name);
        let domain = attribute("Domain").map(|(_, domain)| *domain);
        if domain.is_some_and(|domain| !self.accepts(domain)) {
            return;
        }
        match attribute("Max-Age") {
            Some((_, "0")) => self
                .cookies
                .retain(|known| known.name != name || known.domain.as_deref() != domain),
            _ => self.put(name, value, domain),
        }
    }

    /// Whether the host is in `domain`, and that is more than a top level.
    fn accepts(&self, domain: &str) -> bool {
        let below = self.host.strip_suffix(domain);
        domain.contains('.') && below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    fn put(&mut self, name: &str, value: &str, domain: Option<&str>) {
        let mut cookies = self.cookies.iter_mut();
        let same = |known: &&mut Cookie| known.name == name && known.domain.as_deref() == domain;
        match cookies.find(same) {
            Some(known) => value.clone_into(&mut known.value),
            None => self.cookies.push(Cookie {
                name: name.to_owned(),
                value: value.to_owned(),
                domain: domain.map(str::to_owned),
            }),
        }
    }
}
