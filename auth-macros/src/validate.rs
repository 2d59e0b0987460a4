//! Whether the arguments and the handler make sense. Every mistake is reported, not just the first.

use std::time::Duration;

use syn::spanned::Spanned;
use syn::{Attribute, Error, FnArg, GenericParam, ItemFn, LitStr, Path, Result, Type};

use crate::args::Args;

/// Arguments that make sense.
pub(crate) struct Policy {
    pub(crate) role: Option<LitStr>,
    pub(crate) roles: Vec<LitStr>,
    pub(crate) permission: Option<LitStr>,
    pub(crate) max_age: Option<Duration>,
    pub(crate) check: Option<Path>,
    pub(crate) sign_in: Option<LitStr>,
    pub(crate) cross_site: bool,
}

/// Errors, gathered.
#[derive(Default)]
struct Problems(Option<Error>);

impl Problems {
    fn add(&mut self, span: impl Spanned, message: &str) {
        let error = Error::new(span.span(), message);
        match &mut self.0 {
            Some(first) => first.combine(error),
            None => self.0 = Some(error),
        }
    }

    fn into_result<T>(self, value: T) -> Result<T> {
        match self.0 {
            Some(error) => Err(error),
            None => Ok(value),
        }
    }
}

pub(crate) fn policy(args: Args) -> Result<Policy> {
    let mut problems = Problems::default();
    let roles = match args.roles {
        Some((name, roles)) if roles.is_empty() => {
            // Nobody would have any of no roles; nobody would expect that everybody has.
            problems.add(
                name,
                "`roles` needs at least one role: `roles(\"admin\", \"staff\")`",
            );
            roles
        }
        Some((_, roles)) => roles,
        None => Vec::new(),
    };
    let names = roles.iter().chain(&args.role).chain(&args.permission);
    for name in names {
        if name.value().trim().is_empty() {
            problems.add(name, "this name is empty, and nobody can have it");
        }
    }
    let max_age = args.max_age.and_then(|text| {
        let max_age = duration(&text.value());
        if max_age.is_none() {
            problems.add(
                &text,
                "expected a number and a unit, more than zero: `\"30s\"`, `\"5m\"`, `\"1h\"` or `\"7d\"`",
            );
        }
        max_age
    });
    if let Some(path) = &args.sign_in
        && !is_local_path(&path.value())
    {
        problems.add(
            path,
            "expected the path of a page of this site, beginning with one slash: `sign_in = \"/sign-in\"`",
        );
    }
    problems.into_result(Policy {
        role: args.role,
        roles,
        permission: args.permission,
        max_age,
        check: args.check,
        sign_in: args.sign_in,
        cross_site: args.cross_site,
    })
}

/// `5m`: a whole number above zero and one of `s`, `m`, `h`, `d`.
fn duration(text: &str) -> Option<Duration> {
    let split = text.len().checked_sub(1)?;
    let (number, unit) = text.split_at_checked(split)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    let total = number.parse::<u32>().ok()?.checked_mul(seconds)?;
    (total > 0).then(|| Duration::from_secs(total.into()))
}

/// It goes into a `Location`, with a query added: `//host` and `/\host` are other sites.
fn is_local_path(text: &str) -> bool {
    text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|byte| {
            byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#' | b'"' | b'<' | b'>')
        })
}

pub(crate) fn handler(function: &ItemFn) -> Result<()> {
    let mut problems = Problems::default();
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        problems.add(
            signature.fn_token,
            "`#[protected]` needs an `async fn` handler: add `async`",
        );
    }
    for argument in &signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => problems.add(
                receiver,
                "a `#[protected]` handler is a free function: it cannot take `self`",
            ),
            FnArg::Typed(argument) if matches!(*argument.ty, Type::ImplTrait(_)) => problems.add(
                &argument.ty,
                "`impl Trait` cannot be an argument of a `#[protected]` handler: name the type, or a generic parameter",
            ),
            FnArg::Typed(_) => {}
        }
    }
    for parameter in &signature.generics.params {
        if let GenericParam::Lifetime(lifetime) = parameter {
            problems.add(
                lifetime,
                "a `#[protected]` handler cannot be generic over lifetimes: take owned arguments",
            );
        }
    }
    for attribute in &function.attrs {
        if last_segment(attribute).is_some_and(|name| name == "protected") {
            problems.add(
                attribute,
                "`#[protected]` is written twice; merge the arguments into one",
            );
        }
    }
    problems.into_result(())
}

/// `get` in `#[actix_web::get("/")]`.
pub(crate) fn last_segment(attribute: &Attribute) -> Option<String> {
    let segment = attribute.path().segments.last()?;
    Some(segment.ident.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_and_a_unit() {
        let check = |text: &str, seconds: Option<u64>| {
            assert_eq!(duration(text), seconds.map(Duration::from_secs), "{text:?}");
        };
        check("30s", Some(30));
        check("5m", Some(300));
        check("1h", Some(3600));
        check("7d", Some(604_800));
        for wrong in [
            "",
            "5",
            "m",
            "0s",
            "-5m",
            "+5m",
            "5 m",
            "5M",
            "5min",
            "5µ",
            "1.5h",
            "99999999999s",
            "4294967295d",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_sign_in_page_is_a_path_of_this_site() {
        for right in ["/", "/sign-in", "/sign-in?from=app", "/a//b"] {
            assert!(is_local_path(right), "{right}");
        }
        for wrong in [
            "",
            "sign-in",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a b",
            "/a\n",
            "/a#b",
            "/ä",
        ] {
            assert!(!is_local_path(wrong), "{wrong:?}");
        }
    }
}
