//! The handler, wrapped: the check first, then the arguments, then the handler itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, GenericParam, Generics, ItemFn, Result, ReturnType, Type};

use crate::args;
use crate::validate::{self, Policy, last_segment};

/// The expansion; on a mistake the item as it was, and the message.
pub(crate) fn protected(arguments: TokenStream, item: TokenStream) -> TokenStream {
    try_expand(arguments, item.clone()).unwrap_or_else(|error| {
        let error = error.into_compile_error();
        quote! { #item #error }
    })
}

fn try_expand(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let function: ItemFn = syn::parse2(item).map_err(|error| {
        let message = "`#[protected]` goes on an `async fn` handler";
        syn::Error::new(error.span(), message)
    })?;
    let arguments = args::parse(arguments).and_then(validate::policy);
    match (arguments, validate::handler(&function)) {
        (Ok(policy), Ok(())) => Ok(wrap(&policy, function)),
        (Err(mut first), Err(second)) => {
            first.combine(second);
            Err(first)
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

fn wrap(policy: &Policy, function: ItemFn) -> TokenStream {
    let ItemFn {
        attrs,
        vis,
        sig,
        block,
        ..
    } = function;
    let (outer, inner) = sort(attrs);
    let name = &sig.ident;
    let (generics, where_clause) = (&sig.generics, &sig.generics.where_clause);
    let parameters = without_where(generics);
    let turbofish = turbofish(generics);
    // Names that nothing in the user's code can refer to, or shadow.
    let request = Ident::new("request", Span::mixed_site());
    let incoming = Ident::new("incoming", Span::mixed_site());
    let arguments = Ident::new("arguments", Span::mixed_site());
    let (names, extractions): (Vec<Ident>, Vec<TokenStream>) = sig
        .inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.ty),
            FnArg::Receiver(_) => None,
        })
        .enumerate()
        .map(|(index, ty)| {
            let name = format_ident!("argument_{index}", span = Span::mixed_site());
            let extraction = extraction(&name, ty, &arguments, &request);
            (name, extraction)
        })
        .unzip();
    let policy = policy_tokens(policy);
    // At the place of the return type, so that a type that is no responder is pointed at.
    let answer = match &sig.output {
        ReturnType::Default => Ident::new("answer", Span::mixed_site()),
        ReturnType::Type(_, ty) => Ident::new("answer", ty.span().resolved_at(Span::mixed_site())),
    };
    quote! {
        #(#outer)*
        #vis async fn #name #parameters (
            #incoming: ::auth_actix::private::Incoming,
        ) -> ::core::result::Result<
            ::auth_actix::private::HttpResponse,
            ::auth_actix::private::Error,
        > #where_clause {
            #(#inner)*
            #sig #block

            ::auth_actix::private::protect(#incoming, #policy, async |#request, #arguments| {
                #(#extractions)*
                let #answer = #name #turbofish (#(#names),*).await;
                ::core::result::Result::Ok(::auth_actix::private::respond(#answer, #request))
            })
            .await
        }
    }
}

fn extraction(name: &Ident, ty: &Type, arguments: &Ident, request: &Ident) -> TokenStream {
    // The type's own place, so that a type that is no extractor is pointed at.
    quote_spanned! { ty.span() =>
        let #name = #arguments.next::<#ty>(#request).await?;
    }
}

fn policy_tokens(policy: &Policy) -> TokenStream {
    let option = |value: Option<TokenStream>| match value {
        Some(value) => quote! { ::core::option::Option::Some(#value) },
        None => quote! { ::core::option::Option::None },
    };
    let role = option(policy.role.as_ref().map(|role| quote! { #role }));
    let roles = &policy.roles;
    let permission = option(policy.permission.as_ref().map(|name| quote! { #name }));
    let max_age = option(policy.max_age.map(|max_age| {
        let seconds = max_age.as_secs();
        quote! { ::auth_actix::private::Duration::from_secs(#seconds) }
    }));
    let check = option(policy.check.as_ref().map(|check| quote! { #check }));
    let sign_in = option(policy.sign_in.as_ref().map(|page| quote! { #page }));
    let cross_site = match policy.cross_site {
        true => quote! { Allowed },
        false => quote! { Refused },
    };
    quote! {
        const {
            &::auth_actix::private::Policy {
                role: #role,
                roles: &[#(#roles),*],
                permission: #permission,
                max_age: #max_age,
                check: #check,
                sign_in: #sign_in,
                cross_site: ::auth_actix::private::CrossSite::#cross_site,
            }
        }
    }
}

/// Attributes that act on the function that keeps the name, and those of the function that runs.
fn sort(attributes: Vec<Attribute>) -> (Vec<Attribute>, Vec<Attribute>) {
    let (mut outer, mut inner) = (Vec::new(), Vec::new());
    for attribute in attributes {
        match last_segment(&attribute).as_deref() {
            Some(name) if OUTER.contains(&name) => outer.push(attribute),
            Some(name) if LINTS.contains(&name) => {
                outer.push(attribute.clone());
                inner.push(attribute);
            }
            _ => inner.push(attribute),
        }
    }
    (outer, inner)
}

/// Routing, documentation, and what decides whether the item is there at all.
const OUTER: [&str; 18] = [
    "get",
    "post",
    "put",
    "delete",
    "head",
    "connect",
    "options",
    "trace",
    "patch",
    "query",
    "route",
    "routes",
    "path",
    "api_operation",
    "doc",
    "cfg",
    "cfg_attr",
    "deprecated",
];

/// For both. Not `expect`: only one of them would fulfil it.
const LINTS: [&str; 4] = ["allow", "warn", "deny", "forbid"];

fn without_where(generics: &Generics) -> TokenStream {
    let mut generics = generics.clone();
    generics.where_clause = None;
    quote! { #generics }
}

/// `::<T, N>`, for the inner function is generic over the same.
fn turbofish(generics: &Generics) -> TokenStream {
    let names = generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(&parameter.ident),
            GenericParam::Const(parameter) => Some(&parameter.ident),
            GenericParam::Lifetime(_) => None,
        });
    let names: Vec<_> = names.collect();
    match names.is_empty() {
        true => TokenStream::new(),
        false => quote! { ::<#(#names),*> },
    }
}
