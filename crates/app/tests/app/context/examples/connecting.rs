//! Errors of the form that connects an account, and of accounts that can no longer be connected.

use app::context::AppError;
use vendors::ConnectError;

pub(super) fn errors() -> Vec<AppError> {
    [
        ConnectError::UnknownProvider { provider: "acme".to_owned() },
        ConnectError::MissingField { field: "token" },
        ConnectError::UnusableField { field: "user" },
        ConnectError::NotAnAddress,
        ConnectError::LoginInAddress,
        ConnectError::HostNotConfirmed {
            host: "licenses.example".to_owned(),
            from: None,
            field: "confirm-host",
        },
        ConnectError::HostNotConfirmed {
            host: "licenses.example".to_owned(),
            from: Some("old.example".to_owned()),
            field: "confirm-host",
        },
        ConnectError::HttpNotAllowed { host: "licenses.example".to_owned(), field: "allow-http" },
        ConnectError::NotACertificate { field: "ca-file" },
        ConnectError::NotAPublicKey { field: "public-key" },
    ]
    .map(AppError::Connect)
    .into_iter()
    .chain(of_kept_logins())
    .collect()
}

/// What refuses to send the login of an account that was connected before.
fn of_kept_logins() -> Vec<AppError> {
    let host = || "licenses.example".to_owned();
    [
        ConnectError::HostNotConfirmed { host: host(), from: None, field: "confirm-host" },
        ConnectError::HttpNotAllowed { host: host(), field: "allow-http" },
    ]
    .map(|source| AppError::CannotConnect { account: "north box".into(), source })
    .into()
}
