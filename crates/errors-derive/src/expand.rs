//! The methods that the derive adds.

use crate::attribute::{Arg, Declared, meaning};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Fields, Ident, Type, Variant};

/// A variant with what it declares.
struct Case<'a> {
    variant: &'a Variant,
    declared: Declared,
}

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new_spanned(input, "only an enum declares its errors"));
    };
    let cases = data.variants.iter().map(|variant| Ok(Case { variant, declared: Declared::of(variant)? }));
    let cases = cases.collect::<syn::Result<Vec<_>>>()?;
    let (name, visibility) = (&input.ident, &input.vis);
    let code = cases.iter().map(Case::code);
    let kind = cases.iter().map(Case::kind);
    let args = cases.iter().map(Case::args);
    let detail = cases.iter().map(Case::detail);
    let help = cases.iter().map(Case::help);
    let declarations = cases.iter().map(Case::declaration).collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! {
        #[allow(unused_variables, dead_code, reason = "each variant uses the fields that it declares")]
        impl #name {
            /// The stable code that messages and programs branch on.
            #visibility fn code(&self) -> &'static str {
                match self { #(#code)* }
            }

            /// What it means to the caller.
            #visibility fn kind(&self) -> ::errors::Kind {
                match self { #(#kind)* }
            }

            /// Its arguments. Never a secret.
            #visibility fn args(&self) -> ::errors::Args {
                match self { #(#args)* }
            }

            /// The other side's own words.
            #visibility fn detail(&self) -> ::core::option::Option<::std::string::String> {
                match self { #(#detail)* }
            }

            /// What to do, wherever it is read.
            #visibility fn help(&self) -> ::core::option::Option<&'static str> {
                match self { #(#help)* }
            }

            /// Every code, with those of the errors that it wraps.
            #visibility fn declarations() -> ::std::vec::Vec<::errors::Declaration> {
                let mut all = ::std::vec::Vec::new();
                #(#declarations)*
                all
            }
        }
    })
}

impl Case<'_> {
    /// The pattern that binds every field.
    fn pattern(&self) -> TokenStream {
        let name = &self.variant.ident;
        match &self.variant.fields {
            Fields::Unit => quote!(Self::#name),
            Fields::Named(fields) => {
                let names = fields.named.iter().map(|field| &field.ident);
                quote!(Self::#name { #(#names),* })
            }
            Fields::Unnamed(fields) => {
                let names = (0..fields.unnamed.len()).map(|at| format_ident!("_{at}"));
                quote!(Self::#name(#(#names),*))
            }
        }
    }

    /// An arm with what a variant declares itself, or what the wrapped error answers to the same question.
    fn arm(&self, own: TokenStream, question: &str) -> TokenStream {
        let (pattern, question) = (self.pattern(), format_ident!("{question}"));
        match &self.declared.of {
            Some(wrapped) => quote!(#pattern => #wrapped.#question(),),
            None => quote!(#pattern => #own,),
        }
    }

    fn code(&self) -> TokenStream {
        let code = &self.declared.code;
        self.arm(quote!(#code), "code")
    }

    fn kind(&self) -> TokenStream {
        let pattern = self.pattern();
        match (&self.declared.kind, &self.declared.of) {
            (Some(kind), _) => quote!(#pattern => ::errors::Kind::#kind,),
            (None, Some(wrapped)) => quote!(#pattern => #wrapped.kind(),),
            (None, None) => quote!(#pattern => ::errors::Kind::Failed,),
        }
    }

    fn args(&self) -> TokenStream {
        let pattern = self.pattern();
        let first = match &self.declared.of {
            Some(wrapped) => quote!(#wrapped.args()),
            None => quote!(::errors::Args::default()),
        };
        let added = self.declared.args.iter().map(|Arg { name, value }| {
            let text = name.to_string();
            match value {
                Some(value) => quote!(args.add(#text, &(#value));),
                None => quote!(args.add(#text, #name);),
            }
        });
        quote!(#pattern => {
            #[allow(unused_mut, reason = "not every variant adds arguments")]
            let mut args = #first;
            #(#added)*
            args
        })
    }

    fn detail(&self) -> TokenStream {
        let own = match &self.declared.detail {
            Some(detail) => {
                quote!(::core::convert::Into::<::core::option::Option<::std::string::String>>::into(#detail))
            }
            None => quote!(::core::option::Option::None),
        };
        self.arm(own, "detail")
    }

    fn help(&self) -> TokenStream {
        self.arm(self.own_help(), "help")
    }

    fn own_help(&self) -> TokenStream {
        match &self.declared.help {
            Some(help) => quote!(::core::option::Option::Some(#help)),
            None => quote!(::core::option::Option::None),
        }
    }

    /// Adds the declarations of this variant to `all`.
    fn declaration(&self) -> syn::Result<TokenStream> {
        let args: Vec<_> = self.declared.args.iter().map(|arg| arg.name.to_string()).collect();
        if let Some(wrapped) = &self.declared.of {
            let of = self.type_of(wrapped)?;
            if is_boxed(of) {
                return Ok(TokenStream::new());
            }
            let kind = match &self.declared.kind {
                Some(kind) => quote!(::core::option::Option::Some(::errors::Kind::#kind)),
                None => quote!(::core::option::Option::None),
            };
            return Ok(quote! {
                all.extend(<#of>::declarations().into_iter().map(|one| one.wrapped(#kind, &[#(#args),*])));
            });
        }
        let (code, help, meaning) = (&self.declared.code, self.own_help(), meaning(&self.variant.attrs));
        let failed = format_ident!("Failed");
        let kind = self.declared.kind.as_ref().unwrap_or(&failed);
        Ok(quote! {
            all.push(::errors::Declaration {
                code: #code,
                kinds: ::core::convert::From::from([::errors::Kind::#kind]),
                args: ::core::convert::From::from([#(#args),*]),
                meaning: #meaning,
                help: #help,
            });
        })
    }

    /// The type of the field that holds the wrapped error.
    fn type_of(&self, wrapped: &Ident) -> syn::Result<&Type> {
        let mut fields = self.variant.fields.iter().enumerate();
        let found = fields.find(|(at, field)| match &field.ident {
            Some(name) => name == wrapped,
            None => *wrapped == format!("_{at}"),
        });
        let no_field = || syn::Error::new_spanned(wrapped, "the variant has no such field");
        found.map(|(_, field)| &field.ty).ok_or_else(no_field)
    }
}

fn is_boxed(of: &Type) -> bool {
    let Type::Path(path) = of else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Box")
}
