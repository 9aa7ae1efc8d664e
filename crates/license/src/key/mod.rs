//! The forms of keys.
/// The form of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyForm {
    /// An AICA System License key.
    System,
    /// An AICA Deployment Key.
    Deployment,
    /// A license JWT.
    Jwt,
    /// A license certificate.
    Certificate,
}
impl KeyForm {
    /// The word that is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Deployment => "deployment",
            Self::Jwt => "jwt",
            Self::Certificate => "certificate",
        }
    }
}
