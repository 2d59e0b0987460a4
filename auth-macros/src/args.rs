//! What stands in the parentheses of `#[protected(..)]`, as written.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, LitStr, Path, Result, Token, parenthesized};

/// The arguments, each at most once; their values are checked in `validate`.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) role: Option<LitStr>,
    pub(crate) roles: Option<(Ident, Vec<LitStr>)>,
    pub(crate) permission: Option<LitStr>,
    pub(crate) max_age: Option<LitStr>,
    pub(crate) check: Option<Path>,
    pub(crate) sign_in: Option<LitStr>,
    pub(crate) cross_site: bool,
}

const EXPECTED: &str = "expected `role = \"…\"`, `roles(\"…\", \"…\")`, `permission = \"…\"`, \
     `max_age = \"5m\"`, `check = function`, `sign_in = \"/…\"` or `cross_site`";

pub(crate) fn parse(tokens: TokenStream) -> Result<Args> {
    parse_args.parse2(tokens)
}

fn parse_args(input: ParseStream<'_>) -> Result<Args> {
    let mut args = Args::default();
    let mut seen: Vec<Ident> = Vec::new();
    while !input.is_empty() {
        let name = input
            .call(Ident::parse_any)
            .map_err(|error| Error::new(error.span(), EXPECTED))?;
        if seen.contains(&name) {
            let message = format!("`{name}` is given twice; write it once");
            return Err(Error::new(name.span(), message));
        }
        match name.to_string().as_str() {
            "role" => args.role = Some(text(input, &name)?),
            "roles" => args.roles = Some((name.clone(), list(input, &name)?)),
            "permission" => args.permission = Some(text(input, &name)?),
            "max_age" => args.max_age = Some(text(input, &name)?),
            "sign_in" => args.sign_in = Some(text(input, &name)?),
            "check" => {
                equals(input, &name, "path::to::function")?;
                args.check = Some(input.parse().map_err(|error: Error| {
                    let message = "expected the path of a function: `check = path::to::function`";
                    Error::new(error.span(), message)
                })?);
            }
            "cross_site" => args.cross_site = true,
            _ => {
                let message = format!("unknown argument `{name}`; {EXPECTED}");
                return Err(Error::new(name.span(), message));
            }
        }
        seen.push(name);
        if input.is_empty() {
            break;
        }
        input.parse::<Token![,]>()?;
    }
    Ok(args)
}

fn text(input: ParseStream<'_>, name: &Ident) -> Result<LitStr> {
    equals(input, name, "\"…\"")?;
    input.parse().map_err(|error: Error| {
        let message = format!("expected a text in quotes: `{name} = \"…\"`");
        Error::new(error.span(), message)
    })
}

fn equals(input: ParseStream<'_>, name: &Ident, value: &str) -> Result<()> {
    if input.parse::<Token![=]>().is_ok() {
        return Ok(());
    }
    let message = format!("`{name}` needs a value: `{name} = {value}`");
    Err(Error::new(name.span(), message))
}

fn list(input: ParseStream<'_>, name: &Ident) -> Result<Vec<LitStr>> {
    let wrong = || {
        let message = format!("`{name}` needs a list: `{name}(\"…\", \"…\")`");
        Error::new(name.span(), message)
    };
    if !input.peek(syn::token::Paren) {
        return Err(wrong());
    }
    let content;
    parenthesized!(content in input);
    let texts = Punctuated::<LitStr, Token![,]>::parse_terminated(&content).map_err(|_| wrong())?;
    Ok(texts.into_iter().collect())
}
