//! What `#[declared(…)]` says at a variant.

use proc_macro2::Span;
use syn::{
    Attribute, Expr, Ident, LitStr, Token, Variant, parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

/// What is declared at a variant.
#[derive(Default)]
pub(crate) struct Declared {
    pub(crate) code: Option<LitStr>,
    /// The wrapped error, from which all that is not said here comes.
    pub(crate) of: Option<Ident>,
    pub(crate) kind: Option<Ident>,
    pub(crate) args: Vec<Arg>,
    pub(crate) detail: Option<Expr>,
    pub(crate) help: Option<LitStr>,
}

/// An argument: a field, or a name with an expression.
pub(crate) struct Arg {
    pub(crate) name: Ident,
    pub(crate) value: Option<Expr>,
}

impl Declared {
    /// What the attribute of a variant says.
    pub(crate) fn of(variant: &Variant) -> syn::Result<Self> {
        let attribute = variant.attrs.iter().find(|attribute| attribute.path().is_ident("declared"));
        let attribute = attribute.ok_or_else(|| {
            let message = "declare its code: #[declared(\"the-code\")], or #[declared(transparent)]";
            syn::Error::new_spanned(variant, message)
        })?;
        let declared: Self = attribute.parse_args()?;
        let wraps = declared.of.is_some();
        if declared.code.is_some() == wraps {
            return Err(syn::Error::new_spanned(attribute, "either a code, or `of` a wrapped error"));
        }
        if wraps && (declared.help.is_some() || declared.detail.is_some()) {
            return Err(syn::Error::new_spanned(attribute, "the wrapped error has the help and the detail"));
        }
        Ok(declared)
    }
}

impl Parse for Declared {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut declared = Self::default();
        while !input.is_empty() {
            declared.parse_one(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(declared)
    }
}

impl Declared {
    fn parse_one(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        if input.peek(LitStr) {
            self.code = Some(input.parse()?);
            return Ok(());
        }
        let name: Ident = input.parse()?;
        if name == "transparent" {
            self.of = Some(Ident::new("_0", Span::call_site()));
            return Ok(());
        }
        if name == "args" {
            let args;
            parenthesized!(args in input);
            self.args = Punctuated::<Arg, Token![,]>::parse_terminated(&args)?.into_iter().collect();
            return Ok(());
        }
        input.parse::<Token![=]>()?;
        match name.to_string().as_str() {
            "of" => self.of = Some(input.parse()?),
            "kind" => self.kind = Some(input.parse()?),
            "detail" => self.detail = Some(input.parse()?),
            "help" => self.help = Some(input.parse()?),
            _ => {
                let message = "expected `transparent`, `of`, `kind`, `args`, `detail` or `help`";
                return Err(syn::Error::new(name.span(), message));
            }
        }
        Ok(())
    }
}

impl Parse for Arg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let value = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Self { name, value })
    }
}

/// The first paragraph of a variant's doc comment, on one line.
pub(crate) fn meaning(attributes: &[Attribute]) -> String {
    let lines =
        attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).filter_map(|attribute| {
            let Expr::Lit(literal) = &attribute.meta.require_name_value().ok()?.value else { return None };
            let syn::Lit::Str(line) = &literal.lit else { return None };
            Some(line.value().trim().to_owned())
        });
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
