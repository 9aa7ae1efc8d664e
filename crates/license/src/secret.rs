//! Text that must not be seen: each kind a type of its own that can be neither printed nor serialized.

use zeroize::Zeroizing;

/// Declares a secret's type: no `Display`, no `Serialize`, a `Debug` that shows the name alone, wiped on drop.
macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// ```compile_fail
        #[doc = concat!("let secret = license::", stringify!($name), "::new(\"s3cret\".to_owned());")]
        /// println!("{secret}");
        /// ```
        ///
        /// ```
        #[doc = concat!("let secret = license::", stringify!($name), "::new(\"s3cret\".to_owned());")]
        #[doc = concat!("assert_eq!(format!(\"{secret:?}\"), \"", stringify!($name), "(<redacted>)\");")]
        /// ```
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the text over; the only copy is wiped when this is dropped.
            pub fn new(text: String) -> Self {
                Self(Zeroizing::new(text))
            }

            /// The text itself: the one way in, so that a search for `expose` finds every use.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl From<Zeroizing<String>> for $name {
            fn from(text: Zeroizing<String>) -> Self {
                Self(text)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(<redacted>)"))
            }
        }
    };
}

secret! {
    /// What an instance or a launcher proves its license with: a System License's or Deployment Key, or a license JWT.
    LicenseKey
}
secret! {
    /// What a user's account proves itself with at a vendor, such as an Aidbox project token.
    Token
}
secret! {
    /// What a user types to prove who they are, such as a passphrase.
    Password
}
secret! {
    /// An address that gives access to whoever knows it, such as a hosted Aidbox's `box-url`.
    SecretUrl
}
